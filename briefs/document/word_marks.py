"""How a Word file says what in it is Chancery's and not the brief's text.

A bookmark around each paragraph or row of a table names the words that stood there, so that one
which somebody has written in since is text like any other. Word and LibreOffice keep bookmarks and
a file's own properties, and show neither on a page.
"""

import hashlib
import re
import unicodedata

PROPERTY = "Chancery"
"""What the names of the properties begin with that hold the front matter, one line each: "Chancery
01", and "Chancery 01.1" for what is too long for the first."""
LONGEST_PROPERTY = 250
"""Characters; Word takes 255."""
LIST_STEP, QUOTE_STEP = 360, 340
"""How much further in each list and each quote stands, in twips, so that an indent tells how many
of either are around a paragraph."""
TYPED_STEP = 3 * LIST_STEP
"""How far before its words a number stands that is text, as it is too high for Word to count."""

CODE_FONT = "Consolas"
"""In which only code is set, so that code in a link, which has the style of links, is known."""

_LETTERS_OF_HASH = 16
_CODE = f"_{PROPERTY}Code_"
_LANGUAGE = "[A-Za-z0-9]{1,16}"
_MARK_OF_CODE = re.compile(f"{_CODE}(?P<language>{_LANGUAGE})_[0-9]+")


def says_language(language: str) -> bool:
    """Whether the name of a bookmark can say a language of code: Word takes 40 characters."""
    return re.fullmatch(_LANGUAGE, language) is not None


def mark_of_code(language: str, identity: int) -> str:
    """The name of the bookmark around a block of code; Word takes no name twice."""
    return f"{_CODE}{language}_{identity}"


def language_of_code(mark: str) -> str:
    """The language that such a name says; blank for any other."""
    match = _MARK_OF_CODE.fullmatch(mark)
    return match["language"] if match else ""


def mark_of(words: str) -> str:
    """What the name of the bookmark around these words begins with. Only letters and digits count:
    programs set blanks, and marks of direction, otherwise."""
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFC", words)))
    digest = hashlib.sha256(letters.encode("utf-8", errors="surrogatepass")).hexdigest()
    return f"_{PROPERTY}{digest[:_LETTERS_OF_HASH]}_"
