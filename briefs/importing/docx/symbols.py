"""Characters of symbol fonts, which Word stores by their place in the font, as Unicode."""

UNKNOWN = "\ufffd"

_PRIVATE = 0xF000
_GREEK_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_GREEK_LARGE = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SIGNS = (
    "A3≤ B3≥ B0° B1± B4× B8÷ B9≠ BB≈ A5∞ AC← AD↑ AE→ AF↓ AB↔ B7• A7♣ B6∂ B2″ A2′ CE∈ C7∩ C8∪ "
    "D5∏ E5∑ D6√ D7⋅ DE⇒ DB⇔ E2® E3© E4™ BC… D2® D3© D4™ A0€ 2D− BE—"
)
_DINGBATS = (
    "FC✓ FB✗ FD☒ FE☑ A8☐ 6F☐ 71❑ 72❒ E0→ DF← E1↑ E2↓ E8➔ F0⇨ D8➢ 4A☺ 6C● 6E■ A7▪ 9F• 9E· 76❖ "
    "77⬥ 75◆ 28☎ 2A✉ 46☞ 22✂ AB★ B6☆"
)


def _table(pairs: str) -> dict[int, str]:
    """Places in hexadecimal, each with its character right behind it."""
    return {int(pair[:2], 16): pair[2:] for pair in pairs.split()}


_SYMBOL = {
    **dict(zip(range(0x61, 0x7B), _GREEK_SMALL, strict=True)),
    **dict(zip(range(0x41, 0x5B), _GREEK_LARGE, strict=True)),
    **_table(_SIGNS),
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _table(_DINGBATS)}


def symbol(code: str, font: str) -> str:
    """The character at a place, written in hexadecimal, of a font; `UNKNOWN` for one that has no
    known meaning."""
    try:
        place = int(code[:6], 16)
    except ValueError:
        return UNKNOWN
    if 0xE000 <= place <= 0xF8FF:
        known = _FONTS.get(font.casefold(), {})
        place -= _PRIVATE
        if place in known:
            return known[place]
        is_printed = font.casefold() == "symbol" and 0x20 <= place < 0x40
        return chr(place) if is_printed else UNKNOWN
    is_character = 0x20 <= place < 0xD800 or 0xF900 <= place < 0xFFFE
    return chr(place) if is_character else UNKNOWN
