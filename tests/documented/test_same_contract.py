"""``wsdl/`` states what the vendor's published WSDLs state: type by type, operation by operation.

The comparison is made on the XML itself, without soapgen: every component becomes nested tuples
of resolved names, with documentation left out, and the first difference is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.support.packages import generated
from tests.support.paths import WSDL as OURS
from tests.support.paths import corpus
from tests.support.undocumented import without_documentation

XSD = "{http://www.w3.org/2001/XMLSchema}"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"
ACTION = "{http://www.w3.org/2006/05/addressing/wsdl}Action"
NAMES = {"type", "base", "ref", "itemType", "element", "message", "binding"}
DEFAULTS = {"minOccurs": "1", "maxOccurs": "1", "nillable": "false", "mixed": "false"}

SERVICES = ("EMail", "SoPrincipal")
Component = tuple[Any, ...]


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def published(service: str) -> Path:
    return corpus() / "Services86" / "wsdl" / f"{service}.wsdl"


@pytest.mark.slow
def test_every_component_of_the_schemas(service: str, published: Path) -> None:
    theirs = dict(components(published))
    ours = dict(components(OURS / f"{service}.wsdl"))
    for name, component in theirs.items():
        assert name in ours, f"{name} is missing"
        assert ours[name] == component, f"{name} differs"


def test_no_component_is_of_our_own_making(service: str) -> None:
    known = set()
    for name in SERVICES:
        known |= set(dict(components(corpus() / "Services86" / "wsdl" / f"{name}.wsdl")))
    assert set(dict(components(OURS / f"{service}.wsdl"))) <= known


def test_every_operation(service: str, published: Path) -> None:
    theirs, ours = operations(published), operations(OURS / f"{service}.wsdl")
    assert list(ours) == list(theirs)
    for name, operation in theirs.items():
        assert ours[name] == operation, f"operation {name} differs"


def test_the_service_and_its_address(service: str, published: Path) -> None:
    assert endpoint(OURS / f"{service}.wsdl") == endpoint(published)


def test_every_operation_and_parameter_is_documented(service: str) -> None:
    root = etree.parse(str(OURS / f"{service}.wsdl")).getroot()
    for operation in root.findall(f"{WSDL}portType/{WSDL}operation"):
        assert operation.findtext(f"{WSDL}documentation"), operation.get("name")
    for parameter in root.iterfind(f"{WSDL}types//{XSD}complexType//{XSD}element"):
        assert parameter.findtext(f"{XSD}annotation/{XSD}documentation"), parameter.get("name")


@pytest.mark.conformance
def test_both_give_the_same_code(service: str, published: Path, tmp_path: Path) -> None:
    """Byte for byte, once the documentation is taken out of ours."""
    bare = without_documentation(OURS, tmp_path / "wsdl") / f"{service}.wsdl"
    ours, theirs = generated(bare), generated(published)
    assert [file.path for file in ours.files] == [file.path for file in theirs.files]
    for mine, other in zip(ours.files, theirs.files, strict=True):
        assert mine.text == other.text, f"{mine.path} differs"


def documents(path: Path, seen: dict[Path, etree._Element]) -> dict[Path, etree._Element]:
    if path not in seen:
        root = seen[path] = etree.parse(str(path)).getroot()
        for reference in root.iter(f"{WSDL}import", f"{XSD}import", f"{XSD}include"):
            location = reference.get("location") or reference.get("schemaLocation")
            if location:
                documents((path.parent / location).resolve(), seen)
    return seen


def components(path: Path) -> Iterator[tuple[tuple[str, str], Component]]:
    """Every global component of every schema, by kind and full name."""
    for root in documents(path.resolve(), {}).values():
        for schema in root.iter(f"{XSD}schema"):
            namespace = schema.get("targetNamespace")
            for component in schema.iterchildren(etree.Element):
                kind = etree.QName(component).localname
                if kind not in ("import", "include", "annotation"):
                    name = (kind, f"{{{namespace}}}{component.get('name')}")
                    form = schema.get("elementFormDefault")
                    yield name, (form, *normalised(component))


def normalised(element: etree._Element) -> Component:
    """The element as nested tuples: resolved names, defaults filled in, no documentation."""
    attributes = {
        str(key): resolved(element, str(value)) if key in NAMES else str(value)
        for key, value in element.attrib.items()
        if DEFAULTS.get(str(key)) != value
    }
    inner = tuple(
        normalised(child)
        for child in element.iterchildren(etree.Element)
        if child.tag != f"{XSD}documentation"
    )
    if element.tag == f"{XSD}annotation" and not inner:
        return ()
    text = (element.text or "").strip()
    return (element.tag, tuple(sorted(attributes.items())), text, *filter(None, inner))


def resolved(element: etree._Element, name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{element.nsmap.get(prefix or None)}}}{local}"


def operations(path: Path) -> dict[str, Component]:
    """Each operation: its elements, WS-Addressing actions, SOAP action, style and headers."""
    parts = {
        (message.get("name"), part.get("name")): resolved(part, str(part.get("element")))
        for root in documents(path.resolve(), {}).values()
        for message in root.iterchildren(f"{WSDL}message")
        for part in message
    }
    root = etree.parse(str(path)).getroot()
    binding = root.find(f"{WSDL}binding")
    assert binding is not None
    default_style = binding.find(f"{SOAP}binding").get("style", "document")  # type: ignore[union-attr]
    found: dict[str, Component] = {}
    bound = {str(item.get("name")): item for item in binding.iterchildren(f"{WSDL}operation")}
    for operation in root.findall(f"{WSDL}portType/{WSDL}operation"):
        name = str(operation.get("name"))
        soap = bound[name].find(f"{SOAP}operation")
        assert soap is not None
        sides: list[Component] = []
        for side, suffix in (("input", "Request"), ("output", "Response")):
            declared, wire = operation.find(WSDL + side), bound[name].find(WSDL + side)
            assert declared is not None
            assert wire is not None
            message = str(declared.get("message")).rpartition(":")[2]
            headers = tuple(
                (
                    parts[str(header.get("message")).rpartition(":")[2], header.get("part")],
                    header.get("use"),
                )
                for header in wire.iterchildren(f"{SOAP}header")
            )
            body = wire.find(f"{SOAP}body")
            assert body is not None
            sides.append(
                (
                    message,
                    parts[message, "parameters"],
                    declared.get(ACTION),
                    declared.get("name", name + suffix),
                    headers,
                    body.get("use"),
                )
            )
        found[name] = (soap.get("soapAction"), soap.get("style", default_style), *sides)
    return found


def endpoint(path: Path) -> Component:
    root = etree.parse(str(path)).getroot()
    service, port_type, binding = (
        root.find(WSDL + kind) for kind in ("service", "portType", "binding")
    )
    assert service is not None
    assert port_type is not None
    assert binding is not None
    port = service.find(f"{WSDL}port")
    assert port is not None
    return (
        root.get("targetNamespace"),
        service.get("name"),
        port.get("name"),
        resolved(port, str(port.get("binding"))),
        port.find(f"{SOAP}address").get("location"),  # type: ignore[union-attr]
        port_type.get("name"),
        binding.get("name"),
        resolved(binding, str(binding.get("type"))),
        binding.find(f"{SOAP}binding").get("transport"),  # type: ignore[union-attr]
    )
