"""What was published about other generators does not happen here: a test for each mechanism.

Each test names the advisories of its mechanism. ``canary`` stands for code: it is a name that no
contract uses for anything else, and occurs in no program unless a text became code.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from lxml import etree
from soapgen.errors import SourceError, UnsupportedError

from tests.support.command import snapshot, soapgen
from tests.support.packages import generated
from tests.support.small import wsdl
from tests.support.web import Answer, serving

SCHEMA = """
  <xs:simpleType name="Kind">
    <xs:annotation><xs:documentation>{text}</xs:documentation></xs:annotation>
    <xs:restriction base="xs:string">
      <xs:enumeration value="{value}">
        <xs:annotation><xs:documentation>{text}</xs:documentation></xs:annotation>
      </xs:enumeration>
    </xs:restriction>
  </xs:simpleType>
  <xs:complexType name="Shape" abstract="true">
    <xs:annotation><xs:documentation>{text}</xs:documentation></xs:annotation>
    <xs:sequence>
      <xs:element name="Kind" type="tns:Kind" minOccurs="0">
        <xs:annotation><xs:documentation>{text}</xs:documentation></xs:annotation>
      </xs:element>
      <xs:element name="Note" type="xs:string" minOccurs="0" default="{value}"/>
    </xs:sequence>
  </xs:complexType>
  <xs:complexType name="Disc">
    <xs:complexContent><xs:extension base="tns:Shape"><xs:sequence/></xs:extension>
    </xs:complexContent>
  </xs:complexType>
  <xs:element name="Find"><xs:complexType>
    <xs:annotation><xs:documentation>{text}</xs:documentation></xs:annotation>
    <xs:sequence>
      <xs:element name="Kind" type="tns:Kind" default="{value}">
        <xs:annotation><xs:documentation>{text}</xs:documentation></xs:annotation>
      </xs:element>
    </xs:sequence>
  </xs:complexType></xs:element>
  <xs:element name="FindResponse"><xs:complexType>
    <xs:annotation><xs:documentation>{text}</xs:documentation></xs:annotation>
    <xs:sequence>
      <xs:element name="Kind" type="tns:Kind"/>
      <xs:element name="Shape" type="tns:Shape" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType></xs:element>
"""

QUOTES = (
    '"+canary()+"',
    "'+canary()+'",
    '"""\ncanary()\n"""',
    "'''\ncanary()\n'''",
    '"""+canary()+"""',
    '")\ncanary()\n("',
    '""" + canary() + r"""',
    '"',
    '""',
    '"""',
)
BRACES = (
    "{canary()}",
    "{{canary()}}",
    "{{ canary() }}",
    "{% raw %}",
    "{# canary",
    "{",
    "}}{canary()",
)
BACKSLASHES = (
    "\\",
    '\\"+canary()+\\"',
    '\\\\"+canary()+"',
    "\\'+canary()+'",
    '\\"""\ncanary()\n"""',
    "\\N{BULLET}",
    "\\x41\\u0041\\0",
    "a\\\ncanary()",
)
# Those of the characters that end a line for some tool which XML 1.0 allows in a text.
LINE_ENDS = ("\r", "\n", "\r\n", "\x85", "\u2028", "\u2029")
COMMENTS = ("# type: ignore", "# fmt: off", "# noqa", "# -*- coding: utf-7 -*-", "# fmt: skip")


