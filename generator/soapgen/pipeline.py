"""The whole path on one page: load → IR → plan → render → format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from . import naming
from .family import plan
from .format import format_python
from .interface import Interface
from .ir import Contract
from .load import Documents, load
from .merge import merged, require_namespaces, types_apart
from .plan_package import Family
from .render import OutputFile, render, reserved_names
from .selection import Chosen, chosen
from .sources import Source, Sources
from .wsdl import contract
from .xsd import SchemaSet


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for beside its sources.

    Attributes:
        name: The package's name; by default that of the source with ``_client`` behind it.
        server: Whether to write the other half, too: what reads requests and writes responses.
        services: The services to write; the first of each WSDL, if it is empty.
        operations: The operations to write, by their names in the contract; all, if it is empty.
        apart: The namespaces whose types services do not share.
        extras: The modules to write beside those that are needed: ``addressing``, ``security``.
    """

    name: str | None = None
    server: bool = False
    services: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Generated:
    """What a build gives: the plan, its files, and the hash of each document that was read.

    ``inputs`` are those hashes, by the document's name, for each source as it was named.
    """

    plan: Family
    files: tuple[OutputFile, ...]
    inputs: dict[str, dict[str, str]]


Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps of it are done, and how many there are."""


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def generate(
    sources: Sources, options: Options, progress: Progress = silent, *, workers: int = 1
) -> Generated:
    """Generate the package for ``sources``, in memory.

    Args:
        sources: The WSDLs.
        options: What is wanted of them.
        progress: Told how far it is.
        workers: How many processes may format at the same time. With more than one, the module
            that calls must be importable without doing its work again (``if __name__ == …``).

    Raises:
        SourceError: A WSDL, or something that it imports, cannot be read or is not sound.
        UnsupportedError: It uses something that soapgen cannot generate yet.
    """
    documents, contracts = read(sources, progress)
    progress("planning", 0, 1)
    planned = planned_family(sources, contracts, wanted(contracts, options), options)
    files = tuple(_formatted(planned, render(planned), progress, workers))
    inputs: dict[str, dict[str, str]] = {}
    for source, read_documents in zip(sources.wsdls, documents, strict=True):
        inputs.setdefault(source.given, {}).update(read_documents.inputs)
    return Generated(planned, files, inputs)


def read(sources: Sources, progress: Progress = silent) -> tuple[list[Documents], list[Contract]]:
    """What each WSDL of ``sources`` says, with the documents that say it.

    Raises:
        SourceError: A WSDL, or something that it imports, cannot be read or is not sound.
        UnsupportedError: It uses something that soapgen cannot read.
    """
    documents, contracts = [], []
    for done, source in enumerate(sources.wsdls):
        progress(f"reading {source.stem}", done, len(sources.wsdls))
        found, _, said = read_source(source)
        documents.append(found)
        contracts.append(said)
    return documents, contracts


def read_source(source: Source) -> tuple[Documents, SchemaSet, Contract]:
    """The documents of one WSDL, their schemas, and what they say; raises the same."""
    documents = load(source)
    schemas = SchemaSet(documents.schemas)
    return documents, schemas, contract(documents, schemas)


def wanted(contracts: list[Contract], options: Options) -> list[Chosen]:
    """What ``options`` want of ``contracts``.

    Raises:
        SourceError: There is no such namespace, service or operation.
    """
    require_namespaces(contracts, options.apart)
    return chosen(contracts, options.services, options.operations, frozenset(options.apart))


def planned_family(
    sources: Sources, contracts: list[Contract], found: list[Chosen], options: Options
) -> Family:
    """The plan for what was ``found`` in ``contracts``.

    Raises:
        SourceError: Two contracts disagree on a type.
        UnsupportedError: A contract uses something that cannot be generated yet.
    """
    apart = frozenset(options.apart)
    positions = sorted({item.position for item in found})
    types = merged((contracts[position] for position in positions), apart)
    interfaces = [
        Interface(
            types | types_apart(contracts[item.position], apart),
            item.service,
            item.port,
            sources.wsdls[item.position].file_name,
        )
        for item in found
    ]
    return plan(
        interfaces,
        types,
        name=options.name or naming.package(sources.stem),
        nested=sources.nested,
        reserved=reserved_names(),
        apart=apart,
        server=options.server,
        extras=frozenset(options.extras),
    )


def _formatted(
    family: Family, files: list[OutputFile], progress: Progress, workers: int
) -> Iterator[OutputFile]:
    """``files`` as black formats them, in the same order."""
    if workers < 2 or not family.nested:
        yield from _told(files, map(_format, files), progress)
        return
    # A new process, unlike a fork of this one, does not inherit the threads of a progress bar.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from _told(files, pool.map(_format, files, chunksize=8), progress)


def _told(
    files: list[OutputFile], formatted: Iterable[OutputFile], progress: Progress
) -> Iterator[OutputFile]:
    """``formatted``, while ``progress`` is told of each module or, in a family, each service."""
    parts = list(dict.fromkeys(file.path.partition("/")[0] for file in files))
    for file in formatted:
        part = file.path.partition("/")[0]
        progress(f"formatting {part}", parts.index(part), len(parts))
        yield file


def _format(file: OutputFile) -> OutputFile:
    if not file.path.endswith(".py"):
        return file
    return OutputFile(file.path, format_python(file.text))
