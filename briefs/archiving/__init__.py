"""A brief leaves as one file with everything that is known of it, and comes back from it."""
