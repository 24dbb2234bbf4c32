from typing import Generic, TypeVar

from django.db import models
from django.http import HttpRequest

from accounts.admin import WaryAdmin

Row = TypeVar("Row", bound=models.Model)


class ReadOnlyAdmin(WaryAdmin, Generic[Row]):
    """Rows to read. What changes them is an action somewhere else, or nothing at all."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False
