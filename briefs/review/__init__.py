"""Step 6: a section is put forward, and approved or sent back."""
