"""What a package checks against facets when it was built to, and what it says of them."""

from __future__ import annotations

import inspect
from base64 import b64encode
from datetime import UTC, date, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from tests.support.packages import Built, generated
from tests.support.paths import FACETS
from tests.support.schemas import problems, schema_of
from tests.support.small import SCHEMA, wsdl

REFUSED: list[tuple[str, Any, str]] = [
    ("code", "ABCD", 'Code: "ABCD" has 4 characters, at most 3 are allowed'),
    ("code", "ab", r'Code: "ab" does not match the pattern [A-Z\d]+'),
    ("word", "", 'Word: "" does not match the pattern of its type'),
    ("word", " a  b ", 'Word: "a b" does not match the pattern of its type'),
    ("amount", Decimal(0), 'Amount: "0" is out of range, more than 0 is allowed'),
    ("amount", Decimal("1234.56"), 'Amount: "1234.56" has 6 digits, at most 5 are allowed'),
    ("amount", Decimal("1.234"), 'Amount: "1.234" has 3 digits after the point, at most 2 are'),
    ("day", date(1999, 12, 31), 'Day: "1999-12-31" is out of range, at least 2000-01-01 is'),
    ("photo", b"12345", 'Photo: "MTIzNDU=" has 5 octets, at most 4 are allowed'),
    ("few", ["A", "B", "C"], 'Few: "A B C" has 3 items, at most 2 are allowed'),
    ("few", ["a"], r'Few: "a" does not match the pattern [A-Z\d]+'),
    ("either", 101, 'Either: "101" is out of range, at most 100 is allowed'),
    ("either", "ABCD", 'Either: "ABCD" has 4 characters, at most 3 are allowed'),
    ("colour", "green", 'Colour: "green" is none of the values of its type'),
    ("percents", [1, 101], 'Percents[1]/Percents: "101" is out of range, at most 100 is allowed'),
    ("nick", "a", 'Nick: "a" has 1 character, exactly 2 are allowed'),
]
ALLOWED: list[tuple[str, Any]] = [
    ("code", "A1"),
    ("word", "w\xf6rd"),
    ("amount", Decimal("999.99")),
    ("amount", Decimal("10.500")),
    ("day", date(2000, 1, 1)),
    ("photo", b"1234"),
    ("few", ["A", "B"]),
    ("either", 100),
    ("either", "AB"),
    ("colour", "red"),
    ("percents", [0, 100]),
    ("nick", "ab"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("member", "value", "message"), REFUSED)
def test_what_facets_refuse_is_refused_with_its_path(
    member: str, value: Any, message: str, facets: Built
) -> None:
    with pytest.raises(facets.errors.InvalidValue) as caught:
        facets.build("find", "X", items(facets, member, value))
    assert str(caught.value).startswith(f"Items/Item[1]/{message}")


@pytest.mark.parametrize(("member", "value"), ALLOWED)
def test_what_facets_allow_is_valid_and_comes_back(member: str, value: Any, facets: Built) -> None:
    sent = items(facets, member, value)
    request = facets.build("find", "X", sent)
    assert problems(schema_of(FACETS), request) == []
    assert facets.parse_request("find", request) == ("X", sent)


def test_parameters_attributes_and_texts_are_checked(facets: Built) -> None:
    def price(value: Decimal, currency: str) -> Any:
        return items(facets, "price", facets.models.Price(value=value, currency=currency))

    for arguments, message in (
        (("x", None), r'Code: "x" does not match the pattern [A-Z\d]+'),
        (("X", price(Decimal(1), "x")), 'Items/Item[1]/Price/@currency: "x" does not match'),
        (("X", price(Decimal(0), "X")), 'Items/Item[1]/Price: "0" is out of range'),
    ):
        with pytest.raises(facets.errors.InvalidValue) as caught:
            facets.build("find", *arguments)
        assert str(caught.value).startswith(message)


@pytest.mark.slow
def test_without_the_option_nothing_is_checked_when_it_is_written(unchecked: Built) -> None:
    for member, value, _ in REFUSED:
        unchecked.build("find", "ABCD", items(unchecked, member, value))


@pytest.mark.parametrize("checks", [False, True])
def test_a_union_is_read_as_the_first_member_whose_facets_take_the_text(
    checks: bool, facets: Built, unchecked: Built
) -> None:
    package = facets if checks else unchecked
    duration = package.module("_durations").Duration
    for text, expected in (("100", 100), ("101", "101"), ("P1D", "P1D"), ("P1D PT1H", None)):
        response = package.build_response("find", package.models.Item(code="X", either=1))
        item = package.parse("find", response.replace(b"<Either>1<", f"<Either>{text}<".encode()))
        if expected is None:
            assert [type(part) for part in item.either] == [duration, duration]
        else:
            assert item.either == expected
    outside = response.replace(b"<Either>1<", b"<Either>P1M P1D<")
    with pytest.raises(package.errors.UnexpectedResponse, match="expected Percent"):
        package.parse("find", outside)


def test_docstrings_say_the_facets(unchecked: Built) -> None:
    source = inspect.getsource(unchecked.models)
    for sentence in (
        "At most 3 characters.\n\n    Matches ``[A-Z\\d]+``.",
        '"""At least 2000-01-01."""',
        '"""Less than P1M."""',
        '"""At most 4 octets."""',
        "At most 2 items.\n\n    Each item: at most 3 characters.",
        '"""Each item: 0 to 100."""',
        '"""How one is called.\n\n    Exactly 2 characters.\n    """',
        '"""Attribute.\n\n    0 to 100.\n    """',
        "More than 0. At most 5 digits. At most 2 digits after the point.",
    ):
        assert sentence in source


def test_a_secret_that_is_refused_is_not_shown(facets: Built) -> None:
    checks = facets.module("_facets")
    text = checks.checked_text(lambda name, value: value, checks.Facets(max_length=3))
    for name in ("Password", "tns:Password"):
        with pytest.raises(facets.errors.InvalidValue, match=r"the text has 6 characters"):
            text(name, "s3cret")


# --- times and durations -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2000-01-01", "2000-01-02"),
        ("-0002-01-01", "-0001-01-01"),
        ("9999-12-31", "10000-01-01"),
        ("2000-02-29T24:00:00", "2000-03-01T00:00:01"),
        ("2000-01-01T12:00:00+01:00", "2000-01-01T12:00:00Z"),
        ("2000-01-01T00:00:00", "2000-01-01T14:00:01Z"),
        ("12:00:00.1", "12:00:00.11"),
        ("--02-29", "--03-01"),
        ("---30", "---31"),
        ("--11", "--12"),
        ("1999", "2000"),
        ("2000-05:00", "2001-05:00"),
        ("2000-05", "2000-06"),
    ],
)
def test_the_order_of_times(first: str, second: str, facets: Built) -> None:
    order = facets.module("_orders").order_of_moments
    assert order(first) < order(second)
    assert order(first) <= order(second)
    assert not order(second) <= order(first)


