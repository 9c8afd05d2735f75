"""Contracts made for tests: what Services86 does not use and other services do."""
