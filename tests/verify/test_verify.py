"""``soapgen verify``: generated code held against documented messages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from soapgen.sources import find_sources
from soapgen.verify import examples_in, verify

from tests.support.command import snapshot, soapgen
from tests.support.paths import SHOP, WSDL
from tests.support.schemas import problems, schema_of
from tests.support.small import wsdl

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """SoPrincipal's messages as the vendor's pages show them."""
    folder = tmp_path_factory.mktemp("documented")
    style = ["--style", "documented"]
    made = soapgen("sample", WSDL / "SoPrincipal.wsdl", "--all", "-o", folder, *style, cwd=folder)
    assert made.returncode == 0
    return folder


@pytest.fixture
def examples(documented: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(documented, tmp_path / "examples"))


def pages(examples: Path, folder: Path) -> Path:
    """The same messages in one page of Markdown."""
    folder.mkdir()
    text = "# SoPrincipal\n\nHow to be let in.\n"
    for path in sorted(examples.glob("*.xml")):
        operation, side, _ = path.name.split(".")
        text += f"\n## `{operation}` {side.title()}\n\nFor example:\n\n"
        text += "```http\nPOST /\n```\n\n~~~xml\n" + path.read_text("utf-8").strip() + "\n~~~\n"
    (folder / "SoPrincipal.md").write_text(text, encoding="utf-8")
    return folder


def test_all_match(examples: Path) -> None:
    result = soapgen("verify", WSDL / "SoPrincipal.wsdl", examples, cwd=examples)
    assert (result.returncode, result.stderr) == (0, "")
    table = [line.split() for line in result.stdout.splitlines()]
    assert ["SoPrincipal", "5", "5", "5", "5", "5", "5", "5"] in table
    assert "Taken out: headers beside the body (5)." in result.stdout
    assert result.stdout.endswith("10 of 10 examples match.\n")


def test_pages_of_markdown(examples: Path, tmp_path: Path) -> None:
    folder = pages(examples, tmp_path / "pages")
    result = soapgen("verify", WSDL, folder, "--write", "made", cwd=tmp_path)
    assert result.returncode == 0, result.stdout
    assert "10 of 10 examples match." in result.stdout
    assert "Messages without an example: 160." in result.stdout  # those of EMail
    made = snapshot(tmp_path / "made")
    assert len(made) == 10
    assert "SoPrincipal/AuthenticateImplicit.request.xml" in made


@pytest.mark.parametrize("source", [WSDL, SHOP])
def test_samples_as_they_go_over_the_wire_need_no_rule_but_one(
    source: Path, tmp_path: Path
) -> None:
    soapgen("sample", source, "--all", "-o", "wire", cwd=tmp_path)
    result = soapgen("verify", source, "wire", "--json", cwd=tmp_path)
    verdict = json.loads(result.stdout)
    assert result.returncode == 0, [
        item["problems"] for service in verdict["services"] for item in service["results"]
    ]
    assert set(verdict["rules"]) <= {"layout", "nil_instead_of_nothing"}
    assert verdict["matches"] == verdict["examples"] == len(snapshot(tmp_path / "wire"))
    assert verdict["undocumented"] == 0


def test_what_the_code_made_is_written_under_the_names_of_the_examples(
    examples: Path, tmp_path: Path
) -> None:
    source = WSDL / "SoPrincipal.wsdl"
    result = soapgen("verify", source, examples, "--write", "made", "--quiet", cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    made = snapshot(tmp_path / "made")
    assert made.keys() == snapshot(examples).keys()
    schema = schema_of(source)
    for name, content in made.items():
        assert problems(schema, content) == [], name
        assert etree.fromstring(content).tag == (
            "{http://schemas.xmlsoap.org/soap/envelope/}Envelope"
        )


def altered(examples: Path, name: str, there: str, instead: str) -> str:
    """The output of verify after a message was altered, which must fail with one mismatch."""
    path = examples / name
    text = path.read_text(encoding="utf-8")
    assert there in text
    path.write_text(text.replace(there, instead, 1), encoding="utf-8")
    result = soapgen("verify", WSDL / "SoPrincipal.wsdl", examples, cwd=examples)
    assert result.returncode == 1
    assert "9 of 10 examples match." in result.stdout
    return result.stdout


USER = "<SoPrincipal:UserName"
NAME = "AuthenticateUsernamePassword"


def test_an_element_that_the_code_does_not_know(examples: Path) -> None:
    output = altered(examples, f"{NAME}.request.xml", USER, f"<SoPrincipal:Age/>{USER}")
    assert f"{NAME}.request.xml:14: Envelope/Body/{NAME}/Age: is lost" in output


def test_a_value_that_the_code_cannot_read(examples: Path) -> None:
    output = altered(examples, f"{NAME}.response.xml", ">0</", ">none</")
    assert "UnexpectedResponse: Envelope/Body/AuthenticateResponse" in output
    assert "expected an integer, got 'none'" in output


def test_a_value_that_the_code_writes_in_another_way(examples: Path) -> None:
    output = altered(examples, f"{NAME}.response.xml", ">0</", ">+0</")
    assert "expected text '+0', got '0'" in output


def test_an_operation_that_is_not_there(examples: Path) -> None:
    example = examples / f"{NAME}.request.xml"
    example.write_text(example.read_text("utf-8").replace(f":{NAME}>", ":Authenticate>"), "utf-8")
    example.rename(examples / "Authenticate.request.xml")
    result = soapgen("verify", WSDL / "SoPrincipal.wsdl", examples, cwd=examples)
    assert result.returncode == 1
    assert "Authenticate.request.xml: no service has an operation Authenticate" in result.stdout
    assert "Messages without an example: 1." in result.stdout
    assert "9 of 10 examples match." in result.stdout


def test_an_example_that_is_no_xml(examples: Path) -> None:
    output = altered(examples, f"{NAME}.request.xml", "</SOAP-ENV:Body>", "")
    assert f"{NAME}.request.xml:19: the file is not well-formed XML" in output


def test_the_line_of_a_page(examples: Path, tmp_path: Path) -> None:
    folder = pages(examples, tmp_path / "pages")
    page = folder / "SoPrincipal.md"
    text = page.read_text("utf-8").replace(USER, f"<SoPrincipal:Age/>{USER}", 1)
    page.write_text(text, encoding="utf-8")
    line = text[: text.index("<SoPrincipal:Age/>")].count("\n") + 1
    result = soapgen("verify", WSDL, "pages", "--service", "SoPrincipal", cwd=tmp_path)
    assert result.returncode == 1
    assert f"pages/SoPrincipal.md:{line}: Envelope/Body/{NAME}/Age: is lost" in result.stdout


def test_an_operation_that_several_services_have(tmp_path: Path) -> None:
    soapgen("sample", SHOP, "--all", "-o", "wire", cwd=tmp_path)
    shutil.copy(tmp_path / "wire" / "Stock" / "Find.request.xml", tmp_path / "Find.request.xml")
    result = soapgen("verify", SHOP, "Find.request.xml", "--json", cwd=tmp_path)
    assert [item["service"] for item in json.loads(result.stdout)["services"]] == ["Stock"]


def test_a_message_that_several_wsdls_have(tmp_path: Path) -> None:
    for name in ("Orders", "Stock"):
        text = wsdl().replace('<wsdl:service name="', f'<wsdl:service name="{name}')
        (tmp_path / f"{name}.wsdl").write_text(text, encoding="utf-8")
    (tmp_path / "Find.request.xml").write_text(message(FIND), encoding="utf-8")
    result = soapgen("verify", tmp_path, tmp_path / "Find.request.xml", cwd=tmp_path)
    assert result.returncode == 1
    assert "have an operation Find, and no folder says which is meant" in result.stdout


def test_twice_in_one_process(documented: Path) -> None:
    for source in (WSDL / "EMail.wsdl", WSDL / "SoPrincipal.wsdl"):
        verdict = verify(find_sources([source]), examples_in(documented))
        assert (verdict.matches == 10) == ("SoPrincipal" in source.name)


def test_where_there_is_nothing_to_verify(tmp_path: Path) -> None:
    result = soapgen("verify", WSDL, tmp_path, cwd=tmp_path)
    assert result.returncode == 2
    assert "there are no examples here; name a folder of OPERATION.request.xml" in result.stderr


ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
FIND = '<Find xmlns="urn:example:people"><Name>Ada</Name></Find>'


def message(body: str, header: str = "") -> str:
    return f'<s:Envelope xmlns:s="{ENVELOPE}">{header}<s:Body>{body}</s:Body></s:Envelope>'


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """A WSDL with one operation, and an exchange that is not named after it."""
    (tmp_path / "small.wsdl").write_text(wsdl(), encoding="utf-8")
    folder = tmp_path / "recorded"
    folder.mkdir()
    (folder / "exchange-1.request.xml").write_text(message(FIND), encoding="utf-8")
    return tmp_path


def test_the_element_in_the_body_tells_the_operation(recorded: Path) -> None:
    result = soapgen("verify", "small.wsdl", "recorded", "--json", cwd=recorded)
    told = json.loads(result.stdout)
    assert (told["matches"], told["examples"], result.returncode) == (1, 1, 0)
    (found,) = told["services"][0]["results"]
    assert (found["operation"], found["example"]) == ("Find", "exchange-1.request.xml")


def test_what_does_not_match_is_shown_as_a_call_takes_and_prints_it(recorded: Path) -> None:
    extra = "<Extra/>"
    answer = (
        '<FindResponse xmlns="urn:example:people"><Person><Name>Ada</Name><Age>36</Age>'
        f"{extra}</Person></FindResponse>"
    )
    folder = recorded / "recorded"
    request = message(FIND.replace("</Find>", f"{extra}</Find>"))
    (folder / "exchange-1.request.xml").write_text(request, encoding="utf-8")
    (folder / "exchange-2.request.xml").write_text(message(FIND), encoding="utf-8")
    (folder / "exchange-1.response.xml").write_text(message(answer), encoding="utf-8")
    (folder / "exchange-2.response.xml").write_text(
        message(answer.replace("36", "many")), encoding="utf-8"
    )
    result = soapgen("verify", "small.wsdl", "recorded", "--json", cwd=recorded)
    found = {item["example"]: item for item in json.loads(result.stdout)["services"][0]["results"]}
    assert found["exchange-1.response.xml"]["read"] == {"Name": "Ada", "Age": 36}
    assert "read" not in found["exchange-2.request.xml"]  # it matches
    assert "read" not in found["exchange-2.response.xml"]  # it cannot be read
    read = found["exchange-1.request.xml"]["read"]
    assert read == {"Name": "Ada"}
    (recorded / "read.json").write_text(json.dumps(read), encoding="utf-8")
    options = ["--url", "http://127.0.0.1/", "--json", "read.json", "--dry-run"]
    made = soapgen("call", "small.wsdl", "Find", *options, cwd=recorded)
    assert "<Name>Ada</Name>" in made.stdout


def test_faults_and_empty_bodies_are_counted_and_not_tried(recorded: Path) -> None:
    fault = "<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault>"
    for name, body in (("exchange-1", fault), ("exchange-2", "")):
        path = recorded / "recorded" / f"{name}.response.xml"
        path.write_text(message(body), encoding="utf-8")
    result = soapgen("verify", "small.wsdl", "recorded", cwd=recorded)
    assert result.returncode == 0
    assert "Not tried: a SOAP fault (1)." in result.stdout
    assert "Not tried: an empty body (1)." in result.stdout
    assert result.stdout.endswith("1 of 1 examples match.\n")


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        ("<s:Header/>", "empty header (1)"),
        ('<s:Header><t:Trace xmlns:t="urn:t"/></s:Header>', "headers that are not declared (1)"),
    ],
)
def test_headers_that_the_binding_does_not_declare(recorded: Path, header: str, rule: str) -> None:
    path = recorded / "recorded" / "exchange-1.request.xml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("<s:Body>", f"{header}<s:Body>"), encoding="utf-8")
    result = soapgen("verify", "small.wsdl", "recorded", cwd=recorded)
    assert f"Taken out: {rule}." in result.stdout
    assert result.stdout.endswith("1 of 1 examples match.\n")


def found(recorded: Path, name: str, text: str, source: str = "small.wsdl") -> dict[str, Any]:
    """What verify says of a recorded message."""
    (recorded / "recorded" / name).write_text(text, encoding="utf-8")
    result = soapgen("verify", source, f"recorded/{name}", "--json", cwd=recorded)
    (told,) = json.loads(result.stdout)["services"][0]["results"]
    return dict(told)


def test_an_example_that_is_itself_not_valid(recorded: Path) -> None:
    unknown = '<Find xmlns="urn:example:people"><Name>Ada</Name><Age>7</Age></Find>'
    told = found(recorded, "exchange-2.request.xml", message(unknown))
    assert told["problems"][0].endswith("Envelope/Body/Find/Age: is lost")
    assert "Unexpected child with tag" in told["example_is_not_valid"]
    result = soapgen("verify", "small.wsdl", "recorded/exchange-2.request.xml", cwd=recorded)
    assert "exchange-2.request.xml: the example is not valid: " in result.stdout
    assert found(recorded, "exchange-1.request.xml", message(FIND))["example_is_not_valid"] == ""


def test_what_is_no_message_says_why(recorded: Path) -> None:
    other = message(FIND).replace(ENVELOPE, "urn:none")
    told = found(recorded, "exchange-2.request.xml", other)
    assert (
        told["example_is_not_valid"]
        == "{urn:none}Envelope is not the envelope of a version of SOAP"
    )
    told = found(recorded, "exchange-2.request.xml", f"<!DOCTYPE a SYSTEM 'b'>{message(FIND)}")
    assert "has a DOCTYPE" in told["example_is_not_valid"]
    told = found(recorded, "exchange-2.request.xml", message("<Seek/>"))
    assert told["example_is_not_valid"] == ""
    assert told["problems"][0].endswith("with such a message, nor another one with Seek")


def test_services_of_one_wsdl_with_one_message(recorded: Path) -> None:
    text = wsdl()
    end = "</wsdl:definitions>"
    service = text[text.index("<wsdl:service") : text.index(end)]
    (recorded / "two.wsdl").write_text(
        text.replace(end, service.replace('name="', 'name="Other', 1) + end), encoding="utf-8"
    )
    told = found(recorded, "exchange-1.request.xml", message(FIND), "two.wsdl")
    assert (told["operation"], told["problems"]) == ("Find", [])


def test_the_only_member_that_is_nil_or_missing(recorded: Path) -> None:
    age = '<xs:element name="Age" type="xs:int" nillable="true" minOccurs="0"/>'
    schema = "".join(
        f'<xs:element name="{name}"><xs:complexType><xs:sequence>{age}</xs:sequence>'
        "</xs:complexType></xs:element>"
        for name in ("Find", "FindResponse")
    )
    (recorded / "ages.wsdl").write_text(wsdl(schema), encoding="utf-8")
    nil = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"'
    for kind, name in (("request", "Find"), ("response", "FindResponse")):
        for content in (f"<Age {nil}/>", "", "<Age>3</Age>"):
            body = message(f'<{name} xmlns="urn:example:people">{content}</{name}>')
            told = found(recorded, f"exchange-1.{kind}.xml", body, "ages.wsdl")
            assert told["problems"] == [], content
