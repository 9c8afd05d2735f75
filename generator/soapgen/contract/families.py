"""Types and those that extend them → which of them need one list for all of their elements.

A class for an extension has the members of its base and its own. Where an element comes back in an
extension, or where text stands between elements, only one list for the whole family of types keeps
the order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .members import effective_attributes, lineage, particles
from .model import ComplexType, Compositor, ElementParticle, Group, QName, Type
from .slots import NamesOf


class Families:
    """Says what the elements of types are lists with.

    Args:
        types: The named types of the contract.
        children: The types that are derived from each of them.
        names_of: The names that an element may have.
    """

    def __init__(
        self,
        types: Mapping[QName, Type],
        children: Mapping[QName, tuple[QName, ...]],
        names_of: NamesOf,
    ) -> None:
        self._types = types
        self._children = children
        self._names_of = names_of
        self._are_lists: dict[QName, bool] = {}

    def list_root(self, type_: ComplexType) -> ComplexType | None:
        """The type whose elements, and those of all types derived from it, are one list.

        It is ``type_`` or one that this is derived from; None if there is no such type. What
        ``type_`` inherits from above it stays as it is.
        """
        line = lineage(self._types, type_)
        return next((item for item in line if item.mixed or self._comes_back(item)), None)

    def content(self, root: ComplexType) -> Group:
        """All elements and wildcards of ``root`` and of the types that extend it."""
        groups = [root.content]
        waiting = [*self._children.get(root.name, ())] if root.name else []
        while waiting:
            name = waiting.pop(0)
            type_ = self._types[name]
            waiting += self._children.get(name, ())
            if isinstance(type_, ComplexType) and not type_.is_restriction:
                groups.append(type_.content)
        return Group(Compositor.SEQUENCE, tuple(groups))

    def standing_alone(self, type_: ComplexType) -> ComplexType:
        """``type_``, an anonymous type, with all that it inherits as its own if need be.

        It needs that if an element of its base comes back in it: nothing else can extend it, so
        that it does not have to share the members of its base.
        """
        line = lineage(self._types, type_)
        if len(line) < 2 or type_.is_restriction or not _has_content(type_):
            return type_
        root = self.list_root(type_)
        if root is type_ or (root is None and not self._conflicts(line)):
            return type_
        extended = [item for item in line if not item.is_restriction]
        simple = [item.simple_content for item in line if item.simple_content is not None]
        return replace(
            type_,
            base=None,
            derivation="",
            content=Group(Compositor.SEQUENCE, tuple(item.content for item in extended)),
            attributes=effective_attributes(line),
            any_attribute=any(item.any_attribute for item in line),
            simple_content=simple[0] if simple else None,
            mixed=any(item.mixed for item in line),
        )

    def _comes_back(self, type_: ComplexType) -> bool:
        """Whether an own element of ``type_`` comes back in a type that is derived from it.

        A second wildcard does, too. Where a wildcard of the base admits an own element, its name
        still tells it apart.
        """
        if type_.name is None or type_.name not in self._types:
            return False
        if type_.name not in self._are_lists:
            names, is_open = self._own(type_)
            waiting = [*self._children.get(type_.name, ())] if names or is_open else []
            found = False
            while waiting and not found:
                child = waiting.pop()
                waiting += self._children.get(child, ())
                derived = self._types[child]
                assert isinstance(derived, ComplexType), "only complex types are derived from it"
                own_names, own_is_open = self._own(derived)
                found = not names.isdisjoint(own_names) or (is_open and own_is_open)
            self._are_lists[type_.name] = found
        return self._are_lists[type_.name]

    def _conflicts(self, line: list[ComplexType]) -> bool:
        *bases, own = line
        names, is_open = self._own(own)
        for base in bases:
            base_names, base_is_open = self._own(base)
            if names & base_names or (base_is_open and is_open):
                return True
        return False

    def _own(self, type_: ComplexType) -> tuple[set[QName], bool]:
        """The names in the own content of ``type_``, and whether it has a wildcard."""
        if type_.is_restriction:
            return set(), False
        names: set[QName] = set()
        is_open = False
        for item in particles(type_.content):
            if isinstance(item, ElementParticle):
                names |= set(self._names_of(item))
            else:
                is_open = True
        return names, is_open


def _has_content(type_: ComplexType) -> bool:
    return type_.mixed or any(True for _ in particles(type_.content))