@pytest.mark.parametrize(
    ("first", "second"),
    [("P1M", "P30D"), ("P1M", "P31D"), ("P1Y", "P365D"), ("P5M", "P152D")],
)
def test_durations_without_an_order(first: str, second: str, facets: Built) -> None:
    order = facets.module("_orders").order_of_durations
    assert not order(first) < order(second)
    assert not order(second) < order(first)


@pytest.mark.parametrize(
    ("first", "second"),
    [("P1M", "P32D"), ("P27D", "P1M"), ("P11M", "P1Y"), ("-P1D", "PT0S"), ("PT59.5S", "PT1M")],
)
def test_durations_with_an_order(first: str, second: str, facets: Built) -> None:
    order = facets.module("_orders").order_of_durations
    assert order(first) < order(second)
    assert not order(second) <= order(first)


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.datetimes(timezones=st.just(timezone(timedelta(hours=-5, minutes=-30)))),
)
def test_times_with_a_zone_have_the_order_of_python(facets: Built, one: Any, other: Any) -> None:
    order = facets.module("_orders").order_of_moments
    assert (order(one.isoformat()) < order(other.isoformat())) == (one < other)
    assert (order(one.isoformat()) <= order(other.isoformat())) == (one <= other)


def test_a_time_without_a_zone_has_no_order_with_one_that_is_near(facets: Built) -> None:
    order = facets.module("_orders").order_of_moments
    bare, zoned = order("2000-01-01T12:00:00"), order("2000-01-01T12:00:00Z")
    assert not any((bare < zoned, bare <= zoned, zoned < bare, zoned <= bare))


