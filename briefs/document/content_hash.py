"""Which words a sign-off is of: one hash over a section's answers."""

import hashlib
import json
from collections.abc import Iterable


def content_hash(
    section_key: str, template: tuple[str, int], answers: Iterable[tuple[str, str]]
) -> str:
    """SHA-256, in hexadecimal, of a section's text as canonical JSON (keys sorted, no blanks).

    `template` is the outline's key and the version since which the section is asked as it is: so a
    later version that asks the same leaves the hash, and one that asks something else makes another
    even of the same words. `answers` are (prompt key, text) in the outline's order, the texts
    normalised already (`briefs.document.text`). An empty answer counts as none, so a row that was
    made and never written in changes nothing. Parked text, titles, authors and dates are not in it.
    """
    key, version = template
    content = {
        "answers": [[prompt_key, text] for prompt_key, text in answers if text],
        "section": section_key,
        "template": [key, version],
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
