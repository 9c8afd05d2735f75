"""soapgen writes small, typed, readable Python packages from WSDL."""

__version__ = "0.1.0"
