"""Which types several interfaces share, and which module each of them is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .. import naming
from ..contract import SCALARS, Interface, Reach
from ..contract.model import ArrayType, ChoiceType, ComplexType, EnumType, ListType, MapType, QName
from .circles import circles, reached_counts

Users = frozenset[int]
"""The interfaces that use a type, by their positions."""


@dataclass(frozen=True, slots=True)
class Group:
    """Types in one module.

    Attributes:
        module: The name of the module.
        types: The types.
        users: The interfaces that use at least one of them.
    """

    module: str
    types: frozenset[QName]
    users: Users


def shared_users(interfaces: Sequence[Interface], unshared: frozenset[str]) -> dict[QName, Users]:
    """The types that two or more interfaces share, each with the interfaces that reach it.

    Not shared are types of the namespaces ``unshared``, anonymous types, and every type that
    refers to one of these; nor are any of an interface whose messages are in SOAP's encoding.
    """
    positions: dict[QName, set[int]] = {}
    for position, interface in enumerate(interfaces):
        for name in () if interface.encoded else interface.reach.types:
            positions.setdefault(name, set()).add(position)
    shared = {
        name: frozenset(users)
        for name, users in positions.items()
        if len(users) > 1 and name.namespace not in unshared and not name.local.startswith("/")
    }
    used_by: dict[QName, set[QName]] = {}
    unusable: list[QName] = []
    for name, users in shared.items():
        references = interfaces[min(users)].reach.references(name)
        for other in references:
            used_by.setdefault(other, set()).add(name)
        if references - shared.keys():
            unusable.append(name)
    while unusable:
        name = unusable.pop()
        if shared.pop(name, None) is not None:
            unusable += used_by.get(name, ())
    return shared


def groups(
    reach: Reach,
    users: Mapping[QName, Users],
    scope: naming.Names,
    given: Mapping[QName, naming.GivenName],
) -> list[Group]:
    """The types in ``reach`` by modules, each of which refers only to modules before it.

    Types with the same users are in the same module. A list or dictionary has no class and costs
    nothing to load: it is in the module of the types that it contains. A module that is named
    after a type has the name that a user has ``given`` to its class.
    """
    homes = {name: _home(reach, users, name) for name in reach.types}
    members: dict[Users, set[QName]] = {}
    for name, home in homes.items():
        members.setdefault(home, set()).add(name)
    refers = {
        home: {homes[other] for name in names for other in reach.references(name)} - {home}
        for home, names in members.items()
    }
    result = []
    for circle in circles(refers, _order):
        types = frozenset(name for home in circle for name in members[home])
        all_users = frozenset(user for name in types for user in users[name])
        result.append(Group(scope.take(_module(reach, types, given)), types, all_users))
    return result


def _home(reach: Reach, users: Mapping[QName, Users], name: QName) -> Users:
    """The users of ``name``; for a list or dictionary those of its items, none for scalars."""
    definition = reach.types[name]
    if isinstance(definition, ArrayType | MapType):
        parts = [part for use in reach.uses[name] for part in use.types]
        if all(part in SCALARS for part in parts):
            return frozenset()
        if isinstance(definition, ArrayType) or parts[0] in SCALARS:
            return _home(reach, users, parts[-1]) if parts[-1] in reach.types else users[name]
    return users[name]


def _order(users: Users) -> tuple[int, list[int]]:
    """The order of modules: the one with most users first, then by the order of the services."""
    return -len(users), sorted(users)


def _module(reach: Reach, types: frozenset[QName], given: Mapping[QName, naming.GivenName]) -> str:
    """A name for the module of ``types``: that of the type which reaches most of the others."""
    named = [
        name
        for name in types
        if isinstance(reach.types[name], ComplexType | ChoiceType | EnumType | ListType)
    ]
    if not named:
        return naming.ARRAYS
    refers = {name: reach.references(name) & types for name in types}
    reached = reached_counts(refers, named)
    main = min(named, key=lambda name: (-reached[name], -len(reach.uses[name]), name))
    return naming.module(given[main].name if main in given else main.local)
