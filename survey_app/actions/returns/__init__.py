"""Returns: who is expected to report what in a round, and what has come."""
