"""Do two definitions of one name say the same?"""

from __future__ import annotations

from typing import Any

from lxml import etree

from ..sources import XSD, Schema
from .references import references_of

_DEFAULTS = ("elementFormDefault", "attributeFormDefault", "blockDefault", "finalDefault")


def same(first: etree._Element, of: Schema, second: etree._Element, other: Schema) -> bool:
    """Whether two definitions differ in nothing but documentation, prefixes and white space.

    Args:
        first: One of them.
        of: The schema that it is in.
        second: The other one.
        other: The schema that this is in.
    """
    return _defaults(of) == _defaults(other) and _content(first, of) == _content(second, other)


def _defaults(schema: Schema) -> list[str]:
    return [schema.root.get(name, "").strip() for name in _DEFAULTS]


def _content(element: etree._Element, schema: Schema) -> Any:
    """What an element says, as data."""
    attributes = {str(name): text.strip() for name, text in element.items() if name != "id"}
    names: list[Any] = []
    if str(element.tag).startswith(XSD):
        for attribute, _, key in references_of(element, schema):
            attributes.pop(attribute, None)
            names.append((attribute, key))
    children = [
        _content(child, schema)
        for child in element.iterchildren(etree.Element)
        if child.tag != f"{XSD}documentation"
        and (child.tag != f"{XSD}annotation" or child.find(f"{XSD}appinfo") is not None)
    ]
    return element.tag, attributes, names, (element.text or "").strip(), children
