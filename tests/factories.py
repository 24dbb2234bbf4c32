"""Rows for tests. A status is reached by running the actions, never by setting a column."""

from itertools import count
from uuid import uuid4

from accounts.models import User
from briefs.commissioning.actions import BriefData, create_brief
from briefs.drafting.actions import save_section
from briefs.models import (
    Brief,
    BriefTemplate,
    Edition,
    Membership,
    Part,
    Prompt,
    Section,
    SectionTemplate,
    with_sign_offs,
)
from briefs.releasing.actions import Wish, release_brief
from briefs.releasing.standing import read_standing
from briefs.review.actions import approve_section, request_changes, request_review

PASSWORD = "a long enough secret"
_numbers = count(1)


def make_user(name: str, **fields) -> User:
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}@example.org")
    return User.objects.create_user(email, PASSWORD, name=name, **fields)


def make_template(key: str = "small") -> BriefTemplate:
    """A small outline: an opening with one section, and a part with two; one of these has two
    labelled prompts."""
    template = BriefTemplate.objects.create(
        key=key, title="Small brief", language="en", digest="0" * 64
    )
    opening = Part.objects.create(template=template, key="opening", position=1)
    goals = Part.objects.create(template=template, key="goals", title="Goals", position=2)
    preface = SectionTemplate.objects.create(
        part=opening, key="opening/preface", title="Preface", position=1, guidance="Say why."
    )
    Prompt.objects.create(section_template=preface, key="body", form="prose", position=1)
    needs = SectionTemplate.objects.create(
        part=goals, key="goals/needs", title="Needs", position=1, min_words=10, max_words=200
    )
    for position, label in enumerate(["Past", "Future"], start=1):
        Prompt.objects.create(
            section_template=needs,
            key=label.lower(),
            label=label,
            form="points",
            guidance=f"Guidance for {label}.",
            position=position,
        )
    health = SectionTemplate.objects.create(
        part=goals, key="goals/health", title="Health", position=2
    )
    Prompt.objects.create(section_template=health, key="body", form="prose", position=1)
    return template


def make_brief(template: BriefTemplate | None = None, *, title: str = "Belgium", **fields) -> Brief:
    """A brief without members, as the command line makes one."""
    template = template or BriefTemplate.objects.first() or make_template()
    return create_brief(
        BriefData(title=title, subject=fields.pop("subject", title), **fields), template, by=None
    )


def add_member(brief: Brief, user: User, role: str) -> Membership:
    return Membership.objects.create(brief=brief, user=user, role=role)


def section_of(brief: Brief, key: str) -> Section:
    return with_sign_offs(Section.objects.select_related("brief")).get(brief=brief, key=key)


def write(section: Section, by: User, text: str = "", **texts: str) -> Section:
    """Writes new text into a section: into its first prompt, or into the prompts that are named."""
    if not texts:
        prompt = section.section_template.prompts.first() if section.section_template else None
        texts = {prompt.key if prompt else "body": text or f"Some words, number {next(_numbers)}."}
    save_section(section, texts, by=by, started_from=_version(section))
    return section_of(section.brief, section.key)


def put_in_review(section: Section, by: User, text: str = "") -> Section:
    section = write(section, by, text)
    request_review(section, by=by, revision=section.version)
    return section_of(section.brief, section.key)


def approve(section: Section, author: User, editor: User, text: str = "") -> Section:
    section = put_in_review(section, author, text)
    approve_section(section, by=editor, revision=section.version)
    return section_of(section.brief, section.key)


def send_back(section: Section, author: User, editor: User) -> Section:
    section = put_in_review(section, author)
    request_changes(section, by=editor, revision=section.version, comment="Give the source.")
    return section_of(section.brief, section.key)


def release(brief: Brief, manager: User, *, reason: str = "It is needed now.", **wish) -> Edition:
    """Releases what is approved; what isn't clear goes out for that reason."""
    standing = read_standing(brief)
    reasons = {each.node.key: reason for each in standing.unclear}
    asked = Wish(standing.seen, wish.pop("token", uuid4()), reasons, **wish)
    return release_brief(brief, asked, by=manager)


def _version(section: Section) -> int:
    return Section.objects.values_list("version", flat=True).get(pk=section.pk)
