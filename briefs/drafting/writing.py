"""How text enters a section from a form, an import, a restore or a placement: locks and limits."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext as _

from accounts.models import User
from briefs.document.content_hash import content_hash
from briefs.document.text import MAX_BRIEF_BYTES, MAX_PROMPT_BYTES, normalise, size
from briefs.drafting.naming import name_typed_text
from briefs.drafting.recording import Origin, changes_to, record_texts
from briefs.live_text.log import open_head, put
from briefs.locks import lock_brief
from briefs.models import Answer, Brief, Revision, Section
from briefs.prompts import Question, questions_of, texts_now
from briefs.revisions import note_log_seq


def lock_section(section: Section) -> Section:
    """The section as it is now, locked together with its brief and its log until the transaction
    ends; what was typed live has its revision. The brief comes first, always, so that two actions
    never wait for each other."""
    brief = lock_brief(section.brief)
    locked = (
        Section.with_retired.select_for_update(of=("self",), no_key=True)
        .select_related("section_template", "part", "own_clearance")
        .get(pk=section.pk)
    )
    locked.brief = brief
    name_typed_text(locked)
    return locked


def empty_hash(brief: Brief, section_key: str, asked_since: int) -> str:
    """The content hash of a section in which nothing was written yet; it is asked as it is since
    that version of the template."""
    return content_hash(section_key, (brief.template.key, asked_since), [])


def write_answers(  # noqa: PLR0913 - all that a revision says of where it came from
    section: Section,
    texts: Mapping[str, str],
    *,
    by: User | None,
    kind: Revision.Kind,
    comment: str = "",
    contributors: Collection[User] | None = None,
    written_by: User | None = None,
) -> Revision | None:
    """Puts texts under their prompts and records the revision; prompts that aren't named keep
    theirs.

    The section comes from `lock_section()`. Returns None, and changes nothing, when the text is
    what it was. `contributors` are those whose words these are, by default the one who saves;
    `written_by` is whom the log names for what is new, by default the same.
    Raises `ValidationError`, by prompt key, for a text over 64 KB or an unknown prompt, and without
    a key when the brief would pass 500 KB.
    """
    questions = questions_of(section)
    tidy = {key: normalise(text) for key, text in texts.items()}
    check_prompts(questions, tidy)
    before = texts_now(section)
    changed = changes_to(section, tidy)
    if not changed:
        return None
    _check_brief_size(section.brief, before, changed)
    if contributors is None:
        contributors = [by] if by else []
    origin = Origin(by=by, contributors=contributors, kind=kind, comment=comment)
    revision = record_texts(section, questions, changed, origin)
    head = open_head(section, before)
    put(head, section, changed, by=written_by or by)
    note_log_seq(revision, head.seq)
    return revision


def check_prompts(questions: Iterable[Question], texts: Mapping[str, str]) -> None:
    """Raises `ValidationError`, by prompt key, for a text over 64 KB or an unknown prompt."""
    known = {question.key for question in questions}
    mistakes: dict[str, str] = {}
    for key, text in texts.items():
        if key not in known:
            mistakes[key] = _("This section has no prompt “%(key)s”.") % {"key": key}
        elif size(text) > MAX_PROMPT_BYTES:
            mistakes[key] = _(
                "This text has %(size)s KB; a prompt takes 64 KB at most. Shorten it, or "
                "move a part to another prompt."
            ) % {"size": -(-size(text) // 1024)}
    if mistakes:
        raise ValidationError(mistakes)


def _check_brief_size(brief: Brief, before: Mapping[str, str], changed: Mapping[str, str]) -> None:
    growth = sum(size(text) - size(before.get(key, "")) for key, text in changed.items())
    if growth > 0 and brief_size(brief) + growth > MAX_BRIEF_BYTES:
        raise ValidationError(
            _(
                "With this text the brief would pass 500 KB, the most a brief takes. Shorten "
                "it first."
            )
        )


def brief_size(brief: Brief) -> int:
    """How many bytes of UTF-8 the answers of a brief take."""
    total = Answer.objects.filter(section__brief=brief).aggregate(
        bytes=Coalesce(Sum(ByteLength("text")), 0)
    )
    return int(total["bytes"])


class ByteLength(models.Func):
    """A text's length in bytes of UTF-8. Older SQLite has no OCTET_LENGTH."""

    function = "OCTET_LENGTH"
    output_field = models.IntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        template = "LENGTH(CAST(%(expressions)s AS BLOB))"
        return self.as_sql(compiler, connection, template=template, **context)
