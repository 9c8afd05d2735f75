"""What messages reach: the types of a contract, under names, with their members in a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from .model import ComplexType, ElementParticle, MapType, QName, Type


@dataclass(frozen=True, slots=True)
class Use:
    """An element where it is used, with the name of its type.

    ``optional`` says that the element may be missing because a group around it may be, and
    ``is_alternative`` that it belongs to a choice, and not to the first of what that offers.
    """

    element: ElementParticle
    type: QName
    optional: bool = False
    is_alternative: bool = False

    @property
    def is_optional(self) -> bool:
        """Whether it may be missing, for whatever reason."""
        return self.optional or self.element.occurrence.minimum == 0


@dataclass(frozen=True, slots=True)
class Reach:
    """What some messages reach, of the named types of a contract.

    Attributes:
        types: Every type reached, by name, without the scalars. Anonymous types have names that
            begin with the path to where they stand.
        uses: The members of each complex type, the item of each array, the key and value of each
            dictionary.
        declared: The types that an element is declared of, or that may be substituted for one.
        scalars: The built-in types that an element is declared of.
        children: The types that extend each type, of all that the contract has.
    """

    types: Mapping[QName, Type]
    uses: Mapping[QName, tuple[Use, ...]]
    declared: frozenset[QName]
    scalars: frozenset[QName]
    children: Mapping[QName, tuple[QName, ...]]

    def ancestors(self, name: QName) -> list[QName]:
        """The types that ``name`` extends, the nearest first."""
        found = self.types[name]
        if not isinstance(found, ComplexType) or found.base is None:
            return []
        return [found.base, *self.ancestors(found.base)]

    def descendants(self, name: QName) -> list[QName]:
        """The types derived from ``name``, the most derived first."""
        return descendants(self.children, name)

    def all_uses(self, name: QName) -> list[Use]:
        """What values of the type ``name`` consist of as they are sent: inherited members first."""
        owners = (*reversed(self.ancestors(name)), name)
        return [use for owner in owners for use in self.uses[owner]]

    def closure(self, names: Iterable[QName]) -> set[QName]:
        """The types that an element within values of the types ``names`` may be of."""
        closed: set[QName] = set()
        waiting = [name for name in names if name in self.types]
        while waiting:
            name = waiting.pop()
            if name in closed:
                continue
            closed.add(name)
            waiting += self.descendants(name)
            waiting += [use.type for use in self.all_uses(name) if use.type in self.types]
        return closed

    def references(self, name: QName) -> set[QName]:
        """The types that code for ``name`` refers to: of members, its base, derived ones."""
        referenced = {use.type for use in self.uses[name]} | set(self.ancestors(name)[:1])
        if name in self.declared:
            referenced |= set(self.descendants(name))
        return referenced & self.types.keys()

    def namespaces(self, names: Iterable[QName]) -> set[str]:
        """The namespaces of the elements in values of the types ``names``, and of derived types."""
        namespaces: set[str] = set()
        for name in names:
            namespaces |= {use.element.name.namespace for use in self.all_uses(name)}
            found = self.types[name]
            if isinstance(found, MapType):
                namespaces.add(found.entry.namespace)
            if name in self.declared:
                namespaces |= {child.namespace for child in self.descendants(name)}
        return namespaces


def part_of(reaches: Iterable[Reach], names: Set[QName]) -> Reach:
    """What ``reaches`` have of the types ``names``, which are the same in each of them."""
    listed = list(reaches)
    return Reach(
        types={name: each.types[name] for each in listed for name in names & each.types.keys()},
        uses={name: each.uses[name] for each in listed for name in names & each.uses.keys()},
        declared=frozenset(name for each in listed for name in names & each.declared),
        scalars=frozenset(name for each in listed for name in each.scalars),
        children={name: found for each in listed for name, found in each.children.items()},
    )


def descendants(children: Mapping[QName, tuple[QName, ...]], name: QName) -> list[QName]:
    """The types derived from ``name``, the most derived first."""
    derived: list[QName] = []
    for child in sorted(children.get(name, ())):
        derived += [*descendants(children, child), child]
    return derived


def shown(name: QName) -> str:
    """The name of a type for people: that of an anonymous one without the mark of an element."""
    return name.local.removeprefix("/")
