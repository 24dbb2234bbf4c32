"""Many briefs exported at once, as one ZIP file that is made in the background."""
