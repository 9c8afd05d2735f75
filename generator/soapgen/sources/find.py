"""Names from the command line → WSDLs: in files, folders and archives, or at addresses."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import urldefrag

from .. import namespaces
from ..errors import Place, SourceError
from ..secret_names import shown_address
from .addresses import is_address
from .archives import Archive, is_archive
from .doctypes import without_doctype
from .folders import Folder
from .hosts import Host
from .limits import Limits, Meter, beyond
from .origins import NotThereError, Origin
from .read_options import ReadOptions
from .revisions import Revision, as_revision
from .safe_xml import parse


@dataclass(frozen=True, slots=True)
class Source:
    """One WSDL that is to be read.

    Attributes:
        given: The name on the command line that it comes from, without secrets.
        origin: The place that it is read from, with what it imports.
        location: Its location in the origin.
        named: Whether it was named itself, and not the folder or archive that contains it.
        limits: What reading it, and all other sources, may take at most.
        options: What the user says of how it is read.
    """

    given: str
    origin: Origin = field(repr=False)
    location: str
    named: bool = True
    limits: Limits = field(default=Limits(), repr=False)
    options: ReadOptions = field(default_factory=ReadOptions)

    @property
    def place(self) -> Place:
        """Its place, for messages to the user."""
        return Place(self.origin.shown(self.location))

    @property
    def file_name(self) -> str:
        """The last part of its name."""
        return self.origin.file_name(self.location)

    @property
    def stem(self) -> str:
        """Its name without an extension or a query: ``EMail`` for ``…/EMail.svc?wsdl``."""
        return PurePosixPath(self.file_name.partition("?")[0].rpartition("/")[2]).stem


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

    @property
    def options(self) -> ReadOptions:
        """What the user says of how they are read."""
        return self.wsdls[0].options


def find_sources(
    named: Iterable[str | Path],
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    options: ReadOptions | None = None,
    *,
    revisions: bool = False,
) -> Sources:
    """Find the WSDLs that ``named`` leads to.

    Args:
        named: Files, folders, ZIP archives and addresses; at least one.
        headers: Sent with each request to an address.
        limits: What reading them may take at most.
        options: What the user says of how they are read.
        revisions: Whether a name may also be ``REVISION:PATH`` of git.

    Raises:
        SourceError: A name is none, or a folder or an archive cannot be read or contains no WSDL
            with a service.
        LimitError: There is more to read than ``limits`` allow.
    """
    given = [str(name) for name in named]
    wsdls: dict[str, Source] = {}
    shown: dict[str, str] = {}
    meter = Meter(limits or Limits())
    for name in given:
        revision = as_revision(name) if revisions else None
        found = (
            _sources_of(name, headers or {}, meter)
            if revision is None
            else _in_revision(name, *revision, meter)
        )
        for source in found:
            source = replace(source, options=options or ReadOptions())
            wsdls.setdefault(source.origin.identity(source.location), source)
            if shown.setdefault(source.given, name) != name:
                raise SourceError(
                    "two sources differ only in what is secret, and cannot be told apart later",
                    place=Place(source.given),
                    hint="save the documents and build from the files",
                )
    sources = tuple(wsdls.values())
    nested = len(sources) > 1 or not sources[0].named
    if not nested:
        return Sources(sources, sources[0].stem, nested=False)
    return Sources(sources, Path(given[0]).resolve().stem if len(given) == 1 else "", nested=True)


def _sources_of(name: str, headers: Mapping[str, str], meter: Meter) -> Iterator[Source]:
    limits = meter.limits
    if is_address(name):
        address = urldefrag(name).url
        host = Host(address, headers)
        yield Source(shown_address(address), host, address, limits=limits)
        return
    _require_name(name)
    path = Path(name)
    if os.path.isdir(path):
        folder = Folder(path)
        yield from _with_services(name, folder, _in_folder(folder, limits), meter)
    elif os.path.isfile(path) and is_archive(path):
        archive = Archive(path, limits)
        yield from _with_services(name, archive, list(filter(_is_wsdl, archive.names)), meter)
    else:
        yield Source(name, Folder(path.parent), name, limits=limits)


def _in_revision(name: str, revision: str, path: str, meter: Meter) -> Iterator[Source]:
    origin, limits = Revision(revision), meter.limits
    if origin.is_folder(path):
        found = list(filter(_is_wsdl, origin.files(path, limits)))
        yield from _with_services(name, origin, found, meter)
    else:
        yield Source(name, origin, path, limits=limits)


def _require_name(name: str) -> None:
    """Check that ``name`` can be the name of a file or a folder, and stand in a manifest."""
    place, message = None, ""
    if not name.strip():
        message = "the name of a source is empty"
        hint = "name a WSDL, a folder or a ZIP archive of WSDLs, or an address"
    elif "://" in name:
        place, message = Place(shown_address(name)), "this is no file, and no address by http"
        hint = "an address begins with http:// or https://"
    elif not _is_text(name) or "\0" in name:
        place, message = Place(name), "the name has characters that are no text"
        hint = "rename it, or choose a locale with UTF-8"
    if message:
        raise SourceError(message, place=place, hint=hint)


def _is_text(name: str) -> bool:
    """Whether all bytes of a file's name are characters."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _in_folder(folder: Folder, limits: Limits) -> list[str]:
    """The locations of the WSDLs in a folder."""
    found = [location for location in folder.files(limits) if _is_wsdl(location)]
    for location in found:
        _require_name(location)
        if not folder.contains(location):
            raise SourceError(
                "this is a link that leads out of the folder",
                place=Place(location),
                hint="name the file that it leads to, or copy it into the folder",
            )
    return found


def _is_wsdl(name: str) -> bool:
    return name.lower().endswith(".wsdl")


def _with_services(
    name: str, origin: Origin, locations: list[str], meter: Meter
) -> Iterator[Source]:
    """The WSDLs that define a service; the others are only imported."""
    limits = meter.limits
    if len(locations) > limits.documents:
        message = f"there are more than {limits.documents:,} WSDLs"
        raise beyond(limits, "documents", message, Place(name))
    sources = [
        Source(name, origin, location, named=False, limits=limits)
        for location in locations
        if _has_a_service(origin, location, meter)
    ]
    if not sources:
        raise SourceError(
            "there is no WSDL with a service in it",
            place=Place(name),
            hint="name a folder or an archive that holds .wsdl files",
        )
    yield from sources


def _has_a_service(origin: Origin, location: str, meter: Meter) -> bool:
    """Whether a document defines a service."""
    place = Place(origin.shown(location))
    try:
        content = origin.read(location, meter.limits, meter.seconds)
    except NotThereError as error:
        raise SourceError(error.message, place=place, hint=error.hint) from None
    meter.add_document(place, len(content))
    root = parse(without_doctype(content), str(place), meter.limits)
    return root.find(f"{{{namespaces.WSDL}}}service") is not None
