"""Names that are long, taken or meant to harm: the code that comes of them is sound."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.echoes import Echoes, optional
from tests.support.packages import build_package, generated
from tests.support.paths import PROJECT
from tests.support.small import wsdl
from tests.support.typing import mypy
from tests.support.unmarked import unmark

LONG = "ANameThatIsSoLongThatFewOthersFitOnALineTogetherWithIt"
SNAKE = "a_name_that_is_so_long_that_few_others_fit_on_a_line_together_with_it"
SCHEMA = """
  <xs:complexType name="{name}">
    <xs:sequence>
      <xs:element name="{name}" type="xs:string" minOccurs="0"/>
      <xs:element name="{long}" type="tns:{name}" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
  <xs:complexType name="ArrayOf{name}">
    <xs:sequence>
      <xs:element name="{long}" type="tns:{name}" nillable="true"
                  minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
  </xs:complexType>
  <xs:element name="Find">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="{name}" type="xs:date" minOccurs="0"/>
        <xs:element name="{long}" type="tns:ArrayOf{name}" minOccurs="0"/>
      </xs:sequence>
    </xs:complexType>
  </xs:element>
  <xs:element name="FindResponse">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="{name}" type="tns:ArrayOf{name}" minOccurs="0"/>
        <xs:element name="{long}" type="xs:dateTime" minOccurs="0"/>
      </xs:sequence>
    </xs:complexType>
  </xs:element>
"""


@pytest.mark.conformance
@pytest.mark.parametrize(
    "name",
    [
        "date",
        "datetime",
        "list",
        "optional",
        "request",
        "headers",
        "soap_headers",
        "self",
        "class",
        "Element",
        "Envelope",
        "Headers",
        "Iterable",
        "RequestHeaders",
        "PeopleClient",
        "FindResult",
        "None",
        "field",
        "value",
        "tag",
        "node",
        "child",
        "Ärger",
        "a-b.c",
    ],
)
def test_any_name_gives_sound_code(name: str, tmp_path: Path) -> None:
    source = tmp_path / "People.wsdl"
    source.write_text(wsdl(SCHEMA.format(name=name, long=LONG)), encoding="utf-8")
    package = tmp_path / "people_client"
    package.mkdir()
    for file in generated(source, server=True).files:
        (package / file.path).write_text(file.text, encoding="utf-8")
    unmark(package)
    found = mypy("-p", "people_client", cwd=tmp_path)
    assert found.startswith("Success"), found
    ruff = ["ruff", "check", "--no-cache", "--config", str(PROJECT / "pyproject.toml"), "."]
    result = subprocess.run(
        [sys.executable, "-m", *ruff], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout
    program = """
from people_client import builders, parsers
content = builders.build_find()
assert parsers.parse_find_request(content) is not None
"""
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)


@pytest.mark.slow
def test_a_variable_is_no_parameter_and_hides_no_function(tmp_path: Path) -> None:
    """The markup of a long member is a variable: x_xml for x, which may be another member."""
    schema = f"""
      <xs:complexType name="AnythingXml"><xs:sequence>
        <xs:element name="write_anything" type="xs:string"/>
        <xs:element name="{LONG}" type="tns:AnythingXml" minOccurs="0"/>
      </xs:sequence></xs:complexType>
      <xs:element name="Find"><xs:complexType><xs:sequence>
        <xs:element name="{LONG}" type="xs:string" minOccurs="0"/>
        <xs:element name="{LONG}.xml" type="xs:string" minOccurs="0"/>
        <xs:element name="write_anything" type="tns:AnythingXml" minOccurs="0"/>
        <xs:element name="{LONG}.{LONG}" type="tns:AnythingXml" minOccurs="0"/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="FindResponse"><xs:complexType/></xs:element>"""
    source = tmp_path / "People.wsdl"
    source.write_text(wsdl(schema), encoding="utf-8")
    package = build_package(source, tmp_path, name="variables_client")
    part = package.models.AnythingXml(write_anything="a")
    given = ("one", "two", part, package.models.AnythingXml(**{SNAKE: part}, write_anything="b"))
    assert package.parse_request("find", package.build("find", *given)) == given


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        '"""; import os; os.abort(); """',
        "\\",
        "\\N{BULLET}",
        "'''",
        "{{ 7 * 7 }}",
        "{% raw %}",
        "\x85",
    ],
)
def test_documentation_cannot_become_code(text: str, tmp_path: Path) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    note = f"<wsdl:documentation>{escaped}</wsdl:documentation><wsdl:input message"
    source = tmp_path / "People.wsdl"
    source.write_text(wsdl().replace("<wsdl:input message", note), encoding="utf-8")
    files = generated(source).texts
    for path in ("builders.py", "client.py"):
        tree = ast.parse(files[path])
        documented = [
            ast.get_docstring(node) or ""
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name in ("find", "build_find")
        ]
        shown = " ".join(text.replace('"""', "'''").split())
        assert [shown in note for note in documented] == [
            path == "client.py" or not shown
        ], documented
        assert not [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute | ast.Name)
            and getattr(node, "attr", getattr(node, "id", "")) in ("os", "abort")
        ]


def test_values_that_differ_by_case_alone_keep_their_names(tmp_path: Path) -> None:
    """Whatever else an enumeration lists, and in whichever order."""
    listed = (
        ["red", "Red", "RED", "on"],
        ["RED", "blue", "Red", "off", "red"],
        ["Red", "red", "RED"],
    )
    types = "".join(
        f'<xs:simpleType name="Colour{number}"><xs:restriction base="xs:token">'
        + "".join(f'<xs:enumeration value="{value}"/>' for value in values)
        + "</xs:restriction></xs:simpleType>"
        for number, values in enumerate(listed)
    )
    models = Echoes(tmp_path, types, optional(*map("Colour{}".format, range(3)))).models
    for number, values in enumerate(listed):
        members = getattr(models, f"Colour{number}").__members__
        assert [item.value for item in members.values()] == values
        names = {item.value: name for name, item in members.items()}
        assert (names["RED"], names["Red"], names["red"]) == ("RED", "RED_2", "RED_3")
