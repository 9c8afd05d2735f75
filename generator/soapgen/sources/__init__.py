"""Names from the command line → documents, read safely.

In: names of files, folders, archives and addresses. Out: the WSDLs in them, each with the trees of
all that it imports. Nothing else is read, and no entity or DTD is resolved.
"""

from .documents import (
    WSDL,
    XSD,
    Document,
    Documents,
    Schema,
    inputs,
    read_all_documents,
    read_documents,
)
from .find import Source, Sources, find_sources, is_address
from .origins import Origin, OutsideError
from .safe_xml import parse

__all__ = [
    "WSDL",
    "XSD",
    "Document",
    "Documents",
    "Origin",
    "OutsideError",
    "Schema",
    "Source",
    "Sources",
    "find_sources",
    "inputs",
    "is_address",
    "parse",
    "read_all_documents",
    "read_documents",
]
