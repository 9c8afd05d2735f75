"""Schemas → are their definitions named, finite and of a size that can be built?

This is looked at before xmlschema builds anything: it follows every definition into those that it
consists of, so circles end in a traceback there, and groups within groups take a time that doubles
with each line. Each definition is measured once here, from those that it refers to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ..errors import Place, SourceError, UnsupportedError
from ..sources import XSD, Schema
from . import lexical
from .limits import LIMITS, ContractLimits
from .references import KINDS, InvalidError, Key, key_of, references_of, shown

_MEMBERS = (f"{XSD}element", f"{XSD}attribute", f"{XSD}any", f"{XSD}anyAttribute")
_TYPES = (f"{XSD}complexType", f"{XSD}simpleType")

# The attributes by which a definition consists of another one. The type of an element is not among
# them: it is built apart, so it may lead back to where it is used.
_PARTS = {
    f"{XSD}extension": ("base",),
    f"{XSD}restriction": ("base",),
    f"{XSD}list": ("itemType",),
    f"{XSD}union": ("memberTypes",),
    f"{XSD}group": ("ref",),
    f"{XSD}attributeGroup": ("ref",),
    f"{XSD}attribute": ("ref", "type"),
    f"{XSD}element": ("substitutionGroup",),
}


@dataclass(slots=True)
class _Definition:
    """A global definition, or an anonymous type of an element.

    ``levels`` and ``members`` are its own; ``parts`` are the definitions that it consists of, each
    with the level at which it refers to it. ``depth`` and ``size`` include those of the parts.
    """

    element: etree._Element
    shown: str
    levels: int = 0
    members: int = 0
    parts: list[tuple[int, Key]] = field(default_factory=list)
    depth: int = 0
    size: int = 0


def check_definitions(schemas: Sequence[Schema], limits: ContractLimits = LIMITS) -> None:
    """Check the names, the references and the size of all definitions in ``schemas``.

    Raises:
        SourceError: A name or a reference is not one that XML allows, two definitions have the same
            name, or one consists of itself.
        UnsupportedError: There are more schemas, or a definition is larger, than ``limits`` allow.
    """
    if len(schemas) > limits.schemas:
        raise UnsupportedError(
            f"there are more than {limits.schemas:,} schemas",
            place=Place.of(schemas[limits.schemas].root),
            hint="put those of one namespace together",
        )
    found: dict[Key, _Definition] = {}
    anonymous: list[_Definition] = []
    for schema in schemas:
        for element in schema.root.iterchildren(*KINDS):
            key = key_of(element, schema)
            if key in found:
                raise SourceError(
                    f"{shown(key)} is already defined at {Place.of(found[key].element)}",
                    place=Place.of(element),
                    hint="keep one of the two, or give them different names",
                )
            found[key] = _Definition(element, shown(key))
            anonymous += _read(found[key], schema)
    _measure(found, anonymous, limits)
    _check_sizes([*found.values(), *anonymous], limits)


def _read(definition: _Definition, schema: Schema) -> list[_Definition]:
    """Read what ``definition`` consists of; the anonymous types of the elements in it."""
    found: list[_Definition] = []
    waiting = [(definition, definition.element, 1)]
    while waiting:
        owner, element, level = waiting.pop()
        owner.levels = max(owner.levels, level)
        if element is not definition.element and element.get("name") is not None:
            lexical.name_of(element)
        owner.members += element.tag in _MEMBERS
        owner.parts += [(level, key) for key in _parts(element, schema)]
        for child in reversed(list(element.iterchildren(etree.Element))):
            if child.tag == f"{XSD}annotation" or not str(child.tag).startswith(XSD):
                continue
            if element.tag == f"{XSD}element" and child.tag in _TYPES:
                inner = _Definition(child, f"the type of element {element.get('name')}")
                found.append(inner)
                waiting.append((inner, child, 1))
            else:
                waiting.append((owner, child, level + 1))
    return found


def _parts(element: etree._Element, schema: Schema) -> Iterator[Key]:
    """The definitions that ``element`` makes part of the one that it is in."""
    parts = _PARTS.get(str(element.tag), ())
    for attribute, _, key in references_of(element, schema):
        if attribute in parts:
            yield key


def _measure(
    found: dict[Key, _Definition], anonymous: list[_Definition], limits: ContractLimits
) -> None:
    """Set the depth and the size of all definitions, each after those that it consists of."""
    measured: set[int] = set()
    open_: set[int] = set()
    for first in (*found.values(), *anonymous):
        waiting = [first]
        while waiting:
            definition = waiting[-1]
            parts = [(level, found[key]) for level, key in definition.parts if key in found]
            missing = [part for _, part in parts if id(part) not in measured]
            if id(definition) not in measured and missing and id(definition) not in open_:
                open_.add(id(definition))
                circular = next((part for part in missing if id(part) in open_), None)
                if circular is not None:
                    raise InvalidError(
                        f"{circular.shown} consists of itself",
                        place=Place.of(circular.element),
                        hint="break the circle of definitions that it is in",
                        key=next(key for _, key in definition.parts if found.get(key) is circular),
                    )
                waiting += missing
                continue
            waiting.pop()
            open_.discard(id(definition))
            if id(definition) in measured:
                continue
            measured.add(id(definition))
            definition.depth = max(
                [definition.levels, *(level + part.depth for level, part in parts)]
            )
            # What is too large anyway need not be counted to its end.
            definition.size = min(
                definition.members + sum(part.size for _, part in parts), limits.members + 1
            )


def _check_sizes(definitions: Sequence[_Definition], limits: ContractLimits) -> None:
    total = 0
    for definition in definitions:
        place = Place.of(definition.element)
        if definition.depth > limits.depth:
            raise UnsupportedError(
                f"{definition.shown} is more than {limits.depth:,} levels deep, with those of the "
                "definitions that it consists of",
                place=place,
                hint="derive types from one another in fewer steps",
            )
        if definition.size > limits.members:
            raise UnsupportedError(
                f"{definition.shown} has more than {limits.members:,} elements and attributes, "
                "inherited ones and those in groups included",
                place=place,
                hint="make several types of it",
            )
        if definition.element.tag in _TYPES:
            total += definition.size
        if total > limits.all_members:
            raise UnsupportedError(
                f"the types up to {definition.shown} have more than {limits.all_members:,} "
                "elements and attributes, inherited ones and those in groups included",
                place=place,
                hint="make several contracts of it",
            )
