"""The pages of commissioning: a brief's data, its people, and who writes what."""
