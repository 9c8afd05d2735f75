"""A contract → a plan: what is generated, in Python names."""
