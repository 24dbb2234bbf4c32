"""What no browser sends by itself, as it stands in an address."""

ODD = {
    "NUL": "%00",
    "half a character": "%ED%A0%80",
    "no UTF-8": "%FF",
    "very long": "x" * 10_000,
    "below zero": "-1",
    "no number of a row": "9" * 20,
    "no number that int() reads": "%C2%B2",
    "blank": "",
}
