"""What was named on the command line → the WSDLs in it: files, folders, archives, addresses."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from .. import namespaces
from ..errors import Place, SourceError
from .origins import Archive, Folder, Host, Origin, without_user
from .safe_xml import parse


@dataclass(frozen=True, slots=True)
class Source:
    """One WSDL that is to be read.

    Attributes:
        given: What was named for it, without a password.
        origin: Where it lies, with what it imports.
        location: Its place there.
        found: Whether it was found in a folder or an archive, and not named itself.
    """

    given: str
    origin: Origin = field(repr=False)
    location: str
    found: bool = False

    @property
    def place(self) -> Place:
        """The document, for messages to the user."""
        return Place(self.origin.shown(self.location))

    @property
    def file_name(self) -> str:
        """The last part of its name."""
        return self.origin.key(self.location).rpartition("/")[2]

    @property
    def stem(self) -> str:
        """Its name without an extension or a query: ``EMail`` for ``…/EMail.svc?wsdl``."""
        return PurePosixPath(urlsplit(self.file_name).path).stem


@dataclass(frozen=True, slots=True)
class Sources:
    """The WSDLs of a build.

    Attributes:
        wsdls: Each once, those of a folder or an archive by their names.
        stem: What the whole is called by default; empty where the sources do not say.
        nested: Whether they make a package of packages: anything but one WSDL, named itself.
    """

    wsdls: tuple[Source, ...]
    stem: str
    nested: bool


def find_sources(named: Iterable[str | Path], headers: Mapping[str, str] | None = None) -> Sources:
    """The WSDLs in what is ``named``: files, folders, ZIP archives, addresses.

    Args:
        named: At least one of them.
        headers: Sent with each request to an address.

    Raises:
        SourceError: One of them is missing, or holds no WSDL.
    """
    given = [str(name) for name in named]
    wsdls: dict[str, Source] = {}
    for name in given:
        for source in _found(name, headers or {}):
            wsdls.setdefault(source.origin.identity(source.location), source)
    sources = tuple(wsdls.values())
    nested = len(sources) > 1 or sources[0].found
    if not nested:
        return Sources(sources, sources[0].stem, nested=False)
    return Sources(sources, Path(given[0]).resolve().stem if len(given) == 1 else "", nested=True)


def is_address(name: str) -> bool:
    """Whether ``name`` is an address on the network, and not a path."""
    return name.startswith(("http://", "https://"))


def _found(name: str, headers: Mapping[str, str]) -> Iterator[Source]:
    if is_address(name):
        yield Source(without_user(name), Host(name, headers), name)
        return
    path = Path(name)
    if path.is_dir():
        folder = Folder(path)
        files = [file for file in sorted(path.rglob("*")) if file.is_file()]
        names = [str(file) for file in files if _is_wsdl(file.name) and not _hidden(file, path)]
        yield from _those_with_services(name, folder, names)
    elif path.is_file() and zipfile.is_zipfile(path):
        archive = Archive(path)
        yield from _those_with_services(name, archive, list(filter(_is_wsdl, archive.names)))
    else:
        yield Source(name, Folder(path.parent), name)


def _is_wsdl(name: str) -> bool:
    return name.lower().endswith(".wsdl")


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _those_with_services(name: str, origin: Origin, locations: list[str]) -> Iterator[Source]:
    """The WSDLs that define a service; the others are there to be imported."""
    found = [
        Source(name, origin, location, found=True)
        for location in locations
        if _has_a_service(origin, location)
    ]
    if not found:
        raise SourceError(
            "there is no WSDL with a service in it",
            place=Place(name),
            hint="name a folder or an archive that holds .wsdl files",
        )
    yield from found


def _has_a_service(origin: Origin, location: str) -> bool:
    """Whether a document defines a service; one that is broken is left for its reader to name."""
    try:
        root = parse(origin.read(location), location)
    except SourceError:
        return True
    return root.find(f"{{{namespaces.WSDL}}}service") is not None
