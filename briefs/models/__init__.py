"""The nouns."""

from briefs.models.activity import Activity, actor_name
from briefs.models.append_only import AppendOnlyError
from briefs.models.brief import (
    Answer,
    Brief,
    Membership,
    Section,
    SectionQuerySet,
    SignOffRight,
    reviewed_by,
)
from briefs.models.brief_template import BriefTemplate, Part, Prompt, SectionTemplate
from briefs.models.bundle import Bundle, BundleItem, BundlePart
from briefs.models.calendar_feed import CalendarFeed
from briefs.models.clearance import Countersignature, Opening, SectionClearance, open_overrides
from briefs.models.comment import Comment
from briefs.models.edition import Edition, EditionFile
from briefs.models.house_style import HouseStyle
from briefs.models.invitation import Invitation
from briefs.models.live_text import LiveClient, LiveEdit, LiveText, RefusedEdit
from briefs.models.loose_text import LooseText, Placement
from briefs.models.notice import Delivery, Notice, NoticeChoice, NoticeMail, NoticeQuerySet
from briefs.models.outline_draft import OutlineDraft
from briefs.models.picture import Picture
from briefs.models.revision import Authorship, Revision, SignOff, with_sign_offs
from briefs.models.suggestion import Suggestion, SuggestionDecision
from briefs.models.template_upgrade import TemplateUpgrade

__all__ = [
    "Activity",
    "Answer",
    "AppendOnlyError",
    "Authorship",
    "Brief",
    "BriefTemplate",
    "Bundle",
    "BundleItem",
    "BundlePart",
    "CalendarFeed",
    "Comment",
    "Countersignature",
    "Delivery",
    "Edition",
    "EditionFile",
    "HouseStyle",
    "Invitation",
    "LiveClient",
    "LiveEdit",
    "LiveText",
    "LooseText",
    "Membership",
    "Notice",
    "NoticeChoice",
    "NoticeMail",
    "NoticeQuerySet",
    "Opening",
    "OutlineDraft",
    "Part",
    "Picture",
    "Placement",
    "Prompt",
    "RefusedEdit",
    "Revision",
    "Section",
    "SectionClearance",
    "SectionQuerySet",
    "SectionTemplate",
    "SignOff",
    "SignOffRight",
    "Suggestion",
    "SuggestionDecision",
    "TemplateUpgrade",
    "actor_name",
    "open_overrides",
    "reviewed_by",
    "with_sign_offs",
]
