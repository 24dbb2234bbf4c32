"""Step 3: writing. One rule for every way in: nothing is overwritten, nothing is lost."""
