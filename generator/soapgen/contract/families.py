"""Types and those that extend them → which of them need one list for all of their elements.

A class for an extension has the members of its base and its own. Where an element comes back in an
extension, or where text stands between elements, only one list for the whole family of types keeps
the order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .members import effective_attributes, lineage, particles
from .model import AnyParticle, ComplexType, Compositor, ElementParticle, Group, QName, Type
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

    def root(self, type_: ComplexType) -> ComplexType:
        """The first of the types that ``type_`` is derived from, or itself, to have elements."""
        line = lineage(self._types, type_)
        return next((item for item in line if _has_content(item)), type_)

    def is_list(self, root: ComplexType) -> bool:
        """Whether the elements of ``root`` and of all types derived from it are one list."""
        if root.mixed:
            return True
        if root.name is None or root.name not in self._types:
            return False
        if root.name not in self._are_lists:
            self._are_lists[root.name] = self._comes_back(root)
        return self._are_lists[root.name]

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
        root = self.root(type_)
        if root is type_ or (self.is_list(root) is False and not self._conflicts(line)):
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

    def _comes_back(self, root: ComplexType) -> bool:
        """Whether a type derived from ``root`` has an element in its own content and in its base's.

        The way from ``root`` to each type is gone down and up again, so that each content is looked
        at once.
        """
        above: dict[QName, int] = {}
        wildcards: list[bool] = []
        waiting: list[tuple[ComplexType, bool]] = [(root, True)]
        while waiting:
            type_, is_down = waiting.pop()
            names, is_open = self._own(type_)
            if not is_down:
                for name in names:
                    above[name] -= 1
                wildcards.pop()
                continue
            if type_ is not root:
                if any(above.get(name) for name in names):
                    return True
                if any(wildcards) and (is_open or self._admits(type_)):
                    return True
            for name in names:
                above[name] = above.get(name, 0) + 1
            wildcards.append(is_open)
            waiting.append((type_, False))
            for child in self._children.get(type_.name, ()) if type_.name else ():
                derived = self._types[child]
                if isinstance(derived, ComplexType):
                    waiting.append((derived, True))
        return False

    def _conflicts(self, line: list[ComplexType]) -> bool:
        *bases, own = line
        names, is_open = self._own(own)
        for base in bases:
            base_names, base_is_open = self._own(base)
            if names & base_names or (base_is_open and (is_open or self._admits(own))):
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

    def _admits(self, own: ComplexType) -> bool:
        """Whether a wildcard in what ``own`` is derived from admits an element of its own."""
        wildcards = [
            item
            for base in lineage(self._types, own)[:-1]
            for item in particles(base.content)
            if isinstance(item, AnyParticle)
        ]
        namespaces = {name.namespace for name in self._own(own)[0]}
        return any(item.admits(namespace) for item in wildcards for namespace in namespaces)


def _has_content(type_: ComplexType) -> bool:
    return type_.mixed or any(True for _ in particles(type_.content))
