"""A contract → what of it a package has that was built of some of its operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..contract import Chosen
from ..contract.mentions import mentioned_types
from ..contract.model import ComplexType, QName, Type
from ..contract.services import Port, Service

Selection = Mapping[str, frozenset[str]]
"""The names of the operations that are compared, by the name of their service."""


def selection(chosen: Iterable[Chosen]) -> Selection:
    """The operations that are ``chosen``."""
    names: dict[str, frozenset[str]] = {}
    for item in chosen:
        own = {operation.name for operation in item.port.binding.operations}
        service = item.service.name.local
        names[service] = names.get(service, frozenset()) | own
    return names


def selected(services: Iterable[Service], wanted: Selection) -> Iterator[Service]:
    """Those of ``services`` that have wanted operations, with these alone.

    They are found by name: another edition has its services in another namespace.
    """
    for service in services:
        names = wanted.get(service.name.local, frozenset())
        ports = tuple(port for item in service.ports for port in _port(item, names))
        if ports:
            yield replace(service, ports=ports, left_out=())


def _port(port: Port, names: frozenset[str]) -> Iterator[Port]:
    binding = port.binding
    kept = tuple(operation for operation in binding.operations if operation.name in names)
    if kept:
        yield replace(port, binding=replace(binding, operations=kept, left_out=()))


def reached_types(services: Iterable[Service], types: Mapping[QName, Type]) -> dict[QName, Type]:
    """Those of ``types`` that ``services`` refer to, or one of these does, or extends one."""
    derived: dict[QName, list[QName]] = {}
    for name, type_ in types.items():
        if isinstance(type_, ComplexType) and type_.base is not None:
            derived.setdefault(type_.base, []).append(name)
    waiting = list(mentioned_types(tuple(services)))
    found: set[QName] = set()
    while waiting:
        name = waiting.pop()
        if name in types and name not in found:
            found.add(name)
            waiting += mentioned_types(types[name])
            waiting += derived.get(name, [])  # what extends a type may stand wherever it does
    return {name: type_ for name, type_ in types.items() if name in found}
