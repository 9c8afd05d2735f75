"""The check of encoded messages: it finds nothing in what is right, and what is wrong in others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.packages import Built, build_package
from tests.support.paths import LEDGER

from .contracts import Wild
from .encoded import encoded_problems
from .section_five import SectionFive


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Path]:
    """A package with encoded messages, arrays of two dimensions among them, and its WSDL."""
    folder = tmp_path_factory.mktemp("rules")
    path = folder / "Ledger.wsdl"
    text = LEDGER.read_text(encoding="utf-8").replace("xs:double[][]", "xs:double[,]")
    path.write_text(text, encoding="utf-8")
    return build_package(path, folder, name="ledger_rules"), path


@pytest.mark.slow
def test_what_a_package_writes_keeps_the_rules(ledger: tuple[Built, Path]) -> None:
    built, path = ledger
    assert not [*encoded_problems(Wild("Ledger", path), built)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("operation", "old", "new", "found"),
    [
        ("sum", "xsd:double[1,2]", "xsd:double[2,2]", "table has 2 items, expected 4"),
        ("sum", "xsd:double[1,2]", "xsd:double[2]", "expected ('{http://www.w3.org"),
        ("sum", ">1.0<", ">one<", "item: 'one' is no"),
        ("sum", 'soapenc:arrayType="xsd:double[1,2]"', "", "does not say of what"),
        ("sum", ' xsi:type="xsd:double">1', ">1", "item does not say its type"),
        ("sum", "<table ", '<table xsi:nil="1" ', "table is nil and has a value"),
        ("sum", "table", "desk", "has desk, expected table"),
        ("turn", 'xsi:type="xsd:int"', 'xsi:type="xsd:string"', "value is a"),
        ("turn", 'xsi:type="ledger:Node"', 'xsi:type="Node"', "node is a {}Node, which is no"),
        ("turn", '<value xsi:type="xsd:int">7</value>', "", "node has 0 value"),
        ("turn", "value", "ledger:value", "node has a {urn:example:ledger}value"),
    ],
)
def test_what_breaks_a_rule_is_found(
    operation: str, old: str, new: str, found: str, ledger: tuple[Built, Path]
) -> None:
    built, path = ledger
    value = [[1.0, 2.0]] if operation == "sum" else built.models.Node(value=7)
    content = built.build(operation, value).decode()
    assert old in content
    rules = SectionFive(path)
    assert not [*rules.problems(operation, content.encode(), is_request=True)]
    changed = content.replace(old, new).encode()
    assert any(found in line for line in rules.problems(operation, changed, is_request=True))
