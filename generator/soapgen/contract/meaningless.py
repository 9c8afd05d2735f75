"""Attributes that mean nothing where they stand in a schema: taken away.

The schema for schemas (XSD part 1, appendix A) allows none but these. Many tools do not hold
schemas to it, and published contracts have others.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from lxml import etree

from ..errors import Place, Repair
from ..sources import XSD, Schema
from .copies import copied

_OCCURS = ("minOccurs", "maxOccurs")
_CONTENTS = ("namespace", "processContents")
_DEFAULTS = ("attributeFormDefault", "elementFormDefault", "blockDefault", "finalDefault")
_BOUNDS = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
_SIZES = ("length", "minLength", "maxLength", "totalDigits", "fractionDigits", "whiteSpace")

# The attributes of each element, where it is a definition below xs:schema and elsewhere.
_GLOBAL = {
    "complexType": ("name", "mixed", "abstract", "final", "block"),
    "simpleType": ("name", "final"),
    "element": (
        *("name", "type", "substitutionGroup", "default", "fixed"),
        *("nillable", "abstract", "final", "block"),
    ),
    "attribute": ("name", "type", "default", "fixed"),
    "group": ("name",),
    "attributeGroup": ("name",),
}
_LOCAL = {
    "schema": ("targetNamespace", "version", *_DEFAULTS),
    "import": ("namespace", "schemaLocation"),
    "include": ("schemaLocation",),
    "redefine": ("schemaLocation",),
    "annotation": (),
    "appinfo": ("source",),
    "documentation": ("source",),
    "complexType": ("mixed",),
    "simpleType": (),
    "element": (
        *("name", "ref", "type", *_OCCURS),
        *("default", "fixed", "nillable", "block", "form"),
    ),
    "attribute": ("name", "ref", "type", "use", "default", "fixed", "form"),
    "group": ("ref", *_OCCURS),
    "attributeGroup": ("ref",),
    "all": _OCCURS,
    "choice": _OCCURS,
    "sequence": _OCCURS,
    "any": (*_CONTENTS, *_OCCURS),
    "anyAttribute": _CONTENTS,
    "simpleContent": (),
    "complexContent": ("mixed",),
    "restriction": ("base",),
    "extension": ("base",),
    "list": ("itemType",),
    "union": ("memberTypes",),
    "enumeration": ("value",),
    "pattern": ("value",),
    **dict.fromkeys((*_BOUNDS, *_SIZES), ("value", "fixed")),
    "unique": ("name",),
    "key": ("name",),
    "keyref": ("name", "refer"),
    "selector": ("xpath",),
    "field": ("xpath",),
    "notation": ("name", "public", "system"),
}


def without_meaningless(schema: Schema) -> tuple[Schema, list[Repair]]:
    """``schema`` without attributes that mean nothing, and a repair for each kind of them.

    One that is nearly an attribute that may stand there is a mistake in writing: it stays.
    """
    changed = copied(schema)
    found: dict[tuple[str, str], list[etree._Element]] = {}
    for element in changed.root.iter(f"{XSD}*"):
        kind = etree.QName(element).localname
        parent = element.getparent()
        is_global = parent is not None and parent.tag in (f"{XSD}schema", f"{XSD}redefine")
        allowed = (_GLOBAL if is_global and kind in _GLOBAL else _LOCAL).get(kind)
        for name in map(str, list(element.attrib)):
            if allowed is None or name == "id" or name.startswith("{") or name in allowed:
                continue
            if difflib.get_close_matches(name, allowed, 1, 0.8):
                continue
            del element.attrib[name]
            found.setdefault((kind, name), []).append(element)
    repairs = [_repair(kind, name, elements) for (kind, name), elements in found.items()]
    return (changed, repairs) if repairs else (schema, [])


def _repair(kind: str, name: str, elements: Sequence[etree._Element]) -> Repair:
    times = f", {len(elements):,} times" if len(elements) > 1 else ""
    what = f"xs:{kind} has an attribute {name!r}{times}, which means nothing there; it is ignored"
    return Repair("ignored-attribute", what, Place.of(elements[0]))
