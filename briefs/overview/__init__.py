"""The pages that show where everything stands: my work, the briefs, one brief, its activity."""
