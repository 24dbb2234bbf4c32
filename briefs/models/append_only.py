"""Rows that are written once: refused by Django's own ways to change them, and by the database
itself, whoever asks."""

from typing import Any, Never, TypeVar

from django.db import models

REFUSAL = "Rows of this table are written once and never changed or deleted."


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete a row that is written once."""


Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class AppendOnlyQuerySet(models.QuerySet[Row_co]):
    def update(self, **kwargs: Any) -> Never:
        raise AppendOnlyError(REFUSAL)

    def delete(self) -> Never:
        raise AppendOnlyError(REFUSAL)


class AppendOnly(models.Model):
    """A model whose rows are written once. Its table gets `guards()` by a migration, and again by
    every later migration that makes SQLite build the table anew; a test asks each database."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(REFUSAL)
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise AppendOnlyError(REFUSAL)


def guards(vendor: str, table: str) -> list[str]:
    """The statements by which a database refuses to change, delete or replace a row of a table, and
    PostgreSQL to empty it."""
    return _of_sqlite(table) if vendor == "sqlite" else _of_postgres(table)


def lifted(vendor: str, table: str) -> list[str]:
    """The statements that take `guards()` away again: for a migration that goes back."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER {table}_{act}" for act in ("insert", "update", "delete")]
    return [
        f"DROP TRIGGER {table}_kept ON {table}",
        f"DROP TRIGGER {table}_not_emptied ON {table}",
        f"DROP FUNCTION {table}_refuse()",
    ]


def _of_sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    # A row that takes another's place fires no trigger of DELETE, so it is met where it comes in.
    taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - a table of ours
    return [
        f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} FOR EACH ROW {taken} {refuse}",
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
    ]


def _of_postgres(table: str) -> list[str]:
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
    function = f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    act = f"EXECUTE FUNCTION {table}_refuse()"
    kept = f"{table}_kept BEFORE UPDATE OR DELETE ON {table}"
    not_emptied = f"{table}_not_emptied BEFORE TRUNCATE ON {table}"
    return [
        f"{function} $$ BEGIN {refuse} END $$",
        f"CREATE TRIGGER {kept} FOR EACH ROW {act}",
        f"CREATE TRIGGER {not_emptied} FOR EACH STATEMENT {act}",
    ]
