"""Sample messages as they go over the wire: each valid, and what the generated client sends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from soapgen.messages import on_the_wire, read_samples
from soapgen.sources import find_sources

from tests.support.canonical import canonical
from tests.support.named import wsdl_named
from tests.support.packages import Built, operation_named
from tests.support.paths import SHAPES, WSDL
from tests.support.schemas import bindings, problems, schema_of
from tests.support.small import wsdl


@pytest.mark.slow
@pytest.mark.parametrize("service", ["EMail", "SoPrincipal"])
def test_every_message_is_valid(service: str) -> None:
    schema = schema_of(WSDL / f"{service}.wsdl")
    samples = read_samples(
        find_sources([WSDL / f"{service}.wsdl"]), on_the_wire("2026-01-02T03:04:05")
    )
    for name, text in samples.all():
        assert problems(schema, text.encode()) == [], name


@pytest.mark.slow
def test_it_is_what_the_generated_client_sends(email: Built) -> None:
    samples = read_samples(find_sources([WSDL / "EMail.wsdl"]), on_the_wire("2026-01-02T03:04:05"))
    headers = email.models.RequestHeaders(
        application_token="",
        ticket="",
        time_zone=email.models.SoTimeZone(so_time_zone_id=0, so_time_zone_location_code=""),
    )
    for name in bindings(WSDL / "EMail.wsdl"):
        operation = operation_named(name, email)
        sample = samples.request(name).encode()
        arguments = email.parse_request(operation, sample)
        built = email.build(operation, *arguments, soap_headers=headers)
        assert canonical(etree.fromstring(built)) == canonical(_bare(sample)), name


def test_what_services86_does_not_use() -> None:
    message = read_samples(find_sources([SHAPES]), on_the_wire("2026-01-02T03:04:05Z")).request(
        "Exhibit"
    )
    assert 'xmlns:s="http://www.w3.org/2003/05/soap-envelope"' in message
    assert '<shape xsi:type="shapes:Dot">' in message  # an abstract type is never written
    assert "<signed>" in message  # of a choice, the first
    assert "<anonymous>" not in message
    assert "<inset>" not in message  # a type within itself ends
    assert "<ghost" not in message  # nothing can stand there


@pytest.mark.parametrize(
    "other",
    [
        "<xs:complexType/>",
        "<xs:complexType><xs:choice><xs:sequence/>"
        '<xs:element name="A"/></xs:choice></xs:complexType>',
        '<xs:complexType><xs:attribute name="a"/></xs:complexType>',
    ],
)
def test_an_element_that_a_strict_wildcard_takes(tmp_path: Path, other: str) -> None:
    """It is one that is declared, and may be empty: ``Find`` needs what is in it."""
    schema = (
        '<xs:element name="Find"><xs:complexType><xs:sequence><xs:any/></xs:sequence>'
        f'</xs:complexType></xs:element><xs:element name="FindResponse">{other}</xs:element>'
    )
    path = tmp_path / "People.wsdl"
    path.write_text(wsdl(schema), encoding="utf-8")
    sample = read_samples(find_sources([path]), on_the_wire("2026-01-02T03:04:05Z")).request("Find")
    assert '<FindResponse xmlns="urn:example:people"/>' in sample
    assert problems(schema_of(path), sample.encode()) == []


@pytest.mark.parametrize(
    ("elements", "taken"),
    [
        (
            '<xs:element name="a" type="xs:int"/><xs:element name="b"/>',
            "b",
        ),
        ('<xs:element name="a" abstract="true"/><xs:element name="b" type="xs:string"/>', "b"),
    ],
)
def test_an_element_of_another_schema_that_a_strict_wildcard_takes(
    tmp_path: Path, elements: str, taken: str
) -> None:
    (tmp_path / "others.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:others">'
        f"{elements}</xs:schema>"
    )
    content = (
        '<xs:complexType><xs:sequence><xs:any namespace="##other"/></xs:sequence></xs:complexType>'
    )
    schema = (
        '<xs:import namespace="urn:others" schemaLocation="others.xsd"/>'
        f'<xs:element name="Find">{content}</xs:element>'
        '<xs:element name="FindResponse"><xs:complexType/></xs:element>'
    )
    path = tmp_path / "People.wsdl"
    path.write_text(wsdl(schema), encoding="utf-8")
    sample = read_samples(find_sources([path]), on_the_wire("2026-01-02T03:04:05Z")).request("Find")
    assert f'<{taken} xmlns="urn:others"/>' in sample
    assert problems(schema_of(path), sample.encode()) == []


def _bare(message: bytes) -> Any:
    """The message without the layout that is there for reading."""
    root = etree.fromstring(message)
    for element in root.iter():
        if len(element):
            element.text = None
        element.tail = None
    return root


def test_each_message_has_a_file_of_its_own(tmp_path: Path) -> None:
    source = tmp_path / "People.wsdl"
    source.write_text(wsdl_named(["Find", "find", "aux", "x" * 300], headers=False))
    samples = read_samples(find_sources([source]), on_the_wire("2026-01-02T03:04:05"))
    names = [name for name, _ in samples.all()]
    assert len({name.casefold() for name in names}) == len(names) == 10
    assert {"Find.request.xml", "find_2.request.xml", "aux_.request.xml"} < {*names}
    assert max(map(len, names)) < 255
