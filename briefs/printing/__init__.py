"""How briefs look on paper: the house style, and pages to look at before anything is exported."""
