"""How fast briefs are printed, beside WeasyPrint and Chromium on the same text. Everything is made
in memory; there is no database. `make bench OPTIONS=--pdf`."""
