"""The simple types of a schema that xmlschema built, as the contract has them."""

from __future__ import annotations

from typing import Any

from soapgen import namespaces
from soapgen.contract.model import Facets, ListType, QName, ScalarType, TypeReference, UnionType
from xmlschema.validators import XsdAtomicBuiltin, XsdAtomicRestriction, XsdList, XsdUnion

XSD = f"{{{namespaces.XSD}}}"
NUMBERS = {
    "length": "length",
    "minLength": "min_length",
    "maxLength": "max_length",
    "totalDigits": "total_digits",
    "fractionDigits": "fraction_digits",
}
TEXTS = {
    "minInclusive": "min_inclusive",
    "maxInclusive": "max_inclusive",
    "minExclusive": "min_exclusive",
    "maxExclusive": "max_exclusive",
    "whiteSpace": "white_space",
}


def model_of(xsd_type: Any) -> TypeReference:
    """The type of the model for ``xsd_type``, with all its facets, written out in full."""
    found: dict[str, Any] = {}
    steps: list[tuple[str, ...]] = []
    while isinstance(xsd_type, XsdAtomicRestriction) and not isinstance(xsd_type, XsdAtomicBuiltin):
        restriction = xsd_type.elem.find(f"{XSD}restriction")
        facets = list(xsd_type.elem if restriction is None else restriction)
        for elem in facets:
            name, value = str(elem.tag).removeprefix(XSD), elem.get("value", "")
            if name in NUMBERS:
                found.setdefault(NUMBERS[name], int(value))
            elif name in TEXTS:
                found.setdefault(TEXTS[name], value)
        patterns = tuple(e.get("value", "") for e in facets if e.tag == f"{XSD}pattern")
        values = tuple(e.get("value", "") for e in facets if e.tag == f"{XSD}enumeration")
        steps += [patterns] if patterns else []
        if values:
            found.setdefault("values", values)
        xsd_type = xsd_type.base_type
    read = Facets(patterns=tuple(steps), **found)
    if isinstance(xsd_type, XsdUnion):
        return UnionType(None, tuple(map(model_of, xsd_type.member_types)), read)
    if isinstance(xsd_type, XsdList) and not (xsd_type.name or "").startswith(XSD):
        return ListType(None, model_of(xsd_type.item_type), read)
    return ScalarType(None, QName(namespaces.XSD, xsd_type.name.removeprefix(XSD)), read)
