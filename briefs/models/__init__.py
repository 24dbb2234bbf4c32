"""The nouns."""

from briefs.models.activity import Activity, AppendOnly
from briefs.models.brief import Answer, Brief, Invitation, LooseText, Membership, Section
from briefs.models.brief_template import BriefTemplate, Part, Prompt, SectionTemplate
from briefs.models.revision import Revision, SignOff, with_sign_offs

__all__ = [
    "Activity",
    "Answer",
    "AppendOnly",
    "Brief",
    "BriefTemplate",
    "Invitation",
    "LooseText",
    "Membership",
    "Part",
    "Prompt",
    "Revision",
    "Section",
    "SectionTemplate",
    "SignOff",
    "with_sign_offs",
]
