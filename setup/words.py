"""Brings `briefs/locale` in line with what outputs say by themselves: run by `make words`.

A language is added by an empty `briefs/locale/LANGUAGE/LC_MESSAGES/django.po`. Words that are new
have no translation yet, which a test finds.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from setup.install import LOCALE, ROOT

CONTEXT = "output"
Functions = Mapping[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None]
IN_PYTHON: Functions = {"_": None, "ngettext": (1, 2)}
IN_TEMPLATES: Functions = {"pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}

Message = str | tuple[str, ...]


def said() -> set[Message]:
    """The words that outputs say: those of modules that take them from `document/translation.py`,
    and of templates in the context."""
    modules = ((path, path.read_text()) for path in sorted((ROOT / "briefs").rglob("*.py")))
    found = {
        message
        for _path, source in modules
        if re.search(r"^from briefs\.document\.translation import", source, re.MULTILINE)
        for message, _context in _messages(source, IN_PYTHON)
    }
    for path in sorted((ROOT / "templates").rglob("*.html")):
        found |= {
            message
            for message, context in _messages(_as_python(path.read_text()), IN_TEMPLATES)
            if context == CONTEXT
        }
    return found


def catalogs() -> Iterator[tuple[Path, Catalog]]:
    """The catalog of each language, by its file."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            yield path, read_po(file, locale=path.parent.parent.name)


def brought_in_line(catalog: Catalog, messages: set[Message]) -> Catalog:
    """The same language with just these messages, and what it had of them translated already."""
    assert catalog.locale
    new = Catalog(
        catalog.locale,
        project="Chancery",
        version="1",
        header_comment=f"# What outputs say by themselves: {catalog.locale.english_name}.",
        creation_date=catalog.creation_date,
        revision_date=catalog.creation_date,
        fuzzy=False,
    )
    new.msgid_bugs_address = new.last_translator = new.language_team = ""
    for message in sorted(messages, key=str):
        one = message if isinstance(message, str) else message[0]
        old = catalog.get(one, CONTEXT)
        new.add(message, old.string if old else None, context=CONTEXT)
    return new


def _as_python(template: str) -> str:
    """A template as Django hands it to programs that look for messages, without indentation."""
    return "\n".join(line.lstrip() for line in templatize(template).splitlines())


def _messages(source: str, functions: Functions) -> Iterator[tuple[Message, str | None]]:
    for _line, message, _comments, context in extract(
        "python", BytesIO(source.encode()), functions
    ):
        yield message, context


def main() -> None:
    messages = said()
    for path, catalog in catalogs():
        new = path.with_suffix(".new")
        with new.open("wb") as file:
            write_po(file, brought_in_line(catalog, messages), width=100)
        new.replace(path)


if __name__ == "__main__":
    main()
