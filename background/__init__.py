"""What is done outside of requests: jobs in the database, and the loop that does them.

Knows nothing of briefs.
"""
