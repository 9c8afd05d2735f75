"""Which types several interfaces share, and which module each of them stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .. import naming
from ..contract import SCALARS, Interface, Reach
from ..contract.model import ArrayType, ComplexType, EnumType, ListType, MapType, QName

Users = frozenset[int]
"""The interfaces that use a type, by their positions."""


Node = TypeVar("Node")


@dataclass(frozen=True, slots=True)
class Group:
    """Types that stand in one module, and the interfaces that use one of them or more."""

    module: str
    types: frozenset[QName]
    users: Users


def shared_users(interfaces: Sequence[Interface], apart: frozenset[str]) -> dict[QName, Users]:
    """The types that two or more interfaces reach, each with those that do.

    A type that refers to one of a namespace kept ``apart`` is not shared either, nor is what has
    no name of its own in a message.
    """
    users: dict[QName, set[int]] = {}
    for position, interface in enumerate(interfaces):
        for name in interface.reach.types:
            users.setdefault(name, set()).add(position)
    shared = {
        name: frozenset(found)
        for name, found in users.items()
        if len(found) > 1 and name.namespace not in apart and not name.local.startswith("/")
    }
    while True:
        lost = {
            name
            for name, found in shared.items()
            if interfaces[min(found)].reach.references(name) - shared.keys()
        }
        if not lost:
            return shared
        shared = {name: found for name, found in shared.items() if name not in lost}


def groups(reach: Reach, users: Mapping[QName, Users], names: naming.Names) -> list[Group]:
    """The types in ``reach`` by modules, each of which refers to those before it alone.

    Types with the same users stand together. A list or dictionary has no class and costs nothing
    to load: it stands with what it holds.
    """
    homes = {name: _home(reach, users, name) for name in reach.types}
    members: dict[Users, set[QName]] = {}
    for name, home in homes.items():
        members.setdefault(home, set()).add(name)
    refers = {
        home: {homes[other] for name in found for other in reach.references(name)} - {home}
        for home, found in members.items()
    }
    ordered: list[frozenset[Users]] = []
    placed: set[Users] = set()

    def place(home: Users) -> None:
        """Place ``home``, with all that it refers to before it and all that circles with it."""
        if home in placed:
            return
        circle = {home} | {
            other for other in _reached(refers, home) if home in _reached(refers, other)
        }
        placed.update(circle)
        for other in sorted({to for one in circle for to in refers[one]} - circle, key=_order):
            place(other)
        ordered.append(frozenset(circle))

    for home in sorted(members, key=_order):
        place(home)
    found = []
    for circle in ordered:
        types = frozenset(name for home in circle for name in members[home])
        everyone = frozenset(user for name in types for user in users[name])
        found.append(Group(names.take(_module(reach, types)), types, everyone))
    return found


def _home(reach: Reach, users: Mapping[QName, Users], name: QName) -> Users:
    """The users of ``name`` or, for a container, of what it holds; none where that is plain."""
    found = reach.types[name]
    if isinstance(found, ArrayType | MapType):
        held = [use.type for use in reach.uses[name]]
        if all(item in SCALARS for item in held):
            return frozenset()
        if isinstance(found, ArrayType) or held[0] in SCALARS:
            return _home(reach, users, held[-1]) if held[-1] in reach.types else users[name]
    return users[name]


def _reached(refers: Mapping[Node, set[Node]], start: Node) -> set[Node]:
    """Every node that ``refers`` leads to from ``start``."""
    found: set[Node] = set()
    waiting = [start]
    while waiting:
        new = refers[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def _order(users: Users) -> tuple[int, list[int]]:
    """What most use comes first; otherwise by the order of the services."""
    return -len(users), sorted(users)


def _module(reach: Reach, types: frozenset[QName]) -> str:
    """A name for the module of ``types``: that of the type which reaches most of the others."""
    named = [
        name for name in types if isinstance(reach.types[name], ComplexType | EnumType | ListType)
    ]
    if not named:
        return naming.ARRAYS
    refers = {name: reach.references(name) & types for name in types}
    main = min(
        named,
        key=lambda name: (-len(_reached(refers, name)), -len(reach.uses[name]), name),
    )
    return naming.module(main.local)
