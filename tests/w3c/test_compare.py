"""The comparer finds what is lost or changed, and nothing in what only looks different."""

from __future__ import annotations

import pytest
import xmlschema
from lxml import etree

from .compare import Comparer

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
SCHEMA = xmlschema.XMLSchema10(
    """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t"
    targetNamespace="urn:t" elementFormDefault="qualified">
  <xs:element name="order">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="price" type="xs:decimal" minOccurs="0" maxOccurs="unbounded"/>
        <xs:element name="note" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
        <xs:element name="kind" type="xs:QName" minOccurs="0"/>
        <xs:element name="at" type="xs:dateTime" minOccurs="0"/>
        <xs:element name="sizes" minOccurs="0">
          <xs:simpleType><xs:list itemType="xs:float"/></xs:simpleType>
        </xs:element>
        <xs:element name="state" default="open" type="xs:string" minOccurs="0"/>
        <xs:element name="base" type="t:base" minOccurs="0"/>
        <xs:element name="text" type="t:text" minOccurs="0"/>
        <xs:element name="any" minOccurs="0"/>
      </xs:sequence>
      <xs:attribute name="id" type="xs:int"/>
      <xs:attribute name="unit" default="kg" type="xs:string"/>
    </xs:complexType>
  </xs:element>
  <xs:element name="pair">
    <xs:complexType>
      <xs:all><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:all>
    </xs:complexType>
  </xs:element>
  <xs:element name="mixed">
    <xs:complexType mixed="true">
      <xs:all><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:all>
    </xs:complexType>
  </xs:element>
  <xs:complexType name="base"><xs:sequence/></xs:complexType>
  <xs:complexType name="more">
    <xs:complexContent><xs:extension base="t:base">
      <xs:sequence><xs:element name="count" type="xs:integer"/></xs:sequence>
    </xs:extension></xs:complexContent>
  </xs:complexType>
  <xs:complexType name="text" mixed="true">
    <xs:sequence><xs:element name="b" type="xs:string" minOccurs="0"/></xs:sequence>
  </xs:complexType>
</xs:schema>"""
)


def compared(expected: str, actual: str, root: str = "order") -> list[str]:
    """The differences between two elements ``root``, given by what follows its name."""
    first, second = (
        etree.fromstring(f'<{root} xmlns="urn:t" xmlns:t="urn:t" {XSI} {rest}</{root}>')
        for rest in (expected, actual)
    )
    return [str(item) for item in Comparer(SCHEMA).differences(first, second)]


@pytest.mark.parametrize(
    ("expected", "actual", "difference"),
    [
        ('id="1">', ">", "order/@id: '1' is lost"),
        ('id="1">', 'id="2">', "order/@id: '1' became '2'"),
        (">", 'id="1">', "order/@id: '1' was added"),
        (">", 'unit="g">', "order/@unit: 'kg' became 'g'"),
        (
            "><price>1</price><note>x</note>",
            "><note>x</note><price>1</price>",
            "order: its children are in another order",
        ),
        ("><note>x</note>", "><note>y</note>", "order/note: the text 'x' became 'y'"),
        ("><note>x</note>", "><note> x</note>", "order/note: the text 'x' became ' x'"),
        ("><note/><note/>", "><note/>", "order/note: 1 of 2 are lost"),
        (">", "><note/>", "order/note: 1 were added"),
        (">", ">text", "order: the text 'text' was added"),
        ("><price>1</price>", "><price>1.1</price>", "order/price: the text '1' became '1.1'"),
        (
            "><kind>t:a</kind>",
            '><kind xmlns:t="urn:other">t:a</kind>',
            "order/kind: the text 't:a' became 't:a', whose prefixes mean other namespaces",
        ),
        (
            "><at>2024-01-01T00:00:00Z</at>",
            "><at>2024-01-01T00:00:00</at>",
            "order/at: the text '2024-01-01T00:00:00Z' became '2024-01-01T00:00:00'",
        ),
        (
            "><at>2024-01-01T00:00:00.1234567</at>",
            "><at>2024-01-01T00:00:00.123456</at>",
            "order/at: the text '2024-01-01T00:00:00.1234567' became '2024-01-01T00:00:00.123456'",
        ),
        ("><sizes>1 2</sizes>", "><sizes>1</sizes>", "order/sizes: the text '1 2' became '1'"),
        (
            '><base xsi:type="t:more"><count>1</count></base>',
            "><base><count>1</count></base>",
            "order/base/@type: 't:more' is lost",
        ),
        (
            '><note xsi:nil="true"/>',
            "><note/>",
            "order/note/@nil: 'true' is lost",
        ),
        (
            "><text>a<b/>c</text>",
            "><text>ac<b/></text>",
            "order/text: the text 'a' became 'ac'",
        ),
        ("><state>shut</state>", "><state/>", "order/state: the text 'shut' became ''"),
    ],
)
def test_finds_what_differs(expected: str, actual: str, difference: str) -> None:
    assert compared(expected, actual)[0] == difference


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("><price>1.0</price>", "><price>1</price>"),
        ('id="01">', 'id="1">'),
        (">", 'unit="kg">'),
        ("><sizes>1.0\n INF</sizes>", "><sizes>1 INF</sizes>"),
        ("><kind>t:a</kind>", '><kind xmlns:o="urn:t">o:a</kind>'),
        ("><at>2024-01-01T00:00:00.500Z</at>", "><at>2024-01-01T00:00:00.5+00:00</at>"),
        ("><state/>", "><state>open</state>"),
        (
            '><base xsi:type="t:more"><count>+1</count></base>',
            '><base xmlns:o="urn:t" xsi:type="o:more">\n<count>1</count>\n</base>',
        ),
        ('><any xmlns:x="http://www.w3.org/2001/XMLSchema" xsi:type="x:anyType"/>', "><any/>"),
        (">\n<note/>", "><note/>"),
        ('xsi:schemaLocation="urn:t t.xsd">', ">"),
    ],
)
def test_accepts_another_form_of_the_same(expected: str, actual: str) -> None:
    assert compared(expected, actual) == []


@pytest.mark.parametrize(
    ("root", "actual", "differences"),
    [
        ("pair", "><b>2</b><a>1</a>", []),
        ("pair", "><b>3</b><a>1</a>", ["pair/b: the text '2' became '3'"]),
        ("mixed", "><b>2</b><a>1</a>", ["mixed: its children are in another order"]),
    ],
)
def test_the_order_within_all_counts_only_in_mixed_content(
    root: str, actual: str, differences: list[str]
) -> None:
    assert compared("><a>1</a><b>2</b>", actual, root) == differences


def test_compares_by_exact_text_without_a_schema() -> None:
    one, other = (etree.fromstring(f"<a>{text}</a>") for text in ("1.0", "1"))
    assert [str(item) for item in Comparer(None).differences(one, other)] == [
        "a: the text '1.0' became '1'"
    ]
