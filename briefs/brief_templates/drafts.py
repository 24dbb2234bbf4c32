"""A draft of an outline: begun, changed by several people, discarded or published."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.brief_templates import draft_tree
from briefs.brief_templates.actions import load_brief_template
from briefs.brief_templates.differences import Difference, differences
from briefs.brief_templates.draft_tree import KINDS, Node
from briefs.brief_templates.outlines import outline_of
from briefs.document.outline import Outline, OutlinePart, OutlinePrompt, OutlineSection, PromptForm
from briefs.document.plain import to_plain
from briefs.events import publish
from briefs.models import Activity, BriefTemplate, OutlineDraft, actor_name
from briefs.permissions import check_can_edit_outlines


def root_of(draft: OutlineDraft) -> Node:
    return draft_tree.from_plain(draft.tree)


@transaction.atomic
def begin_draft(
    *, by: User, based_on: BriefTemplate | None = None, title: str = ""
) -> OutlineDraft:
    """A draft of the next version of a template, or of a template of its own. Raises
    `ValidationError` on `title`."""
    check_can_edit_outlines(by)
    if based_on is None:
        tree = draft_tree.tree_of(_first_outline(title), is_new=True)
    else:
        tree = draft_tree.tree_of(outline_of(based_on))
    draft = OutlineDraft.objects.create(
        tree=draft_tree.to_plain(tree),
        based_on=based_on,
        made_by=by,
        made_by_name=actor_name(by),
        changed_by_name=actor_name(by),
    )
    publish(Activity.Verb.TEMPLATE_DRAFTED, by=by, draft=draft.pk, title=str(draft))
    return draft


def _first_outline(title: str) -> Outline:
    title = " ".join(title.split())
    key = slugify(title).replace("_", "-")[:50].strip("-")
    if not key:
        raise ValidationError({"title": _("Give the outline a title with letters in it.")})
    prompt = OutlinePrompt("body", "", PromptForm.PROSE)
    section = OutlineSection("opening/preface", _("Preface"), "", (prompt,))
    return Outline(key, title, "en", (OutlinePart("opening", "", (section,)),))


def change_node(
    draft: OutlineDraft,
    number: int,
    wanted: Mapping[str, Any],
    *,
    seen: Mapping[str, Any],
    by: User,
) -> OutlineDraft:
    """Changes fields of one thing in the outline. `seen` is what the form was opened on: what its
    writer left as it was then stays as it is now.

    Raises `ValidationError` by field for what somebody else changed meanwhile to something else,
    and `KeyError` when there is no such thing.
    """

    def change(root: Node) -> Node:
        node = draft_tree.path_to(root, number)[-1]
        fields = _joined(node, wanted, seen)
        return draft_tree.change(
            root, number, lambda old: replace(old, fields=fields, changed_by=actor_name(by))
        )

    return _edit(draft, change, by=by)


def _joined(node: Node, wanted: Mapping[str, Any], seen: Mapping[str, Any]) -> dict[str, Any]:
    fields = dict(node.fields)
    mistakes = {}
    for name, value in wanted.items():
        now, before = _blank(fields.get(name)), _blank(seen.get(name))
        if _blank(value) in (before, now):
            continue
        if now != before:
            mistakes[name] = _(
                "%(name)s changed this meanwhile to “%(now)s”. Save again if yours is to stand."
            ) % {"name": node.changed_by or _("Somebody"), "now": _told(now)}
        fields[name] = value
    if mistakes:
        raise ValidationError(mistakes)
    return fields


def _blank(value: Any) -> Any:
    return "" if value in (None, {}) else value


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value.get('least', '')}–{value.get('most', '')}"
    return str(value) or "–"


def add_node(draft: OutlineDraft, parent: int, name: str, *, by: User) -> tuple[OutlineDraft, int]:
    """A part, a section or a prompt, at the end of what it belongs to; the draft, and its number.
    Raises `ValidationError` on `name`, and `KeyError`."""
    number = 0
    name = " ".join(name.split())

    def change(root: Node) -> Node:
        nonlocal number
        path = draft_tree.path_to(root, parent)
        fields = _first_fields(path, name)
        root, number = draft_tree.add(root, parent, fields, by=actor_name(by))
        return root

    return _edit(draft, change, by=by), number


def _first_fields(path: list[Node], name: str) -> dict[str, Any]:
    kind = KINDS[len(path)] if len(path) < len(KINDS) else ""
    if not kind:
        raise KeyError(path[-1].id)
    slug = slugify(name).replace("_", "-")[:40].strip("-")
    if kind == "prompt":
        key = _free(slug or "body", path[-1])
        return {"key": key, "label": name, "form": PromptForm.PROSE.value}
    if not slug:
        raise ValidationError({"name": _("Give it a title with letters in it.")})
    if kind == "part":
        return {"key": _free(slug, path[-1]), "title": name}
    of_part = f"{path[-1].fields.get('key', 'part')}/{slug}"
    return {"key": _free(of_part, path[0]), "title": name}


def _free(key: str, among: Node) -> str:
    taken = {node.fields.get("key") for node, _depth in draft_tree.walk(among)}
    found, number = key, 2
    while found in taken:
        found, number = f"{key}-{number}", number + 1
    return found


def move_node(
    draft: OutlineDraft, number: int, *, step: int = 0, into: int | None = None, by: User
) -> OutlineDraft:
    """One up (-1) or down (1) among its neighbours, or a section to the end of another part. Raises
    `KeyError`."""

    def change(root: Node) -> Node:
        if len(draft_tree.path_to(root, number)) < 2:
            raise KeyError(number)
        if into is None:
            return draft_tree.move(root, number, step)
        if len(draft_tree.path_to(root, number)) != KINDS.index("section") + 1:
            raise KeyError(number)
        return draft_tree.move_into(root, number, into)

    return _edit(draft, change, by=by)


def remove_node(
    draft: OutlineDraft, number: int, *, by: User, is_removed: bool = True
) -> OutlineDraft:
    """Takes something out with all that belongs to it, or brings it back. Raises `KeyError`."""

    def change(root: Node) -> Node:
        if len(draft_tree.path_to(root, number)) < 2:
            raise KeyError(number)
        return draft_tree.change(
            root,
            number,
            lambda node: replace(node, is_removed=is_removed, changed_by=actor_name(by)),
        )

    return _edit(draft, change, by=by)


@transaction.atomic
def discard_draft(draft: OutlineDraft, *, by: User) -> OutlineDraft:
    """Puts a draft away. What it held stays on record."""
    draft = _lock(draft, by)
    draft.discarded_at = timezone.now()
    draft.save()
    publish(Activity.Verb.TEMPLATE_DRAFT_DISCARDED, by=by, draft=draft.pk, title=str(draft))
    return draft


def digest_of(draft: OutlineDraft) -> str:
    """A hash of what a draft would publish: a form names the one that it showed."""
    outline = draft_tree.check(root_of(draft)).outline
    return sha256(repr(to_plain(outline)).encode()).hexdigest()


def differences_of(draft: OutlineDraft) -> list[Difference]:
    """From the version on which it is based; none for a template of its own."""
    if draft.based_on is None:
        return []
    return differences(outline_of(draft.based_on), draft_tree.check(root_of(draft)).outline)


@transaction.atomic
def publish_draft(draft: OutlineDraft, *, by: User, seen: str) -> BriefTemplate:
    """Makes a draft the next version of its template, which never changes from then on.

    Raises `ValidationError` when something is wrong with it, nothing is otherwise than in the
    version before, or something has changed since it was looked at.
    """
    draft = _lock(draft, by)
    checked = draft_tree.check(root_of(draft))
    if checked.mistakes:
        raise ValidationError(_("Some things in this outline need mending first."))
    if seen != digest_of(draft):
        raise ValidationError(
            _("%(name)s has changed the draft since this was shown. Look through it again.")
            % {"name": draft.changed_by_name}
        )
    _check_base(draft, checked.outline)
    draft.published_as = load_brief_template(checked.outline, by=by).template
    draft.save()
    return draft.published_as


def _check_base(draft: OutlineDraft, outline: Outline) -> None:
    newest = BriefTemplate.objects.filter(key=outline.key).order_by("-version").first()
    if draft.based_on is None and newest:
        raise ValidationError(
            _("There is a template with the key “%(key)s” already. Give this one another key.")
            % {"key": outline.key}
        )
    if draft.based_on and newest != draft.based_on:
        raise ValidationError(
            _(
                "“%(newest)s” was published since this draft was begun, and this draft lacks what "
                "is new in it. Begin a draft of that, and make your changes there."
            )
            % {"newest": newest or outline.key}
        )
    if draft.based_on and not differences_of(draft):
        raise ValidationError(
            _("Nothing in this draft is otherwise than in “%(template)s”.")
            % {"template": draft.based_on}
        )


@transaction.atomic
def _edit(draft: OutlineDraft, change: Callable[[Node], Node], *, by: User) -> OutlineDraft:
    draft = _lock(draft, by)
    draft.tree = draft_tree.to_plain(change(root_of(draft)))
    draft.changed_by_name = actor_name(by)
    draft.save()
    return draft


def _lock(draft: OutlineDraft, by: User) -> OutlineDraft:
    locked = (
        OutlineDraft.objects.select_for_update(of=("self",), no_key=True)
        .select_related("based_on")
        .get(pk=draft.pk)
    )
    check_can_edit_outlines(by)
    if not locked.is_open:
        raise PermissionDenied(
            _("This draft was published or discarded, so it can't change. Begin a new one.")
        )
    return locked
