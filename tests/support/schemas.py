"""A second opinion on messages: the schemas of a WSDL, built by xmlschema without soapgen."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import soapgen
import xmlschema
from lxml import etree

XSD = "{http://www.w3.org/2001/XMLSchema}"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"

_ENCODING = Path(soapgen.__file__).parent / "sources" / "schemas" / "soap-encoding.xsd"


@cache
def schema_of(wsdl: Path) -> Any:
    """The schemas of ``wsdl``, all that it imports and includes among them, as one.

    Published contracts have mistakes that xmlschema does not forgive; it goes on behind them.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        empty = f'<xs:schema xmlns:xs="{XSD[1:-1]}"/>'
        texts = [*_texts(wsdl.resolve(), set())] or [(empty, str(wsdl.parent))]
        if any(ENCODING in text for text, _ in texts):
            texts.append((_ENCODING.read_text(), str(_ENCODING.parent)))
        (text, folder), *others = texts
        schema: Any = xmlschema.XMLSchema10(
            text, base_url=folder, build=False, validation="lax", allow="local"
        )
        for text, folder in others:
            schema.add_schema(text, base_url=folder, build=False)
        schema.build()
    return schema


def _texts(path: Path, seen: set[Path]) -> Iterator[tuple[str, str]]:
    """Each schema that the WSDL at ``path`` has or imports, and the folder of its paths."""
    if path in seen:
        return
    seen.add(path)
    root = etree.parse(str(path)).getroot()
    for imported in root.findall(f"{WSDL}import"):
        yield from _texts((path.parent / str(imported.get("location"))).resolve(), seen)
    for schema in root.iter(f"{XSD}schema"):
        if ENCODING in schema.nsmap.values() and not any(
            one.get("namespace") == ENCODING for one in schema.findall(f"{XSD}import")
        ):  # without it, xmlschema has no name for soapenc:arrayType, and stops at it
            schema.insert(0, etree.Element(f"{XSD}import", namespace=ENCODING))
        yield etree.tostring(schema, encoding="unicode", with_tail=False), str(path.parent)


def problems(schema: Any, envelope: bytes) -> list[str]:
    """What the schema finds wrong with the headers and the body of ``envelope``."""
    root = etree.fromstring(envelope)
    found = []
    for part in [*root.findall(f"{SOAP}Header/*"), *root.findall(f"{SOAP}Body/*")]:
        declared = schema.maps.elements.get(part.tag)
        if declared is None:
            found.append(f"{part.tag} is not declared")
            continue
        text = etree.tostring(part, encoding="unicode", with_tail=False)
        for error in schema.iter_errors(text):
            found.append(f"{error.path}: {error.reason}")
    return found


def children(declared: Any) -> dict[str, Any]:
    """The elements that the schema allows in the element ``declared``, by their full names."""
    content = getattr(declared.type, "content", None)
    if content is None or not hasattr(content, "iter_elements"):
        return {}
    return {child.name: child for child in content.iter_elements() if child.name}


def bindings(wsdl: Path) -> dict[str, tuple[str, list[str]]]:
    """The SOAP action and the header elements, in order, that ``wsdl`` binds each operation to."""
    root = etree.parse(str(wsdl)).getroot()
    documents = [root]
    for imported in root.findall(f"{WSDL}import"):
        documents.append(etree.parse(str(wsdl.parent / str(imported.get("location")))).getroot())
    elements = {
        (message.get("name"), part.get("name")): _expanded(part, str(part.get("element")))
        for document in documents
        for message in document.findall(f"{WSDL}message")
        for part in message
    }
    soap = "{http://schemas.xmlsoap.org/wsdl/soap/}"
    found = {}
    for operation in root.findall(f"{WSDL}binding/{WSDL}operation"):
        action = operation.find(f"{soap}operation")
        assert action is not None
        headers = [
            elements[str(header.get("message")).rpartition(":")[2], header.get("part")]
            for header in operation.findall(f"{WSDL}input/{soap}header")
        ]
        found[str(operation.get("name"))] = (str(action.get("soapAction")), headers)
    return found


def _expanded(element: etree._Element, name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{element.nsmap[prefix or None]}}}{local}"
