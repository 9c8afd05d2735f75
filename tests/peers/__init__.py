"""Exchanges with SOAP stacks that nobody here wrote: each calls soapgen's code, or is called by it."""
