"""A content model → its members, as a flat list: the only code that walks over particles.

Samples, reference pages and generated code need different members; each selects them by the
attributes of ``ContentMember``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .model import (
    AnyParticle,
    Attribute,
    ComplexType,
    Compositor,
    ElementParticle,
    Group,
    QName,
    Type,
)


@dataclass(frozen=True, slots=True)
class ContentMember:
    """An element or a wildcard in a content model.

    Attributes:
        particle: The element, or the wildcard.
        optional: Whether it may be missing because a group around it is optional or a choice.
        is_alternative: Whether it belongs to a choice, but not to its first branch.
        repeated_in: The compositor of the innermost group around it that repeats; None if none
            does.
    """

    particle: ElementParticle | AnyParticle
    optional: bool = False
    is_alternative: bool = False
    repeated_in: Compositor | None = None


def content_members(content: Group) -> Iterator[ContentMember]:
    """The elements and wildcards of ``content``, in the order of the schema.

    A particle with ``maxOccurs="0"`` is left out.
    """
    is_choice = content.compositor is Compositor.CHOICE
    for position, particle in enumerate(content.particles):
        if particle.occurrence.maximum == 0:
            continue
        inner = (
            content_members(particle) if isinstance(particle, Group) else [ContentMember(particle)]
        )
        for member in inner:
            yield ContentMember(
                member.particle,
                optional=member.optional or is_choice or content.occurrence.minimum == 0,
                is_alternative=member.is_alternative or (is_choice and position > 0),
                repeated_in=member.repeated_in
                or (content.compositor if content.occurrence.repeats else None),
            )


def elements(content: Group) -> Iterator[ElementParticle]:
    """The elements of ``content``, those of every branch of a choice included."""
    for member in content_members(content):
        if isinstance(member.particle, ElementParticle):
            yield member.particle


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
