"""Other words for a passage of a text in review; accepted, they become a revision."""
