"""What a page needs to show the remarks on its section beside the text."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from accounts.models import User
from briefs.commenting.discussion import Discussion
from briefs.commenting.forms import CommentForm
from briefs.models import Section
from briefs.prompts import Question

Here = Literal["section", "review", ""]


def panel(
    section: Section,
    user: User,
    questions: Sequence[Question],
    texts: Mapping[str, str],
    *,
    here: Here = "",
) -> dict[str, Any]:
    """The context of `briefs/commenting/panel.html`; `here` is the page to come back to, blank for
    the comments' own."""
    discussion = Discussion(section, user, questions, texts)
    return {
        "discussion": discussion,
        "comment_form": CommentForm(discussion),
        "here": here,
    }
