"""A source → documents: reads a WSDL and what it imports.

Only what lies in the same folder, archive or host as the WSDL is read, and what the user named.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from .. import namespaces
from ..errors import Place, Repair, RepairError, SourceError
from ..secret_names import shown_address
from .doctypes import without_doctype
from .documents import (
    LOCATIONS,
    WSDL,
    XSD,
    Document,
    Documents,
    Reference,
    Schema,
    SchemaKey,
    reference_of,
)
from .find import Source, Sources
from .limits import Meter
from .lookup import Lookup, Spot
from .origins import NotThereError, OutsideError
from .safe_xml import parse
from .uses import Name, first_uses
from .versions import is_included

_WSDL_2_ROOT = f"{{{namespaces.WSDL_2}}}description"
_IMPORT = f"{XSD}import"

# What is there without a document.
_KNOWN = (namespaces.XML, namespaces.XSD)


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
    loader = _Loader(source, meter or Meter(source.limits))
    try:
        first = loader.read(Spot(source.origin, source.location), source.place)
        loader.follow(loader.wsdl(first))
        loader.complete()
    except NotThereError as error:
        raise SourceError(error.message, place=source.place, hint=error.hint) from None
    finally:
        loader.lookup.close()
    if loader.repairs and not source.options.repair:
        raise RepairError(loader.repairs)
    return Documents(
        source,
        tuple(loader.wsdls),
        tuple(loader.schemas),
        loader.seen,
        loader.targets,
        tuple(loader.repairs),
    )


def read_all_documents(sources: Sources) -> tuple[Documents, ...]:
    """Read the documents of each of ``sources``; raises what ``read_documents`` raises.

    They share the limits.
    """
    meter = Meter(sources.wsdls[0].limits)
    try:
        documents = tuple(read_documents(source, meter) for source in sources.wsdls)
    finally:
        for source in sources.wsdls:
            source.origin.close()
    read = {item.key for each in documents for item in each.schemas}
    for namespace, path in sources.options.imports:
        if not any(key.startswith("import:") and name == namespace for key, name in read):
            raise SourceError(
                f"nothing imports or uses {namespace}",
                place=Place(path),
                hint="check the namespace that --import gives",
            )
    return documents


Steps = Iterator["Steps"]
"""What is done for a document, in steps: each yields the steps for a document that it imports."""


class _NotReadError(SourceError):
    """An import leads to where no document may be read, or is."""


class _Loader:
    """Reads a WSDL and what it imports, depth first. No chain of imports is too long for it."""

    def __init__(self, source: Source, meter: Meter) -> None:
        self.lookup = Lookup(source)
        self.meter = meter
        self.wsdls: list[Document] = []
        self.schemas: list[Schema] = []
        self.seen: dict[str, Document] = {}
        self.followed: set[tuple[str, str]] = set()
        self.keys: set[str] = set()
        self.targets: dict[Reference, Document] = {}
        self.repairs: list[Repair] = []
        # The imports of schemas that led to no document, each with the reason if it should have.
        self.open: list[tuple[Document, etree._Element, _NotReadError | None]] = []

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
            imported = self.schema_at(document, element)
            if imported is None:
                continue
            passed_on = "" if element.tag == _IMPORT else namespace
            key = (imported.key, imported.root.get("targetNamespace") or passed_on)
            if element.tag != _IMPORT:
                included.add(key)
            if key in self.followed:
                continue
            self.followed.add(key)
            yield self.schema(imported, imported.root, passed_on)
        self.schemas[position] = replace(self.schemas[position], includes=frozenset(included))

    def schema_at(self, document: Document, element: etree._Element) -> Document | None:
        """The document that ``element`` of a schema leads to; None if it leads to none."""
        reference = element.get(LOCATIONS[str(element.tag)], "")
        namespace = element.get("namespace", "")
        is_import = element.tag == _IMPORT
        if is_import and namespace in _KNOWN:
            return None
        if is_import and (given := self.lookup.of_namespace(namespace)):
            return self.schema_of(namespace, given, [(document, element)])
        if not reference:
            if is_import:
                self.open.append((document, element, None))
            return None
        try:
            imported = self.imported(document, element, reference)
        except _NotReadError as error:
            if not is_import:
                raise
            self.open.append((document, element, error))
            return None
        if imported.root.tag != f"{XSD}schema":
            raise SourceError(
                f"{shown_address(reference)} is not an XML schema: its root element is "
                f"{_shown(imported.root)}",
                place=Place.of(element),
                hint="import a document whose root element is xs:schema",
            )
        return imported

    def schema_of(
        self, namespace: str, spot: Spot, imports: Sequence[tuple[Document, etree._Element]]
    ) -> Document:
        """The document at ``spot``, which is the schema of ``namespace``, for ``imports`` of it.

        Raises:
            SourceError: It is not.
        """
        place = Place(spot.origin.shown(spot.location))
        try:
            read = self.read(spot, place)
        except NotThereError as error:
            raise SourceError(error.message, place=place, hint=error.hint) from None
        if read.root.tag != f"{XSD}schema" or read.root.get("targetNamespace", "") != namespace:
            raise SourceError(
                f"this is not the schema of {namespace}",
                place=Place.of(read.root),
                hint="give a document whose root element is xs:schema with this targetNamespace",
            )
        for document, element in imports:
            self.targets[reference_of(document, element)] = read
        return read

    def complete(self) -> None:
        """Add the schemas that no import led to, and mend or refuse the imports that are open."""
        while self._add_by_namespace():
            pass
        # An import needs no location (XSD part 1, 4.2.3).
        wrong = [(element, error) for _, element, error in self.open if error is not None]
        namespaces_of = {element.get("namespace", "") for element, _ in wrong}
        uses = first_uses(self._roots(), namespaces_of).keys() if wrong else ()
        needed = {name[0] for name in set(uses).difference(self._defined())} | {""}
        here = {schema.namespace for schema in self.schemas}
        for element, error in wrong:
            namespace = element.get("namespace", "")
            if namespace in needed:
                way = f", or say where it is with --import {namespace}=FILE" if namespace else ""
                raise SourceError(error.message, place=error.place, hint=error.hint + way)
            if namespace in here:
                name, instead = "other-location", f"the schema of {namespace} that is here is taken"
            else:
                name, instead = "unused-import", "nothing of it is used, and it is left out"
            self.repairs.append(Repair(name, f"{error.message}; {instead}", Place.of(element)))

    def _add_by_namespace(self) -> bool:
        """Add schemas of namespaces that are used and not here; whether there were any."""
        here = {schema.namespace for schema in self.schemas}
        uses = first_uses(self._roots(), self.lookup.namespaces - here)
        for namespace, element in {name[0]: element for name, element in uses.items()}.items():
            imports = [item for item in self.open if item[1].get("namespace", "") == namespace]
            spot = self.lookup.of_namespace(namespace)
            if spot is None:
                spot = self.lookup.bundled(namespace)
                self.repairs.append(_bundled(namespace, element, imports))
            read = self.schema_of(namespace, spot, [item[:2] for item in imports])
            self.open = [item for item in self.open if item not in imports]
            self.followed.add((read.key, namespace))
            self.follow(self.schema(read, read.root))
        return bool(uses)

    def _roots(self) -> list[etree._Element]:
        return [document.root for document in dict.fromkeys(self.seen.values())]

    def _defined(self) -> Iterator[Name]:
        """The names that the schemas define, of any kind."""
        for schema in self.schemas:
            for child in schema.root.iterchildren(f"{XSD}*"):
                yield schema.namespace, child.get("name", "")

    def imported(self, document: Document, element: etree._Element, reference: str) -> Document:
        """The document that ``reference`` leads to; its errors have the place of ``element``."""
        place = Place.of(element)
        try:
            base = Spot(document.origin, document.location)
            read = self.read(self.lookup.of_reference(base, reference.strip()), place)
        except OutsideError as error:
            raise _NotReadError(
                f"the import of {shown_address(reference)} leads {error.where}",
                place=place,
                hint=error.hint,
            ) from None
        except NotThereError:
            raise _NotReadError(
                f"the import of {shown_address(reference)} cannot be found",
                place=place,
                hint="put the file there, or correct the location",
            ) from None
        self.targets[reference_of(document, element)] = read
        return read

    def read(self, spot: Spot, place: Place) -> Document:
        """The document at ``spot``, read once; ``place`` is where it is asked for."""
        origin, location = spot.origin, spot.location
        identity = origin.identity(location)
        if identity not in self.seen:
            started = time.monotonic()
            content = origin.read(location, self.meter.limits, self.meter.seconds)
            self.meter.spend(time.monotonic() - started)
            self.meter.add_document(place, len(content))
            # A redirect may have led to a document that is there already.
            actual = origin.identity(location)
            document = self.seen.get(actual) or self.parsed(spot, content)
            self.seen[identity] = self.seen[actual] = document
        return self.seen[identity]

    def parsed(self, spot: Spot, content: bytes) -> Document:
        """The document at ``spot`` with ``content``, under a key of its own."""
        name, first = spot.origin.shown(spot.location), self.lookup.key(spot)
        key, number = first, 1
        while key in self.keys:
            number += 1
            key = f"{first}#{number}"
        self.keys.add(key)
        sha256 = hashlib.sha256(content).hexdigest()
        root = parse(without_doctype(content), name, self.meter.limits)
        return Document(name, spot.location, key, sha256, root, spot.origin)


def _bundled(
    namespace: str,
    use: etree._Element,
    imports: Sequence[tuple[Document, etree._Element, SourceError | None]],
) -> Repair:
    """The repair of what lacks a schema that soapgen brings, at its import if that leads away."""
    for _, element, error in imports:
        if error is not None:
            what = f"{error.message}; soapgen's own schema of {namespace} is taken"
            return Repair("bundled-schema", what, Place.of(element))
    what = f"no document has the schema of {namespace}; soapgen's own is taken"
    return Repair("bundled-schema", what, Place.of(use))


def _require_wsdl(document: Document) -> None:
    root = document.root
    if root.tag == f"{WSDL}definitions":
        return
    if root.tag == _WSDL_2_ROOT:
        raise SourceError(
            "this is a WSDL 2.0 document",
            place=Place.of(root),
            hint="soapgen reads WSDL 1.1: ask the service for that, mostly at ?wsdl, not ?wsdl2",
        )
    if root.tag == f"{XSD}schema":
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
