"""Why a file that came as a Word file isn't read: one sentence each, that says what to do."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def damaged() -> ValidationError:
    """What Word itself may still repair."""
    return ValidationError(
        _(
            "The Word file is damaged and can't be read. Open it in Word, save it as a new .docx "
            "file and import that."
        )
    )


def too_large() -> ValidationError:
    """More than any brief has once it is unpacked, however small the file is."""
    return ValidationError(
        _(
            "The Word file holds far more than a brief has. Copy the brief's text into a new "
            "document and import that."
        )
    )


def too_deep() -> ValidationError:
    return ValidationError(
        _(
            "Tables, boxes or lists stand inside each other too deeply in the Word file. Copy the "
            "brief's text into a new document and import that."
        )
    )


def has_definitions() -> ValidationError:
    """A document type, with which XML could name other files or grow without end."""
    return ValidationError(
        _(
            "The Word file defines XML of its own, which Word never does, so it isn't read. Save "
            "it in Word as a new .docx file and import that."
        )
    )


def other_kind(kind: str) -> ValidationError:
    """`kind` names what the file is, with its article."""
    sentence = _("This is %(kind)s and no Word file. Save the brief as .docx and import that.")
    return ValidationError(sentence % {"kind": kind})
