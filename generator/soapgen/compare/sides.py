"""What was named → one side of a comparison: its contract and its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..contract import merged, read_all
from ..contract.model import QName, Type
from ..contract.services import Contract, Service
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
    """

    services: tuple[Service, ...]
    types: Mapping[QName, Type]
    left_out: tuple[LeftOut, ...]
    plan: Family


@dataclass(frozen=True, slots=True)
class _Read:
    """What was named, and what was read of it.

    Attributes:
        sources: The WSDLs.
        contracts: What they say.
        options: What a package was built with, or what a user says of the other contract.
        is_package: Whether a package was named.
        selection: The operations that it was built of, if it was not of all.
    """

    sources: Sources
    contracts: tuple[Contract, ...]
    options: Options
    is_package: bool
    selection: Selection | None


def read_side(named: str, conventions: Sequence[Conventions]) -> Side:
    """What ``named`` leads to, compared as a whole; more in :func:`read_sides`."""
    return _side(_read(named, None, None, None, Options()), conventions, None)


def read_sides(
    old: str,
    new: str,
    conventions: Sequence[Conventions],
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    reading: ReadOptions | None = None,
) -> tuple[Side, Side]:
    """Read what ``old`` and ``new`` lead to, each once.

    If one of them is a package that was built of some operations, the other has the same ones. What
    a package says of parts of its contract, such as names, holds for the other, as far as it fits.

    Args:
        old: A file, a folder, a ZIP archive, an address, ``REVISION:PATH`` of git, or the folder
            or the manifest of a generated package, which stands for its sources.
        new: The same.
        conventions: What vendors do beyond SOAP.
        headers: The HTTP headers of each request to an address.
        limits: What reading may take at most.
        reading: How the sources are read; a manifest says that itself.

    Raises:
        SourceError: It cannot be read; the sources of a package are others than it was built from.
        UnsupportedError: It uses something that soapgen cannot generate yet.
        OutputError: A manifest cannot be read.
    """
    given = _given_of(old, new)
    before, after = (_read(named, headers, limits, reading, given) for named in (old, new))
    return (
        _side(before, conventions, before.selection or after.selection),
        _side(after, conventions, after.selection or before.selection),
    )


def _given_of(*named: str) -> Options:
    """What a user says of parts of the contract of the first package among ``named``, if any is."""
    manifests = (_manifest(each)[1] for each in named)
    return next(
        (
            Options(names=manifest.options.names, overlay=manifest.options.overlay)
            for manifest in manifests
            if manifest
        ),
        Options(),
    )


def _manifest(named: str) -> tuple[Path, Manifest | None]:
    """The manifest that ``named`` leads to, if it does, and the folder of its package."""
    path = Path(named)
    if not named.strip() or is_address(named) or "\0" in named:
        return path, None
    package = path.parent if path.name == FILE_NAME else path
    return package, read_manifest(package)


def _read(
    named: str,
    headers: Mapping[str, str] | None,
    limits: Limits | None,
    reading: ReadOptions | None,
    given: Options,
) -> _Read:
    package, manifest = _manifest(named)
    if manifest is None:
        sources = find_sources([named], headers, limits, reading, revisions=True)
        return _Read(sources, tuple(read_all(read_all_documents(sources))), given, False, None)
    found = manifest.find_sources(package)
    sources = find_sources(found, headers, limits, manifest.find_reading(package))
    documents = read_all_documents(sources)
    if portable(inputs(documents), package) != manifest.sources:
        raise SourceError(
            "the sources of the package have changed since it was built",
            place=Place(str(package / FILE_NAME)),
            hint="name the sources themselves, or their revision in git as HEAD~1:wsdl/Name.wsdl",
        )
    contracts, options = tuple(read_all(documents)), manifest.options
    is_part = bool(options.services or options.operations)
    own = selection(choose(contracts, options)) if is_part else None
    return _Read(sources, contracts, options, True, own)


def _side(read: _Read, conventions: Sequence[Conventions], wanted: Selection | None) -> Side:
    """The side of what was ``read``: all of it, or the operations that are ``wanted``."""
    sources, contracts = read.sources, list(read.contracts)
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
    options = replace(read.options, services=(), operations=())  # what is left was chosen
    chosen = choose(contracts, options)
    possible = interfaces_of(contracts, chosen, options)
    if not read.is_package:
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
    return Side(found, types, tuple(left_out), plan)
