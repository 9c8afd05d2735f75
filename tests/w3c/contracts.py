"""A group → a WSDL with an operation for each root element, and the group's schemas."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import xmlschema
from lxml import etree

XSD = "{http://www.w3.org/2001/XMLSchema}"
_REFERENCES = (f"{XSD}import", f"{XSD}include", f"{XSD}redefine")


def separate(folder: Path, schemas: Sequence[str]) -> list[str]:
    """Those of ``schemas`` that no other one of them leads to; of a circle, the first."""
    places = [(folder / path).resolve() for path in schemas]
    reached = [_reachable(place) for place in places]

    def is_led_to(position: int) -> bool:
        return any(
            places[position] in reach
            and (other < position or places[other] not in reached[position])
            for other, reach in enumerate(reached)
            if other != position
        )

    return [path for position, path in enumerate(schemas) if not is_led_to(position)]


def _reachable(path: Path) -> set[Path]:
    """The schema at ``path`` and those that it leads to by locations of files."""
    found: set[Path] = set()
    waiting = [path.resolve()]
    while waiting:
        place = waiting.pop()
        if place in found or not place.is_file():
            continue
        found.add(place)
        root = _parsed(place)
        waiting += [
            (place.parent / reference.get("schemaLocation", "")).resolve()
            for reference in root.iterchildren(*_REFERENCES)
        ]
    return found


def _parsed(path: Path) -> etree._Element:
    """The root of the schema at ``path``; to refuse what is no XML is left to soapgen."""
    return etree.parse(str(path), etree.XMLParser(recover=True, no_network=True)).getroot()


def schema_of(folder: Path, schemas: Sequence[str]) -> Any:
    """``schemas``, built by xmlschema without soapgen; None if it cannot build them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            first, *others = [str(folder / path) for path in schemas]
            schema = xmlschema.XMLSchema10(first, build=False, validation="lax", allow="local")
            for path in others:
                schema.add_schema(path, build=False)
            schema.build()
        except Exception:  # whatever it raises: the comparison is then by exact text
            return None
    return schema


def wsdl_of(folder: Path, schemas: Sequence[str], roots: Iterable[str]) -> tuple[str, list[str]]:
    """A WSDL for the root elements ``roots``, and the name of the operation for each.

    No operation has the name of an element: its messages are that element, not its members.

    Args:
        folder: The folder that the WSDL is to be in.
        schemas: The paths of the schemas, from that folder.
        roots: The elements, in the form ``{namespace}local``.
    """
    names = [etree.QName(root) for root in roots]
    stem = "Carry"
    while any(name.localname.startswith(stem) for name in names):
        stem += "On"
    operations = [f"{stem}{number}" for number in range(1, len(names) + 1)]
    imports = "".join(_import(folder, path) for path in schemas)
    messages = "".join(
        _message(operation, name) for operation, name in zip(operations, names, strict=True)
    )
    abstract = "".join(
        f'<wsdl:operation name="{name}"><wsdl:input message="tns:{name}"/>'
        f'<wsdl:output message="tns:{name}"/></wsdl:operation>'
        for name in operations
    )
    bound = "".join(
        f'<wsdl:operation name="{name}"><soap:operation soapAction="{name}"/>'
        '<wsdl:input><soap:body use="literal"/></wsdl:input>'
        '<wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>'
        for name in operations
    )
    return (
        f"""<wsdl:definitions name="Suite" targetNamespace="urn:suite" xmlns:tns="urn:suite"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">
  <wsdl:types><xs:schema targetNamespace="urn:suite">{imports}</xs:schema></wsdl:types>
  {messages}
  <wsdl:portType name="Suite">{abstract}</wsdl:portType>
  <wsdl:binding name="SuiteBinding" type="tns:Suite">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    {bound}
  </wsdl:binding>
  <wsdl:service name="SuiteService">
    <wsdl:port name="SuitePort" binding="tns:SuiteBinding">
      <soap:address location="http://localhost/suite"/>
    </wsdl:port>
  </wsdl:service>
</wsdl:definitions>
""",
        operations,
    )


def _import(folder: Path, path: str) -> str:
    namespace = _parsed(folder / path).get("targetNamespace")
    of = f"namespace={quoteattr(namespace)} " if namespace else ""
    return f"<xs:import {of}schemaLocation={quoteattr(path)}/>"


def _message(operation: str, element: etree.QName) -> str:
    declared, name = "", element.localname
    if element.namespace:
        declared, name = f" xmlns:of={quoteattr(element.namespace)}", f"of:{name}"
    return (
        f'<wsdl:message name="{operation}"{declared}>'
        f'<wsdl:part name="body" element="{name}"/></wsdl:message>'
    )
