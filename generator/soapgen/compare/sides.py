"""What was named → one side of a comparison: its contract and its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..contract import merged, read_all
from ..contract.model import QName, Type
from ..contract.services import Service
from ..errors import LeftOut, Place, SourceError
from ..plan import Conventions, Family, fitting
from ..project import Options
from ..project.generate import choose, interfaces_of, plan_interfaces
from ..project.manifest import FILE_NAME, Manifest, portable, read_manifest
from ..sources import (
    Limits,
    ReadOptions,
    Sources,
    find_sources,
    inputs,
    is_address,
    read_all_documents,
)
from .selected import Selection, reached_types, selected, selection


@dataclass(frozen=True, slots=True)
class Side:
    """One of two contracts.

    Attributes:
        services: The services of its WSDLs, each once.
        types: Their types.
        left_out: What of their schemas cannot be generated.
        plan: What a build generates of them.
        selection: The operations that a package was built of, if it was not of all.
    """

    services: tuple[Service, ...]
    types: Mapping[QName, Type]
    left_out: tuple[LeftOut, ...]
    plan: Family
    selection: Selection | None = None


def read_side(
    named: str,
    conventions: Sequence[Conventions],
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    reading: ReadOptions | None = None,
    only: Selection | None = None,
    given: Options | None = None,
) -> Side:
    """Read what ``named`` leads to.

    Args:
        named: A file, a folder, a ZIP archive, an address, ``REVISION:PATH`` of git, or the folder
            or the manifest of a generated package, which stands for its sources.
        conventions: What vendors do beyond SOAP.
        headers: The HTTP headers of each request to an address.
        limits: What reading may take at most.
        reading: How the sources are read; a manifest says that itself.
        only: The operations to compare, by default all; a manifest says that itself.
        given: What a user says of parts of the contract, as far as it fits; a manifest says that
            itself.

    Raises:
        SourceError: It cannot be read; the sources of a package are others than it was built from.
        UnsupportedError: It uses something that soapgen cannot generate yet.
        OutputError: A manifest cannot be read.
    """
    package, manifest = _manifest(named)
    if manifest is None:
        sources = find_sources([named], headers, limits, reading, revisions=True)
        return _side(sources, given or Options(), conventions, only=only)
    found = manifest.find_sources(package)
    sources = find_sources(found, headers, limits, manifest.find_reading(package))
    return _side(sources, manifest.options, conventions, package, manifest, only)


def given_of(*named: str) -> Options | None:
    """What a user says of parts of the contract of the first package among ``named``, if any is.

    Raises:
        OutputError: A manifest cannot be read.
    """
    manifests = (_manifest(each)[1] for each in named)
    return next(
        (
            Options(names=manifest.options.names, overlay=manifest.options.overlay)
            for manifest in manifests
            if manifest
        ),
        None,
    )


def _manifest(named: str) -> tuple[Path, Manifest | None]:
    """The manifest that ``named`` leads to, if it does, and the folder of its package."""
    path = Path(named)
    if not named.strip() or is_address(named) or "\0" in named:
        return path, None
    package = path.parent if path.name == FILE_NAME else path
    return package, read_manifest(package)


def _side(
    sources: Sources,
    options: Options,
    conventions: Sequence[Conventions],
    package: Path = Path(),
    manifest: Manifest | None = None,
    only: Selection | None = None,
) -> Side:
    documents = read_all_documents(sources)
    if manifest is not None and portable(inputs(documents), package) != manifest.sources:
        raise SourceError(
            "the sources of the package have changed since it was built",
            place=Place(str(package / FILE_NAME)),
            hint="name the sources themselves, or their revision in git as HEAD~1:wsdl/Name.wsdl",
        )
    contracts = read_all(documents)
    is_part = bool(options.services or options.operations)
    own = selection(choose(contracts, options)) if is_part else None
    wanted = own or only
    if wanted is not None:
        contracts = [
            replace(contract, services=tuple(selected(contract.services, wanted)))
            for contract in contracts
        ]
        if not any(contract.services for contract in contracts):
            raise SourceError(
                "there is none of the operations that the package was built of",
                place=Place(sources.wsdls[0].given),
            )
    services: dict[QName, Service] = {}
    for contract in contracts:
        for service in contract.services:
            services.setdefault(service.name, service)
    options = replace(options, services=(), operations=())  # what is left was chosen
    chosen = choose(contracts, options)
    possible = interfaces_of(contracts, chosen, options)
    if manifest is None:
        # What is no longer there is what the comparison is to tell.
        names, overlay = fitting(options.names, options.overlay, possible.interfaces)
        options = replace(options, names=names, overlay=overlay)
    plan = plan_interfaces(sources, possible, options, conventions)
    try:
        types = merged(contracts)
    except SourceError as error:
        raise SourceError(
            error.message, place=error.place, hint="compare the WSDLs one by one"
        ) from None
    left_out = dict.fromkeys(item for contract in contracts for item in contract.left_out)
    found = tuple(services.values())
    if wanted is not None:
        types = reached_types(found, types)
    return Side(found, types, tuple(left_out), plan, own)
