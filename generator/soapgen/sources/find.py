"""Names from the command line → WSDLs: in files, folders and archives, or at addresses."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from .. import namespaces
from ..errors import Place, SourceError
from ..secret_names import shown_address
from .origins import Archive, Folder, Host, Origin
from .safe_xml import parse


@dataclass(frozen=True, slots=True)
class Source:
    """One WSDL that is to be read.

    Attributes:
        given: The name on the command line that it comes from, without secrets.
        origin: The place that it is read from, with what it imports.
        location: Its location in the origin.
        named: Whether it was named itself, and not the folder or archive that contains it.
    """

    given: str
    origin: Origin = field(repr=False)
    location: str
    named: bool = True

    @property
    def place(self) -> Place:
        """Its place, for messages to the user."""
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
        wsdls: Each once; those of a folder or an archive are sorted by name.
        stem: The default name of the package; empty if the sources do not give one.
        nested: Whether they make a package of packages; one WSDL that was named itself does not.
    """

    wsdls: tuple[Source, ...]
    stem: str
    nested: bool


def find_sources(named: Iterable[str | Path], headers: Mapping[str, str] | None = None) -> Sources:
    """Find the WSDLs that ``named`` leads to.

    Args:
        named: Files, folders, ZIP archives and addresses; at least one.
        headers: Sent with each request to an address.

    Raises:
        SourceError: A folder or an archive cannot be read, or contains no WSDL with a service.
    """
    given = [str(name) for name in named]
    wsdls: dict[str, Source] = {}
    for name in given:
        for source in _sources_of(name, headers or {}):
            wsdls.setdefault(source.origin.identity(source.location), source)
    sources = tuple(wsdls.values())
    nested = len(sources) > 1 or not sources[0].named
    if not nested:
        return Sources(sources, sources[0].stem, nested=False)
    return Sources(sources, Path(given[0]).resolve().stem if len(given) == 1 else "", nested=True)


def is_address(name: str) -> bool:
    """Whether ``name`` is an address on the network, and not a path."""
    return name.startswith(("http://", "https://"))


def _sources_of(name: str, headers: Mapping[str, str]) -> Iterator[Source]:
    if is_address(name):
        yield Source(shown_address(name), Host(name, headers), name)
        return
    path = Path(name)
    if path.is_dir():
        folder = Folder(path)
        files = [file for file in sorted(path.rglob("*")) if file.is_file()]
        names = [str(file) for file in files if _is_wsdl(file.name) and not _is_hidden(file, path)]
        yield from _with_services(name, folder, names)
    elif path.is_file() and zipfile.is_zipfile(path):
        archive = Archive(path)
        yield from _with_services(name, archive, list(filter(_is_wsdl, archive.names)))
    else:
        yield Source(name, Folder(path.parent), name)


def _is_wsdl(name: str) -> bool:
    return name.lower().endswith(".wsdl")


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _with_services(name: str, origin: Origin, locations: list[str]) -> Iterator[Source]:
    """The WSDLs that define a service; the others are only imported."""
    sources = [
        Source(name, origin, location, named=False)
        for location in locations
        if _has_a_service(origin, location)
    ]
    if not sources:
        raise SourceError(
            "there is no WSDL with a service in it",
            place=Place(name),
            hint="name a folder or an archive that holds .wsdl files",
        )
    yield from sources


def _has_a_service(origin: Origin, location: str) -> bool:
    """Whether a document defines a service; a broken one may, and its error is reported later."""
    try:
        root = parse(origin.read(location), location)
    except SourceError:
        return True
    return root.find(f"{{{namespaces.WSDL}}}service") is not None
