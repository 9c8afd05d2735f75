"""The whole path on one page: load → IR → plan → render → format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..contract.interface import Interface
from ..contract.merge import merged, require_namespaces, types_apart
from ..contract.model import Contract
from ..contract.schemas import SchemaSet
from ..contract.select import Chosen, chosen
from ..contract.wsdl import contract
from ..plan.family import plan
from ..plan.packages import Family
from ..progress import Progress, silent
from ..render.modules import OutputFile, always_there, render, reserved_names
from ..render.workers import Formatter
from ..sources.documents import Documents, inputs, load, load_all
from ..sources.find import Source, Sources
from .options import Options


@dataclass(frozen=True, slots=True)
class Generated:
    """What a build gives: the plan, its files, and the hash of each document that was read.

    ``inputs`` are those hashes, as :func:`soapgen.load.inputs` has them.
    """

    plan: Family
    files: tuple[OutputFile, ...]
    inputs: dict[str, dict[str, str]]

    @property
    def texts(self) -> dict[str, str]:
        """The files by their paths."""
        return {file.path: file.text for file in self.files}


def generate(
    sources: Sources,
    options: Options,
    progress: Progress = silent,
    *,
    documents: Sequence[Documents] | None = None,
    formatter: Formatter | None = None,
) -> Generated:
    """Generate the package for ``sources``, in memory.

    Args:
        sources: The WSDLs.
        options: What is wanted of them.
        progress: Told how far it is.
        documents: The documents of each WSDL, where they were read already.
        formatter: What formats the modules; by default this process alone.

    Raises:
        SourceError: A WSDL, or something that it imports, cannot be read or is not sound.
        UnsupportedError: It uses something that soapgen cannot generate yet.
    """
    formatter = formatter or Formatter()
    if not sources.nested:
        for file in always_there(sources.wsdls[0].file_name):
            formatter.begin(file.text)
    documents, contracts = read(sources, progress, documents)
    progress("planning", 0, 1)
    planned = planned_family(sources, contracts, wanted(contracts, options), options)
    files = tuple(_formatted(render(planned), progress, formatter))
    return Generated(planned, files, inputs(sources, documents))


def read(
    sources: Sources, progress: Progress = silent, loaded: Sequence[Documents] | None = None
) -> tuple[Sequence[Documents], list[Contract]]:
    """What each WSDL of ``sources`` says, with the documents that say it, if not ``loaded`` yet.

    Raises:
        SourceError: A WSDL, or something that it imports, cannot be read or is not sound.
        UnsupportedError: It uses something that soapgen cannot read.
    """
    documents = load_all(sources) if loaded is None else loaded
    contracts = []
    for done, source in enumerate(sources.wsdls):
        progress(f"reading {source.stem}", done, len(sources.wsdls))
        contracts.append(read_source(source, documents[done])[2])
    return documents, contracts


def read_source(
    source: Source, documents: Documents | None = None
) -> tuple[Documents, SchemaSet, Contract]:
    """The documents of one WSDL, their schemas, and what they say; raises the same."""
    documents = documents or load(source)
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
        name=options.package_name(sources.stem),
        nested=sources.nested,
        reserved=reserved_names(),
        apart=apart,
        server=options.server,
        extras=frozenset(options.extras),
    )


def _formatted(
    files: Iterable[OutputFile], progress: Progress, formatter: Formatter
) -> Iterator[OutputFile]:
    """``files`` as black formats them, in the same order."""
    found: list[OutputFile] = []

    def modules() -> Iterator[str]:
        for file in files:
            found.append(file)
            if file.path.endswith(".py"):
                yield file.text

    formatted = iter(
        formatter.format(modules(), lambda done: progress("formatting", done, len(found)))
    )
    for file in found:
        yield OutputFile(file.path, next(formatted)) if file.path.endswith(".py") else file
