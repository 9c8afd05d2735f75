"""Redefinitions → definitions that refer to the redefined ones, which get names of their own.

``xs:redefine`` (XSD part 1, 4.2.2) gives a definition a new content, which may refer to the old one
by the same name. Everything else that has this name means the new one, wherever it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ..errors import Place, SourceError
from ..sources import XSD, Schema, SchemaKey
from .copies import copied, remove
from .equal import same
from .model import QName
from .references import KINDS, Key, key_of, references_of, schema_elements, shown

_REDEFINE = f"{XSD}redefine"
_TYPE, _COMPLEX_TYPE = "type", f"{XSD}complexType"
_REDEFINED = (_TYPE, "group", "attributeGroup")


@dataclass(frozen=True, slots=True)
class _Redefinition:
    """A definition within ``xs:redefine``: its element, its schema and the position of that."""

    element: etree._Element
    schema: Schema
    position: int


def with_originals(schemas: Sequence[Schema]) -> list[Schema]:
    """``schemas`` without redefinitions: what was redefined stays, as ``XOriginal``.

    An original type that is complex is abstract: no value may say that it is of this type.

    Raises:
        SourceError: What is redefined is not defined, is redefined twice, or a new type is not
            derived from the old one.
    """
    redefining = {schema.namespace for schema in schemas if schema.root.find(_REDEFINE) is not None}
    if not redefining:
        return list(schemas)
    changed = [copied(item) if item.namespace in redefining else item for item in schemas]
    defined: dict[Key, etree._Element] = {}
    for schema in changed:
        for element in schema.root.iterchildren(*KINDS):
            defined.setdefault(key_of(element, schema), element)
    found: dict[Key, list[_Redefinition]] = {}
    for position, schema in enumerate(changed):
        for element in schema.root.iterchildren(_REDEFINE):
            for child in element.iterchildren(*KINDS):
                item = _Redefinition(child, schema, position)
                found.setdefault(key_of(child, schema), []).append(item)
    reach = _reach(changed)
    for key, items in found.items():
        chain = _in_order(key, items, reach)
        original = defined.get(key)
        if original is None or key[0] not in _REDEFINED:
            raise SourceError(
                f"{shown(key)} is redefined, but no schema defines it",
                place=Place.of(items[0].element),
                hint="define it in the schema that is redefined",
            )
        for item in chain:
            name = _free_name(key, defined)
            _rename(original, key, name)
            defined[key[0], name] = original
            _refer(item, key, name)
            original = defined[key] = item.element
    for schema in changed:
        for element in list(schema.root.iterchildren(_REDEFINE)):
            _unwrap(element, schema.root)
    return changed


def _reach(schemas: Sequence[Schema]) -> Mapping[SchemaKey, set[SchemaKey]]:
    """The schemas that each one includes or redefines, and those that these do."""
    direct: dict[SchemaKey, set[SchemaKey]] = {}
    for schema in schemas:
        direct.setdefault(schema.key, set()).update(schema.includes)
    reach: dict[SchemaKey, set[SchemaKey]] = {}
    for key in direct:
        waiting = list(direct[key])
        reach[key] = set()
        while waiting:
            other = waiting.pop()
            if other not in reach[key]:
                reach[key].add(other)
                waiting += direct.get(other, ())
    return reach


def _in_order(
    key: Key, items: Sequence[_Redefinition], reach: Mapping[SchemaKey, set[SchemaKey]]
) -> list[_Redefinition]:
    """``items``, each behind those that it redefines, and those that say the same once."""
    # What a schema redefines comes behind it in most sets, and reaches less.
    chain: list[_Redefinition] = []
    by_reach = sorted(items, key=lambda item: (len(reach[item.schema.key]), -item.position))
    for item in by_reach:
        if chain and chain[-1].schema.key not in reach[item.schema.key]:
            if same(chain[-1].element, chain[-1].schema, item.element, item.schema):
                remove([item.element])
                continue
            raise SourceError(
                f"{shown(key)} is already redefined at {Place.of(chain[-1].element)}",
                place=Place.of(item.element),
                hint="redefine it once, or redefine the schema that redefines it",
            )
        chain.append(item)
    return chain


def _free_name(key: Key, defined: Mapping[Key, etree._Element]) -> QName:
    """A name like that of ``key`` that nothing of any kind has."""
    number = 1
    while True:
        end = "" if number == 1 else str(number)
        name = QName(key[1].namespace, f"{key[1].local}Original{end}")
        if not any((kind, name) in defined for kind in KINDS.values()):
            return name
        number += 1


def _rename(element: etree._Element, key: Key, name: QName) -> None:
    element.set("name", name.local)
    if element.tag == _COMPLEX_TYPE:
        element.set("abstract", "true")


def _refer(item: _Redefinition, key: Key, name: QName) -> None:
    """Let the references of a redefinition to itself lead to the original, now called ``name``."""
    if key[0] == _TYPE:
        candidates = _derivations(item.element)
    else:
        candidates = [each for each in schema_elements(item.element) if each is not item.element]
    is_derived = False
    for element in candidates:
        for attribute, text, target in references_of(element, item.schema):
            if target == key:
                prefix, colon, _ = text.strip().rpartition(":")
                element.set(attribute, f"{prefix}{colon}{name.local}")
                is_derived = True
    if key[0] == _TYPE and not is_derived:
        raise SourceError(
            f"the redefinition of {shown(key)} is not derived from it",
            place=Place.of(item.element),
            hint=f"extend or restrict {key[1].local} itself (XSD part 1, 4.2.2)",
        )


def _derivations(element: etree._Element) -> list[etree._Element]:
    """The element with the base of a type: below it, or below the kind of its content."""
    tags = (f"{XSD}restriction", f"{XSD}extension")
    contents = element.iterchildren(f"{XSD}simpleContent", f"{XSD}complexContent")
    return [child for outer in (element, *contents) for child in outer.iterchildren(*tags)]


def _unwrap(redefine: etree._Element, root: etree._Element) -> None:
    """Make the definitions in ``redefine`` children of ``root``, the last ones."""
    for child in list(redefine.iterchildren(*KINDS)):
        if redefine.nsmap == root.nsmap:
            root.append(child)
            continue
        # Names in its attributes may have prefixes that xs:redefine declares.
        prefixes: Any = child.nsmap
        attributes = {str(name): str(text) for name, text in child.items()}
        moved = etree.SubElement(root, child.tag, attributes, nsmap=prefixes)
        moved.sourceline = child.sourceline
        moved.extend(list(child))
    remove([redefine])
