"""A brief moves to another version of its template: shown first, done as one act, and undone."""
