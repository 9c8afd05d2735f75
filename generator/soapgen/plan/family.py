"""Interfaces → plan: a single package, or a package for each service and what they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from .. import naming
from ..contract import (
    FaultDetail,
    Interface,
    Prefixes,
    Reach,
    Use,
    main_namespace,
    part_of,
    prefixes_of,
    shown,
)
from ..contract.model import QName
from ..given import GivenNames, Overlay
from .conventions import Conventions, conventions_of
from .encoding import Encoded
from .failures import require_headers
from .fault_planner import name_faults, plan_faults, shared_faults
from .given_names import Given, find_given
from .header_planner import header_class, plan_headers
from .modules import SharedModule
from .names import Direction, Namespace
from .operations import HeaderClass
from .overlay import overlaid, secret_members
from .packages import Family, Package
from .service_planner import ServicePlanner, needed
from .sharing import Group, Users, groups, shared_users
from .type_names import TypeNames, name_types
from .type_planner import TypePlanner


def plan(
    interfaces: Sequence[Interface],
    *,
    name: str,
    nested: bool,
    sources: Sequence[str],
    reserved: naming.Reserved,
    conventions: Sequence[Conventions] = (),
    names: GivenNames | None = None,
    overlay: Overlay | None = None,
    unshared: frozenset[str] = frozenset(),
    server: bool = False,
    facets: bool = False,
    extras: frozenset[str] = frozenset(),
) -> Family:
    """Plan what is generated for ``interfaces``.

    Args:
        interfaces: The services.
        name: The name of the package that is built.
        nested: Whether each service has a package of its own within that package; several always
            have.
        sources: The file name of the WSDL of each interface.
        reserved: The names that generated modules use themselves.
        conventions: What vendors do beyond SOAP.
        names: The names that a user gives.
        overlay: What a user adds to the contract.
        unshared: The namespaces whose types services do not share.
        server: Whether to also plan what reads requests and writes responses.
        facets: Whether values are checked against facets when they are written.
        extras: The optional runtime modules to add even if no service needs them.

    Raises:
        GivenError: What a user says fits nothing, or a name cannot be used.
    """
    overlay = overlay or Overlay()
    secrets = secret_members(overlay, interfaces)
    require_headers(overlay.failure, interfaces)
    interfaces = overlaid(overlay, interfaces)
    given = find_given(names or GivenNames(), interfaces, reserved)
    interfaces = given.renamed(interfaces)
    nested = nested or len(interfaces) > 1
    prefixes = prefixes_of(interfaces, writes_faults=server)
    clients = {name for interface in interfaces for name in reserved.clients(interface.name)}
    protocols = map(naming.protocol, clients)
    taken = {*reserved.classes, *naming.HEADER_CLASSES, *clients, *protocols}
    owners = {client: f"the client {client}" for client in clients}
    given_clients = given.clients(interfaces, reserved)
    classes = naming.Names(taken, separator="", owners=owners, given=given_clients)
    shared = _shared(
        interfaces,
        prefixes,
        classes,
        reserved,
        unshared,
        given,
        secrets,
        server=server,
        facets=facets,
    )
    folders = given.folders(interfaces, reserved) if nested else (name,)
    packages: list[Package] = []
    for position, interface in enumerate(interfaces):
        classes = naming.Names(
            {*taken, *shared.owners},
            separator="",
            owners=owners | shared.owners,
            given=given_clients | shared.given_classes,
        )
        functions = naming.Names({*reserved.stems(), *shared.names.all_stems()})
        types = name_types(interface.reach, classes, functions, shared.names, given=given.types)
        main = main_namespace(interface)
        namespaces = _namespaces(
            prefixes.of_interface(interface, shared.types.namespaces.keys()),
            main,
            {*reserved.constants, *types.classes.values()},
        )
        planner = ServicePlanner(
            interface,
            TypePlanner(
                types,
                namespaces,
                reserved,
                checks=facets,
                encoded=_encoded(interface),
                given=given.members,
                secrets=secrets,
            ),
            classes=classes,
            functions=functions,
            source=sources[position],
            conventions=conventions_of(interface, conventions),
            server=server,
            given=given.operations_of(position),
            failure=overlay.failure,
        )
        packages.append(
            planner.package(
                folders[position],
                frozenset(name for name, users in shared.header_users.items() if position in users),
                shared.faults,
            )
        )
    reached = {name for interface in interfaces for name in interface.reach.types}
    return Family(
        name=name,
        packages=tuple(packages),
        shared=tuple(shared.modules([package.service for package in packages])),
        nested=nested,
        types=len(reached),
        faults=tuple(plan_faults(shared.faults, shared.types, shared=True).values()),
        extras=extras,
    )


def _encoded(interface: Interface) -> Encoded | None:
    """What of ``interface`` is in SOAP's encoding; None if its messages are literal."""
    if not interface.encoded:
        return None
    return Encoded(tuple(interface.uses()), interface.port.binding.soap_version)


