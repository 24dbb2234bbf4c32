"""Step 1: the outline that briefs are made from, as a file and as rows."""
