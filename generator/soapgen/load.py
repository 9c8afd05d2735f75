"""Sources → documents: reads a WSDL and what it imports, safely, and nothing else.

Only the file that was named is read and, in its folder or below, the files that it imports.
Documents with a DOCTYPE are refused; entities, DTDs and the network are never touched.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from .errors import Place, SourceError
from .ir import XSD_NAMESPACE

WSDL_NAMESPACE = "http://schemas.xmlsoap.org/wsdl/"
WSDL = f"{{{WSDL_NAMESPACE}}}"
XSD = f"{{{XSD_NAMESPACE}}}"

_WSDL_2_ROOT = "{http://www.w3.org/ns/wsdl}description"
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Document:
    """One file that was read.

    Attributes:
        name: The path for messages to the user.
        key: The path relative to the folder of the source, with forward slashes.
        sha256: The hash of its bytes, in hexadecimal.
        root: Its root element.
    """

    name: str
    key: str
    sha256: str
    root: etree._Element

    def place(self, element: etree._Element | None = None) -> Place:
        """Where ``element`` stands in this document."""
        line = None if element is None else element.sourceline
        return Place(self.name, line if isinstance(line, int) else None)


@dataclass(frozen=True, slots=True)
class Schema:
    """An ``xs:schema``, embedded in a WSDL or a document of its own, and where it stands.

    ``namespace`` is that of the schema itself or, for one without that is included by another,
    the namespace of the one that includes it (XSD part 1, 4.2.1).
    """

    document: Document
    root: etree._Element
    namespace: str


@dataclass(slots=True)
class Documents:
    """What was read: the WSDLs, the one that was named first, and every schema."""

    wsdls: list[Document] = field(default_factory=list)
    schemas: list[Schema] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)


def load(source: Path) -> Documents:
    """Read the WSDL at ``source`` and all that it imports.

    Raises:
        SourceError: A file is missing, empty, not XML, cut off or not a WSDL 1.1 document, or an
            import cannot be found or leads out of the folder.
    """
    loader = _Loader(source)
    loader.read_wsdl(source, Place(str(source)))
    return loader.documents


class _Loader:
    def __init__(self, source: Path) -> None:
        self.folder = source.parent.resolve()
        self.documents = Documents()
        self.seen: dict[Path, Document] = {}
        self.seen_schemas: set[tuple[Path, str]] = set()

    def read_wsdl(self, path: Path, origin: Place) -> None:
        if path.resolve() in self.seen:
            return
        document = self.read(path, origin)
        if document.root.tag == f"{XSD}schema" and self.documents.wsdls:
            self.add_schema(document, document.root)
            return
        _require_wsdl(document)
        self.documents.wsdls.append(document)
        for element in document.root.iterchildren(f"{WSDL}import"):
            location = element.get("location")
            if location:
                self.read_wsdl(self.locate(document, element, location), document.place(element))
        for types in document.root.iterchildren(f"{WSDL}types"):
            for schema in types.iterchildren(f"{XSD}schema"):
                self.add_schema(document, schema)

    def add_schema(self, document: Document, root: etree._Element, adopted: str = "") -> None:
        """Add a schema and those that it imports or includes from a place that it names."""
        namespace = root.get("targetNamespace") or adopted
        self.documents.schemas.append(Schema(document, root, namespace))
        for element in _references(root):
            location = element.get("schemaLocation")
            if not location or element.get("namespace") == _XML_NAMESPACE:
                continue
            if element.tag == f"{XSD}redefine":
                raise SourceError(
                    "xs:redefine is not supported",
                    place=document.place(element),
                    hint="include the schema and derive a type under a name of its own",
                )
            target = self.locate(document, element, location)
            imported = self.read(target, document.place(element))
            if imported.root.tag != f"{XSD}schema":
                raise SourceError(
                    f"{location} is not an XML schema: its root element is {_shown(imported.root)}",
                    place=document.place(element),
                    hint="import a document whose root element is xs:schema",
                )
            adopting = namespace if element.tag == f"{XSD}include" else ""
            key = (target.resolve(), imported.root.get("targetNamespace") or adopting)
            if key in self.seen_schemas:
                continue
            self.seen_schemas.add(key)
            self.add_schema(imported, imported.root, adopting)

    def locate(self, document: Document, element: etree._Element, location: str) -> Path:
        place = document.place(element)
        if "://" in location:
            raise SourceError(
                f"the import of {location} leads to another host",
                place=place,
                hint="save that document beside this one and import it from there",
            )
        target = Path(os.path.normpath(Path(document.name).parent / location))
        if not target.resolve().is_relative_to(self.folder):
            raise SourceError(
                f"the import of {location} leads out of the folder of the source",
                place=place,
                hint="move what is imported into the folder of the WSDL or below it",
            )
        if not target.is_file():
            raise SourceError(
                f"the import of {location} cannot be found",
                place=place,
                hint="put the file there, or correct the location",
            )
        return target

    def read(self, path: Path, origin: Place) -> Document:
        resolved = path.resolve()
        if resolved not in self.seen:
            content = _content(path, origin)
            key = Path(os.path.relpath(resolved, self.folder)).as_posix()
            sha256 = hashlib.sha256(content).hexdigest()
            self.seen[resolved] = Document(str(path), key, sha256, parse(content, str(path)))
            self.documents.inputs[key] = sha256
        return self.seen[resolved]


def parse(content: bytes, name: str) -> etree._Element:
    """Parse ``content``, refusing a DOCTYPE, entities and the network.

    Raises:
        SourceError: ``content`` is empty, not well-formed, or has a DOCTYPE. It names ``name``.
    """
    if not content.strip():
        raise SourceError("the file is empty", place=Place(name), hint="give a WSDL 1.1 document")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(
            f"the file is not well-formed XML: {_reason(error)}",
            place=Place(name, error.lineno),
            hint="fetch the document again: it may have been cut off",
        ) from error
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise SourceError(
            "the file has a DOCTYPE, which is refused",
            place=Place(name),
            hint="remove the DOCTYPE: neither a WSDL nor a schema needs one",
        )
    return root


def _reason(error: etree.XMLSyntaxError) -> str:
    """What the parser says, without the line and column that it adds."""
    return (error.msg or "no reason given").split(", line ")[0].splitlines()[0]


def _content(path: Path, origin: Place) -> bytes:
    if path.is_dir():
        raise SourceError(
            "this is a folder, not a WSDL", place=Place(str(path)), hint="name a .wsdl file in it"
        )
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError(
            "there is no such file", place=origin, hint="check the path of the WSDL"
        ) from None
    except OSError as error:
        raise SourceError(
            f"the file cannot be read: {error.strerror}",
            place=Place(str(path)),
            hint="check its permissions",
        ) from error


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
        place=document.place(root),
        hint="give a WSDL 1.1 document, whose root element is wsdl:definitions",
    )


def _shown(element: etree._Element) -> str:
    return f"<{etree.QName(element).localname}>"


def _references(root: etree._Element) -> Iterator[etree._Element]:
    return root.iterchildren(f"{XSD}import", f"{XSD}include", f"{XSD}redefine")
