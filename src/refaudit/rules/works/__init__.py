"""Which entries of a list are the same work."""