def hostile(text: str) -> str:
    """A WSDL that has ``text`` wherever a contract may have any text."""
    value = escape(text, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    note = f"<wsdl:documentation>{value}</wsdl:documentation>"
    contract = wsdl(SCHEMA.format(text=value, value=value))
    contract = contract.replace("urn:example:people:Find", f"urn:{value}")
    contract = contract.replace("http://localhost/people", f"http://localhost/{value}")
    for place in ('<wsdl:service name="PeopleService">', '<wsdl:operation name="Find">'):
        contract = contract.replace(place, place + note)
    return contract


def checked(text: str, folder: Path, *, name: str = "People.wsdl", value: str = "") -> None:
    """Build the package of the WSDL ``text``; it is imported, and has no code of the contract.

    Args:
        text: The WSDL.
        folder: Where it is built.
        name: The name of the WSDL's file.
        value: A value of the enumeration Kind, if it has one.
    """
    source = folder / name
    source.write_bytes(text.encode())
    result = soapgen("build", source, "--server", "--name", "hostile_client", cwd=folder)
    assert result.returncode == 0, result.stderr
    package = folder / "generated" / "hostile_client"
    for path in package.glob("*.py"):
        tree = ast.parse(path.read_bytes())  # in the encoding that Python would read it in
        assert "canary" not in set(identifiers(tree)), path.name
    program = f"""
import builtins, sys
def canary(*args): raise SystemExit("a text became code")
builtins.canary = canary
sys.path.insert(0, "generated")
from hostile_client import builders, client, errors, models, parsers, transport
value = {value!r}
if value:
    kind = models.Kind(value)
    assert kind in list(models.Kind) and kind.value == value, list(models.Kind)
    request = builders.build_find(kind)
    assert parsers.parse_find_request(request) == kind
    answer = builders.build_find_response(kind, models.Disc(kind=kind, note=value))
    assert parsers.parse_find(answer).shape == models.Disc(kind=kind, note=value)
"""
    subprocess.run([sys.executable, "-c", program], cwd=folder, check=True)
    manifest = json.loads((package / "soapgen.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == {
        path for path in snapshot(package) if "__pycache__" not in path
    } - {"soapgen.json"}
    sample = soapgen("sample", source, "Find", cwd=folder)
    assert sample.returncode == 0, sample.stderr
    assert "canary" not in {node.tag for node in etree.fromstring(sample.stdout.encode()).iter()}


def identifiers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        for attribute in ("id", "attr", "name", "arg", "asname", "module"):
            found = getattr(node, attribute, None)
            if isinstance(found, str):
                yield found


@pytest.mark.slow
@pytest.mark.parametrize("text", QUOTES + BRACES)
def test_text_in_strings_docstrings_and_f_strings(text: str, tmp_path: Path) -> None:
    """CVE-2026-105801 (GHSA-5293-mq8x-g3xj), CVE-2020-15142.

    The same texts are values and descriptions of enumerations (CVE-2026-23947, CVE-2026-25141,
    GHSA-xrqw-w576-xgj2, GHSA-5f94-x226-ccpm), defaults (CVE-2014-1202, CVE-2026-71868,
    CVE-2026-71869, CVE-2026-71871, CVE-2026-96755, CVE-2026-96756), the address (CVE-2026-62682,
    GHSA-38c3-wv3c-v3xj, GHSA-rjwr-m7qx-3fjr), the SOAP action (CVE-2026-62681,
    GHSA-jwgf-6xff-4hvp) and summaries (CVE-2026-22785).
    """
    checked(hostile(text), tmp_path, value=text)


@pytest.mark.slow
@pytest.mark.parametrize("text", BACKSLASHES)
def test_backslashes(text: str, tmp_path: Path) -> None:
    """kubernetes-client #7978: quotes escaped, backslashes not."""
    checked(hostile(text), tmp_path, value=text)


@pytest.mark.slow
@pytest.mark.parametrize("end", LINE_ENDS)
@pytest.mark.parametrize("text", ["x{end}canary()", "#{end}canary(){end}"])
def test_the_end_of_a_line(end: str, text: str, tmp_path: Path) -> None:
    """CVE-2026-54621, CVE-2026-54654: a bare carriage return ends a comment."""
    checked(hostile(text.format(end=end)), tmp_path, value=text.format(end=end))


@pytest.mark.slow
@pytest.mark.parametrize("text", COMMENTS)
def test_comments_that_tools_obey(text: str, tmp_path: Path) -> None:
    checked(hostile(text), tmp_path, value=text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["'+canary()+'", "'''+canary()+'''", "a&b;canary()", "a#canary():coding=x"]
)
def test_a_namespace(text: str, tmp_path: Path) -> None:
    """Of the characters that end a string somewhere, a URI may contain single quotes."""
    checked(wsdl().replace("urn:example:people", f"urn:{escape(text)}"), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "a\rcanary().wsdl",
        "a\ncanary().wsdl",
        "a\fcanary().wsdl",
        "a\vcanary().wsdl",
        "a\x85\u2028canary().wsdl",
        '"""+canary()+""".wsdl',
        "# -*- coding: utf-7 -*-.wsdl",
        "vim: set fileencoding=latin-1 :.wsdl",
        "coding:coding=utf-16.wsdl",
        "# type: ignore.wsdl",
        "# fmt: off.wsdl",
    ],
)
def test_the_name_of_the_file(name: str, tmp_path: Path) -> None:
    """CVE-2026-54621, CVE-2026-54654: the name of the source is in a comment in each file."""
    text = hostile("Größe 名前")
    checked(text, tmp_path, name=name, value="Größe 名前")
    first = (tmp_path / "generated/hostile_client/models.py").read_bytes().split(b"\n")[0]
    assert first.startswith(b"# Generated by soapgen from ")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["x\nimport canary", "os; canary()", "a.b", "../x", "a/b", "", "os"]
)
def test_the_name_of_the_package(name: str, tmp_path: Path) -> None:
    """CVE-2026-55415: a newline in an import path."""
    (tmp_path / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    before = snapshot(tmp_path)
    assert soapgen("build", "People.wsdl", "--name", name, cwd=tmp_path).returncode == 2
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    "name",
    [
        "x\nimport canary",
        "f(canary())",
        "a b",
        "x=canary()",
        "../x",
        "a/b",
        'x"',
        "a:b",
        "{x}",
        "a\\b",
    ],
)
@pytest.mark.parametrize("place", ["Find", "Person", "PeopleService", "Name", "People"])
def test_names_that_xml_does_not_allow(name: str, place: str, tmp_path: Path) -> None:
    """CVE-2026-53510 (operations); CVE-2026-54653, -54655, -54656 (annotations and decorators)."""
    value = escape(name, {'"': "&quot;", "\n": "&#10;"})
    text = wsdl().replace(f'name="{place}"', f'name="{value}"')
    source = tmp_path / "People.wsdl"
    source.write_text(text, encoding="utf-8")
    try:
        made = generated(source, name="refused_client")
    except (SourceError, UnsupportedError):
        return
    # A name that nothing in the output uses may be any text.
    for path, module in made.texts.items():
        assert "canary" not in set(identifiers(ast.parse(module))), path
        assert ".." not in path


