"""Selects services and operations of contracts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from .. import naming
from ..errors import LeftOut, NothingLeftError, Place, Repair, SourceError
from ..near import did_you_mean
from .model import QName
from .services import Contract, Operation, Port, Service


@dataclass(frozen=True, slots=True)
class Chosen:
    """A port type of a service that is selected, at one of its ports.

    Attributes:
        position: The position of its contract.
        name: Its name in generated code.
        service: The service.
        port: The first of its ports with this port type.
    """

    position: int
    name: str
    service: Service
    port: Port


def select(
    contracts: Sequence[Contract],
    services: Iterable[str] = (),
    operations: Iterable[str] = (),
    unshared: Set[str] = frozenset(),
) -> list[Chosen]:
    """The selected services, each with its selected operations.

    Args:
        contracts: The contracts of the sources.
        services: The services to take; all, if there are none.
        operations: The operations to take, as ``Operation`` or ``Service.Operation``; all, if there
            are none. One of ``services`` without an operation here keeps all of its own.
        unshared: The namespaces in which services of the same name may differ.

    Raises:
        SourceError: There is no such service or operation, an operation is ambiguous, or two
            sources define a service differently.
    """
    named = list(services)
    chosen = _distinct(_services(contracts, named), unshared)
    wanted = list(operations)
    if not wanted:
        return chosen
    kept: dict[int, set[str]] = {}
    for name in wanted:
        position, operation = find_operation(chosen, name)
        kept.setdefault(position, set()).add(operation.name)
    return [
        _trimmed(item, kept[position]) if position in kept else item
        for position, item in enumerate(chosen)
        if position in kept or named
    ]


def left_out(
    contracts: Sequence[Contract], chosen: Sequence[Chosen], *, everything: bool
) -> tuple[LeftOut, ...]:
    """What of ``contracts`` was asked for, and nothing is generated for.

    Args:
        contracts: The contracts of the sources.
        chosen: The services that are selected.
        everything: Whether all services were asked for, those among them of which nothing is left.
    """
    asked = {(item.position, item.service.name): item.service for item in chosen}
    if everything:
        asked |= {
            (position, service.name): service
            for position, contract in enumerate(contracts)
            for service in contract.services
        }
    found: list[LeftOut] = []
    for position in sorted({position for position, _ in asked}):
        found += contracts[position].left_out
    for service in asked.values():
        found += service.left_out
        for port in service.ports:
            if not port.binding.operations:
                what = f"port {port.name} of service {service.name.local}"
                found += port.binding.left_out
                found.append(LeftOut(what, "nothing is left of it", service.place))
    for item in chosen:
        found += item.port.binding.left_out
        for operation in item.port.binding.operations:
            found += operation.unbound
        found += _other_ports(item)
    return tuple(dict.fromkeys(found))


def repairs_of(contracts: Sequence[Contract], chosen: Iterable[Chosen]) -> tuple[Repair, ...]:
    """What is mended in the sources of the services that are ``chosen``, each once."""
    positions = sorted({item.position for item in chosen})
    return tuple(dict.fromkeys(item for each in positions for item in contracts[each].repairs))


def _other_ports(item: Chosen) -> Iterator[LeftOut]:
    """The ports whose messages are not those of the client for ``item``.

    What differs in the version of SOAP alone is a matter of how a message is sent.
    """
    # What was asked for may be some of the operations.
    whole = next(port for port in item.service.ports if port.name == item.port.name)
    for port in item.service.ports:
        binding = port.binding
        is_other = bool(binding.operations) and not binding.is_like(whole.binding)
        if binding.port_type == item.port.binding.port_type and is_other:
            yield LeftOut(
                f"port {port.name} of service {item.service.name.local}",
                f"its binding is another one than that of port {item.port.name}",
                item.service.place,
            )


def _services(contracts: Sequence[Contract], names: Sequence[str]) -> list[Chosen]:
    everything = [
        item for position, contract in enumerate(contracts) for item in _named(position, contract)
    ]
    if not names:
        return everything
    for name in names:
        if not any(name in (item.name, item.service.name.local) for item in everything):
            defined = {item.name for item in everything}
            defined |= {item.service.name.local for item in everything}
            raise SourceError(
                f"there is no service {name}",
                place=everything[0].service.place if len(contracts) == 1 else None,
                hint=did_you_mean(name, defined, "check the name", 3),
            )
    return [item for item in everything if item.name in names or item.service.name.local in names]


def _named(position: int, contract: Contract) -> Iterator[Chosen]:
    """What a contract offers: each port type of each service, under a name.

    That is the port type's name or, where several services have the port type, the service's.
    """
    offered = [
        (service, port)
        for service in contract.services
        for port in _first_of_each(service.ports)
        if port.binding.operations
    ]
    users: dict[str, set[QName]] = {}
    for service, port in offered:
        users.setdefault(_name(service, port), set()).add(service.name)
    for service, port in offered:
        name = _name(service, port)
        if len(users[name]) > 1:
            name = naming.only_service(service.name.local)
        yield Chosen(position, name, service, port)


def _name(service: Service, port: Port) -> str:
    return naming.service(port.binding.port_type.local, service.name.local)


def _first_of_each(ports: Sequence[Port]) -> Iterable[Port]:
    """The first port of each port type."""
    found: dict[QName, Port] = {}
    for port in ports:
        if port.binding.operations:
            found.setdefault(port.binding.port_type, port)
    return found.values()


def _distinct(services: Iterable[Chosen], unshared: Set[str]) -> list[Chosen]:
    """``services``, each once, even if several sources define it."""
    by_name: dict[tuple[QName, QName], Chosen] = {}
    distinct: list[Chosen] = []
    for item in services:
        name = item.service.name
        first = by_name.setdefault((name, item.port.binding.port_type), item)
        if first is item or name.namespace in unshared or first.position == item.position:
            distinct.append(item)
        elif first.port.binding.operations != item.port.binding.operations:
            raise SourceError(
                f"service {name} is not the same as in {first.service.place}",
                place=item.service.place,
                hint=f"give each its own package with --keep-apart {name.namespace}",
            )
    return distinct


def find_operation(services: Sequence[Chosen], name: str) -> tuple[int, Operation]:
    """The operation ``name``, which may be ``Service.Operation``, and its service's position.

    The service may have its name in generated code or, where that names no operation, in the WSDL.

    Raises:
        SourceError: There is none, or there are several.
    """
    matches = operations_called(name, services)
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = [services[position].name for position, _ in matches]
        raise SourceError(
            f"there is an operation {name} in {' and '.join(names)}",
            hint=f"say which is meant: {names[0]}.{name}",
        )
    for item in services:
        for left_out in item.port.binding.left_out:
            operation = left_out.operation
            if operation and any(name in names for names in _names(item, operation)):
                raise NothingLeftError([left_out])
    raise SourceError(
        f"there is no operation {name}" + (f" in {services[0].name}" if len(services) == 1 else ""),
        place=_place(services),
        hint=did_you_mean(name, operation_names(services), "check the name", 3),
    )


def operations_called(name: str, services: Sequence[Chosen]) -> list[tuple[int, Operation]]:
    """All operations that :func:`find_operation` may mean by ``name``, as it returns them."""
    every = [
        (position, operation, _names(item, operation.name))
        for position, item in enumerate(services)
        for operation in item.port.binding.operations
    ]
    for rank in (0, 1):
        found = [
            (position, operation) for position, operation, names in every if name in names[rank]
        ]
        if found:
            return found
    return []


def _names(item: Chosen, operation: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of an operation: those by generated code, and that by the service in the WSDL."""
    return (operation, f"{item.name}.{operation}"), (f"{item.service.name.local}.{operation}",)


def operation_names(services: Sequence[Chosen]) -> Iterator[str]:
    """The names to suggest for one that :func:`find_operation` does not know."""
    for item in services:
        for operation in item.port.binding.operations:
            yield operation.name
            if len(services) > 1:
                yield f"{item.name}.{operation.name}"


def _place(services: Sequence[Chosen]) -> Place | None:
    """The document of the only service."""
    place = services[0].service.place if len(services) == 1 else None
    return Place(place.document) if place else None


def _trimmed(item: Chosen, names: set[str]) -> Chosen:
    """``item`` with only the operations ``names``, in the order of the contract."""
    binding = item.port.binding
    kept = tuple(operation for operation in binding.operations if operation.name in names)
    binding = replace(binding, operations=kept, left_out=())
    return replace(item, port=replace(item.port, binding=binding))
