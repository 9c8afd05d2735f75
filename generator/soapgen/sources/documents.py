"""A source → documents: reads a WSDL and what it imports.

Only what lies in the same folder, archive or host as the WSDL is read.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from .. import namespaces
from ..errors import Place, SourceError
from ..secret_names import shown_address
from .find import Source, Sources
from .limits import Meter
from .origins import NotThereError, Origin, OutsideError
from .safe_xml import parse
from .versions import is_included

WSDL = f"{{{namespaces.WSDL}}}"
XSD = f"{{{namespaces.XSD}}}"

_WSDL_2_ROOT = f"{{{namespaces.WSDL_2}}}description"


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a source.

    Attributes:
        name: Its name for messages to the user.
        location: Its location in the origin of the source.
        key: Its name within the source, which no other document of the source has.
        sha256: The hash of its bytes, in hexadecimal.
        root: Its root element.
    """

    name: str
    location: str
    key: str
    sha256: str
    root: etree._Element


SchemaKey = tuple[str, str]
"""The key of a document, and the namespace of the schema that it is."""


@dataclass(frozen=True, slots=True)
class Schema:
    """An ``xs:schema`` element, in a WSDL or in a document of its own.

    Attributes:
        document: The document that it is in.
        root: The element.
        namespace: Its target namespace or, if it has none and another schema includes or redefines
            it, the target namespace of that schema (XSD part 1, 4.2.1).
        includes: The keys of the schemas that it includes or redefines.
    """

    document: Document
    root: etree._Element
    namespace: str
    includes: frozenset[SchemaKey] = frozenset()

    @property
    def key(self) -> SchemaKey:
        """The key of its document, and its namespace: what makes it another schema."""
        return (self.document.key, self.namespace)


@dataclass(frozen=True, slots=True)
class Documents:
    """All documents of one source.

    Attributes:
        source: The source.
        wsdls: The WSDL of the source, then those that it imports.
        schemas: Every schema.
        read: Every document, by the identity of each location that led to it.
    """

    source: Source
    wsdls: tuple[Document, ...]
    schemas: tuple[Schema, ...]
    read: Mapping[str, Document]

    @property
    def inputs(self) -> dict[str, str]:
        """The hash of each document, by its name within the source."""
        return {document.key: document.sha256 for document in self.read.values()}

    def at(self, location: str) -> Document | None:
        """The document at ``location``; None if none was read from there."""
        return self.read.get(self.source.origin.identity(location))


def read_documents(source: Source, meter: Meter | None = None) -> Documents:
    """Read the WSDL of ``source`` and all that it imports.

    Args:
        source: The source.
        meter: What counts it; by default one that counts this source alone.

    Raises:
        SourceError: A document is missing, empty, not XML, cut off or not a WSDL 1.1 document, an
            import cannot be found or leads out of the source's folder, archive or host.
        LimitError: There is more to read than the limits of ``source`` allow.
    """
    loader = _Loader(source.origin, meter or Meter(source.limits))
    try:
        first = loader.read(source.location, source.place)
    except NotThereError as error:
        raise SourceError(error.message, place=source.place, hint=error.hint) from None
    loader.follow(loader.wsdl(first))
    return Documents(source, tuple(loader.wsdls), tuple(loader.schemas), loader.seen)


def read_all_documents(sources: Sources) -> tuple[Documents, ...]:
    """Read the documents of each of ``sources``; raises what ``read_documents`` raises.

    They share the limits.
    """
    meter = Meter(sources.wsdls[0].limits)
    try:
        return tuple(read_documents(source, meter) for source in sources.wsdls)
    finally:
        for source in sources.wsdls:
            source.origin.close()


def inputs(documents: Iterable[Documents]) -> dict[str, dict[str, str]]:
    """The hash of each document, by the name of its source and by its own name."""
    hashes: dict[str, dict[str, str]] = {}
    for item in documents:
        hashes.setdefault(item.source.given, {}).update(item.inputs)
    return hashes


Steps = Iterator["Steps"]
"""What is done for a document, in steps: each yields the steps for a document that it imports."""


