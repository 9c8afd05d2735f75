"""Content models → the choices that stand once, as the members of their branches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..contract import particles
from ..contract.model import AnyParticle, Compositor, ElementParticle, Group, Particle, QName
from .members import OneOf


def one_of(content: Group, names: Mapping[QName | None, str]) -> Iterator[OneOf]:
    """The choices in ``content`` that do not repeat.

    Args:
        content: The content model of a type.
        names: The member for each element, and for the wildcard by None. Elements in lists whose
            order is content have none: choices of these are not looked at.
    """
    yield from _one_of(content, names, is_needed=True)


def _one_of(group: Group, names: Mapping[QName | None, str], *, is_needed: bool) -> Iterator[OneOf]:
    if group.occurrence.repeats:
        return
    is_choice = group.compositor is Compositor.CHOICE
    is_needed = is_needed and group.occurrence.minimum > 0
    if is_choice and len(group.particles) > 1:
        branches = tuple(tuple(_members(item, names)) for item in group.particles)
        if all(branches) and len({name for branch in branches for name in branch}) > 1:
            can_be_empty = any(map(_can_be_empty, group.particles))
            yield OneOf(branches, required=is_needed and not can_be_empty)
    for particle in group.particles:
        if isinstance(particle, Group):
            yield from _one_of(particle, names, is_needed=is_needed and not is_choice)


def _members(particle: Particle, names: Mapping[QName | None, str]) -> Iterator[str]:
    inside = particles(particle) if isinstance(particle, Group) else (particle,)
    for item in inside:
        name = names.get(item.name if isinstance(item, ElementParticle) else None)
        if name is not None:
            yield name


def _can_be_empty(particle: Particle) -> bool:
    if particle.occurrence.minimum == 0:
        return True
    if isinstance(particle, ElementParticle | AnyParticle):
        return False
    parts = map(_can_be_empty, particle.particles)
    return any(parts) if particle.compositor is Compositor.CHOICE else all(parts)
