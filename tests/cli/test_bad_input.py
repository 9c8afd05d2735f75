"""What bad input gets: one line that says what, where and what to do; exit 2; nothing written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.small import SCHEMA, wsdl

pytestmark = pytest.mark.slow

GOOD = wsdl()


def refused(folder: Path, *arguments: str | Path) -> str:
    """Run a build that must be refused, and return what it says."""
    result = soapgen("build", *arguments, cwd=folder)
    assert result.returncode == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("soapgen: error: ")
    assert not (folder / "generated").exists()
    return line.removeprefix("soapgen: error: ")


def given(folder: Path, content: str | bytes, name: str = "People.wsdl") -> str:
    """What a build says of a WSDL with ``content``."""
    data = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(data)
    return refused(folder, name)


def line_of(content: str, text: str) -> int:
    """The line on which ``text`` first stands."""
    return content[: content.index(text)].count("\n") + 1


def test_missing(tmp_path: Path) -> None:
    assert refused(tmp_path, "Nothing.wsdl") == (
        "Nothing.wsdl: there is no such file; check the path of the WSDL"
    )


def test_a_folder_without_a_wsdl(tmp_path: Path) -> None:
    (tmp_path / "wsdl").mkdir()
    (tmp_path / "wsdl" / "notes.txt").write_text("nothing here", encoding="utf-8")
    assert refused(tmp_path, "wsdl") == (
        "wsdl: there is no WSDL with a service in it; "
        "name a folder or an archive that holds .wsdl files"
    )


@pytest.mark.parametrize("content", ["", " \n\n"])
def test_empty(tmp_path: Path, content: str) -> None:
    assert given(tmp_path, content) == ("People.wsdl: the file is empty; give a WSDL 1.1 document")


@pytest.mark.parametrize("content", [b"not XML at all", b"\x00\x01\x02\xff", b"{}", b"<a><b></a>"])
def test_not_xml(tmp_path: Path, content: bytes) -> None:
    assert re.match(
        r"People\.wsdl:1: the file is not well-formed XML: .+; .+", given(tmp_path, content)
    )


@pytest.mark.parametrize("share", [0.2, 0.5, 0.99])
def test_cut_off_in_the_middle(tmp_path: Path, share: float) -> None:
    content = GOOD[: int(len(GOOD) * share)]
    message = given(tmp_path, content)
    assert re.match(r"People\.wsdl:\d+: the file is not well-formed XML", message)
    assert "it may have been cut off" in message


def test_not_a_wsdl(tmp_path: Path) -> None:
    assert "People.wsdl:2: this is not a WSDL: its root element is <html>" in given(
        tmp_path, "\n<html/>"
    )


def test_a_schema(tmp_path: Path) -> None:
    schema = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>'
    assert "People.wsdl:1: this is an XML schema, not a WSDL" in given(tmp_path, schema)


def test_wsdl_2(tmp_path: Path) -> None:
    content = '<description xmlns="http://www.w3.org/ns/wsdl"/>'
    assert "this is a WSDL 2.0 document" in given(tmp_path, content)


def test_without_a_service(tmp_path: Path) -> None:
    content = wsdl(service=False, soap="http://schemas.xmlsoap.org/wsdl/http/")
    assert re.match(
        r"People\.wsdl:[1-4]: the WSDL has no service, and no SOAP binding for HTTP; ",
        given(tmp_path, content),
    )


def test_without_a_soap_port(tmp_path: Path) -> None:
    content = wsdl(soap="http://schemas.xmlsoap.org/wsdl/http/")
    assert "no service has a SOAP port" in given(tmp_path, content)


def test_an_import_that_cannot_be_found(tmp_path: Path) -> None:
    content = wsdl(f'<xs:include schemaLocation="types/people.xsd"/>{SCHEMA}')
    message = given(tmp_path, content)
    line = line_of(content, "types/people.xsd")
    assert message.startswith(
        f"People.wsdl:{line}: the import of types/people.xsd cannot be found; "
    )


def test_an_import_that_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "people.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', encoding="utf-8"
    )
    inner = tmp_path / "inner"
    inner.mkdir()
    content = wsdl(f'<xs:include schemaLocation="../people.xsd"/>{SCHEMA}')
    assert "leads out of the folder of the source" in given(inner, content)


def test_an_import_from_the_network(tmp_path: Path) -> None:
    content = wsdl(f'<xs:include schemaLocation="http://localhost/people.xsd"/>{SCHEMA}')
    assert "leads to another host" in given(tmp_path, content)


def test_an_import_that_is_no_schema(tmp_path: Path) -> None:
    (tmp_path / "people.xsd").write_text("<people/>", encoding="utf-8")
    content = wsdl(f'<xs:include schemaLocation="people.xsd"/>{SCHEMA}')
    assert "people.xsd is not an XML schema: its root element is <people>" in given(
        tmp_path, content
    )


def test_an_import_that_is_broken_is_named_itself(tmp_path: Path) -> None:
    (tmp_path / "people.xsd").write_text("<people>\n</peo", encoding="utf-8")
    content = wsdl(f'<xs:include schemaLocation="people.xsd"/>{SCHEMA}')
    assert given(tmp_path, content).startswith("people.xsd:2: the file is not well-formed XML")


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ('type="tns:Person"', 'type="tns:Nobody"'),
        ('type="xs:int"', 'type="xs:integral"'),
        ('name="Age" type="xs:int"', 'ref="tns:Age"'),
    ],
)
def test_a_type_or_element_that_is_not_defined(tmp_path: Path, there: str, instead: str) -> None:
    content = GOOD.replace(there, instead)
    message = given(tmp_path, content)
    assert message.startswith(f"People.wsdl:{line_of(content, instead)}: "), message
    assert re.search("Nobody|integral|Age", message)


@pytest.mark.parametrize(
    ("there", "instead", "what"),
    [
        ('type="xs:int"', 'typ="xs:int"', "'typ'"),
        ('minOccurs="0"', 'minOccurs="-1"', "minOccurs|nonNegativeInteger|-1"),
        ('<xs:complexType name="Person">', '<xs:complexType nam="Person">', "'name'"),
        ("<xs:sequence>", "<xs:sequence><xs:complexType/>", "complexType"),
    ],
)
def test_a_schema_that_is_not_one(tmp_path: Path, there: str, instead: str, what: str) -> None:
    assert re.search(what, given(tmp_path, GOOD.replace(there, instead, 1)))


def test_a_prefix_that_is_not_declared(tmp_path: Path) -> None:
    content = GOOD.replace('type="tns:Person"', 'type="who:Person"')
    assert f"People.wsdl:{line_of(content, 'who:Person')}: " in given(tmp_path, content)


@pytest.mark.parametrize(
    ("there", "instead", "what"),
    [
        ('element="tns:Find"', 'element="tns:Lost"', "element {urn:example:people}Lost"),
        ('message="tns:FindRequest"', 'message="tns:Lost"', "message {urn:example:people}Lost"),
        ('type="tns:People"', 'type="tns:Lost"', "portType {urn:example:people}Lost"),
    ],
)
def test_a_part_of_the_wsdl_that_is_not_defined(
    tmp_path: Path, there: str, instead: str, what: str
) -> None:
    content = GOOD.replace(there, instead, 1)
    message = given(tmp_path, content)
    assert message.startswith(f"People.wsdl:{line_of(content, instead)}: {what} is not defined; ")


def test_a_name_that_xml_does_not_allow(tmp_path: Path) -> None:
    content = GOOD.replace('operation name="Find"', 'operation name="Find&quot;+1"')
    assert "is not a name that XML allows" in given(tmp_path, content)


def test_a_doctype(tmp_path: Path) -> None:
    content = GOOD.replace("?>\n", '?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n')
    assert "People.wsdl: the file has a DOCTYPE, which is refused" in given(tmp_path, content)


@pytest.mark.parametrize(
    ("there", "instead", "what"),
    [
        ('use="literal"', 'use="encoded"', "a message of style document is encoded"),
    ],
)
def test_what_is_not_supported_yet(tmp_path: Path, there: str, instead: str, what: str) -> None:
    message = given(tmp_path, GOOD.replace(there, instead))
    assert re.match(r"People\.wsdl:\d+: ", message)
    assert what in message
    assert "; " in message


def test_an_output_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "People.wsdl").write_text(GOOD, encoding="utf-8")
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    message = refused(tmp_path, "People.wsdl", "--out", "file")
    assert "file/people_client: the package cannot be written: Not a directory" in message
    assert "--out" in message
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


@pytest.mark.parametrize("arguments", [["--nope"], ["People.wsdl", "--nope"], ["a", "b"], []])
def test_a_wrong_command_line(tmp_path: Path, arguments: list[str]) -> None:
    assert "See `soapgen --help`." in refused(tmp_path, *arguments)
