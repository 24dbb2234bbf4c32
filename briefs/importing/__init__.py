"""Step 3: text that exists already comes in, and nothing of it is dropped."""
