"""The documents of a source, and the schemas in them, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from .. import namespaces
from ..errors import Repair
from .find import Source
from .origins import Origin

WSDL = f"{{{namespaces.WSDL}}}"
XSD = f"{{{namespaces.XSD}}}"

LOCATIONS = {
    f"{WSDL}import": "location",
    f"{XSD}import": "schemaLocation",
    f"{XSD}include": "schemaLocation",
    f"{XSD}redefine": "schemaLocation",
}
"""The elements that refer to other documents, and the attribute with the location."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a source.

    Attributes:
        name: Its name for messages to the user.
        location: Its location in the origin of the source.
        key: Its name within the source, which no other document of the source has.
        sha256: The hash of its bytes, in hexadecimal.
        root: Its root element.
        origin: Where it was read from.
    """

    name: str
    location: str
    key: str
    sha256: str
    root: etree._Element
    origin: Origin = field(repr=False)


Reference = tuple[str, str, str]

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
        targets: The document that each reference led to, by what ``reference_of`` makes of it.
        repairs: What was mended.
    """

    source: Source
    wsdls: tuple[Document, ...]
    schemas: tuple[Schema, ...]
    read: Mapping[str, Document]
    targets: Mapping[Reference, Document] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()

    @property
    def inputs(self) -> dict[str, str]:
        """The hash of each document, by its name within the source."""
        return {document.key: document.sha256 for document in self.read.values()}

    def target(self, document: Document, element: etree._Element) -> Document | None:
        """The document that ``element``, an import in ``document``, led to; None if it led to none.

        An import without a location leads to a document if one was found by its namespace.
        """
        return self.targets.get(reference_of(document, element))


def reference_of(document: Document, element: etree._Element) -> Reference:
    """What tells an import from others: its document, its namespace and its location."""
    location = element.get(LOCATIONS[str(element.tag)], "").strip()
    return (document.key, element.get("namespace", ""), location)


def inputs(documents: Iterable[Documents]) -> dict[str, dict[str, str]]:
    """The hash of each document, by the name of its source and by its own name."""
    hashes: dict[str, dict[str, str]] = {}
    for item in documents:
        hashes.setdefault(item.source.given, {}).update(item.inputs)
    return hashes
