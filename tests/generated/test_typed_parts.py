"""Parts with a type in messages of the style document: what they are in a body and in a header."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from soapgen.serve import SoapServer

from tests.support.packages import Built, build_package
from tests.support.small import SCHEMA, changed, wsdl

PEOPLE = "{urn:example:people}"
OPEN_TYPE = """
      <xs:complexType name="Anything">
        <xs:sequence>
          <xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence>
      </xs:complexType>"""
REQUEST = '<wsdl:part name="body" element="tns:Find"/></wsdl:message>'
RESPONSE = '<wsdl:part name="body" element="tns:FindResponse"/>'
BODY = '<wsdl:input><soap:body use="literal"/></wsdl:input>'


def typed_part(name: str, type_: str) -> str:
    return f'<wsdl:part name="{name}" type="{type_}"/>'


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract with a type in its request, two in its header, and one in its response."""
    path = tmp_path_factory.mktemp("typed") / "People.wsdl"
    headers = typed_part("ticket", "xs:string") + typed_part("limit", "xs:int")
    header = '<soap:header message="tns:FindRequest" part="{}" use="literal"{}/>'
    namespace = ' namespace="urn:example:people"'
    bound = header.format("ticket", "") + header.format("limit", namespace)
    text = changed(
        wsdl(),
        (REQUEST, typed_part("body", "tns:Person") + headers + "</wsdl:message>"),
        (RESPONSE, typed_part("count", "xs:int")),
        (BODY, BODY.replace("<soap:body", f"{bound}<soap:body")),
    )
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def open_body(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract whose messages have a type of wildcards alone."""
    path = tmp_path_factory.mktemp("open_body") / "People.wsdl"
    text = changed(
        wsdl(SCHEMA + OPEN_TYPE),
        (REQUEST, typed_part("message", "tns:Anything") + "</wsdl:message>"),
        (RESPONSE, typed_part("FindResult", "tns:Anything")),
    )
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def people(typed: Path) -> Built:
    return build_package(typed, typed.parent, name="people_typed")


@pytest.fixture(scope="module")
def anything(open_body: Path) -> Built:
    return build_package(open_body, open_body.parent, name="people_open_body")


def test_a_part_with_a_type_is_an_element_of_its_name(people: Built) -> None:
    person = people.models.Person(name="Ann")
    content = people.build("find", person)
    (element,) = etree.fromstring(content)[-1]
    assert element.tag == "body"
    assert [child.tag for child in element] == [f"{PEOPLE}Name"]
    assert people.parse_request("find", content) == (person,)
    assert people.parse("find", people.build_response("find", 7)) == 7


def test_a_header_part_is_in_the_header_alone_and_in_its_namespace(people: Built) -> None:
    headers = people.models.RequestHeaders(ticket="t", limit=3)
    content = people.build("find", people.models.Person(name="Ann"), soap_headers=headers)
    header, body = etree.fromstring(content)
    assert [(item.tag, item.text) for item in header] == [("ticket", "t"), (f"{PEOPLE}limit", "3")]
    assert [item.tag for item in body] == ["body"]
    assert people.parsers.parse_request_headers(content) == headers


def test_the_only_part_is_in_the_body_though_it_is_also_a_header(tmp_path: Path) -> None:
    header = '<soap:header message="tns:FindRequest" part="body" use="literal"/>'
    path = tmp_path / "People.wsdl"
    path.write_text(changed(wsdl(), (BODY, BODY.replace("<soap:body", f"{header}<soap:body"))))
    both = build_package(path, tmp_path, name="people_in_both")
    headers = both.models.RequestHeaders(name="Bob")
    for soap_headers, expected in ((headers, ["Bob", "Ann"]), (None, ["Ann"])):
        options = {"soap_headers": soap_headers} if soap_headers else {}
        content = both.build("find", "Ann", **options)
        sections = etree.fromstring(content)
        assert [item.findtext(f"{PEOPLE}Find/{PEOPLE}Name") for item in sections] == expected
        assert both.parse_request("find", content) == ("Ann",)


@pytest.mark.slow
def test_the_server_validates_such_parts(
    typed: Path, people: Built, soap_server: Callable[..., SoapServer]
) -> None:
    service = soap_server(typed).service
    person = people.models.Person(name="Ann")
    headers = people.models.RequestHeaders(ticket="t", limit=3)
    content = people.build("find", person, soap_headers=headers)
    assert service.handle(content).problem == ""
    for old, new in ((b">3<", b">three<"), (b"Name>", b"Nickname>")):
        assert old in content
        assert service.handle(content.replace(old, new)).problem != ""


def plain(markup: Any) -> str:
    """``markup`` without the namespaces that it does not need."""
    return etree.tostring(etree.fromstring(markup.xml), method="c14n", exclusive=True).decode()


def test_a_type_of_wildcards_is_what_is_in_the_body(anything: Built) -> None:
    markup = anything.anytype.Markup
    for texts in ([], ["<a></a>"], ['<a xmlns="urn:a">1</a>', "<b></b>"]):
        values = [markup(text) for text in texts]
        request = anything.build("find", values)
        assert len(etree.fromstring(request)[-1]) == len(texts)
        (read,) = anything.parse_request("find", request)
        assert [plain(value) for value in read] == texts
        response = anything.parse("find", anything.build_response("find", values))
        assert [plain(value) for value in response] == texts


def test_a_fault_in_an_open_body_is_raised(anything: Built) -> None:
    content = anything.build("find", [])
    fault = b"<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault>"
    with pytest.raises(anything.errors.SoapFault, match="no"):
        anything.parse("find", content.replace(b"</s:Body>", fault + b"</s:Body>"))


@pytest.mark.slow
def test_a_server_takes_any_body(
    open_body: Path, anything: Built, soap_server: Callable[..., SoapServer]
) -> None:
    server = soap_server(open_body)
    with anything.client.PeopleClient(server.url) as client:
        assert client.find([anything.anytype.Markup("<a/>")]) == []
