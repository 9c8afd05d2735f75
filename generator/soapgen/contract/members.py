"""A content model → its elements and wildcards in a row; a type → those that it is derived from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .model import (
    AnyParticle,
    ArrayType,
    Attribute,
    ChoiceType,
    ComplexType,
    Compositor,
    ElementParticle,
    Group,
    MapType,
    QName,
    StructuredType,
    Type,
)


def particles(content: Group) -> Iterator[ElementParticle | AnyParticle]:
    """The elements and wildcards in ``content``, those of every branch of a choice included."""
    for particle in content.particles:
        if isinstance(particle, Group):
            yield from particles(particle)
        else:
            yield particle


def elements(content: Group) -> Iterator[ElementParticle]:
    """The elements in ``content``, those of every branch of a choice included."""
    return (item for item in particles(content) if isinstance(item, ElementParticle))


def lineage(types: Mapping[QName, Type], type_: ComplexType) -> list[ComplexType]:
    """``type_`` and the complex types of ``types`` that it is derived from, the root type first.

    The content of an extension follows that of its base (XSD part 1, 3.4.2).
    """
    found = [type_]
    base = types.get(type_.base) if type_.base is not None else None
    while isinstance(base, ComplexType):
        found.append(base)
        base = types.get(base.base) if base.base is not None else None
    return found[::-1]


def effective_attributes(line: Sequence[ComplexType]) -> tuple[Attribute, ...]:
    """The attributes of the last of ``line``, the types that it is derived from being before it.

    An extension adds attributes; a restriction says all that it has (XSD part 1, 3.4.2).
    """
    found: dict[QName, Attribute] = {}
    for type_ in line:
        if type_.is_restriction:
            found = {}
        found |= {attribute.name: attribute for attribute in type_.attributes}
    return tuple(found.values())


def effective_contents(line: Sequence[ComplexType]) -> tuple[Group, ...]:
    """The contents that follow one another in the last of ``line``; the others are as above."""
    found: list[Group] = []
    for type_ in line:
        if type_.is_restriction:
            found = []
        found.append(type_.content)
    return tuple(found)


def declared_children(
    types: Mapping[QName, Type], type_: StructuredType
) -> Iterator[ElementParticle]:
    """The elements that may stand in one of ``type_``, those of what it extends first.

    An element that stands for a choice is not there itself; its alternatives are.
    """
    if isinstance(type_, ArrayType):
        yield type_.item
    elif isinstance(type_, MapType):
        pair = Group(Compositor.SEQUENCE, (type_.key, type_.value))
        yield ElementParticle(type_.entry, ComplexType(None, pair))
    elif isinstance(type_, ChoiceType):
        yield from type_.alternatives
    else:
        for content in effective_contents(lineage(types, type_)):
            for item in elements(content):
                found = types.get(item.type) if isinstance(item.type, QName) else item.type
                yield from found.alternatives if isinstance(found, ChoiceType) else (item,)
