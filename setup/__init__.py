"""What a fresh clone needs before Chancery runs: install, demo, tests, locks. Called by the Makefile."""
