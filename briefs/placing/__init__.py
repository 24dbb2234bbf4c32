"""Imported text that has no place yet finds one, or is dismissed with a reason."""
