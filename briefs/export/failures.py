"""Why there is no file, in sentences that are shown."""

from django.utils.translation import gettext as _


class RenderFailed(Exception):  # noqa: N818 - it is caught to be shown, as a plain outcome
    """A document could not be made; its sentence says what to do."""


class TooLarge(RenderFailed):
    """It passed a limit, or broke the renderer."""


class Unwanted(RenderFailed):
    """Whoever asked for it doesn't want it any more."""

    def __init__(self) -> None:
        super().__init__(_("It was stopped, as it isn't wanted any more."))
