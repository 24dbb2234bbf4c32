"""The briefs that are written in: their sections, the people and their sessions."""

from dataclasses import dataclass

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from accounts.models import User
from briefs.brief_templates.actions import load_brief_template
from briefs.brief_templates.outline_file import SHIPPED_FILE, read_outline
from briefs.commissioning.actions import BriefData, create_brief
from briefs.drafting.actions import save_section
from briefs.models import Membership, Section
from briefs.prompts import questions_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
# Letters are typed before it, whole tokens behind it, and forms write in the middle.
BEGINNING = "Before.\n\nForms.\n\nBehind."


@dataclass(frozen=True, slots=True)
class Stage:
    """`sections` holds the keys of the prompts by the section's primary key, `sessions` the key of
    one session for each person; `people` are their primary keys."""

    sections: dict[int, tuple[str, ...]]
    people: list[int]
    sessions: list[str]


def set_stage(sections: int, people: int, *, beginning: str = BEGINNING) -> Stage:
    """Fills an empty database. Every prompt of the sections begins with the same text."""
    call_command("migrate", verbosity=0)
    outline = read_outline(SHIPPED_FILE.read_text(encoding="utf-8"))
    template = load_brief_template(outline, by=None).template
    users = [User.objects.create_user(f"a{n}@example.org", name=f"Ada {n}") for n in range(people)]
    prompts: dict[int, tuple[str, ...]] = {}
    while len(prompts) < sections:
        brief = create_brief(BriefData(title="Belgium", subject="Belgium"), template, by=None)
        for user in users:
            Membership.objects.create(brief=brief, user=user, role="author")
        some = brief.sections.in_outline_order().select_related("brief__template")
        for section in some[: sections - len(prompts)]:
            keys = tuple(question.key for question in questions_of(section))
            _begin(section, keys, beginning, by=users[0])
            prompts[section.pk] = keys
    return Stage(prompts, [user.pk for user in users], [session_of(user) for user in users])


def session_of(user: User) -> str:
    """The key of a new session in which somebody is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _begin(section: Section, keys: tuple[str, ...], text: str, *, by: User) -> None:
    save_section(section, dict.fromkeys(keys, text), by=by, started_from=section.version)
