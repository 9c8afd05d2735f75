"""Schemas → their components, built together by xmlschema."""

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

# The schema that the others are added to; none of them has its namespace.
_EMPTY = f'<xs:schema xmlns:xs="{namespaces.XSD}" targetNamespace="urn:soapgen:empty"/>'


@dataclass(frozen=True, slots=True)
class Components:
    """The components that xmlschema built from some schemas.

    Attributes:
        types: The global types, by name in the form ``{namespace}local``.
        elements: The global elements, by name in the same form.
        places: The place of each XML element of the schemas.
        schema: The schema that validates messages; None if there are no schemas.
    """

    types: Mapping[str, Any] = field(default_factory=dict)
    elements: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[Any, Place] = field(default_factory=dict)
    schema: Any = None

    def errors(self, text: str) -> Iterator[Any]:
        """The validation errors of the XML in ``text``, as xmlschema reports them."""
        yield from self.schema.iter_errors(text)


def build_components(schemas: Sequence[Schema]) -> Components:
    """Build the components of ``schemas`` together.

    Raises:
        SourceError: A schema is not valid, for instance because a type is not defined.
    """
    if not schemas:
        return Components()
    roots = [_detached(schema) for schema in schemas]
    # xmlschema checks the components in any case, the documents only if they are not valid.
    check = "skip" if all(map(metaschema.is_valid, roots)) else "strict"
    whole: Any = xmlschema.XMLSchema10(_EMPTY, build=False, allow="none", defuse="always")
    places: dict[Any, Place] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # imports without a location are intended
            for original, root in zip(schemas, roots, strict=True):
                schema = xmlschema.XMLSchema10(
                    etree.tostring(root, encoding="unicode"),
                    namespace=original.namespace,
                    global_maps=whole.maps,
                    validation=check,
                    build=False,
                )
                schema.validation = "strict"
                places.update(_places(schema, original.root))
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
    """The place of each element in ``schema``, from ``root``, which it was made from."""
    kept = (element for element in root.iter(etree.Element) if not _is_include(element))
    for element, original in zip(schema.source.root.iter(), kept, strict=True):
        yield element, Place.of(original)


def _detached(schema: Schema) -> etree._Element:
    """The schema as a document of its own, without locations: the whole set is built together."""
    # Serialising, unlike copying, keeps the prefixes that the WSDL around the schema declares.
    root = etree.fromstring(etree.tostring(schema.root, with_tail=False))
    if root.get("targetNamespace") is None and schema.namespace:
        prefixes: Any = {None: schema.namespace} | root.nsmap
        with_namespace = etree.Element(root.tag, nsmap=prefixes)
        with_namespace.extend(list(root))
        for name, value in (*root.items(), ("targetNamespace", schema.namespace)):
            with_namespace.set(name, value)
        root = with_namespace
    for element in filter(_is_include, list(root)):
        root.remove(element)
    for element in root.iterchildren(f"{XSD}import"):
        element.attrib.pop("schemaLocation", "")
    return root


def _is_include(element: etree._Element) -> bool:
    return element.tag == f"{XSD}include"


def _first_line(message: str) -> str:
    return message.strip().splitlines()[0].rstrip(":")
