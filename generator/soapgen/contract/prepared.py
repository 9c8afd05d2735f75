"""A schema → a document of its own, in the form that xmlschema takes."""

from __future__ import annotations

from typing import Any, NamedTuple

from lxml import etree

from ..errors import Place
from ..sources import XSD, Schema
from . import lexical
from .encoding import array_of
from .model import ArrayOf, QName
from .references import NAMES, schema_elements

_INCLUDE, _PATTERN = f"{XSD}include", f"{XSD}pattern"
_TEXTS = ("default", "fixed", "value")  # attributes in which white space counts


class Pattern(NamedTuple):
    """A pattern of a simple type, in the syntax of XML Schema, and its place."""

    text: str
    place: Place


class Origin(NamedTuple):
    """Where an element of a prepared schema is from, and what it had that xmlschema does not know.

    These are patterns, and what a complex type consists of if it is an array.
    """

    place: Place
    patterns: tuple[Pattern, ...] = ()
    array: ArrayOf | None = None


def prepare(schema: Schema) -> tuple[etree._Element, list[Origin]]:
    """The schema as a document of its own for xmlschema, with the origin of each of its elements.

    It has no locations: the whole set is built together. It has no patterns: xmlschema tries each
    default and each value of an enumeration by Python's ``re``, which for some patterns takes a
    time that doubles with each letter (decision 41). They go around it, with the origins.
    """
    # Serialising, unlike copying, keeps the prefixes that the WSDL around the schema declares.
    root = etree.fromstring(etree.tostring(schema.root, encoding="utf-8", with_tail=False))
    # Both are walked together before anything is left out.
    originals = schema.root.iter(etree.Element)
    pairs = list(zip(root.iter(etree.Element), originals, strict=True))
    for element, _ in pairs:
        _trim(element)
    for element in _within_annotations(root):
        element.tag = etree.QName(element).localname
    patterns: dict[etree._Element | None, list[Pattern]] = {}
    for element, original in pairs:
        if element.tag == _PATTERN:
            pattern = Pattern(str(element.get("value", "")), Place.of(original))
            patterns.setdefault(element.getparent(), []).append(pattern)
    for element in [*root.iterchildren(_INCLUDE), *root.iter(_PATTERN)]:
        parent = element.getparent()
        assert parent is not None, "neither is a root"
        parent.remove(element)
    for element in root.iterchildren(f"{XSD}import"):
        element.attrib.pop("schemaLocation", "")
    kept = set(root.iter(etree.Element))
    origins = [
        Origin(Place.of(original), tuple(patterns.get(element, ())), array_of(original))
        for element, original in pairs
        if element in kept
    ]
    if root.get("targetNamespace") is None and schema.namespace:
        prefixes: Any = {None: schema.namespace} | root.nsmap
        with_namespace = etree.Element(root.tag, nsmap=prefixes)
        with_namespace.extend(list(root))
        for name, value in (*root.items(), ("targetNamespace", schema.namespace)):
            with_namespace.set(name, value)
        root = with_namespace
    return root, origins


def _within_annotations(root: etree._Element) -> list[etree._Element]:
    """What looks like a definition and is a remark, which xmlschema takes for a definition."""
    annotations = (f"{XSD}appinfo", f"{XSD}documentation")
    return [
        element
        for annotation in root.iter(annotations)
        for element in annotation.iterdescendants(f"{XSD}*")
    ]


def _trim(element: etree._Element) -> None:
    """Take the white space around names and numbers away, which xmlschema does not expect."""
    if str(element.tag).startswith(XSD):
        for name, value in element.items():
            trimmed = " ".join(str(value).split())
            if name not in _TEXTS and value != trimmed:
                element.set(name, trimmed)


def must_be_expanded(root: etree._Element) -> bool:
    """Whether xmlschema would not understand all references in ``root``.

    It knows one namespace for each prefix in a document, and no letters beyond the first plane.
    """
    declared: dict[str, set[str]] = {prefix or "": {uri} for prefix, uri in root.nsmap.items()}
    for _, (prefix, uri) in etree.iterwalk(root, events=("start-ns",)):
        declared.setdefault(prefix, {""} if not prefix else set()).add(uri)
    if any(len(uris) > 1 for uris in declared.values()):
        return True
    return any(
        max(element.get("name", "a"), default="a") > "\uffff" for element in schema_elements(root)
    )


def expand_names(root: etree._Element, schema: Schema) -> None:
    """Write the references in ``root``, made of ``schema``, with namespaces instead of prefixes."""
    adopts = schema.root.get("targetNamespace") is None
    for element in schema_elements(root):
        for attribute in filter(element.attrib.__contains__, NAMES):
            names = lexical.references(element, attribute)
            if adopts:
                names = [QName(name.namespace or schema.namespace, name.local) for name in names]
            element.set(attribute, " ".join(f"{{{name.namespace}}}{name.local}" for name in names))