class _Loader:
    """Reads a WSDL and what it imports, depth first. No chain of imports is too long for it."""

    def __init__(self, origin: Origin, meter: Meter) -> None:
        self.origin = origin
        self.meter = meter
        self.wsdls: list[Document] = []
        self.schemas: list[Schema] = []
        self.seen: dict[str, Document] = {}
        self.followed: set[tuple[str, str]] = set()
        self.keys: set[str] = set()

    def follow(self, first: Steps) -> None:
        """Take all of the steps in ``first``, and those that they yield."""
        waiting = [first]
        while waiting:
            further = next(waiting[-1], None)
            if further is None:
                waiting.pop()
            else:
                waiting.append(further)

    def wsdl(self, document: Document) -> Steps:
        """Add a WSDL, with those that it imports and with its schemas."""
        key = (document.key, document.root.get("targetNamespace", ""))
        if key in self.followed:
            return
        self.followed.add(key)
        if document.root.tag == f"{XSD}schema" and self.wsdls:
            yield self.schema(document, document.root)
            return
        _require_wsdl(document)
        self.wsdls.append(document)
        for element in document.root.iterchildren(f"{WSDL}import"):
            reference = element.get("location")
            if reference:
                yield self.wsdl(self.imported(document, element, reference))
        for types in document.root.iterchildren(f"{WSDL}types"):
            for schema in types.iterchildren(f"{XSD}schema"):
                yield self.schema(document, schema)

    def schema(self, document: Document, root: etree._Element, inherited: str = "") -> Steps:
        """Add a schema and those that it imports or includes by a ``schemaLocation``.

        Args:
            document: The document that contains the schema.
            root: The ``xs:schema`` element.
            inherited: The namespace of the schema that includes it, for one without its own.
        """
        namespace = root.get("targetNamespace") or inherited
        self.meter.add_document(Place.of(root))
        position = len(self.schemas)
        self.schemas.append(Schema(document, root, namespace))
        included: set[SchemaKey] = set()
        for element in _references(root):
            reference = element.get("schemaLocation")
            if not reference or element.get("namespace") in (namespaces.XML, namespaces.XSD):
                continue
            imported = self.imported(document, element, reference)
            if imported.root.tag != f"{XSD}schema":
                raise SourceError(
                    f"{shown_address(reference)} is not an XML schema: its root element is "
                    f"{_shown(imported.root)}",
                    place=Place.of(element),
                    hint="import a document whose root element is xs:schema",
                )
            passed_on = "" if element.tag == f"{XSD}import" else namespace
            key = (imported.key, imported.root.get("targetNamespace") or passed_on)
            if element.tag != f"{XSD}import":
                included.add(key)
            if key in self.followed:
                continue
            self.followed.add(key)
            yield self.schema(imported, imported.root, passed_on)
        self.schemas[position] = replace(self.schemas[position], includes=frozenset(included))

    def imported(self, document: Document, element: etree._Element, reference: str) -> Document:
        """The document that ``reference`` leads to; its errors have the place of ``element``."""
        place = Place.of(element)
        try:
            target = self.origin.resolve(document.location, reference.strip())
            return self.read(target, place)
        except OutsideError as error:
            raise SourceError(
                f"the import of {shown_address(reference)} leads {error.where}",
                place=place,
                hint=error.hint,
            ) from None
        except NotThereError:
            raise SourceError(
                f"the import of {shown_address(reference)} cannot be found",
                place=place,
                hint="put the file there, or correct the location",
            ) from None

    def read(self, location: str, place: Place) -> Document:
        """The document at ``location``, read once; ``place`` is where it is asked for."""
        identity = self.origin.identity(location)
        if identity not in self.seen:
            started = time.monotonic()
            content = self.origin.read(location, self.meter.limits, self.meter.seconds)
            self.meter.spend(time.monotonic() - started)
            self.meter.add_document(place, len(content))
            # A redirect may have led to a document that is there already.
            actual = self.origin.identity(location)
            document = self.seen.get(actual) or self.parsed(location, content)
            self.seen[identity] = self.seen[actual] = document
        return self.seen[identity]

    def parsed(self, location: str, content: bytes) -> Document:
        """The document at ``location`` with ``content``, under a key of its own."""
        name, key = self.origin.shown(location), self.origin.key(location)
        number = 1
        while key in self.keys:
            number += 1
            key = f"{self.origin.key(location)}#{number}"
        self.keys.add(key)
        sha256 = hashlib.sha256(content).hexdigest()
        return Document(name, location, key, sha256, parse(content, name, self.meter.limits))


def _require_wsdl(document: Document) -> None:
    root = document.root
    if root.tag == f"{WSDL}definitions":
        return
    if root.tag == _WSDL_2_ROOT:
        message = "this is a WSDL 2.0 document"
    elif root.tag == f"{XSD}schema":
        message = "this is an XML schema, not a WSDL"
    else:
        message = f"this is not a WSDL: its root element is {_shown(root)}"
    raise SourceError(
        message,
        place=Place.of(root),
        hint="give a WSDL 1.1 document, whose root element is wsdl:definitions",
    )


def _shown(element: etree._Element) -> str:
    return f"<{etree.QName(element).localname}>"


def _references(root: etree._Element) -> Iterator[etree._Element]:
    if is_included(root):
        yield from filter(
            is_included, root.iterchildren(f"{XSD}import", f"{XSD}include", f"{XSD}redefine")
        )
