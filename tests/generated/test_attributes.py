"""Attributes: what they are in Python, in messages, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.echoes import Echoes, complex_type, optional
from tests.support.strategies import TEXT

SCHEMA = "".join(
    [
        '<xs:import namespace="http://www.w3.org/XML/1998/namespace"/>',
        '<xs:simpleType name="Colour"><xs:restriction base="xs:string">'
        '<xs:enumeration value="red"/><xs:enumeration value="dark blue"/>'
        "</xs:restriction></xs:simpleType>"
        '<xs:simpleType name="Colours"><xs:list itemType="tns:Hue"/></xs:simpleType>'
        '<xs:simpleType name="Hue"><xs:restriction base="xs:string">'
        '<xs:enumeration value="red"/><xs:enumeration value="green"/>'
        "</xs:restriction></xs:simpleType>"
        '<xs:attribute name="Stamp" type="xs:date"/>',
        complex_type(
            "Price",
            '<xs:simpleContent><xs:extension base="xs:decimal">'
            '<xs:attribute name="currency" default="EUR"/>'
            '<xs:attribute name="note" type="xs:string"/>'
            '<xs:attribute name="rate" type="xs:int" use="required"/>'
            '<xs:attribute name="value" type="xs:boolean"/>'
            "</xs:extension></xs:simpleContent>",
        ),
        complex_type(
            "Kinds",
            '<xs:sequence><xs:element name="Size" type="xs:int"/></xs:sequence>'
            '<xs:attribute name="Size" type="xs:string"/>'
            '<xs:attribute name="Colour" type="tns:Colour"/>'
            '<xs:attribute name="Base" type="tns:Colour" default="dark blue"/>'
            '<xs:attribute name="Hues" type="tns:Colours"/>'
            '<xs:attribute name="Count" type="xs:int" default="3"/>'
            '<xs:attribute name="Share" type="xs:decimal" default="0.5"/>'
            '<xs:attribute name="Open" type="xs:boolean" default="1"/>'
            '<xs:attribute name="Inner" form="qualified" type="xs:string"/>'
            '<xs:attribute ref="tns:Stamp"/><xs:attribute ref="xml:lang"/>'
            '<xs:attribute name="Gone" type="xs:int" use="prohibited"/>',
        ),
        complex_type(
            "Fixed",
            '<xs:attribute name="version" type="xs:string" fixed="1.0"/>'
            '<xs:attribute name="number" type="xs:decimal" fixed="1.50"/>'
            '<xs:attribute name="must" type="xs:int" fixed="7" use="required"/>',
        ),
        complex_type(
            "Open",
            '<xs:attribute name="own" type="xs:int"/><xs:anyAttribute processContents="skip"/>',
        ),
        '<xs:element name="Root" type="tns:Price"/>',
    ]
)
TEXTS = st.one_of(TEXT, st.sampled_from(['"', "'", "\t", "\n", "\r\n", " a  b ", "&quot;", "<"]))


@pytest.fixture(scope="module")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> Echoes:
    elements = optional("Price", "Kinds", "Fixed", "Open")
    nil = '<xs:element name="Nil" type="tns:Price" nillable="true" minOccurs="0"/>'
    return Echoes(tmp_path_factory.mktemp("attributes"), SCHEMA, [*elements, nil])


@pytest.mark.slow
def test_a_default_stands_in_for_what_is_missing(echoes: Echoes) -> None:
    read = echoes.read('<Price rate="2">1.50</Price>', "price")
    assert (read.currency, read.note, read.rate) == ("EUR", None, 2)
    assert echoes.sent(price=read) == '<Price currency="EUR" rate="2">1.50</Price>'


def test_a_required_attribute(echoes: Echoes) -> None:
    with pytest.raises(TypeError, match="rate"):
        echoes.models.Price(value=Decimal(1))
    assert echoes.rejected("<Price>1</Price>").endswith(
        "FindResponse/Price: expected the attribute rate, which is missing"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('<Price rate="many">1</Price>', "FindResponse/Price/@rate: 'many' is not of its type"),
        ('<Price rate="1_0">1</Price>', "Price/@rate: '1_0' is not of its type"),
        ('<Price rate="">1</Price>', "Price/@rate: '' is not of its type"),
        ('<Price rate="1">cheap</Price>', "FindResponse/Price: 'cheap' is not of its type"),
    ],
)
def test_a_text_that_is_no_value(echoes: Echoes, content: str, message: str) -> None:
    assert echoes.rejected(content).endswith(message)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"rate": "2"}, "Price/@rate: expected int, not str"),
        ({"rate": 2**31}, "Price/@rate: 2147483648 is out of the range of xs:int"),
        ({"rate": None}, "Price/@rate: expected int, not NoneType"),
        ({"note": 7}, "Price/@note: expected str, not int"),
        ({"note": "\x00"}, "Price/@note: XML cannot carry the character '\\x00'"),
        ({"value": "1"}, "Price: expected a finite Decimal, not str"),
    ],
)
def test_a_wrong_value(echoes: Echoes, members: dict[str, Any], message: str) -> None:
    value = echoes.models.Price(**{"value": Decimal(1), "rate": 2, **members})
    assert message in echoes.refused(price=value)


@pytest.mark.slow
@given(TEXTS)
def test_any_text_comes_back(echoes: Echoes, text: str) -> None:
    value = echoes.models.Price(value=Decimal(1), rate=2, note=text, currency=text)
    echoes.again(price=value)


def test_quotes_tabs_and_line_ends_are_escaped(echoes: Echoes) -> None:
    value = echoes.models.Price(value=Decimal(1), rate=2, note="\"'<&\t\r\n")
    assert ' note="&quot;\'&lt;&amp;&#9;&#13;&#10;" ' in echoes.sent(price=value)


def test_an_attribute_and_an_element_of_one_name(echoes: Echoes) -> None:
    value = echoes.models.Kinds(size=1, size_attribute="large")
    assert 'Size="large"' in echoes.sent(kinds=value)
    echoes.again(kinds=value)


def test_an_attribute_called_value_beside_the_text(echoes: Echoes) -> None:
    value = echoes.models.Price(value=Decimal(1), rate=2, value_attribute=True)
    assert 'value="true">1</Price>' in echoes.sent(price=value)
    echoes.again(price=value)


def test_attributes_of_many_types(echoes: Echoes) -> None:
    models = echoes.models
    usual = echoes.read("<Kinds><Size>1</Size></Kinds>", "kinds")
    assert usual.base is models.Colour.DARK_BLUE
    assert (usual.count, usual.open, usual.colour) == (3, True, None)
    assert usual.share is None, "Python has no literal for it: missing goes back as missing"
    assert "Share" not in echoes.sent(kinds=usual)
    value = models.Kinds(
        size=1,
        colour=models.Colour.RED,
        hues=["red", "green"],
        count=-1,
        share=Decimal("1.50"),
        open=False,
        inner="a",
        stamp=date(2026, 1, 2),
        lang="nb-NO",
    )
    content = echoes.sent(kinds=value)
    assert ':Inner="a"' in content
    assert ':Stamp="2026-01-02"' in content
    assert ' xml:lang="nb-NO"' in content
    echoes.again(kinds=value)


def test_a_prohibited_attribute_is_no_member(echoes: Echoes) -> None:
    assert not hasattr(echoes.models.Kinds(size=1), "gone")


def test_a_value_that_an_enumeration_does_not_list_is_kept(echoes: Echoes) -> None:
    kinds = echoes.models.Kinds(size=1, colour=echoes.models.Colour("mauve"))
    content = echoes.built.builders.build_find_response(kinds=kinds)
    assert echoes.built.parse("find", content).kinds == kinds


def test_a_fixed_attribute_has_its_value_and_no_other(echoes: Echoes) -> None:
    fixed = echoes.models.Fixed
    assert echoes.sent(fixed=fixed()) == '<Fixed version="1.0" must="7"/>'.replace(
        "/>", "></Fixed>"
    )
    echoes.again(fixed=fixed(number=Decimal("1.5")))
    for members, message in (
        ({"version": "1"}, "Fixed/@version: expected '1.0', which is fixed, got '1'"),
        ({"number": Decimal("1.51")}, "Fixed/@number: expected '1.50', which is fixed, got '1.51'"),
        ({"must": 8}, "Fixed/@must: expected '7', which is fixed, got '8'"),
        ({"must": "7"}, "Fixed/@must: expected int, not str"),
    ):
        assert message in echoes.refused(fixed=fixed(**members))


def test_attributes_that_the_contract_leaves_open(echoes: Echoes) -> None:
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    others = {"plain": 'a"b', "{urn:x}y": "1\n2", "{urn:z}y": "", language: "nb"}
    value = echoes.models.Open(own=1, other_attributes=others)
    echoes.again(open=value)
    assert ' xml:lang="nb"' in echoes.sent(open=value)
    read = echoes.read('<Open q:own="2" own="1" xmlns:q="urn:q"/>', "open")
    assert (read.own, read.other_attributes) == (1, {"{urn:q}own": "2"})


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"a b": ""}, "other_attributes: 'a b' is no name of an attribute"),
        ({'a="1" b': ""}, "is no name of an attribute"),
        ({"{urn:x}": ""}, "is no name of an attribute"),
        ({"own": "2"}, "other_attributes: 'own' is a member of its own"),
        ({"xmlns": "urn:x"}, "is no name of an attribute"),
        ({"{http://www.w3.org/2001/XMLSchema-instance}type": "x"}, "is no name of an attribute"),
        ({"{http://www.w3.org/2000/xmlns/}a": "x"}, "is no name of an attribute"),
        ({"a": 1}, "a: expected str, not int"),
        (["a"], "other_attributes: expected a mapping, not list"),
    ],
)
def test_attributes_that_cannot_be_left_open(echoes: Echoes, others: Any, message: str) -> None:
    value = echoes.models.Open(own=1, other_attributes=others)
    assert message in echoes.refused(open=value)


def test_nil_with_attributes(echoes: Echoes) -> None:
    value = echoes.models.Price(value=None, rate=2, note="unknown")
    assert 'rate="2" xsi:nil="true"></Nil>' in echoes.sent(nil=value)
    echoes.again(nil=value)
