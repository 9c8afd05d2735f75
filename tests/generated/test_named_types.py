"""What an element of a simple type would lose by a type with attributes is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.echoes import Echoes, complex_type
from tests.support.packages import build_package
from tests.support.small import wsdl

PRICE = complex_type(
    "Price",
    '<xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="unit"/>'
    "</xs:extension></xs:simpleContent>",
)
SCHEMA = PRICE + "".join(
    [
        complex_type("Remark", "<xs:sequence/>", mixed="true"),
        complex_type(
            "Named",
            '<xs:complexContent><xs:extension base="tns:Remark"><xs:attribute name="lang"/>'
            "</xs:extension></xs:complexContent>",
            mixed="true",
        ),
    ]
)
ELEMENTS = [
    '<xs:element name="Amount" type="xs:decimal" minOccurs="0"/>',
    '<xs:element name="Amounts" type="xs:decimal" minOccurs="0" maxOccurs="9"/>',
    '<xs:element name="Price" type="tns:Price" default="1" minOccurs="0"/>',
    '<xs:element name="Remark" type="tns:Remark" minOccurs="0"/>',
    '<xs:element name="Any" minOccurs="0"/>',
]
NAMED = ' xsi:type="Price" unit="EUR">1</'


@pytest.fixture(scope="module")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> Echoes:
    return Echoes(tmp_path_factory.mktemp("named"), SCHEMA, ELEMENTS)


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (f"<Amount{NAMED}Amount>", "Amount"),
        (f"<Amounts>2</Amounts><Amounts{NAMED}Amounts>", "Amounts"),
    ],
)
def test_attributes_that_would_be_lost_are_refused(echoes: Echoes, content: str, path: str) -> None:
    assert echoes.rejected(content) == (
        f"Envelope/Body/FindResponse/{path}: it names the type {{urn:example:people}}Price and has "
        "attributes of that, which would be lost: for the contract, it is a text without attributes"
    )


@pytest.mark.parametrize(
    ("content", "name", "value"),
    [
        ('<Amount xsi:type="Price">1</Amount>', "amount", Decimal(1)),
        (
            '<Amount xmlns:x="http://www.w3.org/2001/XMLSchema" xsi:type="x:int">1</Amount>',
            "amount",
            Decimal(1),
        ),
        (f"<Price{NAMED}Price>", "price.unit", "EUR"),
        ('<Price xsi:type="Price" unit="EUR"></Price>', "price.value", Decimal(1)),
        ('<Remark xsi:type="Named" lang="en">a</Remark>', "remark.lang", "en"),
        ('<Remark xsi:type="Named" lang="en">a</Remark>', "remark.value", "a"),
    ],
)
def test_what_is_not_lost_is_read(echoes: Echoes, content: str, name: str, value: object) -> None:
    first, _, second = name.partition(".")
    found = echoes.read(content, first)
    assert (getattr(found, second) if second else found) == value


def test_any_type_keeps_attributes(echoes: Echoes) -> None:
    assert 'unit="EUR"' in echoes.read(f"<Any{NAMED}Any>", "any").xml


def test_items_that_come_one_by_one(tmp_path: Path) -> None:
    item = '<xs:element name="Item" type="xs:decimal" minOccurs="0" maxOccurs="unbounded"/>'
    content = complex_type("", f"<xs:sequence>{item}</xs:sequence>").replace(' name=""', "")
    messages = [
        f'<xs:element name="{name}">{content}</xs:element>' for name in ("Find", "FindResponse")
    ]
    path = tmp_path / "Items.wsdl"
    path.write_text(wsdl("".join([PRICE, *messages]), qualified=True))
    built = build_package(path, tmp_path, name="named_items")
    answer = (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:example:people"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body><FindResponse>'
        "<Item>2</Item>{}</FindResponse></s:Body></s:Envelope>"
    )
    assert built.parse("find", answer.format("").encode()) == [Decimal(2)]
    named = answer.format(f"<Item{NAMED}Item><Item>3</Item>").encode()
    items: Any = built.parsers.iter_find([named])
    with pytest.raises(built.errors.UnexpectedResponse, match="Body/FindResponse/Item: it names"):
        list(items)
    with pytest.raises(built.errors.UnexpectedResponse, match="Body/FindResponse/Item: it names"):
        built.parse("find", named)
