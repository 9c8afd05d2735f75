"""A content model → the places in it: elements, wildcards, and lists of what repeats in a group.

Each element of a valid message belongs to one place, which its name tells. Where names alone do
not tell, since a group repeats or an element comes back, the elements from the first such place
to the last are one list in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .members import particles
from .model import AnyParticle, Compositor, ElementParticle, Group, Occurrence, QName

NamesOf = Callable[[ElementParticle], Iterable[QName]]
"""The names that an element may have: its own, or those of a substitution group."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a content model.

    Attributes:
        particles: The only element or wildcard; several if ``is_list``.
        is_list: Whether its elements are a list in which their order is content.
        name: The name of the group that is this list, or empty.
        optional: Whether it may be empty because a group around it is optional or a choice.
        is_alternative: Whether it belongs to a choice, but not to its first branch.
        takes_named: Whether it is a wildcard that may also take elements which others name.
    """

    particles: tuple[ElementParticle | AnyParticle, ...]
    is_list: bool = False
    name: str = ""
    optional: bool = False
    is_alternative: bool = False
    takes_named: bool = False

    @property
    def elements(self) -> tuple[ElementParticle, ...]:
        """The elements in it."""
        return tuple(item for item in self.particles if isinstance(item, ElementParticle))

    @property
    def wildcards(self) -> tuple[AnyParticle, ...]:
        """The wildcards in it."""
        return tuple(item for item in self.particles if isinstance(item, AnyParticle))


def slots(content: Group, names_of: NamesOf) -> list[Slot]:
    """The places in ``content``, in the order of the schema."""
    found = list(_slots(content, optional=False, is_alternative=False))
    places: list[Slot] = []
    end = 0
    for start, stop in _lists(found, names_of):
        places += found[end:start]
        places.append(_joined(found[start : stop + 1]))
        end = stop + 1
    return _with_named([*places, *found[end:]], names_of)


def _slots(group: Group, *, optional: bool, is_alternative: bool) -> Iterator[Slot]:
    is_choice = group.compositor is Compositor.CHOICE
    optional = optional or group.occurrence.minimum == 0
    if group.occurrence.repeats:
        inside = tuple(particles(group))
        if len(inside) == 1 and isinstance(inside[0], ElementParticle):
            occurrence = _times(group, inside[0].occurrence)
            element = replace(inside[0], occurrence=occurrence)
            yield Slot((element,), optional=optional, is_alternative=is_alternative)
        elif inside:
            yield Slot(inside, True, _name(group), optional, is_alternative)
        return
    for position, particle in enumerate(group.particles):
        in_choice = is_alternative or (is_choice and position > 0)
        if isinstance(particle, Group):
            yield from _slots(particle, optional=optional or is_choice, is_alternative=in_choice)
        else:
            yield Slot((particle,), optional=optional or is_choice, is_alternative=in_choice)


def _times(group: Group, inner: Occurrence) -> Occurrence:
    """How often the only element of ``group`` may occur in all."""
    outer = group.occurrence
    is_direct = isinstance(group.particles[0], ElementParticle)
    minimum = outer.minimum * inner.minimum if is_direct else 0
    if outer.maximum is None or inner.maximum is None:
        return Occurrence(minimum, None)
    return Occurrence(minimum, outer.maximum * inner.maximum)


def _name(group: Group) -> str:
    """The name of ``group`` or, if it only consists of one, that of the group in it."""
    while not group.name and len(group.particles) == 1 and isinstance(group.particles[0], Group):
        group = group.particles[0]
    return group.name


def _lists(found: Sequence[Slot], names_of: NamesOf) -> list[tuple[int, int]]:
    """The ranges of ``found`` that must be lists, since names do not tell their places apart."""
    first: dict[QName, int] = {}
    ranges: list[tuple[int, int]] = []
    for position, slot in enumerate(found):
        for element in slot.elements:
            for name in names_of(element):
                if first.setdefault(name, position) != position:
                    ranges.append((first[name], position))
    ranges += _around_wildcards(found, names_of, ranges)
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _around_wildcards(
    found: Sequence[Slot], names_of: NamesOf, ranges: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The ranges that must be lists since wildcards admit elements which others name.

    Only one wildcard that is no part of a list, by ``ranges`` or otherwise, can do without: it
    leaves to an element before it the first of its name.
    """
    positions = [position for position, slot in enumerate(found) if slot.wildcards]
    if not positions:
        return []
    start, stop = positions[0], positions[-1]
    wildcards = [item for position in positions for item in found[position].wildcards]
    before: list[tuple[int, int]] = []
    others = [(start, stop)] if start < stop else []
    for position, slot in enumerate(found):
        namespaces = {name.namespace for element in slot.elements for name in names_of(element)}
        is_admitted = any(item.admits(name) for item in wildcards for name in namespaces)
        if not is_admitted or position in positions:
            continue
        repeats = slot.is_list or any(item.occurrence.repeats for item in slot.elements)
        if position > start or repeats:
            others.append((min(position, start), max(position, stop)))
        else:
            before.append((position, stop))
    is_list = found[start].is_list or any(low <= start <= high for low, high in [*ranges, *others])
    return [*others, *before] if is_list else others


def _joined(several: Sequence[Slot]) -> Slot:
    return Slot(
        tuple(particle for slot in several for particle in slot.particles),
        is_list=True,
        optional=all(_is_optional(slot) for slot in several),
        is_alternative=several[0].is_alternative,
    )


def _is_optional(slot: Slot) -> bool:
    return slot.optional or all(item.occurrence.minimum == 0 for item in slot.particles)


def _with_named(places: list[Slot], names_of: NamesOf) -> list[Slot]:
    """``places``, where a wildcard that admits elements which are places themselves says so."""
    names = {name for slot in places for element in slot.elements for name in names_of(element)}
    namespaces = {name.namespace for name in names}
    return [
        (
            replace(slot, takes_named=any(map(slot.wildcards[0].admits, namespaces)))
            if slot.wildcards and not slot.is_list
            else slot
        )
        for slot in places
    ]
