"""What stands above the steps: my work, the list of briefs, one brief at a glance, and what
happened in it."""
