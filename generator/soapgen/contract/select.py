"""Which services and operations of the contracts are wanted."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from .. import naming
from ..errors import Place, SourceError
from .model import Contract, Operation, Port, QName, Service


@dataclass(frozen=True, slots=True)
class Chosen:
    """A service, at one of its ports, in one of several contracts."""

    position: int
    service: Service
    port: Port

    @property
    def name(self) -> str:
        """What the service is called."""
        return naming.service(self.port.binding.port_type.local, self.service.name.local)


def select(
    contracts: Sequence[Contract],
    services: Iterable[str] = (),
    operations: Iterable[str] = (),
    apart: Set[str] = frozenset(),
) -> list[Chosen]:
    """The services and operations that are wanted.

    Args:
        contracts: What the sources say.
        services: The services to take; the first of each contract, if there are none.
        operations: The operations to take, as ``Operation`` or ``Service.Operation``; of a service
            that is named and of which none is, all. All, if there are none.
        apart: The namespaces in which two services may have one name and differ.

    Raises:
        SourceError: There is no such service or operation, there are several operations of a
            name, or two sources define a service differently.
    """
    named = list(services)
    found = _distinct(_services(contracts, named), apart)
    wanted = list(operations)
    if not wanted:
        return found
    kept: dict[int, set[str]] = {}
    for name in wanted:
        position, operation = find_operation(found, name)
        kept.setdefault(position, set()).add(operation.name)
    return [
        _trimmed(item, kept[position]) if position in kept else item
        for position, item in enumerate(found)
        if position in kept or named
    ]


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
            known = {known for item in everything for known in (item.name, item.service.name.local)}
            raise SourceError(
                f"there is no service {name}",
                place=everything[0].service.place if len(contracts) == 1 else None,
                hint=_did_you_mean(name, known),
            )
    return [item for item in everything if item.name in names or item.service.name.local in names]


def _distinct(found: Iterable[Chosen], apart: Set[str]) -> list[Chosen]:
    """``found`` with each service once, even where several sources define it."""
    first: dict[QName, Chosen] = {}
    distinct: list[Chosen] = []
    for item in found:
        name = item.service.name
        known = first.setdefault(name, item)
        if known is item or name.namespace in apart or known.position == item.position:
            distinct.append(item)
        elif known.port.binding.operations != item.port.binding.operations:
            raise SourceError(
                f"service {name} is not the same as in {known.service.place}",
                place=item.service.place,
                hint=f"give each its own package with --keep-apart {name.namespace}",
            )
    return distinct


def _port(service: Service) -> Port:
    """The first port for SOAP 1.1, or else the first."""
    plain = (port for port in service.ports if port.binding.soap_version == "1.1")
    return next(plain, service.ports[0])


def find_operation(found: Sequence[Chosen], name: str) -> tuple[int, Operation]:
    """The operation ``name``, or ``Service.Operation``, and the position of its service.

    Raises:
        SourceError: There is none, or there are several.
    """
    matches = [
        (position, operation)
        for position, item in enumerate(found)
        for operation in item.port.binding.operations
        if name in (operation.name, f"{item.name}.{operation.name}")
    ]
    if len(matches) == 1:
        return matches[0]
    if matches:
        services = [found[position].name for position, _ in matches]
        raise SourceError(
            f"there is an operation {name} in {' and '.join(services)}",
            hint=f"say which is meant: {services[0]}.{name}",
        )
    known = set(_operation_names(found))
    raise SourceError(
        f"there is no operation {name}" + (f" in {found[0].name}" if len(found) == 1 else ""),
        place=_place(found),
        hint=_did_you_mean(name, known),
    )


def _operation_names(found: Sequence[Chosen]) -> Iterator[str]:
    for item in found:
        for operation in item.port.binding.operations:
            yield operation.name
            if len(found) > 1:
                yield f"{item.name}.{operation.name}"


def _place(found: Sequence[Chosen]) -> Place | None:
    """The document of the only service."""
    place = found[0].service.place if len(found) == 1 else None
    return Place(place.document) if place else None


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), 3)
    return f"did you mean {' or '.join(near)}?" if near else "check the name"


def _trimmed(item: Chosen, names: set[str]) -> Chosen:
    """``item`` with the operations ``names`` alone, in the order of the contract."""
    binding = item.port.binding
    kept = tuple(operation for operation in binding.operations if operation.name in names)
    return replace(item, port=replace(item.port, binding=replace(binding, operations=kept)))
