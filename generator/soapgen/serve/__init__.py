"""A contract → a server that answers for it."""