@pytest.mark.slow
@pytest.mark.parametrize(
    "location", ["/etc/passwd", "../secret.xsd", "file:///etc/passwd", "sub/../../secret.xsd"]
)
def test_a_location_reads_no_other_file(location: str, tmp_path: Path) -> None:
    """CVE-2026-55390: ``schemaLocation`` reads any file."""
    (tmp_path / "secret.xsd").write_text("<secret>hidden</secret>", encoding="utf-8")
    folder = tmp_path / "contract"
    folder.mkdir()
    include = f'<xs:include schemaLocation="{location}"/><xs:element name="Find">'
    text = wsdl().replace('<xs:element name="Find">', include, 1)
    (folder / "People.wsdl").write_text(text, encoding="utf-8")
    result = soapgen("build", "contract/People.wsdl", cwd=tmp_path)
    assert result.returncode == 2
    assert "hidden" not in result.stderr + result.stdout
    assert "root:" not in result.stderr + result.stdout
    assert not (tmp_path / "generated").exists()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["include", "import", "wsdl"])
def test_a_remote_reference_is_refused_and_not_fetched(kind: str, tmp_path: Path) -> None:
    """CVE-2026-54690, CVE-2026-58501: a gate against remote references that only warns."""
    with serving(lambda path, headers: Answer(b"<xs:schema/>")) as web:
        place = {
            "include": f'<xs:include schemaLocation="{web.url}/a.xsd"/>',
            "import": f'<xs:import namespace="urn:a" schemaLocation="{web.url}/a.xsd"/>'
            '<xs:element name="Far" xmlns:a="urn:a" type="a:Far"/>',
            "wsdl": "",
        }[kind]
        text = wsdl().replace(
            '<xs:complexType name="Person">', f'{place}<xs:complexType name="Person">'
        )
        if kind == "wsdl":
            imported = f'<wsdl:import namespace="urn:a" location="{web.url}/a.wsdl"/>'
            text = text.replace("<wsdl:types>", f"{imported}<wsdl:types>", 1)
        (tmp_path / "People.wsdl").write_text(text, encoding="utf-8")
        before = snapshot(tmp_path)
        result = soapgen("build", "People.wsdl", cwd=tmp_path)
    assert result.returncode == 2
    assert web.asked == []
    assert snapshot(tmp_path) == before


def test_no_token_goes_to_a_host_that_only_the_contract_names(tmp_path: Path) -> None:
    """GHSA-h754-fxp7-88wx: the caller gives the address; the contract's is a constant, unused."""
    source = tmp_path / "People.wsdl"
    text = wsdl().replace("http://localhost/people", "http://attacker.example/canary")
    source.write_text(text, encoding="utf-8")
    for path, module in generated(source).texts.items():
        tree = ast.parse(module)
        notes = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        constants = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ADDRESS"
        }
        assert len(constants) == (2 if path == "client.py" else 0)
        for node in ast.walk(tree):
            name = getattr(node, "id", getattr(node, "attr", None))
            assert name != "ADDRESS" or isinstance(getattr(node, "ctx", None), ast.Store)
            if isinstance(node, ast.Constant) and id(node) not in notes | constants:
                assert "attacker" not in str(node.value), path
            if (
                isinstance(node, ast.FunctionDef)
                and node.name == "__init__"
                and path == "client.py"
            ):
                assert node.args.args[1].arg == "url"
                assert not node.args.defaults
