"""Names from the command line → documents, read safely.

In: names of files, folders, archives and addresses. Out: the WSDLs in them, each with the trees of
all that it imports. Nothing else is read, no entity or DTD is resolved, and size, number, depth and
time are limited.
"""

from .addresses import is_address
from .documents import (
    LOCATIONS,
    WSDL,
    XSD,
    Document,
    Documents,
    Schema,
    SchemaKey,
    inputs,
)
from .fetched import fetched_files
from .find import Source, Sources, find_sources
from .folders import read_file
from .limits import Limits
from .loading import read_all_documents, read_documents
from .nearby import check_path
from .origins import NotThereError, Origin, OutsideError
from .read_options import ReadOptions, host_problem
from .safe_xml import DoctypeError, parse
from .versions import VERSIONING, is_conditional, is_included

__all__ = [
    "LOCATIONS",
    "VERSIONING",
    "WSDL",
    "XSD",
    "DoctypeError",
    "Document",
    "Documents",
    "Limits",
    "NotThereError",
    "Origin",
    "OutsideError",
    "ReadOptions",
    "Schema",
    "SchemaKey",
    "Source",
    "Sources",
    "check_path",
    "fetched_files",
    "find_sources",
    "host_problem",
    "inputs",
    "is_address",
    "is_conditional",
    "is_included",
    "parse",
    "read_all_documents",
    "read_documents",
    "read_file",
]
