"""A contract → sample messages."""