def _namespaces(prefixes: Mapping[str, str], main: str, taken: Set[str]) -> dict[str, Namespace]:
    """The namespaces of ``prefixes``, the ``main`` one first, and their constants.

    The constants are none of the names ``taken``: modules that define them use these, too.
    """
    constants = naming.Names({*taken, naming.MAIN_NAMESPACE})
    return {
        uri: Namespace(
            uri,
            prefix,
            naming.MAIN_NAMESPACE if uri == main else constants.take(prefix.upper()),
        )
        for uri, prefix in sorted(prefixes.items(), key=lambda item: (item[0] != main, item))
    }


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the interfaces share: types, and the classes of their headers.

    Attributes:
        users: The interfaces that use each shared type.
        needed: The types that are written and read for one interface or more.
        names: The names of the shared types.
        types: The planner of the shared types.
        headers: The headers of each interface, by the class for them.
        header_users: The interfaces that share each of these classes.
        faults: The faults that several interfaces declare, and the class of the error for each.
        given: The classes that a user names.
    """

    users: Mapping[QName, Users]
    needed: Mapping[Direction, Set[QName]]
    names: TypeNames
    types: TypePlanner
    headers: Mapping[str, Sequence[Mapping[QName, Use]]]
    header_users: Mapping[str, Users]
    faults: Mapping[FaultDetail, str]
    given: Mapping[QName, naming.GivenName]

    @property
    def given_classes(self) -> dict[str, naming.GivenName]:
        """The shared classes that a user names."""
        classes = self.names.classes
        return {classes[name]: item for name, item in self.given.items() if name in classes}

    @property
    def owners(self) -> dict[str, str]:
        """The shared classes, and what each is for."""
        types = {item: f"the type {shown(name)}" for name, item in self.names.classes.items()}
        return types | {item: f"the fault {fault.name}" for fault, item in self.faults.items()}

    def modules(self, services: Sequence[str]) -> Iterable[SharedModule]:
        """The shared modules, each after those that it refers to."""
        names = naming.Names(for_files=True)
        for group in groups(self.names.reach, self.users, names, self.given):
            yield self._module(group, services)
        for name, users in self.header_users.items():
            if users:
                headers = plan_headers(self.headers[name][min(users)], self.types)
                group = Group(names.take(naming.module(name)), frozenset(), users)
                is_request = name == naming.REQUEST_HEADERS
                yield self._module(group, services, header_class(headers, is_request=is_request))

    def _module(
        self, group: Group, services: Sequence[str], headers: HeaderClass | None = None
    ) -> SharedModule:
        written, read = (
            self.types.functions_for(group.types & types, direction)
            for direction, types in self.needed.items()
        )
        constants = {tag.constant for tag in read.tags()}
        namespaces = self.types.namespaces.values()
        return SharedModule(
            name=group.module,
            services=tuple(services[user] for user in sorted(group.users)),
            enumerations=tuple(self.types.enumerations(group.types).values()),
            entities=tuple(self.types.entities(group.types).values()),
            choices=tuple(self.types.choices(group.types).values()),
            written=written,
            read=read,
            header_class=headers,
            read_namespaces=tuple(item for item in namespaces if item.constant in constants),
        )


def _shared(
    interfaces: Sequence[Interface],
    prefixes: Prefixes,
    classes: naming.Names,
    reserved: naming.Reserved,
    unshared: frozenset[str],
    given: Given,
    secrets: Mapping[QName, frozenset[str]],
    *,
    server: bool,
    facets: bool,
) -> _Shared:
    users = shared_users(interfaces, unshared)
    reach = part_of([interface.reach for interface in interfaces], users.keys())
    names = name_types(reach, classes, naming.Names(reserved.stems()), given=given.types)
    namespaces = _namespaces(
        prefixes.of_shared(reach.namespaces(reach.uses)),
        prefixes.default,
        {*reserved.constants, *names.classes.values()},
    )
    headers = {
        naming.REQUEST_HEADERS: [interface.headers for interface in interfaces],
        naming.RESPONSE_HEADERS: [interface.response_headers for interface in interfaces],
    }
    return _Shared(
        users=users,
        needed=_together(needed(interface, server=server) for interface in interfaces),
        names=names,
        types=TypePlanner(
            names, namespaces, reserved, checks=facets, given=given.members, secrets=secrets
        ),
        headers=headers,
        header_users={
            name: _header_users(interfaces, each, reach) for name, each in headers.items()
        },
        faults=name_faults(shared_faults(interfaces, reach), classes),
        given=given.types,
    )


def _header_users(
    interfaces: Sequence[Interface], headers: Sequence[Mapping[QName, Use]], shared: Reach
) -> Users:
    """The interfaces that share a class for ``headers``: the most that have the same ones."""
    alike: dict[tuple[tuple[QName, Use], ...], list[int]] = {}
    for position, interface in enumerate(interfaces):
        key = tuple(headers[position].items())
        own = {use.type for _, use in key} & interface.reach.types.keys()
        if key and own <= shared.types.keys():
            alike.setdefault(key, []).append(position)
    users = max(alike.values(), key=len, default=[])
    return frozenset(users) if len(users) > 1 else frozenset()


def _together(needs: Iterable[Mapping[Direction, Set[QName]]]) -> dict[Direction, set[QName]]:
    """What at least one of several interfaces needs."""
    listed = list(needs)
    return {
        direction: {name for each in listed for name in each[direction]} for direction in Direction
    }
