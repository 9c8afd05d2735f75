"""Interfaces → plan: a package by itself, or one for each service and what they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from .. import naming
from ..contract.interface import Interface
from ..contract.model import QName, Type
from ..contract.reach import Reach, Use
from .packages import Family, Header, Package, SharedModule
from .service_planner import ServicePlanner, needed, plan_headers
from .sharing import Group, Users, groups, shared_users
from .type_names import TypeNames
from .type_planner import TypePlanner
from .types import Namespace, Side


def plan(
    interfaces: Sequence[Interface],
    types: Mapping[QName, Type],
    *,
    name: str,
    nested: bool,
    reserved: Set[str],
    apart: frozenset[str] = frozenset(),
    server: bool = False,
    extras: frozenset[str] = frozenset(),
) -> Family:
    """Plan what is generated for ``interfaces``.

    Args:
        interfaces: The services; one, unless the plan is ``nested``.
        types: The types that they may share.
        name: The name of the whole.
        nested: Whether each service has a package of its own within the whole.
        reserved: The names that generated modules use themselves for classes and the like.
        apart: The namespaces whose types are not shared.
        server: Whether to plan what reads requests and writes responses, too.
        extras: The modules that are asked for beside those that are needed.
    """
    prefixes = _Prefixes(interfaces)
    clients = {
        make(interface.name)
        for interface in interfaces
        for make in (naming.client, naming.asynchronous_client)
    }
    taken = {*reserved, *naming.HEADER_CLASSES, *clients}
    shared = _Shared(interfaces, types, prefixes, taken, apart, server=server)
    folders = naming.Names(naming.FAMILY_MODULES)
    packages: list[Package] = []
    for position, interface in enumerate(interfaces):
        namespaces = prefixes.of_service(interface, shared.planner.namespaces.keys())
        names = TypeNames(
            interface.reach,
            naming.Names({*taken, *shared.names.classes.values()}, separator=""),
            naming.Names((naming.ENVELOPE,)),
            shared.names,
        )
        planner = TypePlanner(names, namespaces)
        packages.append(
            ServicePlanner(interface, namespaces, planner, server=server).package(
                folders.take(naming.module(interface.name)) if nested else name,
                frozenset(name for name, users in shared.header_users.items() if position in users),
            )
        )
    reached = {found for interface in interfaces for found in interface.reach.types}
    return Family(
        name=name,
        packages=tuple(packages),
        shared=tuple(shared.modules([package.service for package in packages])),
        nested=nested,
        types=len(reached),
        extras=extras,
    )


class _Prefixes:
    """The prefix of each namespace, which is the same wherever shared code may write it."""

    def __init__(self, interfaces: Sequence[Interface]) -> None:
        self.mains = {interface.main_namespace for interface in interfaces}
        self.used = {uri for interface in interfaces for uri in interface.namespaces()}
        # Where some elements have no namespace, a default namespace would capture them. Where the
        # services have several main ones, what they share cannot be in the default of them all.
        default = min(self.mains) if len(self.mains) == 1 and "" not in self.used else ""
        self.default = default
        self.prefixes = naming.prefixes((self.used | self.mains) - {""}, default)

    def of_shared(self, used: Set[str]) -> dict[str, Namespace]:
        """The namespaces ``used`` by shared types."""
        main = self.default
        return self._namespaces({uri: self.prefixes[uri] for uri in used - {""}}, main)

    def of_service(self, interface: Interface, shared: Set[str]) -> dict[str, Namespace]:
        """The namespaces of ``interface``, its main one first and where possible the default."""
        main = interface.main_namespace
        used = interface.namespaces()
        prefixes = {uri: self.prefixes[uri] for uri in (used | {main}) - {""}}
        if "" not in used and main not in shared:
            prefixes[main] = ""
        return self._namespaces(prefixes, main)

    @staticmethod
    def _namespaces(prefixes: Mapping[str, str], main: str) -> dict[str, Namespace]:
        ordered = sorted(prefixes.items(), key=lambda item: (item[0] != main, item))
        return {
            uri: Namespace(uri, prefix, naming.namespace_constant(prefix, is_main=uri == main))
            for uri, prefix in ordered
        }


class _Shared:
    """What the interfaces share: types, and the class of their headers."""

    def __init__(
        self,
        interfaces: Sequence[Interface],
        types: Mapping[QName, Type],
        prefixes: _Prefixes,
        taken: Set[str],
        apart: frozenset[str],
        *,
        server: bool,
    ) -> None:
        self.interfaces = interfaces
        self.users = shared_users(interfaces, apart)
        self.reach = Reach.part(
            types, self.users.keys(), [interface.reach for interface in interfaces]
        )
        self.needed = _together(needed(interface, server=server) for interface in interfaces)
        self.names = TypeNames(
            self.reach,
            naming.Names(taken, separator=""),
            naming.Names(naming.stems(taken)),
            is_shared=True,
        )
        namespaces = prefixes.of_shared(self.reach.namespaces(self.reach.uses))
        self.planner = TypePlanner(self.names, namespaces)
        self.headers = {
            naming.REQUEST_HEADERS: [interface.headers for interface in interfaces],
            naming.RESPONSE_HEADERS: [interface.response_headers for interface in interfaces],
        }
        self.header_users = {
            name: self._header_users(headers) for name, headers in self.headers.items()
        }

    def _header_users(self, headers: Sequence[Mapping[QName, Use]]) -> Users:
        """The interfaces that share a class for ``headers``: as many as have the same ones."""
        found: dict[tuple[tuple[QName, Use], ...], list[int]] = {}
        for position, interface in enumerate(self.interfaces):
            key = tuple(headers[position].items())
            own = {use.type for _, use in key} & interface.reach.types.keys()
            if key and own <= self.reach.types.keys():
                found.setdefault(key, []).append(position)
        users = max(found.values(), key=len, default=[])
        return frozenset(users) if len(users) > 1 else frozenset()

    def modules(self, services: Sequence[str]) -> Iterable[SharedModule]:
        """The shared modules, each after those that it refers to."""
        names = naming.Names()
        for group in groups(self.reach, self.users, names):
            yield self._module(group, services)
        for name, users in self.header_users.items():
            if users:
                headers = plan_headers(self.headers[name][min(users)], self.planner)
                group = Group(names.take(naming.module(name)), frozenset(), users)
                yield self._module(group, services, tuple(headers.values()), name)

    def _module(
        self,
        group: Group,
        services: Sequence[str],
        headers: tuple[Header, ...] = (),
        header_class: str = "",
    ) -> SharedModule:
        written, read = (
            self.planner.functions_for(group.types & types, side)
            for side, types in self.needed.items()
        )
        constants = {tag.constant for tag in read.tags()}
        return SharedModule(
            name=group.module,
            services=tuple(services[user] for user in sorted(group.users)),
            enumerations=tuple(self.planner.enumerations(group.types).values()),
            entities=tuple(self.planner.entities(group.types).values()),
            written=written,
            read=read,
            headers=headers,
            header_class=header_class,
            read_namespaces=tuple(
                found for found in self.planner.namespaces.values() if found.constant in constants
            ),
        )


def _together(needs: Iterable[Mapping[Side, Set[QName]]]) -> dict[Side, set[QName]]:
    """What is needed for one of several interfaces or more."""
    listed = list(needs)
    return {side: {name for each in listed for name in each[side]} for side in Side}
