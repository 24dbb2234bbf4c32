"""What may befall one of many briefs without holding the others up."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError

from briefs.export.failures import RenderFailed

FAILURES = (RenderFailed, PermissionDenied, ValidationError, DatabaseError)


def sentence_of(failed: Exception) -> str:
    return " ".join(failed.messages) if isinstance(failed, ValidationError) else str(failed)