# --- what a validator says -----------------------------------------------------------------------

_NAMES = {
    "length": "length",
    "minLength": "min_length",
    "maxLength": "max_length",
    "totalDigits": "total_digits",
    "fractionDigits": "fraction_digits",
    "minInclusive": "min_inclusive",
    "maxExclusive": "max_exclusive",
}
_DECIMALS = st.decimals(-200, 200, places=3, allow_nan=False).map(lambda number: f"{number:f}")
_SMALL = st.integers(1, 4)


@st.composite
def _checked(draw: st.DrawFn) -> tuple[str, dict[str, Any], str]:
    """A built-in type, facets of it and a text."""
    builtin = draw(st.sampled_from(["string", "token", "hexBinary", "base64Binary", "decimal"]))
    if builtin == "decimal":
        digits = draw(st.integers(1, 6))
        facets: dict[str, Any] = {"totalDigits": digits}
        facets["fractionDigits"] = draw(st.integers(0, min(digits, 3)))
        bound = draw(st.sampled_from(["minInclusive", "maxExclusive"]))
        facets[bound] = str(draw(st.integers(-9, 9)))
        return builtin, facets, draw(_DECIMALS)
    kind = draw(st.sampled_from(["length", "minLength", "maxLength"]))
    octets = draw(st.binary(max_size=6))
    if builtin == "hexBinary":
        text = octets.hex().upper()
    elif builtin == "base64Binary":
        text = b64encode(octets).decode("ascii")
    else:
        text = draw(st.text("a \n\xe9", max_size=6))
    return builtin, {kind: draw(_SMALL)}, text


@pytest.mark.slow
@given(_checked())
def test_a_text_is_refused_exactly_if_a_validator_refuses_it(
    facets: Built, case: tuple[str, dict[str, Any], str]
) -> None:
    builtin, given_facets, text = case
    xml = "".join(f'<xs:{name} value="{value}"/>' for name, value in given_facets.items())
    schema: Any = xmlschema.XMLSchema10(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:simpleType name="T">'
        f'<xs:restriction base="xs:{builtin}">{xml}</xs:restriction></xs:simpleType></xs:schema>'
    )
    checks = facets.module("_facets")
    sizes = {"hexBinary": checks.octets_of_hex, "base64Binary": checks.octets_of_base64}
    limits = checks.Facets(
        white_space=checks.without_more_spaces if builtin == "token" else checks.as_it_is,
        size=sizes.get(builtin, len),
        **{_NAMES[name]: value for name, value in given_facets.items()},
    )
    try:
        checks.checked_value(str, limits)(text)
        is_allowed = True
    except ValueError:
        is_allowed = False
    assert is_allowed == schema.types["T"].is_valid(text)


def items(package: Built, member: str, value: Any) -> list[Any]:
    """Two items, of which the second has ``value`` as its ``member``."""
    second = package.models.Item(code="X", amount=Decimal(1))
    setattr(second, member, value)
    return [package.models.Item(code="X", amount=Decimal(1)), second]


def test_docstrings_say_the_facets_of_wrapped_items_and_of_types_without_names(
    tmp_path: Path,
) -> None:
    short = '<xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction>'
    types = f"""
      <xs:complexType name="ArrayOfCode"><xs:sequence>
        <xs:element name="Code" minOccurs="0" maxOccurs="unbounded">
          <xs:simpleType>{short}</xs:simpleType>
        </xs:element>
      </xs:sequence></xs:complexType>"""
    nick = f'<xs:element name="Nick"><xs:simpleType>{short}</xs:simpleType></xs:element>'
    codes = '<xs:element name="Codes" type="tns:ArrayOfCode" minOccurs="0"/>'
    name = '<xs:element name="Name" type="xs:string"/>'
    source = tmp_path / "People.wsdl"
    source.write_text(wsdl(types + SCHEMA.replace(name, nick + codes, 2)), encoding="utf-8")
    texts = generated(source, name="people").texts
    assert '"""Each item: at most 3 characters."""' in texts["models.py"]
    assert "nick: At most 3 characters." in texts["client.py"]
