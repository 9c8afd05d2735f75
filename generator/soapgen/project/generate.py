"""All stages on one page: sources → documents → contract → plan → text → formatted text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..contract import (
    Chosen,
    Interface,
    merged,
    possible_interface,
    read_all,
    repairs_of,
    require_namespaces,
    select,
    types_in,
)
from ..contract import left_out as all_left_out
from ..contract.services import Contract
from ..errors import LeftOut, NothingLeftError, Repair, require_nothing_left_out
from ..plan import Conventions, Family, described, plan
from ..progress import Progress, silent
from ..render import (
    SOAPGENS,
    Formatter,
    OutputFile,
    Templates,
    formatted,
    own_templates,
    render,
    reserved_names,
)
from ..sources import Documents, Sources, inputs, read_all_documents
from .manifest import FILE_NAME
from .options import Options
from .paths import require_good
from .user_files import UserFiles


@dataclass(frozen=True, slots=True)
class Generated:
    """What was generated.

    Attributes:
        plan: The plan.
        files: The files of the package, without the manifest.
        inputs: The hash of each document that was read, as :func:`soapgen.sources.inputs` has it.
        left_out: What was asked for and nothing was generated for.
        repairs: What was wrong in the sources and is mended.
    """

    plan: Family
    files: tuple[OutputFile, ...]
    inputs: dict[str, dict[str, str]]
    left_out: tuple[LeftOut, ...] = ()
    repairs: tuple[Repair, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """The text of each file, by its path."""
        return {file.path: file.text for file in self.files}


def generate(
    sources: Sources,
    options: Options,
    conventions: Sequence[Conventions],
    progress: Progress = silent,
    *,
    documents: Sequence[Documents] | None = None,
    files: UserFiles | None = None,
    formatter: Formatter | None = None,
    strict: bool = False,
) -> Generated:
    """Generate the package for ``sources``, in memory.

    Args:
        sources: The WSDLs.
        options: What to generate from them.
        conventions: What vendors do beyond SOAP.
        progress: Called with the progress.
        documents: The documents of each WSDL; by default they are read from ``sources``.
        files: The user's templates and pages; by default they are read from the folders that
            ``options`` name.
        formatter: What formats the modules; by default in this process only.
        strict: Whether to refuse to leave anything out.

    Raises:
        LeftOutError: Something would be left out.
        SourceError: A WSDL, or a document that it imports, cannot be read or is invalid.
        RepairError: Something would have to be mended, and the sources may not be.
        UnsupportedError: A WSDL uses something that soapgen cannot generate yet.
        GivenError: What the options say of a part of a contract does not fit it.
        TemplateError: A template of the user's is wrong.
        OutputError: Two files would be in one place, or a file of the user's cannot be read.
    """
    if documents is None:
        documents = read_all_documents(sources)
    if files is None:
        files = UserFiles.read(options.templates, options.docs)
    templates = own_templates(files.templates, files.templates_folder)
    contracts = read_all(documents, progress)
    progress("planning", 0, 1)
    chosen = choose(contracts, options)
    possible = interfaces_of(contracts, chosen, options)
    possible = with_pages(possible, files, contracts, conventions)
    if strict:
        require_nothing_left_out(possible.left_out)
    planned = plan_interfaces(sources, possible, options, conventions, templates)
    rendered = tuple(formatted(render(planned, templates), formatter or Formatter(), progress))
    require_good([*(file.path for file in rendered), FILE_NAME], planned.name)
    repairs = repairs_of(contracts, chosen)
    return Generated(planned, rendered, inputs(documents), possible.left_out, repairs)


def _contracts_of(contracts: Sequence[Contract], chosen: Sequence[Chosen]) -> Iterator[Contract]:
    for position in sorted({item.position for item in chosen}):
        yield contracts[position]


def choose(contracts: Sequence[Contract], options: Options) -> list[Chosen]:
    """The services and operations of ``contracts`` that ``options`` ask for.

    Raises:
        SourceError: There is no namespace, service or operation that an option names.
    """
    require_namespaces(contracts, options.unshared)
    return select(contracts, options.services, options.operations, frozenset(options.unshared))


@dataclass(frozen=True, slots=True)
class Possible:
    """What can be generated.

    Attributes:
        chosen: The services.
        interfaces: What each of them sends and receives.
        left_out: What was asked for, and cannot be generated or is nothing to generate from.
    """

    chosen: tuple[Chosen, ...]
    interfaces: tuple[Interface, ...]
    left_out: tuple[LeftOut, ...]


def interfaces_of(
    contracts: Sequence[Contract], chosen: Sequence[Chosen], options: Options
) -> Possible:
    """What of ``chosen`` from ``contracts`` can be generated.

    Raises:
        SourceError: Two contracts disagree on a type.
        NothingLeftError: Nothing can be generated.
        UnsupportedError: An operation that an option names cannot be generated.
    """
    unshared = frozenset(options.unshared)
    types = merged(_contracts_of(contracts, chosen), unshared)
    kept: list[tuple[Chosen, Interface]] = []
    obstacles: list[LeftOut] = []
    for item in chosen:
        own = types | types_in(contracts[item.position], unshared)
        interface, left_out = possible_interface(own, item)
        obstacles += left_out
        if interface is not None:
            kept.append((item, interface))
    if obstacles and (options.operations or not kept):
        raise NothingLeftError(obstacles)
    return Possible(
        tuple(item for item, _ in kept),
        tuple(interface for _, interface in kept),
        (
            *all_left_out(
                contracts, chosen, everything=not (options.services or options.operations)
            ),
            *dict.fromkeys(obstacles),
        ),
    )


def with_pages(
    possible: Possible,
    files: UserFiles,
    contracts: Sequence[Contract],
    conventions: Sequence[Conventions],
) -> Possible:
    """``possible`` with the descriptions of the user's pages where the contract has none."""
    if not files.pages:
        return possible
    # Only what has pages loads what reads Markdown.
    from .pages import descriptions

    layouts = [item.page_layout for item in conventions if item.page_layout]
    found = descriptions(files.pages, layouts)
    result = described(found, possible.interfaces, contracts)
    left_out = (*possible.left_out, *map(files.in_folder, result.left_out))
    return replace(possible, interfaces=result.interfaces, left_out=left_out)


def plan_package(
    sources: Sources,
    contracts: Sequence[Contract],
    chosen: Sequence[Chosen],
    options: Options,
    conventions: Sequence[Conventions],
) -> Family:
    """The plan for the services and operations ``chosen`` from ``contracts``; raises the same."""
    possible = interfaces_of(contracts, chosen, options)
    return plan_interfaces(sources, possible, options, conventions)


def plan_interfaces(
    sources: Sources,
    possible: Possible,
    options: Options,
    conventions: Sequence[Conventions],
    templates: Templates = SOAPGENS,
) -> Family:
    """The plan for all that is ``possible``, with names that ``templates`` do not use."""
    return plan(
        possible.interfaces,
        name=options.package_name(sources.stem),
        nested=sources.nested,
        sources=[sources.wsdls[item.position].file_name for item in possible.chosen],
        reserved=reserved_names(conventions, templates),
        conventions=conventions,
        names=options.names,
        overlay=options.overlay,
        unshared=frozenset(options.unshared),
        server=options.server,
        facets=options.facets,
        extras=frozenset(options.extras),
    )
