"""What the Makefile calls: install, demo, tests, lint, locks."""
