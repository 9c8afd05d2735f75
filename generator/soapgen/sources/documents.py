"""A source → documents: reads a WSDL and what it imports.

Only what lies in the same folder, archive or host as the WSDL is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from lxml import etree

from .. import namespaces
from ..errors import Place, SourceError
from ..secret_names import shown_address
from .find import Source, Sources
from .origins import NotThereError, Origin, OutsideError
from .safe_xml import parse

WSDL = f"{{{namespaces.WSDL}}}"
XSD = f"{{{namespaces.XSD}}}"

_WSDL_2_ROOT = f"{{{namespaces.WSDL_2}}}description"


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a source.

    Attributes:
        name: Its name for messages to the user.
        location: Its location in the origin of the source.
        sha256: The hash of its bytes, in hexadecimal.
        root: Its root element.
    """

    name: str
    location: str
    sha256: str
    root: etree._Element


@dataclass(frozen=True, slots=True)
class Schema:
    """An ``xs:schema`` element, in a WSDL or in a document of its own.

    ``namespace`` is its target namespace or, if it has none and another schema includes it, the
    target namespace of that schema (XSD part 1, 4.2.1).
    """

    document: Document
    root: etree._Element
    namespace: str


@dataclass(frozen=True, slots=True)
class Documents:
    """All documents of one source.

    Attributes:
        source: The source.
        wsdls: The WSDL of the source, then those that it imports.
        schemas: Every schema.
        inputs: The hash of each document, by its name within the source.
    """

    source: Source
    wsdls: tuple[Document, ...]
    schemas: tuple[Schema, ...]
    inputs: Mapping[str, str]


def read_documents(source: Source) -> Documents:
    """Read the WSDL of ``source`` and all that it imports.

    Raises:
        SourceError: A document is missing, empty, not XML, cut off or not a WSDL 1.1 document, or
            an import cannot be found or leads out of the source's folder, archive or host.
    """
    loader = _Loader(source.origin)
    try:
        loader.read_wsdl(source.location)
    except NotThereError as error:
        raise SourceError(error.message, place=source.place, hint=error.hint) from None
    return Documents(source, tuple(loader.wsdls), tuple(loader.schemas), loader.inputs)


def read_all_documents(sources: Sources) -> tuple[Documents, ...]:
    """Read the documents of each of ``sources``; raises what ``read_documents`` raises."""
    return tuple(read_documents(source) for source in sources.wsdls)


def inputs(documents: Iterable[Documents]) -> dict[str, dict[str, str]]:
    """The hash of each document, by the name of its source and by its own name."""
    hashes: dict[str, dict[str, str]] = {}
    for item in documents:
        hashes.setdefault(item.source.given, {}).update(item.inputs)
    return hashes


class _Loader:
    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.wsdls: list[Document] = []
        self.schemas: list[Schema] = []
        self.inputs: dict[str, str] = {}
        self.seen: dict[str, Document] = {}
        self.seen_schemas: set[tuple[str, str]] = set()

    def read_wsdl(self, location: str) -> None:
        if self.origin.identity(location) in self.seen:
            return
        document = self.read(location)
        if document.root.tag == f"{XSD}schema" and self.wsdls:
            self.add_schema(document, document.root)
            return
        _require_wsdl(document)
        self.wsdls.append(document)
        for element in document.root.iterchildren(f"{WSDL}import"):
            reference = element.get("location")
            if reference:
                with self.following(document, element, reference) as target:
                    self.read_wsdl(target)
        for types in document.root.iterchildren(f"{WSDL}types"):
            for schema in types.iterchildren(f"{XSD}schema"):
                self.add_schema(document, schema)

    def add_schema(self, document: Document, root: etree._Element, inherited: str = "") -> None:
        """Add a schema and those that it imports or includes by a ``schemaLocation``.

        Args:
            document: The document that contains the schema.
            root: The ``xs:schema`` element.
            inherited: The namespace of the schema that includes it, for one without its own.
        """
        namespace = root.get("targetNamespace") or inherited
        self.schemas.append(Schema(document, root, namespace))
        for element in _references(root):
            reference = element.get("schemaLocation")
            if not reference or element.get("namespace") == namespaces.XML:
                continue
            if element.tag == f"{XSD}redefine":
                raise SourceError(
                    "xs:redefine is not supported",
                    place=Place.of(element),
                    hint="include the schema and derive a type under a name of its own",
                )
            with self.following(document, element, reference) as target:
                imported = self.read(target)
            if imported.root.tag != f"{XSD}schema":
                raise SourceError(
                    f"{shown_address(reference)} is not an XML schema: its root element is "
                    f"{_shown(imported.root)}",
                    place=Place.of(element),
                    hint="import a document whose root element is xs:schema",
                )
            passed_on = namespace if element.tag == f"{XSD}include" else ""
            key = (
                self.origin.identity(target),
                imported.root.get("targetNamespace") or passed_on,
            )
            if key in self.seen_schemas:
                continue
            self.seen_schemas.add(key)
            self.add_schema(imported, imported.root, passed_on)

    @contextmanager
    def following(
        self, document: Document, element: etree._Element, reference: str
    ) -> Iterator[str]:
        """The location that ``reference`` leads to; its errors have the place of ``element``."""
        place = Place.of(element)
        try:
            yield self.origin.resolve(document.location, reference)
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

    def read(self, location: str) -> Document:
        identity = self.origin.identity(location)
        if identity not in self.seen:
            content = self.origin.read(location)
            name, key = self.origin.shown(location), self.origin.key(location)
            sha256 = hashlib.sha256(content).hexdigest()
            self.seen[identity] = Document(name, location, sha256, parse(content, name))
            self.inputs[key] = sha256
        return self.seen[identity]


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
    return root.iterchildren(f"{XSD}import", f"{XSD}include", f"{XSD}redefine")
