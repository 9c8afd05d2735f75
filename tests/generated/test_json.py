"""JSON of models: what it looks like, that nothing is lost, and what is refused."""

from __future__ import annotations

import importlib
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import GenericAlias
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from soapgen.render import render

from tests.support.echoes import complex_type
from tests.support.families import FamilyBuilt
from tests.support.json_trips import json_problems
from tests.support.packages import Built, build_package, planned
from tests.support.paths import (
    BANK,
    ECHO,
    FACETS,
    LEDGER,
    ORDERS,
    RATES,
    SHAPES,
    SHOP,
    TEXTS,
    WSDL,
)
from tests.support.plan_values import Size
from tests.support.small import wsdl
from tests.support.store import Store

SCHEMA = "".join(
    [
        complex_type(
            "Animal",
            '<xs:sequence><xs:element name="Name" type="xs:string"/>'
            '<xs:element name="Born" type="xs:date" minOccurs="0"/></xs:sequence>',
        ),
        '<xs:complexType name="Dog"><xs:complexContent><xs:extension base="tns:Animal">'
        '<xs:attribute name="Name" type="xs:int"/>'
        "</xs:extension></xs:complexContent></xs:complexType>",
        complex_type(
            "Order",
            '<xs:sequence><xs:element name="OrderNumber" type="xs:long"/>'
            '<xs:element name="Price" type="xs:decimal"/>'
            '<xs:element name="At" type="xs:dateTime" minOccurs="0"/>'
            '<xs:element name="Hash" type="xs:base64Binary" minOccurs="0"/>'
            '<xs:element name="Weight" type="xs:double" minOccurs="0"/>'
            '<xs:element name="Note" type="xs:string" nillable="true" minOccurs="0"/>'
            '<xs:element name="Pet" type="tns:Animal" minOccurs="0"/>'
            '<xs:element name="Tag" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>'
            "</xs:sequence>"
            '<xs:attribute name="Price" type="xs:string"/>'
            "<xs:anyAttribute/>",
        ),
        complex_type(
            "Basket",
            '<xs:sequence><xs:element name="Owner" type="xs:string"/>'
            '<xs:choice minOccurs="0" maxOccurs="unbounded">'
            '<xs:element name="Order" type="tns:Order"/>'
            '<xs:element name="Remark" type="xs:string"/>'
            '<xs:element name="Password" type="xs:date"/>'
            "</xs:choice></xs:sequence>",
        ),
        complex_type(
            "Free",
            '<xs:sequence><xs:element name="Value" type="xs:anyType" minOccurs="0" '
            'maxOccurs="unbounded"/><xs:element name="Last" type="xs:int" minOccurs="0"/>'
            "</xs:sequence>",
        ),
    ]
)

