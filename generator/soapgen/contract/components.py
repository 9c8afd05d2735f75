"""Schema documents → their components, built together by xmlschema."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xmlschema
from lxml import etree

from .. import namespaces
from ..errors import Place, SourceError
from ..sources import XSD, Schema
from . import metaschema

# What the others are added to: a schema of a namespace that none of them has.
_EMPTY = f'<xs:schema xmlns:xs="{namespaces.XSD}" targetNamespace="urn:soapgen:empty"/>'


@dataclass(frozen=True, slots=True)
class Components:
    """What xmlschema built of some schemas.

    Attributes:
        types: The global types, by their names as ``{namespace}local``.
        elements: The global elements, by the same.
        places: Where each element of the schema documents stands.
        schema: The schema that validates; None where there are no schemas.
    """

    types: Mapping[str, Any] = field(default_factory=dict)
    elements: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[Any, Place] = field(default_factory=dict)
    schema: Any = None

    def errors(self, text: str) -> Iterator[Any]:
        """The validation errors of the document ``text``, as xmlschema reports them."""
        yield from self.schema.iter_errors(text)


def built(schemas: Sequence[Schema]) -> Components:
    """The components of ``schemas``.

    Raises:
        SourceError: A schema is not valid, for instance because a type is not defined.
    """
    if not schemas:
        return Components()
    roots = [_detached(source) for source in schemas]
    # A document that is valid need not be checked again; whatever is built of it is.
    check = "skip" if all(map(metaschema.is_valid, roots)) else "strict"
    whole: Any = xmlschema.XMLSchema10(_EMPTY, build=False, allow="none", defuse="always")
    places: dict[Any, Place] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an import without a location is no problem here
            for source, root in zip(schemas, roots, strict=True):
                schema = xmlschema.XMLSchema10(
                    etree.tostring(root, encoding="unicode"),
                    namespace=source.namespace,
                    global_maps=whole.maps,
                    validation=check,
                    build=False,
                )
                schema.validation = "strict"
                places.update(_places(schema, source.root))
            whole.build()
    except xmlschema.XMLSchemaParseError as error:
        raise SourceError(
            _first_line(error.message),
            place=places.get(error.elem) or Place(schemas[0].document.name),
            hint="define or import what is missing, or correct the schema",
        ) from error
    except xmlschema.XMLSchemaException as error:
        raise SourceError(
            _first_line(str(error)),
            place=Place(schemas[0].document.name),
            hint="correct the schema",
        ) from error
    return Components(whole.maps.types, whole.maps.elements, places, whole)


def _places(schema: Any, root: etree._Element) -> Iterator[tuple[Any, Place]]:
    """The place of each element: xmlschema keeps the tree, and not where it stood."""
    kept = (element for element in root.iter(etree.Element) if not _is_include(element))
    for element, original in zip(schema.source.root.iter(), kept, strict=True):
        yield element, Place.of(original)


def _detached(source: Schema) -> etree._Element:
    """The schema as a document of its own, which leads nowhere: all it needs is in the set."""
    # Serialising, unlike copying, keeps the prefixes that the WSDL around the schema declares.
    root = etree.fromstring(etree.tostring(source.root, with_tail=False))
    if root.get("targetNamespace") is None and source.namespace:
        prefixes: Any = {None: source.namespace} | root.nsmap
        adopting = etree.Element(root.tag, nsmap=prefixes)
        adopting.extend(list(root))
        for name, value in (*root.items(), ("targetNamespace", source.namespace)):
            adopting.set(name, value)
        root = adopting
    for element in filter(_is_include, list(root)):
        root.remove(element)
    for element in root.iterchildren(f"{XSD}import"):
        element.attrib.pop("schemaLocation", "")
    return root


def _is_include(element: etree._Element) -> bool:
    return element.tag == f"{XSD}include"


def _first_line(message: str) -> str:
    return message.strip().splitlines()[0].rstrip(":")
