"""Exchanges with SOAP stacks that nobody here wrote: both ways."""
