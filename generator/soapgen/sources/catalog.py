"""An XML catalog → where documents are that others name by an address or a namespace.

OASIS XML Catalogs 1.1: the entries for system identifiers and for URIs. A location of an import is
looked up as both, a namespace as a URI. What a catalog leads to lies in its folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree

from .. import namespaces
from ..errors import Place, SourceError
from .folders import Folder
from .limits import Limits, beyond
from .nearby import check_path
from .origins import NotThereError, OutsideError
from .safe_xml import parse

_CATALOG = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}"
_BASE = f"{{{namespaces.XML}}}base"
_SYSTEM, _URI = "system", "uri"

# The entries: what they are for, the attribute that is compared, and that of the target.
_EXACT = {"system": (_SYSTEM, "systemId", "uri"), "uri": (_URI, "name", "uri")}
_PREFIX = {
    "rewriteSystem": (_SYSTEM, "systemIdStartString", "rewritePrefix"),
    "rewriteURI": (_URI, "uriStartString", "rewritePrefix"),
}
_SUFFIX = {
    "systemSuffix": (_SYSTEM, "systemIdSuffix", "uri"),
    "uriSuffix": (_URI, "uriSuffix", "uri"),
}
_IGNORED = ("public", "delegatePublic")  # nothing in a WSDL or a schema has a public identifier


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry: what it is for, how and with what it compares, and where it leads.

    ``rank`` orders entries: exact ones first, then prefixes and suffixes, the longest first.
    """

    kind: str
    way: str
    text: str
    target: str
    element: etree._Element
    location: str

    @property
    def rank(self) -> tuple[int, int]:
        return ("exact", "prefix", "suffix").index(self.way), -len(self.text)

    def target_of(self, name: str) -> str | None:
        """Where it leads for ``name``; None if it is not for that."""
        if self.way == "prefix" and name.startswith(self.text):
            return self.target + name[len(self.text) :]
        if (self.way == "exact" and name == self.text) or (
            self.way == "suffix" and name.endswith(self.text)
        ):
            return self.target
        return None


class Catalog:
    """A catalog with those that come after it.

    Args:
        path: Its file.
        limits: How large it may be, and how many catalogs there may be.

    Attributes:
        folder: The folder of the file, in which all that it leads to lies.

    Raises:
        SourceError: It cannot be read, is no catalog, or has an entry that soapgen does not know.
    """

    def __init__(self, path: str, limits: Limits) -> None:
        self.folder = Folder(Path(path).parent)
        self._limits = limits
        self._catalogs: list[list[_Entry]] = []
        waiting, seen = [path], set[str]()
        while waiting:
            location = waiting.pop(0)
            if self.folder.identity(location) in seen:
                continue
            seen.add(self.folder.identity(location))
            if len(seen) > limits.documents:
                message = f"there are more than {limits.documents:,} catalogs"
                raise beyond(limits, "documents", message, Place(path))
            entries: list[_Entry] = []
            following = list(self._read(self._root(location), location, "", entries))
            self._catalogs.append(sorted(entries, key=lambda entry: entry.rank))
            waiting[:0] = following

    @property
    def names(self) -> frozenset[str]:
        """The names that entries for URIs have, which may be namespaces."""
        return frozenset(
            entry.text
            for entries in self._catalogs
            for entry in entries
            if (entry.kind, entry.way) == (_URI, "exact")
        )

    def of_location(self, address: str) -> str | None:
        """The location in the folder that the catalog has for the address of a document."""
        return self._find(address, (_SYSTEM, _URI))

    def of_namespace(self, namespace: str) -> str | None:
        """The location in the folder that the catalog has for a namespace."""
        return self._find(namespace, (_URI,))

    def _find(self, name: str, kinds: tuple[str, ...]) -> str | None:
        for entries in self._catalogs:
            for kind in kinds:
                for entry in entries:
                    target = entry.target_of(name) if entry.kind == kind else None
                    if target is not None:
                        return self._resolved(entry.location, target, entry.element)
        return None

    def _resolved(self, location: str, target: str, element: etree._Element) -> str:
        try:
            return self.folder.resolve(location, target)
        except OutsideError as error:
            raise SourceError(
                f"the catalog leads {error.where.replace('of the source', 'of the catalog')}",
                place=Place.of(element),
                hint="let it lead to files in the folder of the catalog or below it",
            ) from None

    def _root(self, location: str) -> etree._Element:
        try:
            content = self.folder.read(location, self._limits, 0)
        except NotThereError as error:
            raise SourceError(
                error.message,
                place=Place(location),
                hint=check_path(location, "check the path of the catalog"),
            ) from None
        root = parse(content, location, self._limits)
        if root.tag != f"{_CATALOG}catalog":
            raise SourceError(
                "this is no XML catalog",
                place=Place.of(root),
                hint=f"its root element must be catalog of {_CATALOG[1:-1]}",
            )
        return root

    def _read(
        self, parent: etree._Element, location: str, base: str, entries: list[_Entry]
    ) -> Iterator[str]:
        """Add the entries in ``parent``; yields the locations of the catalogs that come after."""
        base = urljoin(base, parent.get(_BASE, ""))
        for element in parent.iterchildren(f"{_CATALOG}*"):
            name = etree.QName(element).localname
            own = urljoin(base, element.get(_BASE, ""))
            if name == "group":
                yield from self._read(element, location, base, entries)
            elif name == "nextCatalog":
                target = urljoin(own, _attribute(element, "catalog"))
                yield self._resolved(location, target, element)
            elif name not in _IGNORED:
                entries.append(_entry(element, name, location, own))


def _entry(element: etree._Element, name: str, location: str, base: str) -> _Entry:
    for way, kinds in (("exact", _EXACT), ("prefix", _PREFIX), ("suffix", _SUFFIX)):
        if name in kinds:
            kind, compared, leads = kinds[name]
            target = urljoin(base, _attribute(element, leads))
            return _Entry(kind, way, _attribute(element, compared), target, element, location)
    raise SourceError(
        f"an entry {name} of a catalog is not supported",
        place=Place.of(element),
        hint="use system, uri, rewriteSystem, rewriteURI, systemSuffix, uriSuffix or nextCatalog",
    )


def _attribute(element: etree._Element, name: str) -> str:
    value = element.get(name, "").strip()
    if not value:
        raise SourceError(
            f"{etree.QName(element).localname} of a catalog has no attribute {name!r}",
            place=Place.of(element),
            hint="give it one (OASIS XML Catalogs 1.1, section 6)",
        )
    return value
