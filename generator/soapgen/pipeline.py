"""The whole path on one page: load → IR → plan → render → format."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from . import naming
from .errors import Place, SourceError
from .format import format_python
from .ir import Contract, Operation, Port, Service
from .load import load
from .plan import Package
from .planner import plan
from .render import OutputFile, render, reserved_names
from .wsdl import contract


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for beside its source.

    Attributes:
        name: The package's name; by default that of the WSDL with ``_client`` behind it.
        server: Whether to write the other half, too: what reads requests and writes responses.
        operations: The operations to write, by their names in the contract; all, if it is empty.
    """

    name: str | None = None
    server: bool = False
    operations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Generated:
    """What a build gives: the plan, its files, and the hash of each document that was read."""

    package: Package
    files: tuple[OutputFile, ...]
    inputs: dict[str, str]


Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps of it are done, and how many there are."""


def _silent(what: str, done: int, total: int) -> None:
    pass


def generate(source: Path, options: Options, progress: Progress = _silent) -> Generated:
    """Generate the package for the WSDL at ``source``, in memory.

    Raises:
        SourceError: The WSDL, or something that it imports, cannot be read or is not sound.
        UnsupportedError: It uses something that soapgen cannot generate yet.
    """
    progress("reading", 0, 1)
    documents = load(source)
    said = contract(documents)
    service, port = chosen(said)
    port = _trimmed(port, options.operations, documents.wsdls[0].place())
    package = plan(
        said,
        service,
        port,
        name=options.name or naming.package(source.stem),
        source=source.name,
        reserved=reserved_names(),
        server=options.server,
    )
    rendered = render(package)
    files = []
    for done, file in enumerate(rendered):
        progress("formatting", done, len(rendered))
        files.append(_formatted(file))
    return Generated(package, tuple(files), documents.inputs)


def _formatted(file: OutputFile) -> OutputFile:
    if not file.path.endswith(".py"):
        return file
    return OutputFile(file.path, format_python(file.text))


def chosen(contract: Contract) -> tuple[Service, Port]:
    """The first service, at its first port for SOAP 1.1, or else its first port."""
    service = contract.services[0]
    plain = (port for port in service.ports if port.binding.soap_version == "1.1")
    return service, next(plain, service.ports[0])


def operation_named(port: Port, name: str, place: Place) -> Operation:
    """The operation ``name`` of ``port``.

    Raises:
        SourceError: There is none; it says which have a name like it.
    """
    operations = {operation.name: operation for operation in port.binding.operations}
    if name not in operations:
        near = difflib.get_close_matches(name, operations, 3)
        raise SourceError(
            f"there is no operation {name} in {port.binding.port_type.local}",
            place=place,
            hint=f"did you mean {' or '.join(near)}?" if near else "check the name",
        )
    return operations[name]


def _trimmed(port: Port, names: tuple[str, ...], place: Place) -> Port:
    """``port`` with the named operations alone, in the order of the contract."""
    if not names:
        return port
    wanted = [operation_named(port, name, place) for name in names]
    kept = tuple(operation for operation in port.binding.operations if operation in wanted)
    return replace(port, binding=replace(port.binding, operations=kept))
