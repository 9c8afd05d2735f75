"""A content model → its members in a row: the only walk over particles.

Samples show one valid message, pages show another, readers must know every element: each asks the
same walk, and decides by what a member says of itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .model import (
    AnyParticle,
    ComplexType,
    Compositor,
    ElementParticle,
    Group,
    QName,
    Type,
)


@dataclass(frozen=True, slots=True)
class ContentMember:
    """A particle that is no group, where it stands in a content model.

    Attributes:
        particle: The element, or the wildcard.
        optional: Whether it may be missing because a group around it may be, or is a choice.
        is_alternative: Whether it belongs to a choice, and not to the first of what that offers.
        repeated_in: The kind of the innermost group around it that repeats; None if none does.
    """

    particle: ElementParticle | AnyParticle
    optional: bool = False
    is_alternative: bool = False
    repeated_in: Compositor | None = None


def content_members(content: Group) -> Iterator[ContentMember]:
    """The elements and wildcards of ``content``, in the order of the schema.

    A particle that may stand no time at all (``maxOccurs="0"``) is no member.
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
    """The elements of ``content``, those of every alternative among them."""
    for member in content_members(content):
        if isinstance(member.particle, ElementParticle):
            yield member.particle


def lineage(types: Mapping[QName, Type], found: ComplexType) -> list[ComplexType]:
    """``found`` and the complex types of ``types`` that it is derived from, the furthest first.

    The content of an extension follows that of its base (XSD part 1, 3.4.2).
    """
    base = types.get(found.base) if found.base is not None else None
    before = lineage(types, base) if isinstance(base, ComplexType) else []
    return [*before, found]
