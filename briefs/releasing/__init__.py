"""Step 8: a brief is released as an edition, which can be proved later."""
