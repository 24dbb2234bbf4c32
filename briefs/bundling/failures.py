"""What may befall one of many briefs without holding the others up."""

from django.core.exceptions import PermissionDenied, ValidationError

from briefs.export.failures import RenderFailed

FAILURES = (RenderFailed, PermissionDenied, ValidationError)


def sentence_of(failed: Exception) -> str:
    """What its `FAILURES` say, for whoever asked for it."""
    return " ".join(failed.messages) if isinstance(failed, ValidationError) else str(failed)
