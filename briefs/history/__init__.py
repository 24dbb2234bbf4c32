"""Step 5: revisions compared and restored. History is never rewritten."""
