"""Small contracts, each odd in one way in which published ones are: built as a whole."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.small import SCHEMA, changed, wsdl
from tests.wild.outcomes import outcome

pytestmark = pytest.mark.conformance

SOAP_12 = "http://schemas.xmlsoap.org/wsdl/soap12/"
HEAD = """<wsdl:definitions targetNamespace="urn:example:{}"
    xmlns:tns="urn:example:people" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/">
"""
BINDING = re.findall(r"  <wsdl:binding.*?</wsdl:binding>", wsdl(), re.DOTALL)[0]
SERVICE = re.findall(r"  <wsdl:service.*?</wsdl:service>", wsdl(), re.DOTALL)[0]
XSD = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:example:{}">'
    "{}</xs:schema>"
)
REQUEST = '<wsdl:part name="body" element="tns:Find"/>'
INPUT = '<wsdl:input><soap:body use="literal"/></wsdl:input>'
END = "</wsdl:definitions>"


def with_schemas(*schemas: str) -> str:
    return changed(wsdl(), ("</wsdl:types>", "".join(schemas) + "</wsdl:types>"))


def in_soap_12() -> str:
    binding = BINDING.replace("PeopleBinding", "Newer").replace("soap:", "soap12:")
    port = '<wsdl:port name="Newer" binding="tns:Newer"><soap12:address location="http://x"/></wsdl:port>'
    text = changed(wsdl(), ("  <wsdl:service", f"{binding}  <wsdl:service"))
    text = changed(text, ("</wsdl:service>", f"{port}</wsdl:service>"))
    return changed(text, ("<wsdl:definitions", f'<wsdl:definitions xmlns:soap12="{SOAP_12}"'))


def second_service(name: str = "OtherService") -> str:
    service = SERVICE.replace("PeopleService", name)
    return changed(wsdl(), (END, service + END))


def with_fault(message: str) -> str:
    fault = '<wsdl:fault name="Bad" message="tns:Bad"/>'
    return changed(
        wsdl(),
        ("  <wsdl:portType", f'<wsdl:message name="Bad">{message}</wsdl:message><wsdl:portType'),
        ("</wsdl:operation>\n  </wsdl:portType>", f"{fault}</wsdl:operation></wsdl:portType>"),
        (
            "</wsdl:output>\n    </wsdl:operation>",
            '</wsdl:output><wsdl:fault name="Bad"><soap:fault name="Bad" use="literal"/>'
            "</wsdl:fault></wsdl:operation>",
        ),
    )


DEFAULT = wsdl().replace("<wsdl:", "<").replace("</wsdl:", "</").replace("xmlns:wsdl=", "xmlns=")
CIRCLE = '  <wsdl:import namespace="urn:example:{}" location="{}"/>'

# The main document, the others by their names, and how many operations its ports bind.
CONTRACTS: dict[str, tuple[str, dict[str, str], int]] = {
    "several schemas of one namespace": (
        changed(
            with_schemas(
                XSD.format(
                    "people",
                    '<xs:simpleType name="Code"><xs:restriction base="xs:string"/></xs:simpleType>',
                )
            ),
            ('name="Age" type="xs:int"', 'name="Age" type="tns:Code"'),
        ),
        {},
        1,
    ),
    "schemas that import each other": (
        changed(
            with_schemas(
                XSD.format(
                    "b",
                    '<xs:import namespace="urn:example:people"/>'
                    '<xs:complexType name="B"><xs:sequence>'
                    '<xs:element name="p" type="p:Person" xmlns:p="urn:example:people" '
                    'minOccurs="0"/></xs:sequence></xs:complexType>',
                )
            ),
            (
                'elementFormDefault="qualified">',
                'elementFormDefault="qualified"><xs:import namespace="urn:example:b"/>',
            ),
            ('name="Age" type="xs:int"', 'name="Age" type="b:B" xmlns:b="urn:example:b"'),
        ),
        {},
        1,
    ),
    "schemas that include each other": (
        with_schemas(
            '<xs:schema targetNamespace="urn:example:c"><xs:include schemaLocation="one.xsd"/>'
            "</xs:schema>"
        ),
        {
            "one.xsd": XSD.format(
                "c", '<xs:include schemaLocation="two.xsd"/><xs:element name="One"/>'
            ),
            "two.xsd": XSD.format(
                "c", '<xs:include schemaLocation="one.xsd"/><xs:element name="Two"/>'
            ),
        },
        1,
    ),
    "WSDLs that import each other": (
        changed(
            wsdl(),
            ("  <wsdl:types>", CIRCLE.format("people", "other.wsdl") + "  <wsdl:types>"),
            (SERVICE, ""),
            (BINDING, ""),
            (END, SERVICE + END),
        ),
        {"other.wsdl": HEAD.format("people") + CIRCLE.format("people", "Odd.wsdl") + BINDING + END},
        1,
    ),
    "a binding in an imported WSDL of another namespace": (
        HEAD.format("services") + CIRCLE.format("people", "people.wsdl") + SERVICE + END,
        {"people.wsdl": wsdl(service=False)},
        1,
    ),
    "ports of both versions": (in_soap_12(), {}, 2),
    "two services with one port type": (second_service(), {}, 2),
    "a service and a type of one name": (
        changed(wsdl(), ('service name="PeopleService"', 'service name="Person"')),
        {},
        1,
    ),
    "a service called as an operation": (
        changed(wsdl(), ('service name="PeopleService"', 'service name="Find"')),
        {},
        1,
    ),
    "a service called as a word of Python": (
        changed(wsdl(), ('service name="PeopleService"', 'service name="class"'))
        .replace('"People"', '"class"')
        .replace('tns:People"', 'tns:class"'),
        {},
        1,
    ),
    "services that differ in case alone": (second_service("peopleservice"), {}, 2),
    "a message without parts": (changed(wsdl(), (REQUEST, "")), {}, 1),
    "a fault without a part": (with_fault(""), {}, 1),
    "a fault of a simple element": (
        changed(
            with_fault('<wsdl:part name="fault" element="tns:Oops"/>'),
            ("</xs:schema>", '<xs:element name="Oops" type="xs:string"/></xs:schema>'),
        ),
        {},
        1,
    ),
    "a header in a message of its own": (
        wsdl(SCHEMA + '<xs:element name="Limit" type="xs:int"/>', response_header="Limit"),
        {},
        1,
    ),
    "a body in a part of MIME": (
        changed(
            wsdl(),
            (
                INPUT,
                '<wsdl:input xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/">'
                '<mime:multipartRelated><mime:part><soap:body use="literal"/></mime:part>'
                "</mime:multipartRelated></wsdl:input>",
            ),
        ),
        {},
        1,
    ),
    "documentation everywhere": (
        re.sub(
            r"(<wsdl:(?:types|message|portType|operation|binding|service|port|input|output)\b[^>]*[^/]>)",
            r"\1<wsdl:documentation>Some <b>text</b> &quot;&quot;&quot; \\ </wsdl:documentation>",
            wsdl(),
        ),
        {},
        1,
    ),
    "the namespace of WSDL by default": (DEFAULT, {}, 1),
    "prefixes that mean something else further in": (
        wsdl()
        .replace("<xs:schema ", '<xs:schema xmlns:wsdl="urn:example:people" ')
        .replace('type="tns:Person"', 'type="wsdl:Person"'),
        {},
        1,
    ),
    "a schema without a namespace": (
        with_schemas(
            '<xs:schema><xs:complexType name="Plain"><xs:sequence/></xs:complexType></xs:schema>'
        ),
        {},
        1,
    ),
    "an empty schema and a comment in a port type": (
        changed(
            with_schemas("<xs:schema/>"),
            ('<wsdl:portType name="People">', '<wsdl:portType name="People"><!-- none -->'),
        ),
        {},
        1,
    ),
    "a one-way operation": (
        changed(
            wsdl(),
            ('\n      <wsdl:output message="tns:FindResponse"/>', ""),
            ('\n      <wsdl:output><soap:body use="literal"/></wsdl:output>', ""),
        ),
        {},
        1,
    ),
    "an action that is not there": (
        changed(wsdl(), ('<soap:operation soapAction="urn:example:people:Find"/>', "")),
        {},
        1,
    ),
    "names in other scripts": (
        wsdl()
        .replace("Person", "Człowiek")
        .replace('"Find"', '"Найти"')
        .replace('tns:Find"', 'tns:Найти"'),
        {},
        1,
    ),
    "a mark of the byte order and Windows line ends": (
        "\ufeff" + wsdl().replace("\n", "\r\n"),
        {},
        1,
    ),
}


@pytest.fixture(autouse=True)
def path() -> Iterator[None]:
    before = [*sys.path]
    yield
    sys.path[:] = before


@pytest.mark.parametrize("name", CONTRACTS)
def test_an_odd_contract_is_built_whole(name: str, tmp_path: Path) -> None:
    text, others, operations = CONTRACTS[name]
    folder, out = tmp_path / "contracts", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    for file, content in ({"Odd.wsdl": text} | others).items():
        (folder / file).write_text(content, encoding="utf-8", newline="")
    found = outcome(folder / "Odd.wsdl", folder, out)
    assert found.status == "built", f"{found.obstacle}\n{found.crashed}"
    assert (found.bound, found.generated) == (operations, operations), found
    assert found.problems == [], found.problems
