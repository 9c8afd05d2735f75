"""Definitions that refer to what no schema defines: left out, with all that refer to them.

What nobody needs may be absent (XSD part 1, 5.3: "missing sub-components").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from lxml import etree

from .. import namespaces
from ..errors import LeftOut, Place
from ..sources import Schema
from .copies import without
from .references import KINDS, Key, key_of, references_of, schema_elements, shown


@dataclass(slots=True)
class _Definition:
    """A definition: where it is, and the elements in it that refer to others."""

    schema: int
    position: int
    references: list[tuple[Key, etree._Element]]


def without_absent(
    schemas: Sequence[Schema], known: Set[Key]
) -> tuple[list[Schema], dict[Key, LeftOut]]:
    """``schemas`` without the definitions that refer to what is absent, and why each is left out.

    Args:
        schemas: The schemas.
        known: The definitions that are there without a schema.
    """
    found = _definitions(schemas)
    users: dict[Key, list[Key]] = {}
    left_out: dict[Key, LeftOut] = {}
    waiting: list[Key] = []
    for key, definition in found.items():
        for target, element in definition.references:
            users.setdefault(target, []).append(key)
            if target not in found and not _is_known(target, known) and key not in left_out:
                reason = f"it needs {shown(target)}, which is not defined"
                left_out[key] = LeftOut(shown(key), reason, Place.of(element))
                waiting.append(key)
    if not left_out:
        return list(schemas), {}
    while waiting:
        needed = waiting.pop()
        for key in users.get(needed, ()):
            if key not in left_out:
                # The place is that of the name which leads nowhere, for all that need it.
                left_out[key] = replace(left_out[needed], what=shown(key))
                waiting.append(key)
    positions: dict[int, set[int]] = {}
    for key in left_out:
        positions.setdefault(found[key].schema, set()).add(found[key].position)
    return without(schemas, positions), left_out


def _definitions(schemas: Sequence[Schema]) -> Mapping[Key, _Definition]:
    found: dict[Key, _Definition] = {}
    for number, schema in enumerate(schemas):
        for position, element in enumerate(schema.root):
            if element.tag in KINDS:
                references = list(_references(element, schema))
                key = key_of(element, schema)
                found.setdefault(key, _Definition(number, position, references))
    return found


def _references(element: etree._Element, schema: Schema) -> Iterator[tuple[Key, etree._Element]]:
    for inner in schema_elements(element):
        for _, _, key in references_of(inner, schema):
            yield key, inner


def _is_known(key: Key, known: Set[Key]) -> bool:
    # A name in the namespace of XML Schema that is no built-in type is a mistake, not absent.
    return key in known or key[1].namespace == namespaces.XSD
