"""A selected service → its interface, without the operations that cannot be generated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..errors import LeftOut, UnsupportedError
from .encoding import Encoding
from .interface import Interface, of_another_use, read_interface, use_of
from .model import QName, Type
from .reach import children_of
from .select import Chosen
from .services import Contract, Operation, Port


def possible_interface(
    types: Mapping[QName, Type], chosen: Chosen
) -> tuple[Interface | None, tuple[LeftOut, ...]]:
    """The interface of ``chosen``, None if nothing is left of it, and the operations left out.

    Args:
        types: The named types that its messages refer to.
        chosen: A service.

    Raises:
        UnsupportedError: All of its operations together cannot be generated, each alone can.
    """
    children, encoding = children_of(types), Encoding(types)

    def interface_of(port: Port) -> Interface:
        service, name = chosen.service, chosen.name
        return read_interface(types, service, port, children, name=name, encoding=encoding)

    try:
        return interface_of(chosen.port), ()
    except UnsupportedError:
        binding = chosen.port.binding
        found = dict(_obstacles(binding.operations, chosen.port, interface_of))
        kept = tuple(item for item in binding.operations if item.name not in found)
        found |= {item.name: _another_use(item, kept[0]) for item in of_another_use(kept)}
        kept = tuple(item for item in kept if item.name not in found)
        if not found:
            raise
        left_out = tuple(LeftOut.of_operation(name, each) for name, each in found.items())
        if not kept:
            return None, left_out
        return interface_of(_with(chosen.port, kept)), left_out


def obstacles_of(contracts: Sequence[Contract], chosen: Iterable[Chosen]) -> tuple[LeftOut, ...]:
    """What of the services that are ``chosen`` from ``contracts`` cannot be generated."""
    found: list[LeftOut] = []
    for item in chosen:
        try:
            found += possible_interface(contracts[item.position].types, item)[1]
        except UnsupportedError as error:
            found.append(LeftOut.because(f"service {item.name}", error))
    return tuple(dict.fromkeys(found))


def _obstacles(
    operations: tuple[Operation, ...], port: Port, interface_of: Callable[[Port], Interface]
) -> Iterator[tuple[str, UnsupportedError]]:
    """Why each of ``operations`` that cannot be generated cannot, alone."""
    for operation in operations:
        try:
            interface_of(_with(port, (operation,)))
        except UnsupportedError as error:
            yield operation.name, error


def _another_use(operation: Operation, first: Operation) -> UnsupportedError:
    """Why ``operation``, which is not literal or encoded as the ``first`` one, cannot be."""
    return UnsupportedError(
        f"it is {use_of(operation)}, and operation {first.name} is {use_of(first)}",
        place=operation.place,
        hint="build a package of its own for it, with --operation",
    )


def _with(port: Port, operations: tuple[Operation, ...]) -> Port:
    return replace(port, binding=replace(port.binding, operations=operations))
