"""Documents → a contract, in XML names: services, types, and what a port sends and receives.

In: the trees of WSDLs and schemas. Out: frozen data that knows neither lxml nor xmlschema, and no
Python name. Only this package knows xmlschema.
"""

from .builtins import ANY_TYPE, SCALARS, STRING, zero_text
from .encoding import Encoding, items_of
from .interface import Body, FaultDetail, Interface, read_interface
from .lexical import joined
from .limits import LIMITS, ContractLimits, deep_recursion
from .members import (
    declared_children,
    effective_attributes,
    effective_contents,
    elements,
    lineage,
    particles,
)
from .merge import merged, require_namespaces, types_in
from .obstacles import obstacles_of, possible_interface
from .pattern_cost import may_double
from .patterns import PatternError, has_categories, translated
from .prefixes import Prefixes, encoding_of, main_namespace, prefixes_of
from .reach import Reach, children_of, part_of, parts_of, shown
from .read import read, read_all, read_with_schemas
from .select import Chosen, find_operation, left_out, repairs_of, select
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
    "STRING",
    "AttributeUse",
    "Body",
    "Chosen",
    "ContractLimits",
    "Encoding",
    "FaultDetail",
    "Interface",
    "ItemsUse",
    "MemberUse",
    "OpenAttributesUse",
    "OpenUse",
    "PatternError",
    "Prefixes",
    "Reach",
    "TextUse",
    "Use",
    "children_of",
    "declared_children",
    "deep_recursion",
    "effective_attributes",
    "effective_contents",
    "element_uses",
    "elements",
    "encoding_of",
    "find_operation",
    "has_categories",
    "items_of",
    "joined",
    "left_out",
    "lineage",
    "main_namespace",
    "may_double",
    "merged",
    "obstacles_of",
    "part_of",
    "particles",
    "parts_of",
    "possible_interface",
    "prefixes_of",
    "read",
    "read_all",
    "read_interface",
    "read_with_schemas",
    "repairs_of",
    "require_namespaces",
    "select",
    "shown",
    "translated",
    "types_in",
    "zero_text",
]
