"""Copies of schemas that may be changed; their elements have the places of the originals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from lxml import etree

from ..errors import Place
from ..sources import Schema


def copied(schema: Schema) -> Schema:
    """``schema`` with a copy of its root, as the root of a document of its own."""
    # Serialising, unlike copying, keeps the prefixes that the WSDL around the schema declares.
    root = etree.fromstring(
        etree.tostring(schema.root, encoding="utf-8", with_tail=False),
        etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True),
        base_url=Place.of(schema.root).document,
    )
    originals = schema.root.iter(etree.Element)
    for element, original in zip(root.iter(etree.Element), originals, strict=True):
        element.sourceline = original.sourceline
    return replace(schema, root=root)


def without(schemas: Sequence[Schema], positions: Mapping[int, Set[int]]) -> list[Schema]:
    """``schemas`` without some children of their roots.

    Args:
        schemas: The schemas.
        positions: For the position of a schema, those of the children to leave out.
    """
    changed = list(schemas)
    for position, children in positions.items():
        changed[position] = copied(schemas[position])
        root = changed[position].root
        remove(child for number, child in enumerate(list(root)) if number in children)
    return changed


def remove(elements: Iterable[etree._Element]) -> None:
    """Take ``elements``, none of which is a root, out of their documents."""
    for element in list(elements):
        parent = element.getparent()
        assert parent is not None, "a root cannot be taken out"
        parent.remove(element)
