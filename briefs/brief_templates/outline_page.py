"""A draft's outline as its page shows it."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from briefs.brief_templates import draft_tree
from briefs.brief_templates.draft_tree import KINDS, Node
from briefs.brief_templates.drafts import root_of
from briefs.models import OutlineDraft


@dataclass(frozen=True)
class Row:
    """One thing in the outline. `number` is the computed one, blank where there is none."""

    node: Node
    kind: str
    number: str
    mistakes: list[str]
    rows: list["Row"]
    is_first: bool
    is_last: bool

    @property
    def name(self) -> str:
        blank = {"part": _("Opening"), "prompt": _("Its text")}
        return self.node.name or str(blank.get(self.kind, _("No title")))


class OutlinePage:
    """The whole outline with what is wrong in it."""

    def __init__(self, draft: OutlineDraft) -> None:
        self.root = root_of(draft)
        self.checked = draft_tree.check(self.root)

    @cached_property
    def parts(self) -> list[Row]:
        return self._rows(self.root, 1, "")

    @property
    def of_template(self) -> list[str]:
        return self._sentences(self.root)

    @property
    def mistakes(self) -> int:
        return sum(map(len, self.checked.mistakes.values()))

    def _rows(self, parent: Node, depth: int, above: str) -> list[Row]:
        standing = parent.standing
        rows = []
        number = 0
        for node in parent.children:
            if not node.is_removed and (depth != 1 or node.name):
                number += 1
            told = "" if node.is_removed else self._number(node, depth, above, number)
            rows.append(
                Row(
                    node,
                    KINDS[depth],
                    told,
                    self._sentences(node),
                    self._rows(node, depth + 1, told) if depth < len(KINDS) - 1 else [],
                    is_first=bool(standing) and node is standing[0],
                    is_last=bool(standing) and node is standing[-1],
                )
            )
        return rows

    @staticmethod
    def _number(node: Node, depth: int, above: str, number: int) -> str:
        if depth == 1:
            return str(number) if node.name else ""
        return f"{above}.{number}" if depth == 2 and above else ""

    def _sentences(self, node: Node) -> list[str]:
        lacking = {
            "part": _("There is no part yet. Add one."),
            "section": _("There is no section in this part yet. Add one, or take the part out."),
            "prompt": _("Nothing is asked here yet. Add a prompt, or take the section out."),
        }
        return [
            lacking.get(mistake.field, mistake.sentence)
            for mistake in self.checked.mistakes.get(node.id, [])
        ]
