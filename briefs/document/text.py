"""What the text of an answer looks like once it has come in, whichever way it came."""

import re
import unicodedata

MAX_PROMPT_BYTES = 64 * 1024
MAX_BRIEF_BYTES = 500 * 1024

NOT_KNOWN = "Not known"
_UNUSABLE = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\ud800-\udfff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_NOT_KNOWN_ANSWER = re.compile(
    rf"\A {{0,3}}{NOT_KNOWN}(?:\.?|:[ \t]*(?P<reason>.*))\Z", re.IGNORECASE | re.DOTALL
)
_ENDS_PARAGRAPH = re.compile(
    r"^ {0,3}(?:$|>|[-*+][ \t]|\d{1,9}[.)][ \t]|`{3}|~{3}|[*_-](?:[ \t]*[*_-]){2,}[ \t]*$)",
    re.MULTILINE,
)


def normalise(text: str) -> str:
    """The one spelling of a text that is stored, compared and hashed. Idempotent.

    Unicode NFC, LF line ends, no blank lines at either end, no blanks at line ends except the two
    spaces of a hard break between two lines that both have text. What no file or database can hold
    (NUL and the other C0 controls, lone surrogates) becomes U+FFFD, so that the loss is in sight.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATE_PAIR.sub(_joined, text)
    text = unicodedata.normalize("NFC", _UNUSABLE.sub("\ufffd", text))
    lines = text.split("\n")
    following = [*lines[1:], ""]
    tidy = [_tidy_line(line, after) for line, after in zip(lines, following, strict=True)]
    return "\n".join(tidy).strip("\n")


def size(text: str) -> int:
    """How many bytes a text takes as UTF-8; the limits above are in these."""
    return len(text.encode("utf-8", errors="surrogatepass"))


def not_known(reason: str) -> str:
    """The answer that says on purpose that something is not known, and why if there is a reason."""
    reason = " ".join(normalise(reason).split())
    return f"{NOT_KNOWN}: {reason}" if reason else f"{NOT_KNOWN}."


def not_known_reason(text: str) -> str | None:
    """The reason of an answer that says "Not known: …"; "" when it gives none, None if it doesn't.

    `text` is normalised. Only a text of one paragraph counts; what says more is an answer like any.
    """
    match = _NOT_KNOWN_ANSWER.match(text)
    if match is None:
        return None
    reason = match["reason"] or ""
    _, _, further_lines = reason.partition("\n")
    if "\n" in reason and _ENDS_PARAGRAPH.search(further_lines):
        return None
    return " ".join(reason.split())


def _tidy_line(line: str, after: str) -> str:
    bare = line.rstrip(" \t")
    is_hard_break = line.endswith("  ") and bare and after.strip(" \t")
    return f"{bare}  " if is_hard_break else bare


def _joined(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")
