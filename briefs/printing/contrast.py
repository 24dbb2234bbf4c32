"""How well a colour is read on white paper."""

import re

_COLOUR = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")


def contrast_with_white(colour: str) -> float | None:
    """The contrast ratio, 1 to 21, of a colour `#rrggbb` to white, as WCAG 2.2 defines it; None for
    what is no colour."""
    match = _COLOUR.fullmatch(colour)
    if match is None:
        return None
    red, green, blue = (_linear(int(digits, 16) / 255) for digits in match.groups())
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 1.05 / (luminance + 0.05)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
