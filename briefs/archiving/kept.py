"""What an archive of a brief holds: the one table of the models, in an order in which each row
comes after those that it names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from briefs.models import (
    Activity,
    Answer,
    Authorship,
    Brief,
    BriefTemplate,
    Comment,
    Countersignature,
    Edition,
    EditionFile,
    LiveClient,
    LiveEdit,
    LiveText,
    LooseText,
    Membership,
    Opening,
    Part,
    Picture,
    Placement,
    Prompt,
    RefusedEdit,
    Revision,
    Section,
    SectionClearance,
    SectionTemplate,
    SignOff,
    SignOffRight,
    Suggestion,
    SuggestionDecision,
    TemplateUpgrade,
)
from briefs.revisions import StoredRevision, StoredVersion


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of row. `of` finds those of a brief; `order` gives them their numbers, so it may
    name nothing that is another way in another database."""

    model: type[Model]
    of: Callable[[Brief], QuerySet[Any]]
    order: tuple[str, ...] = ("pk",)
    is_outline: bool = False

    @property
    def name(self) -> str:
        """The name of its file."""
        label = self.model._meta.label_lower
        return label.replace(".", "-")


def _by(path: str, model: type[Model], manager: str = "objects") -> Callable[[Brief], Any]:
    return lambda brief: getattr(model, manager).filter(**{path: brief})


def _outline(path: str, model: type[Model], *order: str) -> Kept:
    def of(brief: Brief) -> QuerySet[Any]:
        return model._default_manager.filter(**{path: brief.template.key})

    return Kept(model, of, order, is_outline=True)


KEPT = (
    _outline("key", BriefTemplate, "version"),
    _outline("template__key", Part, "template__version", "position"),
    _outline(
        "part__template__key",
        SectionTemplate,
        "part__template__version",
        "part__position",
        "position",
    ),
    _outline(
        "section_template__part__template__key",
        Prompt,
        "section_template__part__template__version",
        "section_template__part__position",
        "section_template__position",
        "position",
    ),
    Kept(Brief, lambda brief: Brief.objects.filter(pk=brief.pk)),
    Kept(Membership, _by("brief", Membership)),
    Kept(SignOffRight, _by("membership__brief", SignOffRight)),
    Kept(Section, _by("brief", Section, "with_retired")),
    Kept(SectionClearance, _by("section__brief", SectionClearance)),
    Kept(Picture, _by("brief", Picture)),
    Kept(Answer, _by("section__brief", Answer)),
    Kept(StoredRevision, _by("of_section__section__brief", StoredRevision)),
    Kept(StoredVersion, _by("revision__of_section__section__brief", StoredVersion)),
    Kept(Revision, _by("section__brief", Revision)),
    Kept(Authorship, _by("revision__section__brief", Authorship)),
    Kept(LiveText, _by("section__brief", LiveText)),
    Kept(LiveEdit, _by("live_text__section__brief", LiveEdit)),
    Kept(LiveClient, _by("live_text__section__brief", LiveClient)),
    Kept(RefusedEdit, _by("live_text__section__brief", RefusedEdit)),
    Kept(SignOff, _by("section__brief", SignOff)),
    Kept(Countersignature, _by("sign_off__section__brief", Countersignature)),
    Kept(Opening, _by("revision__section__brief", Opening)),
    Kept(Suggestion, _by("section__brief", Suggestion)),
    Kept(SuggestionDecision, _by("suggestion__section__brief", SuggestionDecision)),
    Kept(Comment, _by("section__brief", Comment)),
    Kept(LooseText, _by("brief", LooseText)),
    Kept(Placement, _by("loose_text__brief", Placement)),
    Kept(TemplateUpgrade, _by("brief", TemplateUpgrade)),
    Kept(Edition, _by("brief", Edition)),
    Kept(EditionFile, _by("edition__brief", EditionFile)),
    Kept(Activity, lambda brief: Activity.objects.filter(Q(brief=brief))),
)
BY_NAME = {kept.name: kept for kept in KEPT}

# What isn't of the brief but of a person or an installation: it stays where it is.
LEFT_OUT = {
    "Bundle": "a copy that somebody asked for, kept for some days",
    "BundleItem": "a copy that somebody asked for, kept for some days",
    "BundlePart": "a copy that somebody asked for, kept for some days",
    "HouseStyle": "the installation's own, not the brief's",
    "Invitation": "a way in that was meant for one person and one installation",
    "CalendarFeed": "each person's own address",
    "Notice": "each person's own list",
    "NoticeChoice": "each person's own choice",
    "NoticeMail": "each person's own mail",
    "OutlineDraft": "a draft is of the template, not of the brief",
}

# Where JSON names rows by primary key: by the key under which it stands.
NAMED_IN_ACTIVITY: dict[str, str] = {
    "user": "user",
    "made_by": "user",
    "new_reviewers": "user",
    "member": Membership._meta.label_lower,
    "comment_id": Comment._meta.label_lower,
    "suggestion_id": Suggestion._meta.label_lower,
    "loose_text": LooseText._meta.label_lower,
}
