"""The harder shapes of XML Schema together: a whole message of tests/wsdl/Orders.wsdl."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree
from soapgen.contract import read_with_schemas
from soapgen.sources import find_sources, read_documents

from tests.support.packages import Built
from tests.support.paths import ORDERS


@pytest.fixture
def members(orders: Built) -> dict[str, Any]:
    models, markup = orders.models, orders.anytype.Markup
    price = models.Price(value=Decimal("9.50"), rate=2, currency=models.Currency.NOK)
    return {
        "order": models.Order(
            customer="Ann",
            items=[
                models.OrderNote("first"),
                models.Book(title="A & B", price=price),
                models.Disc(label=""),
                models.OrderNote("last"),
            ],
            others=[markup('<x xmlns="urn:x">1</x>')],
            other_attributes={"{urn:x}mark": '"', "plain": "\t"},
        ),
        "route": models.Route(
            stop=[models.Harbour(name="a", berths=3), models.Airport(name="b", code="OSL")],
            carrier="c",
        ),
        "remark": models.Remark(
            content=["Pay ", models.RemarkB("only"), " ", price, "!"], lang="en"
        ),
        "customer": models.Customer(
            name="Ann", nickname=None, born=date(2000, 2, 29), card="4111", nil_members={"nickname"}
        ),
    }


@pytest.mark.slow
def test_a_message_is_valid_and_comes_back(orders: Built, members: dict[str, Any]) -> None:
    content = orders.builders.build_place(**members)
    (source,) = find_sources([ORDERS]).wsdls
    _, schemas = read_with_schemas(read_documents(source))
    assert schemas.problems(etree.fromstring(content)[0][0]) == []
    parsed = orders.parsers.parse_place_request(content)
    for name in ("route", "remark", "customer"):
        assert getattr(parsed, name) == members[name]
    order = members["order"]
    assert parsed.order.items == order.items
    assert parsed.order.other_attributes == order.other_attributes
    again = orders.builders.build_place(
        parsed.order, parsed.route, parsed.remark, customer=parsed.customer
    )
    assert orders.parsers.parse_place_request(again) == parsed


def test_all_kinds_of_items_are_told_apart_by_match(orders: Built, members: dict[str, Any]) -> None:
    models = orders.models
    seen = []
    for item in members["order"].items:
        match item:
            case models.Book(title=title):
                seen.append(title)
            case models.OrderNote(value) | models.Disc(label=value):
                seen.append(value)
    assert seen == ["first", "A & B", "", "last"]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (' rate="2"', "", "Order/Book/Price: expected the attribute rate, which is missing"),
        (' rate="2"', ' rate="x"', "Order/Book/Price/@rate: 'x' is not of its type"),
        (">9.50<", ">dear<", "Order/Book/Price: 'dear' is not of its type"),
        ("<Berths>3", "<Berths>many", "Route/Harbour/Berths: expected an integer, got 'many'"),
        ("<Born>2000", "<Born>MM", "Customer/Born: expected a date"),
        ("<Name>Ann</Name>", "", "Customer: expected {urn:example:orders}Name, which is missing"),
    ],
)
def test_wrong_messages(
    orders: Built, members: dict[str, Any], before: str, after: str, message: str
) -> None:
    content = orders.builders.build_place_response(**members).decode()
    assert before in content
    with pytest.raises(orders.errors.UnexpectedResponse) as caught:
        orders.parsers.parse_place(content.replace(before, after, 1).encode())
    assert f"Envelope/Body/PlaceResponse/{message}" in str(caught.value)


def test_wrong_values(orders: Built, members: dict[str, Any]) -> None:
    members["order"].items[1].price.rate = "2"
    with pytest.raises(orders.errors.InvalidValue) as caught:
        orders.builders.build_place(**members)
    assert str(caught.value) == "Order/items[1]/Book/Price/@rate: expected int, not str"
