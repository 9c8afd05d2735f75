"""Everything that a WSDL or a schema says is generated, or refused with its file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from soapgen.errors import SoapgenError, SourceError, UnsupportedError

from tests.contract.test_services import PORT
from tests.support.command import snapshot, soapgen
from tests.support.packages import contract_of, generated, planned
from tests.support.small import SCHEMA, wsdl
from tests.support.small import changed as with_changes

REQUEST = '<wsdl:part name="body" element="tns:Find"/>'
BODY = '<wsdl:input><soap:body use="literal"/></wsdl:input>'
LIMIT = '<xs:element name="Limit" type="xs:int"/>'
HEADER = '<soap:header message="tns:FindHeader" part="header" use="literal"/>'
FIND = '<xs:element name="Find">\n        <xs:complexType>\n          <xs:sequence>'


def refusal(folder: Path, text: str) -> SoapgenError:
    """What the contract ``text`` is refused with; it has its place."""
    path = folder / "Faulty.wsdl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SoapgenError) as caught:
        planned(path, name="faulty")
    place = caught.value.place
    assert place is not None
    assert place.document.endswith("Faulty.wsdl")
    assert place.line is not None
    return caught.value


def changed(*changes: tuple[str, str], schema: str = SCHEMA + LIMIT) -> str:
    """The small WSDL with a header in its response, and with ``changes``: what becomes what."""
    return with_changes(wsdl(schema, response_header="Limit"), *changes)


def operation_of(text: str) -> str:
    found = re.search(r"<wsdl:portType.*?</wsdl:portType>", text, re.DOTALL)
    assert found is not None
    return found[0]


MULTIPART = (
    '<wsdl:input><mime:multipartRelated xmlns:mime="http://schemas.xmlsoap.org/wsdl/mime/">'
    '<mime:part><soap:body use="literal" parts="body"/></mime:part>'
    "<mime:part>{}</mime:part></mime:multipartRelated></wsdl:input>"
)
MORE = REQUEST + '<wsdl:part name="more" element="tns:Limit"/>'
EXTENSION = '<x:hint xmlns:x="urn:x" wsdl:required="{}"/>'


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        (
            [(REQUEST, MORE), (BODY, MULTIPART.format('<mime:mimeXml part="more"/>'))],
            UnsupportedError,
            "part more is an XML document of its own",
        ),
        (
            [
                (REQUEST, MORE),
                (BODY, MULTIPART.format('<mime:content part="more" type="a/b&#10;X: y"/>')),
            ],
            SourceError,
            "is no MIME type",
        ),
        (
            [(REQUEST, MORE), (BODY, MULTIPART.format('<mime:content part="less" type="a/b"/>'))],
            SourceError,
            "the message has no part 'less'",
        ),
        (
            [
                (
                    BODY,
                    MULTIPART.format("").replace(
                        '<soap:body use="literal" parts="body"/>', '<mime:content type="a/b"/>'
                    ),
                )
            ],
            UnsupportedError,
            "is attached to a message without an envelope",
        ),
        (
            [(REQUEST, MORE), (BODY, MULTIPART.format('<soap:body use="literal" parts="more"/>'))],
            UnsupportedError,
            "several bodies for one message",
        ),
        (
            [(BODY, BODY.replace("/></", ' parts="corpse"/></'))],
            SourceError,
            "the message has no part 'corpse'",
        ),
        (
            [(REQUEST, REQUEST.replace("/>", ' type="xs:int"/>'))],
            SourceError,
            "part body has both an element and a type",
        ),
        (
            [(BODY, BODY.replace("literal", "encoded"))],
            UnsupportedError,
            "a message of style document is encoded",
        ),
        (
            [(HEADER, HEADER.replace("literal", "encoded"))],
            UnsupportedError,
            "the header is encoded and the body is not",
        ),
        ([(HEADER, HEADER * 2)], UnsupportedError, "Limit is bound twice"),
        (
            [
                (
                    HEADER,
                    HEADER.replace(
                        "/>",
                        '><soap:headerfault message="tns:FindHeader" part="header" use="encoded"/>'
                        "</soap:header>",
                    ),
                )
            ],
            UnsupportedError,
            "the headerfault is encoded and the body is not",
        ),
        ([('part="header"', 'part="footer"')], SourceError, "has no part 'footer'"),
        (
            [
                ('<wsdl:input message="tns:FindRequest"/>', ""),
            ],
            UnsupportedError,
            "operation Find does not begin with an input",
        ),
        (
            [
                ('<wsdl:input message="tns:FindRequest"/>', ""),
                (
                    '<wsdl:output message="tns:FindResponse"/>',
                    '<wsdl:output message="tns:FindResponse"/>'
                    '<wsdl:input message="tns:FindRequest"/>',
                ),
            ],
            UnsupportedError,
            "operation Find does not begin with an input",
        ),
        (
            [
                (
                    '<wsdl:input message="tns:FindRequest"/>',
                    '<wsdl:input message="tns:FindRequest"/>' * 2,
                )
            ],
            SourceError,
            "the input of operation is already defined",
        ),
        (
            [('<wsdl:output message="tns:FindResponse"/>', "")],
            SourceError,
            "operation Find has no output, whose header is bound",
        ),
        (
            [
                (
                    "</wsdl:operation>\n  </wsdl:portType>",
                    '<wsdl:fault name="Broken" message="tns:Two"/>'
                    "</wsdl:operation></wsdl:portType>",
                ),
                (
                    "<wsdl:portType",
                    f'<wsdl:message name="Two">{MORE}</wsdl:message><wsdl:portType',
                ),
            ],
            UnsupportedError,
            "the message of fault Broken has several parts",
        ),
        (
            [
                (
                    BODY,
                    BODY + '<wsdl:fault name="Ghost"><soap:fault name="Ghost" use="literal"/>'
                    "</wsdl:fault>",
                )
            ],
            SourceError,
            "fault Ghost is bound but not in the operation",
        ),
        (
            [("</wsdl:definitions>", EXTENSION.format("true") + "</wsdl:definitions>")],
            UnsupportedError,
            "hint of urn:x is required",
        ),
        ([(BODY, EXTENSION.format("1") + BODY)], UnsupportedError, "hint of urn:x is required"),
        (
            [("<soap:body use", EXTENSION.format("true") + "<soap:body use")],
            UnsupportedError,
            "hint of urn:x is required",
        ),
        (
            [(REQUEST, REQUEST + EXTENSION.format("true"))],
            UnsupportedError,
            "hint of urn:x is required",
        ),
        (
            [('transport="http://schemas.xmlsoap.org/soap/http"', 'transport="urn:pigeon"')],
            SourceError,
            "no service has a SOAP port for HTTP",
        ),
        (
            [
                (
                    "<soap:binding",
                    '<soap:binding transport="http://schemas.xmlsoap.org/soap/http"/><soap:binding',
                )
            ],
            SourceError,
            "binding has several SOAP extensions binding",
        ),
    ],
)
def test_what_a_wsdl_says(
    tmp_path: Path, changes: list[tuple[str, str]], error: type[SoapgenError], message: str
) -> None:
    refused = refusal(tmp_path, changed(*changes))
    assert isinstance(refused, error)
    assert message in refused.message


@pytest.mark.parametrize(
    ("kind", "repeated"),
    [
        ("message", f'<wsdl:message name="FindRequest">{REQUEST}</wsdl:message>'),
        ("portType", '<wsdl:portType name="People"/>'),
        ("binding", '<wsdl:binding name="PeopleBinding" type="tns:People"/>'),
        ("service", '<wsdl:service name="PeopleService"/>'),
    ],
)
def test_two_definitions_of_one_name(tmp_path: Path, kind: str, repeated: str) -> None:
    refused = refusal(tmp_path, changed(("</wsdl:definitions>", repeated + "</wsdl:definitions>")))
    assert re.match(f"{kind} .* is already defined at .*Faulty.wsdl:[0-9]+$", refused.message)


def test_two_parts_or_ports_or_faults_of_one_name(tmp_path: Path) -> None:
    port = PORT.format(name="PeoplePort", binding="PeopleBinding")
    fault = '<wsdl:fault name="Broken" message="tns:FindHeader"/>'
    for change, what in (
        ((REQUEST, REQUEST * 2), "part body"),
        (("</wsdl:service>", port + "</wsdl:service>"), "port PeoplePort"),
        (("</wsdl:operation>", fault * 2 + "</wsdl:operation>"), "fault Broken"),
    ):
        assert f"{what} is already defined" in refusal(tmp_path, changed(change)).message


@pytest.mark.parametrize(
    ("definition", "what"),
    [
        ('<xs:complexType name="Person"><xs:sequence/></xs:complexType>', "type"),
        ('<xs:element name="Find" type="xs:int"/>', "element"),
    ],
)
def test_two_definitions_of_one_name_in_schemas(tmp_path: Path, definition: str, what: str) -> None:
    schema = f'<xs:schema targetNamespace="urn:example:people">{definition}</xs:schema>'
    for text in (
        changed(schema=SCHEMA + LIMIT + definition),
        changed(("</wsdl:types>", schema + "</wsdl:types>")),
    ):
        refused = refusal(tmp_path, text)
        assert re.match(f"{what} .* is already defined at .*Faulty.wsdl:[0-9]+$", refused.message)


def parameter(particle: str, definitions: str = "") -> str:
    """The small WSDL with another parameter, and definitions for it."""
    return changed(schema=(SCHEMA + LIMIT + definitions).replace(FIND, FIND + particle, 1))


MIXED = '<xs:complexType name="M" mixed="true"><xs:sequence minOccurs="0">'
HEAD = '<xs:element name="Head" type="xs:string" abstract="true"/>'


@pytest.mark.parametrize(
    ("particle", "definitions", "message"),
    [
        ('<xs:element ref="tns:Head"/>', HEAD, "Head is abstract, and no other element may take"),
        (
            '<xs:element name="A" type="tns:T"/>',
            f"{MIXED}</xs:sequence></xs:complexType>"
            '<xs:complexType name="T"><xs:simpleContent><xs:restriction base="tns:M">'
            '<xs:simpleType><xs:restriction base="xs:string"/></xs:simpleType>'
            "</xs:restriction></xs:simpleContent></xs:complexType>",
            "T restricts mixed content to a simple type",
        ),
    ],
)
def test_what_a_schema_says(tmp_path: Path, particle: str, definitions: str, message: str) -> None:
    refused = refusal(tmp_path, parameter(particle, definitions))
    assert isinstance(refused, UnsupportedError)
    assert message in refused.message


@pytest.mark.slow
@pytest.mark.parametrize(
    ("definitions", "type_", "annotation"),
    [
        (
            '<xs:simpleType name="L"><xs:list itemType="xs:int"/></xs:simpleType>'
            '<xs:simpleType name="T"><xs:restriction base="tns:L"><xs:maxLength value="2"/>'
            "</xs:restriction></xs:simpleType>",
            "T",
            "list[int]",
        ),
        (
            '<xs:simpleType name="U"><xs:union memberTypes="xs:int xs:date"/></xs:simpleType>'
            '<xs:simpleType name="T"><xs:restriction base="tns:U"/></xs:simpleType>',
            "T",
            "int | date",
        ),
        (
            '<xs:simpleType name="E"><xs:restriction base="xs:string"><xs:enumeration value="A"/>'
            '</xs:restriction></xs:simpleType><xs:simpleType name="Kind">'
            '<xs:restriction base="tns:E"><xs:maxLength value="2"/></xs:restriction>'
            "</xs:simpleType>",
            "Kind",
            "Kind",
        ),
        (
            '<xs:simpleType name="Kind"><xs:restriction><xs:simpleType>'
            '<xs:restriction base="xs:string"><xs:enumeration value="A"/>'
            '<xs:enumeration value="B"/></xs:restriction></xs:simpleType>'
            '<xs:enumeration value="A"/></xs:restriction></xs:simpleType>',
            "Kind",
            "Kind",
        ),
    ],
    ids=["list", "union", "enumeration", "fewer values"],
)
def test_restrictions_of_simple_types(
    tmp_path: Path, definitions: str, type_: str, annotation: str
) -> None:
    path = tmp_path / "Simple.wsdl"
    path.write_text(parameter(f'<xs:element name="A" type="tns:{type_}"/>', definitions))
    (package,) = planned(path, name="simple").packages
    (member,) = (item for item in package.operations[0].request.members if item.tag.local == "A")
    assert member.annotation == annotation
    values = [value.value for item in package.enumerations for value in item.members]
    assert values == (["A"] if annotation == "Kind" else [])


def test_a_number_of_an_enumeration_that_is_none(tmp_path: Path) -> None:
    number = '<EnumerationValue xmlns="http://schemas.microsoft.com/2003/10/Serialization/">one'
    definitions = (
        '<xs:simpleType name="E"><xs:restriction base="xs:string"><xs:enumeration value="A">'
        f"<xs:annotation><xs:appinfo>{number}</EnumerationValue></xs:appinfo></xs:annotation>"
        "</xs:enumeration></xs:restriction></xs:simpleType>"
    )
    refused = refusal(tmp_path, changed(schema=SCHEMA + LIMIT + definitions))
    assert "the number of the value 'A' is not a number: 'one'" in refused.message


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        ("</wsdl:definitions>", EXTENSION.format("false") + "</wsdl:definitions>"),
        ("</wsdl:definitions>", '<x:hint xmlns:x="urn:x"/></wsdl:definitions>'),
        ("<wsdl:portType", "<wsdl:documentation>Some words</wsdl:documentation><wsdl:portType"),
        ('<wsdl:operation name="Find">', '<wsdl:operation name="Find" parameterOrder="body">'),
        (BODY, BODY.replace("/></", ' parts="body"/></')),
        (
            '<xs:element name="Find">',
            '<xs:notation name="gif" public="image/gif"/><xs:element name="Find">',
        ),
        ('<xs:element name="Find">', '<xs:element name="Find" nillable="true">'),
        (
            '<xs:complexType name="Person">',
            '<xs:complexType name="Person" block="#all" final="#all">',
        ),
    ],
)
def test_what_may_be_ignored(tmp_path: Path, change: tuple[str, str]) -> None:
    path = tmp_path / "Harmless.wsdl"
    path.write_text(changed(), encoding="utf-8")
    usual = generated(path, name="harmless").texts
    path.write_text(changed(change), encoding="utf-8")
    assert generated(path, name="harmless").texts == usual


def test_attributes_of_any_name_in_the_type_of_a_header(tmp_path: Path) -> None:
    """They are those that SOAP itself gives to a header: .NET declares them in each."""
    header = (
        '<xs:element name="Limit" type="tns:Header"/><xs:complexType name="Header"><xs:sequence>'
        '<xs:element name="Key" type="xs:string"/><xs:element name="Age" type="xs:int"/>'
        "</xs:sequence><xs:anyAttribute/></xs:complexType>"
    )
    path = tmp_path / "Header.wsdl"
    path.write_text(changed(schema=SCHEMA + header), encoding="utf-8")
    (package,) = planned(path, name="header").packages
    assert package.response_headers is not None


@pytest.mark.slow
def test_sample_messages_whose_names_differ_in_capitals_only(tmp_path: Path) -> None:
    text = changed()
    declared = operation_of(text)
    inner = declared[declared.index("<wsdl:operation") : declared.index("</wsdl:portType>")]
    text = text.replace(inner, inner + inner.replace('"Find"', '"FIND"'), 1)
    start = text.index("<wsdl:operation", text.index("<wsdl:binding"))
    bound = text[start : text.index("</wsdl:binding>")]
    text = text.replace(bound, bound + bound.replace('"Find"', '"FIND"'), 1)
    (tmp_path / "People.wsdl").write_text(text, encoding="utf-8")
    result = soapgen("sample", "People.wsdl", "--all", "--out", "messages", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    names = [name.lower() for name in snapshot(tmp_path / "messages")]
    assert len(names) == len(set(names)) == 4


def test_an_operation_without_output_may_have_one_bound(tmp_path: Path) -> None:
    text = changed(('<wsdl:output message="tns:FindResponse"/>', ""), (HEADER, ""))
    path = tmp_path / "OneWay.wsdl"
    path.write_text(text, encoding="utf-8")
    (service,) = contract_of(path).services
    assert service.ports[0].binding.operations[0].output is None


@pytest.mark.parametrize("chosen", [(), ("Find",)])
def test_a_part_that_the_binding_puts_nowhere_is_named(
    tmp_path: Path, chosen: tuple[str, ...]
) -> None:
    """It is not sent (WSDL 1.1, 3.5): the rest of the operation is built."""
    text = changed((REQUEST, MORE), (BODY, BODY.replace("/></", ' parts="body"/></')))
    path = tmp_path / "Part.wsdl"
    path.write_text(text, encoding="utf-8")
    family = generated(path, name="partly", operations=chosen)
    (found,) = family.left_out
    line = next(at for at, each in enumerate(text.splitlines(), 1) if 'parts="body"' in each)
    assert (found.what, found.place.line if found.place else None) == (
        "part more of the input of operation Find",
        line,
    )
    assert "neither in the body nor in a header, so it is not sent" in found.reason
