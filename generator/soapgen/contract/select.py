"""Selects services and operations of contracts."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from .. import naming
from ..errors import LeftOut, Place, SourceError
from .model import Contract, Operation, Port, QName, Service


@dataclass(frozen=True, slots=True)
class Chosen:
    """A service that is selected, at one of its ports; ``position`` is that of its contract."""

    position: int
    service: Service
    port: Port

    @property
    def name(self) -> str:
        """The name of the service in generated code."""
        return naming.service(self.port.binding.port_type.local, self.service.name.local)


def select(
    contracts: Sequence[Contract],
    services: Iterable[str] = (),
    operations: Iterable[str] = (),
    unshared: Set[str] = frozenset(),
) -> list[Chosen]:
    """The selected services, each with its selected operations.

    Args:
        contracts: The contracts of the sources.
        services: The services to take; the first of each contract, if there are none.
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


def left_out(contracts: Sequence[Contract], chosen: Sequence[Chosen]) -> tuple[LeftOut, ...]:
    """What of ``contracts`` no package is made for: services, and ports of another port type.

    Two ports of one port type differ in how its messages are sent only.
    """
    selected = {(item.position, item.service.name) for item in chosen}
    services = (
        LeftOut(f"service {service.name.local}", "no --service names it", service.place)
        for position, contract in enumerate(contracts)
        for service in contract.services
        if (position, service.name) not in selected
    )
    ports = (
        LeftOut(
            f"port {port.name} of service {item.service.name.local}",
            f"its port type is not that of port {item.port.name}",
            item.service.place,
        )
        for item in chosen
        for port in item.service.ports
        if port.binding.port_type != item.port.binding.port_type
    )
    return (*services, *ports)


def _services(contracts: Sequence[Contract], names: Sequence[str]) -> list[Chosen]:
    everything = [
        Chosen(position, service, _port(service))
        for position, contract in enumerate(contracts)
        for service in contract.services
    ]
    if not names:
        firsts = {item.position: item for item in reversed(everything)}
        return [firsts[position] for position in sorted(firsts)]
    for name in names:
        if not any(name in (item.name, item.service.name.local) for item in everything):
            defined = {item.name for item in everything}
            defined |= {item.service.name.local for item in everything}
            raise SourceError(
                f"there is no service {name}",
                place=everything[0].service.place if len(contracts) == 1 else None,
                hint=_did_you_mean(name, defined),
            )
    return [item for item in everything if item.name in names or item.service.name.local in names]


def _distinct(services: Iterable[Chosen], unshared: Set[str]) -> list[Chosen]:
    """``services``, each once, even if several sources define it."""
    by_name: dict[QName, Chosen] = {}
    distinct: list[Chosen] = []
    for item in services:
        name = item.service.name
        first = by_name.setdefault(name, item)
        if first is item or name.namespace in unshared or first.position == item.position:
            distinct.append(item)
        elif first.port.binding.operations != item.port.binding.operations:
            raise SourceError(
                f"service {name} is not the same as in {first.service.place}",
                place=item.service.place,
                hint=f"give each its own package with --keep-apart {name.namespace}",
            )
    return distinct


def _port(service: Service) -> Port:
    """The first port for SOAP 1.1, or else the first."""
    plain = (port for port in service.ports if port.binding.soap_version == "1.1")
    return next(plain, service.ports[0])


def find_operation(services: Sequence[Chosen], name: str) -> tuple[int, Operation]:
    """The operation ``name``, which may be ``Service.Operation``, and its service's position.

    Raises:
        SourceError: There is none, or there are several.
    """
    matches = [
        (position, operation)
        for position, item in enumerate(services)
        for operation in item.port.binding.operations
        if name in (operation.name, f"{item.name}.{operation.name}")
    ]
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = [services[position].name for position, _ in matches]
        raise SourceError(
            f"there is an operation {name} in {' and '.join(names)}",
            hint=f"say which is meant: {names[0]}.{name}",
        )
    raise SourceError(
        f"there is no operation {name}" + (f" in {services[0].name}" if len(services) == 1 else ""),
        place=_place(services),
        hint=_did_you_mean(name, set(_operation_names(services))),
    )


def _operation_names(services: Sequence[Chosen]) -> Iterator[str]:
    for item in services:
        for operation in item.port.binding.operations:
            yield operation.name
            if len(services) > 1:
                yield f"{item.name}.{operation.name}"


def _place(services: Sequence[Chosen]) -> Place | None:
    """The document of the only service."""
    place = services[0].service.place if len(services) == 1 else None
    return Place(place.document) if place else None


def _did_you_mean(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(names), 3)
    return f"did you mean {' or '.join(near)}?" if near else "check the name"


def _trimmed(item: Chosen, names: set[str]) -> Chosen:
    """``item`` with only the operations ``names``, in the order of the contract."""
    binding = item.port.binding
    kept = tuple(operation for operation in binding.operations if operation.name in names)
    return replace(item, port=replace(item.port, binding=replace(binding, operations=kept)))
