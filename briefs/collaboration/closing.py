"""Why a connection ends. Every code has one meaning, and a sentence that the page can show."""

from enum import IntEnum

from django.utils.translation import gettext_lazy as _


class CloseCode(IntEnum):
    """44xx: the server has decided, don't try again without a person. 45xx: try again."""

    NOT_UNDERSTOOD = 4400
    SIGNED_OUT = 4401
    NOT_ALLOWED = 4403
    NO_SECTION = 4404
    NUMBER_TAKEN = 4409
    OTHER_DOCUMENT = 4412
    TOO_LARGE = 4413
    TOO_MANY_SOCKETS = 4423
    TOO_FAST = 4429
    NO_DATABASE = 4503
    TOO_SLOW = 4508
    START_AGAIN = 4510
    GOING_DOWN = 4512

    @property
    def may_retry(self) -> bool:
        return self >= 4500


_SENTENCES = {
    CloseCode.NOT_UNDERSTOOD: _(
        "The server could not read what this page sent. Copy what you wrote last, then reload "
        "the page."
    ),
    CloseCode.SIGNED_OUT: _(
        "You are signed out, or somebody else has signed in here. Sign in again; what you wrote is "
        "kept on this device."
    ),
    CloseCode.NOT_ALLOWED: _(
        "You are no longer a member of this brief. Ask a manager of the brief if that is wrong."
    ),
    CloseCode.NO_SECTION: _("What this page shows doesn't exist, or you may not see it."),
    CloseCode.NUMBER_TAKEN: _(
        "This page is open a second time under the same name. Copy what you wrote last, then "
        "reload the page."
    ),
    CloseCode.OTHER_DOCUMENT: _(
        "What is kept on this device belongs to an older text of this section. It is shown for "
        "copying; the page starts anew."
    ),
    CloseCode.TOO_LARGE: _(
        "That was too much at once. Copy what you wrote last, reload the page, and put it in piece "
        "by piece."
    ),
    CloseCode.TOO_MANY_SOCKETS: _(
        "You have too many pages open. Close some of them, then reload this page."
    ),
    CloseCode.TOO_FAST: _(
        "This page sent more than anybody can type. Copy what you wrote last, then reload the page."
    ),
    CloseCode.NO_DATABASE: _("Saving is not possible just now. The page tries again by itself."),
    CloseCode.TOO_SLOW: _("The connection is too slow to follow. The page tries again by itself."),
    CloseCode.START_AGAIN: _("The server reads this section anew. The page connects by itself."),
    CloseCode.GOING_DOWN: _("The server is being restarted. The page connects again by itself."),
}


class Closing(Exception):  # noqa: N818 - a decision, not a mistake of ours
    """Ends the connection in whose behalf it is raised."""

    def __init__(self, code: CloseCode) -> None:
        super().__init__(code)
        self.code = code


def sentences() -> dict[int, str]:
    """What a page says for each code, in the language of the moment; fit for JSON."""
    return {int(code): str(sentence) for code, sentence in _SENTENCES.items()}
