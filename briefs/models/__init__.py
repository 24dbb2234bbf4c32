"""The nouns."""

from briefs.models.activity import Activity, AppendOnlyError, actor_name
from briefs.models.brief import Answer, Brief, Membership, Section, SectionQuerySet
from briefs.models.brief_template import BriefTemplate, Part, Prompt, SectionTemplate
from briefs.models.invitation import Invitation
from briefs.models.loose_text import LooseText, Placement
from briefs.models.revision import Revision, SignOff, with_sign_offs

__all__ = [
    "Activity",
    "Answer",
    "AppendOnlyError",
    "Brief",
    "BriefTemplate",
    "Invitation",
    "LooseText",
    "Membership",
    "Part",
    "Placement",
    "Prompt",
    "Revision",
    "Section",
    "SectionQuerySet",
    "SectionTemplate",
    "SignOff",
    "actor_name",
    "with_sign_offs",
]
