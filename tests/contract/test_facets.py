"""The facets of simple types, of all steps of their derivation."""

from __future__ import annotations

from pathlib import Path

import pytest
from soapgen.contract.model import ComplexType, EnumType, Facets, QName, Type
from soapgen.errors import Place

from tests.support.packages import contract_of
from tests.support.small import SCHEMA, wsdl


def restriction(name: str, base: str, facets: str) -> str:
    return (
        f'<xs:simpleType name="{name}"><xs:restriction base="{base}">{facets}</xs:restriction>'
        "</xs:simpleType>\n"
    )


def types_of(definitions: str, folder: Path) -> dict[str, Type]:
    path = folder / "People.wsdl"
    path.write_text(wsdl(definitions + SCHEMA), encoding="utf-8")
    return {name.local: type_ for name, type_ in contract_of(path).types.items()}


def facets_of(definitions: str, name: str, folder: Path) -> Facets:
    found = types_of(definitions, folder)[name]
    assert not isinstance(found, ComplexType)
    facets = getattr(found, "facets", None)
    assert isinstance(facets, Facets)
    return facets


@pytest.mark.parametrize(
    ("base", "facets", "expected"),
    [
        ("xs:string", '<xs:length value=" 3 "/>', Facets(length=3)),
        (
            "xs:string",
            '<xs:minLength value="1"/><xs:maxLength value="3"/>',
            Facets(min_length=1, max_length=3),
        ),
        ("xs:string", '<xs:whiteSpace value="collapse"/>', Facets(white_space="collapse")),
        (
            "xs:decimal",
            '<xs:totalDigits value="5"/><xs:fractionDigits value="2"/>',
            Facets(total_digits=5, fraction_digits=2),
        ),
        (
            "xs:int",
            '<xs:minInclusive value="1"/><xs:maxExclusive value="10"/>',
            Facets(min_inclusive="1", max_exclusive="10"),
        ),
        (
            "xs:string",
            '<xs:pattern value="[A-Z]+"/><xs:pattern value="\\d"/>',
            Facets(patterns=(("[A-Z]+", r"\d"),)),
        ),
    ],
)
def test_the_facets_of_one_step(base: str, facets: str, expected: Facets, tmp_path: Path) -> None:
    assert facets_of(restriction("Code", base, facets), "Code", tmp_path) == expected


def test_the_facets_of_several_steps_are_merged(tmp_path: Path) -> None:
    """Of each bound the last one counts, whether it is inclusive or not; all patterns do."""
    definitions = (
        restriction("A", "xs:int", '<xs:minExclusive value="0"/><xs:pattern value="\\d+"/>')
        + restriction("B", "tns:A", '<xs:maxInclusive value="99"/><xs:totalDigits value="2"/>')
        + restriction("C", "tns:B", '<xs:minInclusive value="5"/><xs:pattern value=".*"/>')
    )
    assert facets_of(definitions, "C", tmp_path) == Facets(
        min_inclusive="5", max_inclusive="99", total_digits=2, patterns=((r"\d+",), (".*",))
    )


def test_facets_of_lists_and_unions(tmp_path: Path) -> None:
    definitions = (
        '<xs:simpleType name="Numbers"><xs:list itemType="xs:int"/></xs:simpleType>'
        '<xs:simpleType name="Either"><xs:union memberTypes="xs:int xs:date"/></xs:simpleType>'
        + restriction("Few", "tns:Numbers", '<xs:maxLength value="2"/>')
        + restriction("Odd", "tns:Either", '<xs:pattern value=".*[13579]"/>')
    )
    assert facets_of(definitions, "Few", tmp_path) == Facets(max_length=2)
    assert facets_of(definitions, "Odd", tmp_path) == Facets(patterns=((".*[13579]",),))


def test_an_enumeration_has_the_facets_beside_its_values(tmp_path: Path) -> None:
    values = '<xs:enumeration value="red"/><xs:enumeration value="blue"/>'
    definitions = restriction("Colour", "xs:string", values) + restriction(
        "Short", "tns:Colour", '<xs:maxLength value="3"/>'
    )
    short = types_of(definitions, tmp_path)["Short"]
    assert isinstance(short, EnumType)
    assert [item.value for item in short.values] == ["red", "blue"]
    assert short.facets == Facets(max_length=3)


def test_a_restriction_of_simple_content_has_the_facets_of_its_base(tmp_path: Path) -> None:
    definitions = restriction("Code", "xs:string", '<xs:minLength value="1"/>') + (
        '<xs:complexType name="Noted"><xs:simpleContent><xs:extension base="tns:Code">'
        '<xs:attribute name="Note"/></xs:extension></xs:simpleContent></xs:complexType>'
        '<xs:complexType name="Short"><xs:simpleContent><xs:restriction base="tns:Noted">'
        '<xs:maxLength value="3"/></xs:restriction></xs:simpleContent></xs:complexType>'
    )
    short = types_of(definitions, tmp_path)["Short"]
    assert isinstance(short, ComplexType)
    content = short.simple_content
    assert not isinstance(content, QName)
    assert getattr(content, "facets", None) == Facets(min_length=1, max_length=3)
    assert getattr(content, "builtin", None) == QName("http://www.w3.org/2001/XMLSchema", "string")


def test_a_pattern_that_is_taken_around_moves_no_place(tmp_path: Path) -> None:
    pattern = '\n<xs:pattern value="[A-Z]+"/>\n'
    definitions = restriction("A", "xs:string", pattern) + restriction("B", "xs:string", "")
    path = tmp_path / "People.wsdl"
    type_ = types_of(definitions, tmp_path)["B"]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert type_.place == Place(str(path), 1 + next(n for n, x in enumerate(lines) if '"B"' in x))
