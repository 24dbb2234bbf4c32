"""How an action's refusal comes back as a sentence on the form, with what was typed still in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse

from accounts.admin import WaryAdmin
from accounts.plain_form import PlainForm

Row = TypeVar("Row", bound=models.Model)


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error in the program
    """An action said no in the middle of a save, which is undone with it."""

    def __init__(self, mistake: ValidationError, status: int) -> None:
        super().__init__(str(mistake))
        self.mistake = mistake
        self.status = status


@contextmanager
def refusals() -> Iterator[None]:
    """Turns what an action raises for its caller into `Refused`."""
    try:
        yield
    except PermissionDenied as denied:
        raise Refused(ValidationError(str(denied)), 403) from denied
    except ValidationError as mistake:
        raise Refused(mistake, 422) from mistake


class RefusingForm(PlainForm, forms.ModelForm[Any]):
    """A form that says what the action answered to it, beside the field that it is about."""

    mistake: ValidationError | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.mistake is not None:
            for name, mistakes in self._by_field(self.mistake).items():
                self.add_error(name if name in self.fields else None, mistakes)
        return cleaned

    def _by_field(self, mistake: ValidationError) -> dict[str, list[ValidationError]]:
        if hasattr(mistake, "error_dict"):
            return mistake.error_dict
        return {NON_FIELD_ERRORS: mistake.error_list}


class RefusingAdmin(WaryAdmin, Generic[Row]):
    """Saves through actions, inside `refusals()`. A refused save is undone as a whole; then the
    page is made again by an admin that knows the refusal, so that nothing typed is lost."""

    mistake: ValidationError | None = None

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            again = type(self)(self.model, self.admin_site)
            again.mistake = refused.mistake
            page = again.changeform_view(request, object_id, form_url, extra_context)
            page.status_code = refused.status
            return page

    def get_form(
        self, request: HttpRequest, obj: Row | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Row]]:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"mistake": self.mistake})