NAN = float("nan")


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A package with JSON for the schema above."""
    folder = tmp_path_factory.mktemp("farm")
    schema = SCHEMA + (
        '<xs:element name="Find"><xs:complexType><xs:sequence>'
        '<xs:element name="Basket" type="tns:Basket"/><xs:element name="Free" type="tns:Free"/>'
        "</xs:sequence></xs:complexType></xs:element>"
        '<xs:element name="FindResponse"><xs:complexType><xs:sequence>'
        '<xs:element name="Baskets" type="tns:Basket" maxOccurs="unbounded"/>'
        "</xs:sequence></xs:complexType></xs:element>"
    )
    source = folder / "Farm.wsdl"
    source.write_text(wsdl(schema), encoding="utf-8")
    return build_package(source, folder, name="farm_json", extras=("json",))


def to_json(package: Any, value: object, *options: Any, **names: Any) -> Any:
    return package.module("json_values").to_json(value, *options, **names)


def from_json(package: Any, kind: Any, data: Any, **names: Any) -> Any:
    return package.module("json_values").from_json(kind, data, **names)


# --- what it looks like --------------------------------------------------------------------------


def test_a_class(farm: Built) -> None:
    order = farm.models.Order(
        order_number=2**60,
        price=Decimal("1.50"),
        at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        hash=b"\x00\xff",
        weight=NAN,
        tag=["a"],
        price_attribute="dear",
        other_attributes={"{urn:x}a": "b"},
        nil_members=frozenset({"note"}),
    )
    assert json.dumps(to_json(farm, order), indent=1).splitlines() == [
        "{",
        ' "OrderNumber": 1152921504606846976,',
        ' "Price": "1.50",',
        ' "At": "2026-01-02T03:04:05Z",',
        ' "Hash": "AP8=",',
        ' "Weight": "NaN",',
        ' "Note": null,',
        ' "Tag": [',
        '  "a"',
        " ],",
        ' "@Price": "dear",',
        ' "other_attributes": {',
        '  "{urn:x}a": "b"',
        " }",
        "}",
    ]
    assert [*to_json(farm, order, python_names=True)][-2:] == [
        "price_attribute",
        "other_attributes",
    ]


def test_a_class_that_extends_another(farm: Built) -> None:
    models = farm.models
    dog = models.Dog(name="Rex", born=date(2020, 2, 29), name_attribute=7)
    order = models.Order(order_number=1, price=Decimal(1), pet=dog)
    as_json = {"$type": "Dog", "Name": "Rex", "Born": "2020-02-29", "@Name": 7}
    assert to_json(farm, order)["Pet"] == to_json(farm, dog) == as_json
    assert from_json(farm, models.Animal, as_json) == dog
    assert from_json(farm, models.Dog, {"Name": "Rex"}) == models.Dog(name="Rex")
    assert to_json(farm, models.Animal(name="Tom")) == {"Name": "Tom"}


def test_items_in_their_order(farm: Built) -> None:
    models = farm.models
    order = models.Order(order_number=1, price=Decimal("0.1"))
    basket = models.Basket(owner="Ann", items=[models.BasketRemark("fragile"), order])
    as_json = {
        "Owner": "Ann",
        "items": [
            {"$type": "BasketRemark", "value": "fragile"},
            {
                "$type": "Order",
                "OrderNumber": 1,
                "Price": "0.1",
                "Tag": [],
                "other_attributes": {},
            },
        ],
    }
    assert to_json(farm, basket) == as_json
    assert from_json(farm, models.Basket, as_json) == basket


def test_values_of_any_type(farm: Built) -> None:
    anytype = farm.anytype
    typed = anytype.TypedInt(5)
    typed.xml_type = "byte"
    plain = ["a", True, 5, 1.5]
    told = {
        "Decimal": (Decimal("1.0"), "1.0"),
        "float": (1.0, 1.0),
        "date": (date(2026, 1, 2), "2026-01-02"),
        "datetime": (datetime(2026, 1, 2), "2026-01-02T00:00:00"),
        "time": (time(1), "01:00:00"),
        "bytes": (b"a", "YQ=="),
        "Untyped": (anytype.Untyped("a"), "a"),
        "Markup": (anytype.Markup("<a/>"), "<a/>"),
        "SingleFloat": (anytype.SingleFloat(1.5), "1.5"),
        "TypedInt": (typed, "byte 5"),
    }
    free = farm.models.Free(value=[*plain, *(value for value, _ in told.values())])
    as_json = [*plain, *({"$type": name, "value": text} for name, (_, text) in told.items())]
    assert to_json(farm, free) == {"Value": as_json}
    back = from_json(farm, farm.models.Free, json.loads(json.dumps({"Value": as_json})))
    assert back == free
    assert [type(item) for item in back.value] == [type(item) for item in free.value]
    assert back.value[-1].xml_type == "byte"


def test_a_union_keeps_the_class_of_a_value(farm: Built) -> None:
    for value, told in ((5, 5), ("5", "5"), (Decimal(5), {"$type": "Decimal", "value": "5"})):
        data = to_json(farm, value, int | str | Decimal)
        assert data == told
        back = from_json(farm, int | str | Decimal, data)
        assert (back, type(back)) == (value, type(value))


def test_moments_that_python_has_no_class_for(farm: Built) -> None:
    moments = farm.module("_moments")
    for value, text in (
        (moments.LexicalDatetime("2026-01-02T24:00:00Z"), "2026-01-02T24:00:00Z"),
        (moments.every_datetime_value("2026-01-02T03:04:05.1234567Z"), None),
        (moments.LexicalDate("-0044-03-15"), "-0044-03-15"),
        (moments.every_date_value("2026-01-02+05:30"), "2026-01-02+05:30"),
    ):
        kind = datetime if isinstance(value, datetime) else date
        data = to_json(farm, value, kind)
        assert data == (text or "2026-01-02T03:04:05.1234567Z")
        back = from_json(farm, kind, data)
        assert (back, type(back)) == (value, type(value))


def test_numbers_that_json_has_none_for(farm: Built) -> None:
    for value, text in ((NAN, "NaN"), (float("inf"), "INF"), (float("-inf"), "-INF")):
        assert to_json(farm, value) == text
        assert str(from_json(farm, float, text)) == str(value)


def test_nil_and_missing(farm: Built) -> None:
    models = farm.models
    missing = from_json(farm, models.Order, {"OrderNumber": 1, "Price": "1"})
    nil = from_json(farm, models.Order, {"OrderNumber": 1, "Price": "1", "Note": None})
    assert (missing.nil_members, nil.nil_members) == (frozenset(), {"note"})
    assert "Note" not in to_json(farm, missing)
    assert to_json(farm, nil)["Note"] is None


# --- nothing is lost -----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [BANK, ECHO, FACETS, LEDGER, ORDERS, RATES, SHAPES, TEXTS, WSDL / "SoPrincipal.wsdl"],
    ids=lambda path: path.stem,
)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_every_value_comes_back_equal(source: Path, store: Store, seed: int) -> None:
    name = f"{source.stem.lower()}_json"
    built = store.package(source, name=name, server=True, extras=("json",))
    assert not [*json_problems(built, seed, tuple(Size))]


@pytest.mark.slow
def test_nil_items(store: Store) -> None:
    email = store.package(WSDL / "EMail.wsdl", name="email_json", server=True, extras=("json",))
    values = email.values
    field_property = email.models.FieldProperty
    kind = GenericAlias(dict, (str, field_property))
    whole = {"a": values.nil(field_property), "b": field_property()}
    data = to_json(email, whole, kind)
    assert data["a"] is None
    assert data["b"] is not None
    back = from_json(email, kind, data)
    assert [values.is_nil(item) for item in back.values()] == [True, False]
    assert not [*json_problems(email, 0, tuple(Size))]


@pytest.mark.slow
def test_several_services(store: Store) -> None:
    shop = store.family(SHOP, name="shop_json", server=True, extras=("json",))
    book = shop_class(shop, "common.models.article", "Book")
    article = shop_class(shop, "common.models.article", "Article")
    unit = shop_class(shop, "common.models.article", "Unit")
    value = book(number="1", unit=unit.PIECE, pages=3)
    data = {"$type": "Book", "Number": "1", "Unit": "piece", "Pages": 3}
    assert to_json(shop, value) == data
    assert from_json(shop, article, data) == value


def shop_class(shop: FamilyBuilt, module: str, name: str) -> Any:
    return getattr(importlib.import_module(f"{shop.plan.name}.{module}"), name)


# --- what is refused -----------------------------------------------------------------------------

ORDER: dict[str, Any] = {"OrderNumber": 1, "Price": "1.5"}


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([ORDER], "items[0]: $type must be Order, BasketRemark or BasketPassword"),
        ([{"$type": "Ordr"}], "items[0].$type: 'Ordr' is no type that may be here; did you mean"),
        ([{"$type": "Basket"}], "items[0].$type: 'Basket' is no type that may be here"),
        (
            [{**ORDER, "$type": "Order", "Price": 1.5}],
            "items[0].Price: expected a text for Decimal, got a number",
        ),
        (
            [{**ORDER, "$type": "Order", "Price": "1,5"}],
            "items[0].Price: expected a text for Decimal, got '1,5'",
        ),
        (
            [{**ORDER, "$type": "Order", "OrderNumber": True}],
            "items[0].OrderNumber: expected an integer, got true or false",
        ),
        (
            [{**ORDER, "$type": "Order", "order_number": 1}],
            "items[0].order_number: Order has no order_number; did you mean OrderNumber?",
        ),
        ([{"$type": "Order", "Price": "1"}], "items[0].OrderNumber: the member is missing"),
        (
            [{**ORDER, "$type": "Order", "Tag": "a"}],
            "items[0].Tag: expected a list, got 'a'",
        ),
        (
            [{**ORDER, "$type": "Order", "Tag": [1]}],
            "items[0].Tag[0]: expected a text, got an integer",
        ),
        (
            [{**ORDER, "$type": "Order", "Pet": {"$type": "Order"}}],
            "items[0].Pet.$type: 'Order' is no type that may be here; it must be Animal or Dog",
        ),
        ({}, "items: expected a list, got an object"),
    ],
)
def test_data_that_is_no_value(farm: Built, items: Any, message: str) -> None:
    with pytest.raises(farm.errors.InvalidValue) as error:
        from_json(farm, farm.models.Basket, {"Owner": "Ann", "items": items})
    assert str(error.value).startswith(message)


def test_a_secret_is_not_shown(farm: Built) -> None:
    password = {"$type": "BasketPassword", "value": "s3cret"}
    order = {**ORDER, "$type": "Order", "Password": "s3cret"}
    for item in (password, order):
        with pytest.raises(farm.errors.InvalidValue) as error:
            from_json(farm, farm.models.Basket, {"Owner": "Ann", "items": [item]})
        assert "s3cret" not in str(error.value)


@pytest.mark.parametrize(
    ("member", "value", "message"),
    [
        ("price", 1.5, "items[0].Price: expected a finite Decimal, not float"),
        ("price", None, "items[0].Price: expected Decimal, not NoneType"),
        ("tag", "abc", "items[0].Tag: expected a list, not str"),
        ("tag", [b"a"], "items[0].Tag[0]: expected str, not bytes"),
        ("pet", "Rex", "items[0].Pet: expected Animal, not str"),
        ("order_number", "1", "items[0].OrderNumber: expected int, not str"),
    ],
)
def test_objects_that_are_no_values(farm: Built, member: str, value: Any, message: str) -> None:
    order = farm.models.Order(order_number=1, price=Decimal(1))
    setattr(order, member, value)
    with pytest.raises(farm.errors.InvalidValue) as error:
        to_json(farm, farm.models.Basket(owner="Ann", items=[order]))
    assert str(error.value) == message


def test_a_value_that_contains_itself(farm: Built) -> None:
    basket = farm.models.Basket(owner="Ann")
    basket.items.append(basket)
    with pytest.raises(farm.errors.InvalidValue, match=r"items\[0\]: expected Order or"):
        to_json(farm, basket)
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(farm.errors.InvalidValue, match="contains itself"):
        to_json(farm, endless)


# --- what a package has of it --------------------------------------------------------------------


def test_a_package_without_it_has_nothing_of_it() -> None:
    plain = {file.path: file.text for file in render(planned(SHAPES))}
    more = {file.path: file.text for file in render(planned(SHAPES, extras=("json",)))}
    added = {
        "_json_any.py",
        "_json_read.py",
        "_json_shapes.py",
        "_json_tables.py",
        "_json_write.py",
        "_near.py",
        "json_values.py",
    }
    assert more.keys() - plain.keys() == added
    assert {path: more[path] for path in plain} == plain
