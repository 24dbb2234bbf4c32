"""Step 2: a brief is made, its data kept, and its people appointed."""
