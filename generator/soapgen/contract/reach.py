"""The types that messages reach, by name, each with its members as a flat list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from .model import QUALIFIED_NAMES, ComplexType, EnumType, MapType, QName, ScalarType, Type
from .uses import AttributeUse, MemberUse, OpenAttributesUse, TextUse


@dataclass(frozen=True)  # without slots, for what is found once and only where it is asked for
class Reach:
    """The types of a contract that some messages reach.

    Attributes:
        types: Every type reached, by name, without built-in ones. The name of an anonymous type is
            its path from the global element or named type that contains it.
        uses: The members of each complex type, the item of each array, the key and value of each
            dictionary, the alternatives of each choice.
        declared: The types that elements are declared with, and those derived from them.
        scalars: The built-in types that elements and attributes are declared with.
        nillable: The types of elements that may be nil.
        fixed: The simple types of elements and attributes that have a fixed value.
        children: The types that directly extend each type, anywhere in the contract.
        parts: The type of the items of each list, and the types of the members of each union.
        in_texts: The types, scalars included, of values that are a text without an element of
            their own.
        in_unions: The types of the members of unions, and those that these consist of.
        data_contract: Whether the contract follows .NET's data contract rules.
        named_types: All named types of the contract, reached or not.
    """

    types: Mapping[QName, Type]
    uses: Mapping[QName, tuple[MemberUse, ...]]
    declared: frozenset[QName]
    scalars: frozenset[QName]
    children: Mapping[QName, tuple[QName, ...]]
    parts: Mapping[QName, tuple[QName, ...]] = field(default_factory=dict)
    in_texts: frozenset[QName] = frozenset()
    in_unions: frozenset[QName] = frozenset()
    nillable: frozenset[QName] = frozenset()
    fixed: frozenset[QName] = frozenset()
    data_contract: bool = False
    named_types: Mapping[QName, Type] = field(default_factory=dict)

    @cached_property
    def texts_may_be_more(self) -> bool:
        """Whether elements of a simple type may be of a complex type with attributes."""
        return any(
            isinstance(type_, ComplexType)
            and type_.simple_content is not None
            and (type_.attributes or type_.any_attribute)
            for type_ in self.named_types.values()
        )

    @property
    def has_names(self) -> bool:
        """Whether some texts have qualified names, whose prefixes must be declared."""
        texts = {*self.scalars, *self.in_texts}
        texts |= {part for parts in self.parts.values() for part in parts}
        return not QUALIFIED_NAMES.isdisjoint(texts) or any(
            (isinstance(type_, EnumType) and type_.is_of_names)
            or (isinstance(type_, ScalarType) and type_.builtin in QUALIFIED_NAMES)
            for type_ in self.types.values()
        )

    def ancestors(self, name: QName) -> list[QName]:
        """The types that ``name`` extends, the nearest first."""
        found: list[QName] = []
        type_ = self.types.get(name)
        while isinstance(type_, ComplexType) and type_.base is not None:
            found.append(type_.base)
            type_ = self.types[type_.base]
        return found

    def descendants(self, name: QName) -> list[QName]:
        """The types derived from ``name``, the most derived first."""
        return descendants(self.children, name)

    def all_uses(self, name: QName) -> list[MemberUse]:
        """The members of the type ``name`` in the order on the wire, the inherited ones first."""
        owners = (*reversed(self.ancestors(name)), name)
        return [use for owner in owners for use in self.uses[owner]]

    def has_text(self, name: QName) -> bool:
        """Whether the type ``name`` has a text, and can have attributes beside it."""
        is_class = isinstance(self.types.get(name), ComplexType)
        return is_class and any(isinstance(use, TextUse) for use in self.all_uses(name))

    def may_be_nil(self, name: QName) -> bool:
        """Whether an element of the type ``name``, or of one that extends it, may be nil."""
        return name in self._lines_of_nillable

    @cached_property
    def _lines_of_nillable(self) -> frozenset[QName]:
        """The types of elements that may be nil, what they extend, and what extends them."""
        # An anonymous type is no descendant of what it extends: nothing else can refer to it.
        anonymous = (type_ for type_ in self.nillable if "/" in type_.local)
        found = {*self.nillable, *(each for type_ in anonymous for each in self.ancestors(type_))}
        above = {each for type_ in found for each in self.ancestors(type_)}
        waiting = [*found]
        while waiting:
            below = set(self.children.get(waiting.pop(), ())) - found
            found |= below
            waiting += below
        return frozenset(found | above)

    def may_be_nil_with_attributes(self, name: QName) -> bool:
        """Whether a nil element of the type ``name``, one with elements, may have attributes.

        It may if its type has some, or one that extends the same. .NET's data contracts have none.
        """
        type_ = self.types.get(name)
        if not isinstance(type_, ComplexType) or type_.data_contract or self.has_text(name):
            return False
        line = [name, *self.ancestors(name)]
        return line[-1] in self._roots_of_attributes and any(map(self.may_be_nil, line))

    @cached_property
    def _roots_of_attributes(self) -> frozenset[QName]:
        """The types that extend none, and have attributes, or are extended by ones that do."""
        return frozenset(
            [name, *self.ancestors(name)][-1]
            for name, uses in self.uses.items()
            if any(isinstance(use, AttributeUse | OpenAttributesUse) for use in uses)
        )

    def closure(self, names: Iterable[QName]) -> set[QName]:
        """The types ``names`` and those of all elements, items and members in their values."""
        closed: set[QName] = set()
        owners: set[QName] = set()
        waiting = [name for name in names if name in self.types]
        while waiting:
            name = waiting.pop()
            if name in closed:
                continue
            closed.add(name)
            waiting += self.children.get(name, ())
            waiting += [part for part in self.parts.get(name, ()) if part in self.types]
            for owner in self._new_owners(name, owners):
                waiting += [
                    type_ for use in self.uses[owner] for type_ in use.types if type_ in self.types
                ]
        return closed

    def references(self, name: QName) -> set[QName]:
        """The types that code for ``name`` refers to: of members and items, base, derived ones."""
        referenced = {type_ for use in self.uses[name] for type_ in use.types}
        referenced |= {*self.parts.get(name, ())}
        type_ = self.types[name]
        if isinstance(type_, ComplexType) and type_.base is not None:
            referenced.add(type_.base)
        if name in self.declared:
            referenced |= set(self.descendants(name))
        return referenced & self.types.keys()

    def namespaces(self, names: Iterable[QName]) -> set[str]:
        """The namespaces of the elements in values of the types ``names``, and of derived types."""
        namespaces: set[str] = set()
        owners: set[QName] = set()
        families: set[QName] = set()
        for name in names:
            for owner in self._new_owners(name, owners):
                namespaces = namespaces.union(*(use.namespaces for use in self.uses[owner]))
            type_ = self.types[name]
            if isinstance(type_, MapType):
                namespaces.add(type_.entry.namespace)
            waiting = [name] if name in self.declared else []
            while waiting:
                parent = waiting.pop()
                if parent not in families:
                    families.add(parent)
                    derived = self.children.get(parent, ())
                    namespaces |= {child.namespace for child in derived}
                    waiting += derived
        return namespaces

    def attribute_namespaces(self) -> set[str]:
        """The namespaces of attributes, each of which needs a prefix in messages."""
        return {
            namespace
            for uses in self.uses.values()
            for use in uses
            if isinstance(use, AttributeUse)
            for namespace in use.namespaces
        }

    def _new_owners(self, name: QName, seen: set[QName]) -> Iterator[QName]:
        """``name`` and the types that it extends, up to the first in ``seen``; adds them to it."""
        for owner in (name, *self.ancestors(name)):
            if owner in seen:
                return
            seen.add(owner)
            yield owner


def parts_of(parts: Mapping[QName, tuple[QName, ...]], names: Iterable[QName]) -> set[QName]:
    """What the lists and unions ``names`` consist of, by ``parts``, and what these consist of."""
    found: set[QName] = set()
    waiting = [*names]
    while waiting:
        for part in parts.get(waiting.pop(), ()):
            if part not in found:
                found.add(part)
                waiting.append(part)
    return found


def part_of(reaches: Iterable[Reach], names: Set[QName]) -> Reach:
    """The part of ``reaches`` for the types ``names``, which are equal in all of them."""
    listed = list(reaches)
    return Reach(
        types={name: each.types[name] for each in listed for name in names & each.types.keys()},
        uses={name: each.uses[name] for each in listed for name in names & each.uses.keys()},
        declared=frozenset(name for each in listed for name in names & each.declared),
        scalars=frozenset(name for each in listed for name in each.scalars),
        children={name: derived for each in listed for name, derived in each.children.items()},
        nillable=frozenset(name for each in listed for name in names & each.nillable),
        fixed=frozenset(name for each in listed for name in names & each.fixed),
        parts={name: each.parts[name] for each in listed for name in names & each.parts.keys()},
        # A list that is not shared may have items of a type that is.
        in_texts=frozenset(name for each in listed for name in each.in_texts).union(
            part for each in listed for parts in each.parts.values() for part in parts
        ),
        in_unions=frozenset(name for each in listed for name in each.in_unions),
        data_contract=any(each.data_contract for each in listed),
    )


def children_of(types: Mapping[QName, Type]) -> dict[QName, tuple[QName, ...]]:
    """The types that directly extend each of ``types``, in the order of their names."""
    children: dict[QName, list[QName]] = {}
    for name, type_ in types.items():
        if isinstance(type_, ComplexType) and type_.base is not None:
            children.setdefault(type_.base, []).append(name)
    return {name: tuple(sorted(derived)) for name, derived in children.items()}


def descendants(children: Mapping[QName, tuple[QName, ...]], name: QName) -> list[QName]:
    """The types derived from ``name``, the most derived first."""
    # Each type before what is derived from it and the last first; that is the reverse of the order.
    found: list[QName] = []
    waiting = [*sorted(children.get(name, ()))]
    while waiting:
        child = waiting.pop()
        found.append(child)
        waiting += sorted(children.get(child, ()))
    return found[::-1]


def shown(name: QName) -> str:
    """The name of a type for people, without the ``/`` that a path from an element begins with."""
    return name.local.removeprefix("/")
