"""Documents → a contract, in XML names: services, types, and what a port sends and receives.

In: the trees of WSDLs and schemas. Out: frozen data that knows neither lxml nor xmlschema, and no
Python name. Only this package knows xmlschema.
"""

from .builtins import ANY_TYPE, SCALARS, zero_text
from .interface import Body, Interface, read_interface
from .limits import LIMITS, ContractLimits
from .members import effective_attributes, effective_contents, elements, lineage, particles
from .merge import merged, require_namespaces, types_in
from .prefixes import Prefixes, main_namespace, prefixes_of
from .reach import Reach, children_of, part_of, shown
from .read import read, read_all, read_with_schemas
from .select import Chosen, find_operation, left_out, select
from .uses import (
    AttributeUse,
    ItemsUse,
    MemberUse,
    OpenAttributesUse,
    OpenUse,
    TextUse,
    Use,
    element_uses,
)

__all__ = [
    "ANY_TYPE",
    "LIMITS",
    "SCALARS",
    "AttributeUse",
    "Body",
    "Chosen",
    "ContractLimits",
    "Interface",
    "ItemsUse",
    "MemberUse",
    "OpenAttributesUse",
    "OpenUse",
    "Prefixes",
    "Reach",
    "TextUse",
    "Use",
    "children_of",
    "effective_attributes",
    "effective_contents",
    "element_uses",
    "elements",
    "find_operation",
    "left_out",
    "lineage",
    "main_namespace",
    "merged",
    "part_of",
    "particles",
    "prefixes_of",
    "read",
    "read_all",
    "read_interface",
    "read_with_schemas",
    "require_namespaces",
    "select",
    "shown",
    "types_in",
    "zero_text",
]
