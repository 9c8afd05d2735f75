"""The types that messages reached so far, under their names, and which are still to be read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from .. import namespaces
from .builtins import SCALARS
from .families import Families
from .model import (
    SWA_REF,
    ChoiceType,
    ComplexType,
    ElementParticle,
    ListType,
    QName,
    ScalarType,
    Type,
    TypeReference,
    UnionType,
)
from .reach import Reach, parts_of
from .uses import MemberUse, TextUse, Use

# The steps to anonymous types of items and of members, in the paths that are their names.
_ITEM, _MEMBER = "Item", "Member"


class Reached:
    """The types that were reached.

    Args:
        named_types: The named types of the contract.
        children: The types that directly extend each of them.
        families: Which of them need one list for all of their elements.
    """

    def __init__(
        self,
        named_types: Mapping[QName, Type],
        children: Mapping[QName, tuple[QName, ...]],
        families: Families,
    ) -> None:
        self.named_types = named_types
        self.children = children
        self._families = families
        self.types: dict[QName, Type] = {}
        self.uses: dict[QName, tuple[MemberUse, ...]] = {}
        self.declared: set[QName] = set()
        self._scalars: set[QName] = set()
        self.in_texts: set[QName] = set()
        self._nillable: set[QName] = set()
        self.fixed: set[QName] = set()
        self._fixed_elements: set[QName] = set()
        self.parts: dict[QName, tuple[QName, ...]] = {}
        #: The types whose members are still to be added: no type is added within another one, so
        #: that it does not matter how long a way from type to type is.
        self.waiting: deque[QName] = deque()

    def reach(self) -> Reach:
        """The types that the added elements reach."""
        unions = [name for name in self.parts if isinstance(self.types[name], UnionType)]
        return Reach(
            types=dict(self.types),
            uses=dict(self.uses),
            declared=frozenset(self.declared),
            scalars=frozenset(self._scalars),
            in_texts=frozenset(self.in_texts),
            nillable=frozenset(self._nillable),
            fixed=frozenset(self.fixed.union(*map(self._texts, self._fixed_elements))),
            children=self.children,
            parts=dict(self.parts),
            in_unions=frozenset(parts_of(self.parts, unions)),
            data_contract=any(
                name.namespace == namespaces.NET_SERIALIZATION for name in self.named_types
            ),
            named_types=self.named_types,
        )

    def add_use(self, element: ElementParticle, owner: str) -> Use:
        """Add the type of ``element`` with all that it reaches, and return the use."""
        name = self._add_named(element.type, QName(element.name.namespace, owner))
        if name in SCALARS:
            self._scalars.add(name)
        else:
            self.declare(name)
        if element.nillable:
            self._nillable.add(name)
        if element.is_fixed:
            self._fixed_elements.add(name)
        if element.default is not None and not isinstance(self.types.get(name), ComplexType):
            self.in_texts.add(name)  # the default is a text
        return Use(element, name)

    def _texts(self, name: QName) -> Iterator[QName]:
        """The simple types of the texts of elements of the type ``name``."""
        type_: Type | None = self.types.get(name)
        if not isinstance(type_, ComplexType):
            yield name
        while isinstance(type_, ComplexType):
            yield from (use.type for use in self.uses[name] if isinstance(use, TextUse))
            name = type_.base or name
            type_ = self.types.get(name) if type_.base else None

    def _add_named(self, reference: TypeReference, name: QName) -> QName:
        """Add a type, as ``name`` if it is anonymous; return its name or that of its built-in."""
        if isinstance(reference, QName):
            if reference in SCALARS:
                return reference
            type_ = self.named_types[reference]
            name = reference
        else:
            type_ = replace(reference, name=name)
            if isinstance(type_, ComplexType):
                type_ = self._families.standing_alone(type_)
        if isinstance(type_, ScalarType) and not type_.facets.restricts and name != SWA_REF:
            return self._add_named(type_.read_as, name)
        if isinstance(type_, ScalarType):
            self._scalars.add(type_.read_as)
        self.types.setdefault(name, type_)
        return name

    def declare(self, name: QName) -> None:
        """Add ``name`` as the declared type of an element; its members are added later."""
        if name not in self.declared:
            self.declared.add(name)
            self.waiting.append(name)

    def add_choice(self, choice: ChoiceType) -> None:
        """Add a choice that the contract has no name for."""
        self.types[choice.name] = choice
        self.declare(choice.name)

    def add_list(self, type_: ListType, name: QName) -> None:
        """Add the type of the items; a set of flags has none but that of its own values."""
        item = type_.item if isinstance(type_.item, Type) else self.named_types.get(type_.item)
        flags = type_ if item is None else replace(type_, item=item)
        if flags.is_flags:
            self.types[name] = flags
        else:
            self.parts[name] = self._add_parts((type_.item,), name, _ITEM)

    def add_union(self, type_: UnionType, name: QName) -> None:
        """Add the types of the members."""
        self.parts[name] = self._add_parts(type_.members, name, _MEMBER)

    def _add_parts(
        self, references: Iterable[TypeReference], owner: QName, step: str
    ) -> tuple[QName, ...]:
        """Add the types of items or of members, and what those consist of; return their names.

        The members of a union within a union are its own (XSD part 2, 2.5.1.3). Anonymous types
        are named after the type that they stand in.
        """
        names: dict[QName, None] = {}
        unions: set[QName] = set()
        waiting = [(reference, owner, n) for n, reference in _numbered(references)][::-1]
        while waiting:
            reference, within, number = waiting.pop()
            path = QName(within.namespace, f"{within.local}/{step}{number}")
            name = reference if isinstance(reference, QName) else path
            type_ = reference if isinstance(reference, Type) else self.named_types.get(reference)
            if isinstance(type_, UnionType) and step == _MEMBER:
                if name not in unions:
                    unions.add(name)
                    members = [(member, name, n) for n, member in _numbered(type_.members)]
                    waiting += members[::-1]
                continue
            name = self._add_named(reference, path)
            names[name] = None
            if name in self.types and name not in self.uses:
                self.waiting.append(name)
        return tuple(names)

    def add_simple(self, reference: TypeReference, name: QName) -> QName:
        """Add the simple type of an attribute, or of a text between tags that have attributes."""
        found = self._add_named(reference, name)
        if found not in SCALARS and found not in self.uses:
            self.waiting.append(found)
        self.in_texts.add(found)
        return found


def _numbered(references: Iterable[TypeReference]) -> Iterator[tuple[str, TypeReference]]:
    """``references``, each anonymous type with its number among these; the first has none."""
    anonymous = 0
    for reference in references:
        anonymous += not isinstance(reference, QName)
        yield "" if anonymous < 2 else str(anonymous), reference
