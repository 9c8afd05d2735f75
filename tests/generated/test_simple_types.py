"""Values of every simple type: what is read goes back as it came, and what is no value is refused.

xmlschema is a second opinion on what is a value.
"""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.support.kinds import ZONES
from tests.support.packages import Built
from tests.support.simple import back, element, is_valid, member, read, written
from tests.support.strategies import LEGAL

BACK = [
    ("string", " a \t b\n"),
    ("duration", "P1Y14MT0.50S"),
    ("duration", "-P3DT4H5M6S"),
    ("dateTime", "12000-02-29T01:02:03.50Z"),
    ("dateTime", "2001-12-31T24:00:00"),
    ("dateTime", "9999-12-31T24:00:00Z"),
    ("dateTime", "-0005-01-01T00:00:00+14:00"),
    ("dateTime", "0000-02-29T00:00:00"),
    ("dateTime", "2016-12-31T23:59:60.7Z"),
    ("dateTime", "2026-01-02T03:04:05.7366667"),
    ("date", "0000-01-01+02:00"),
    ("date", "123456-12-31"),
    ("date", "2026-01-02-05:00"),
    ("time", "24:00:00Z"),
    ("time", "23:59:60"),
    ("dateTime", "-0000-01-01T00:00:00"),
    ("gYear", "-12000Z"),
    ("gYear", "0000"),
    ("gYearMonth", "0999-12-05:00"),
    ("gMonth", "--12"),
    ("gMonthDay", "--02-29+05:00"),
    ("gDay", "---31"),
    ("decimal", "1.50"),
    ("integer", "9" * 4000),
    ("anySimpleType", "abc"),
    ("NMTOKENS", "a b a"),
    ("Sizes", "1 2 2"),
    ("Sizes", ""),
    ("Colours", "red Red blue red"),
    ("Colour", "blue"),
    ("Exact", " a"),
    ("Exact", "b "),
    ("Blank", " "),
    ("Digits", "1.0"),
    ("Clock", "24:00:00"),
    ("Choice", "true"),
    ("Choice", "2001-01-01Z"),
    ("Choice", "later"),
    ("Choice", "not listed"),
    ("Choices", "true later 12000-01-01"),
    ("Span", "1 2"),
    ("Span", "P1M"),
    ("Either", "5.5"),
    ("Strict", "en-us"),
    ("Strict", "-7"),
    ("Strict", "---05"),
    ("Lengths", "P1D PT0.10S"),
    ("Steps", "up up down"),
    ("Tight", " a "),
]
CANONICAL = [
    ("normalizedString", "a\tb\n", "a b "),
    *[(name, " a \n b ", "a b") for name in ("token", "NMTOKEN", "anyURI", "language", "Name")],
    ("gMonth", " --12-- ", "--12--"),
    ("duration", "P0Y", "PT0S"),
    ("duration", "PT00M1S", "PT1S"),
    ("Colour", "\n dark-blue ", "dark-blue"),
    ("Sizes", "\t1\n +2 ", "1 2"),
    ("gDay", "---01-00:00", "---01Z"),
]
UNREADABLE = [
    *[("duration", text) for text in ("", "P", "PT", "P1", "1D", "P-1D", "P1.5D", "P1S", "P1W")],
    *[("dateTime", text) for text in ("", " " * 20, "12000-02-30T00:00:00", "2001-01-01T24:00:01")],
    *[("dateTime", text) for text in ("2001-01-01T25:00:00", "2001-01-01T00:00", "2001-01-01")],
    *[("date", text) for text in ("", "012000-01-01", "12000-02-31", "12000-1-1", "-1-01-01")],
    *[("time", text) for text in ("", "24:00:00.1", "24:01:00", "23:60:00", "12:00")],
    *[("gMonthDay", text) for text in ("--02-30", "--13-01", "--2-1", "02-01")],
    *[("gYear", text) for text in ("99", "01999", "+2000", "2000+15:00")],
    *[("gDay", text) for text in ("---32", "---00", "--01")],
    *[("QName", text) for text in ("y:a", ":a", "a:", "a:b:c", "", "1a")],
    *[("Sizes", "1 x"), ("Span", "x"), ("Either", "x"), ("Strict", "500"), ("Lengths", "P")],
    *[("Kinds", "x:a y:b"), ("Named", "y:b")],
]
SAMPLES = {
    "duration": r" ?-?P([0-9]{1,2}Y)?([0-9]M)?([0-9]D)?(T([0-9]H)?(1M)?([0-9](\.[0-9]*)?S)?)?",
    "dateTime": "(-?[0-9]{4,5})-(0[0-9]|1[0-3])-([0-2][0-9]|3[0-2])T(0[0-9]|2[0-5]):00:0[0-9]Z?",
    "date": r"(-?[0-9]{4,5})-(0[0-9]|1[0-3])-([0-2][0-9]|3[0-2])([+-](0[0-9]|1[0-5]):00)?",
    "time": r"(0[0-9]|2[0-5]):[0-6][0]:0[0-9](\.[0-9]{1,9})?Z?",
    "gYear": "-?[0-9]{3,6}(Z|[+-]1[3-5]:00)?",
    "gYearMonth": "-?[0-9]{3,6}-[01][0-9]Z?",
    "gMonth": "--[01][0-9]Z?",
    "gMonthDay": "--[01][0-9]-[0-3][0-9]Z?",
    "gDay": "---[0-4][0-9][Z ]?",
    "QName": "[ ]?(x:|t:|y:)?[a-c1][a:]?[ ]?",
    "Kinds": "([xyt]:[a1] ){0,3}",
    "Sizes": r"([+-]?[0-9]{1,3}\.?[ ]){0,3}",
    "Choices": "((true|1|2|never|2001-01-0[0-3])[ ]?){0,3}",
    "Span": "[1-3 ]{0,4}|P?1D",
    "Either": "true|0[.]?[0-9]|[Nn]aN|never|2001-01-01",
    "Strict": "[a-z]{1,3}(-[a-z0-9]{1,9})?|-?[0-9]{1,3}|---[0-3][0-9]",
    "Lengths": "(P[1-2][DMX][ ]?){0,3}",
}


@pytest.mark.parametrize(("name", "text"), BACK)
def test_what_is_read_goes_back_as_it_came(name: str, text: str, texts: Built) -> None:
    value = read(texts, name, text)
    assert written(texts, name, value) == text
    assert back(texts, name, value) == value


@pytest.mark.parametrize(("name", "text", "form"), CANONICAL)
def test_texts_that_are_one_value(name: str, text: str, form: str, texts: Built) -> None:
    assert written(texts, name, read(texts, name, text)) == form


@pytest.mark.slow
@pytest.mark.parametrize(("name", "text"), UNREADABLE)
def test_a_text_that_is_no_value(name: str, text: str, texts: Built) -> None:
    assert not is_valid(name, text)
    with pytest.raises(texts.errors.UnexpectedResponse, match=f"{name}: expected .*, got "):
        read(texts, name, text)


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=60)
@given(data=st.data())
def test_what_is_read_is_what_the_schema_allows(name: str, texts: Built, data: Any) -> None:
    text = data.draw(st.from_regex(SAMPLES[name], fullmatch=True) | LEGAL.filter(str.isascii))
    try:
        value = read(texts, name, text)
    except texts.errors.UnexpectedResponse:
        assert not is_valid(name, text)
        return
    # Values that an enumeration does not list, and integers of any size, are read.
    assert is_valid(name, text) or name in ("Choices", "Either", "Sizes")
    again = written(texts, name, value)
    assert repr(back(texts, name, value)) == repr(value)
    # The schema does not know the prefix that a name is written with.
    assert name in ("QName", "Kinds") or is_valid(name, again) is is_valid(name, text)


# --- values ---------------------------------------------------------------------------------------


def values(texts: Built, name: str) -> st.SearchStrategy[Any]:
    """Values of the type of the element ``name``."""
    count, zone = st.integers(0, 10**6), st.none() | ZONES
    local = st.sampled_from(["a", "b-c", "é"])
    names = st.builds(texts.module("_qnames").QName, st.sampled_from(["", "u", "v&w"]), local)
    gregorian = texts.module("_gregorian")
    durations = st.builds(
        texts.module("_durations").Duration,
        years=count,
        months=count,
        days=count,
        hours=count,
        minutes=count,
        seconds=st.decimals(0, 10**6, places=4),
        negative=st.booleans(),
    )
    year, month = st.integers(-20000, 20000), st.integers(1, 12)
    tokens = st.from_regex("[a-z&<]{1,3}", fullmatch=True)
    small = st.integers(-(2**15), 2**15 - 1)
    choices = st.booleans() | st.dates() | st.sampled_from([*texts.models.ChoiceMember])
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "string": LEGAL,
        "NMTOKENS": st.lists(tokens, min_size=1),
        "duration": durations,
        "dateTime": st.datetimes(timezones=zone),
        "date": st.dates(),
        "time": st.times(timezones=zone),
        "gYear": st.builds(gregorian.GYear, year, zone),
        "gYearMonth": st.builds(gregorian.GYearMonth, year, month, zone),
        "gMonth": st.builds(gregorian.GMonth, month, zone),
        "gMonthDay": st.builds(gregorian.GMonthDay, month, st.integers(1, 29), zone),
        "gDay": st.builds(gregorian.GDay, st.integers(1, 31), zone),
        "QName": names,
        "Kinds": st.lists(names),
        "Sizes": st.lists(small),
        "Colours": st.lists(st.sampled_from([*texts.models.Colour])),
        "Size": st.integers(1) | st.just("a b"),
        "Choice": choices,
        "Choices": st.lists(choices),
        "Span": durations | st.lists(small),
        "Either": choices | st.floats(2, allow_nan=False),
        "Named": st.integers(-5, 5) | names,
        "Strict": st.sampled_from(["de", "en-us"]) | st.integers(-128, 127),
        "Lengths": st.lists(durations),
    }
    return kinds[name]


VALUES = [
    *["string", "NMTOKENS", "duration", "dateTime", "date", "time", "gYear", "gYearMonth"],
    *["gMonth", "gMonthDay", "gDay", "QName", "Kinds", "Sizes", "Colours", "Size", "Choice"],
    *["Choices", "Span", "Either", "Named", "Strict", "Lengths"],
]


@pytest.mark.slow
@pytest.mark.parametrize("name", VALUES)
@settings(max_examples=50)
@given(data=st.data())
def test_a_value_comes_back(name: str, texts: Built, data: st.DataObject) -> None:
    value = data.draw(values(texts, name))
    again = back(texts, name, value)
    assert again == value
    assert type(again) is type(value)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("duration", timedelta(1), "expected Duration, not timedelta"),
        ("gYear", 2001, "expected GYear, not int"),
        ("QName", "a", "expected QName, not str"),
        ("NMTOKENS", "a b", "expected a list, not str"),
        ("NMTOKENS", [], "expected one item or more"),
        ("NMTOKENS", ["a b"], "cannot be in a list"),
        ("Colours", [""], "cannot be in a list"),
        ("Sizes", [1, 40000], "out of the range of xs:short"),
        ("Sizes", 5, "expected a list, not int"),
        ("Size", -1, "out of the range of xs:positiveInteger"),
        ("Size", 1.5, "expected int or str, not float"),
        ("Choice", 5, "expected bool or date or str, not int"),
        ("Choice", datetime(2026, 1, 2), "expected date, not datetime"),
        ("Span", [None], "expected int, not NoneType"),
        ("string", "\x00", "XML cannot carry"),
        ("Tight", "\x00", "XML cannot carry"),
        ("dateTime", date(2026, 1, 2), "expected datetime, not date"),
    ],
)
def test_a_value_that_is_refused(name: str, value: Any, message: str, texts: Built) -> None:
    with pytest.raises(texts.errors.InvalidValue, match=message):
        written(texts, name, value)


def test_an_int_is_a_float_in_a_union(texts: Built) -> None:
    assert written(texts, "Either", 5) == "5.0"


# --- qualified names ------------------------------------------------------------------------------


def test_prefixes_are_those_of_the_message(texts: Built) -> None:
    kind = texts.module("_qnames").QName
    assert read(texts, "QName", "x:a") == kind("urn:x", "a")
    assert read(texts, "QName", "a") == kind("urn:example:texts", "a")
    assert read(texts, "QName", "xml:lang").namespace.endswith("/XML/1998/namespace")
    assert read(texts, "Notation", "t:gif") == kind("urn:example:texts", "gif")


def test_prefixes_are_declared_where_they_are_used(texts: Built) -> None:
    kind = texts.module("_qnames").QName
    node = element(texts, "Kinds", [kind("u", "a"), kind("", "b"), kind("v", "c"), kind("u", "d")])
    assert node.text == "q:a b q2:c q:d"
    assert {prefix: node.nsmap[prefix] for prefix in ("q", "q2")} == {"q": "u", "q2": "v"}
    assert None not in node.nsmap


def test_attributes_of_one_element_declare_different_prefixes(texts: Built) -> None:
    names = texts.module("_qnames")
    attributes = "".join(
        names.add_qualified_attribute(name, names.QName(f"urn:{name}&", "l"), names.qname_text)
        for name in ("a", "b", "p:a", "p.a")
    )
    node = etree.fromstring(f'<x xmlns:p="p"{attributes}/>')
    found = {
        key: names.qname_value(names.in_scope(node, text)) for key, text in node.attrib.items()
    }
    assert found == {
        "a": names.QName("urn:a&", "l"),
        "b": names.QName("urn:b&", "l"),
        "{p}a": names.QName("urn:p:a&", "l"),
        "p.a": names.QName("urn:p.a&", "l"),
    }


@pytest.mark.parametrize(
    ("namespace", "local"),
    [("u", ""), ("u", "a:b"), ("u", "1"), ("u", "a b"), ("u", "<"), ("a b", "a"), ('"', "a")],
)
def test_a_name_that_is_none(namespace: str, local: str, texts: Built) -> None:
    with pytest.raises(texts.errors.InvalidValue, match="is no name that XML allows"):
        written(texts, "QName", texts.module("_qnames").QName(namespace, local))


# --- classes of values ----------------------------------------------------------------------------


def kept(texts: Built) -> list[Any]:
    return [
        read(texts, name, text)
        for name, text in [
            ("dateTime", "12000-01-01T00:00:00Z"),
            ("dateTime", "2001-12-31T24:00:00"),
            ("date", "-0044-03-15"),
            ("time", "24:00:00"),
            ("duration", "P1M"),
            ("gYear", "2001Z"),
            ("gYearMonth", "2001-02"),
            ("gMonth", "--02"),
            ("gMonthDay", "--02-29"),
            ("gDay", "---31"),
            ("QName", "x:a"),
        ]
    ]


def test_values_can_be_copied_pickled_and_shown(texts: Built) -> None:
    for value in kept(texts):
        copies = [copy.copy(value), copy.deepcopy(value)]
        copies += [pickle.loads(pickle.dumps(value, protocol)) for protocol in range(2, 6)]
        kind = type(value)
        copies.append(eval(repr(value), {kind.__name__: kind, "datetime": __import__("datetime")}))
        for other in copies:
            assert other == value
            assert (other != value) is False
            assert hash(other) == hash(value)
            assert type(other) is kind


def moments(texts: Built) -> Any:
    return texts.module("_moments")


def test_moments_are_compared_by_what_they_stand_for(texts: Built) -> None:
    datetime_, date_, time_ = (
        getattr(moments(texts), name) for name in ("LexicalDatetime", "LexicalDate", "LexicalTime")
    )
    midnight = datetime_("2001-12-31T24:00:00")
    assert midnight == datetime(2002, 1, 1)
    assert hash(midnight) == hash(datetime(2002, 1, 1))
    assert datetime(2002, 1, 1) == midnight
    assert midnight != datetime(2002, 1, 1, tzinfo=UTC)
    assert midnight + timedelta(1) == datetime(2002, 1, 2)
    assert time_("24:00:00") == time(0)
    assert datetime_("12000-01-01T00:00:00Z") == datetime_("12000-01-01T01:00:00+01:00")
    ordered = [
        datetime_("-0001-01-01T00:00:00Z"),
        datetime_("0000-12-31T24:00:00Z"),
        datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime_("2016-12-31T23:59:60Z"),
        datetime(9999, 12, 31, tzinfo=UTC),
        datetime_("10000-01-01T00:00:00Z"),
        datetime_("10000-01-01T00:00:00.5Z"),
    ]
    assert sorted([*ordered[3:], *ordered[:3]]) == ordered
    assert date_("-0001-01-01") < date_("0000-01-01") < date(1, 1, 1) < date_("10000-01-01")
    assert date_("10000-01-01") != date_("10000-01-01Z")
    assert date(2001, 1, 1) != midnight
    with pytest.raises(TypeError):
        assert midnight < datetime(2002, 1, 1, tzinfo=UTC)


def test_moments_that_python_cannot_hold_are_not_calculated_with(texts: Built) -> None:
    value = moments(texts).LexicalDatetime("12000-02-29T01:02:03Z")
    assert (value.year, value.month, value.hour) == (12000, 2, 1)
    assert str(value) == value.isoformat() == f"{value}" == value.text
    for calculate in (
        lambda: value + timedelta(1),
        lambda: value - datetime(2001, 1, 1, tzinfo=UTC),
        lambda: datetime(2001, 1, 1, tzinfo=UTC) - value,
        lambda: value.replace(year=2000),
        lambda: value.timestamp(),
        lambda: value.date(),
        lambda: f"{value:%Y}",
    ):
        with pytest.raises(OverflowError):
            calculate()


def test_what_python_can_hold_is_plain(texts: Built) -> None:
    assert type(moments(texts).LexicalDatetime("2001-01-01T00:00:00")) is datetime
    assert type(moments(texts).LexicalDate("2001-01-01")) is date
    assert type(moments(texts).LexicalTime("23:59:59")) is time


def test_a_duration_and_a_timedelta(texts: Built) -> None:
    duration = texts.module("_durations").Duration
    length = timedelta(days=-1, seconds=1.5)
    assert duration.from_timedelta(length).to_timedelta() == length
    assert duration(hours=1, negative=True).to_timedelta() == timedelta(hours=-1)
    assert str(duration(months=14, seconds=Decimal("1.50"))) == "P14MT1.50S"
    assert repr(duration(months=14)) == "Duration(months=14)"
    for value in (duration(months=1), duration(years=1), duration(seconds=Decimal("0.0000001"))):
        with pytest.raises(ValueError, match="has "):
            value.to_timedelta()
    with pytest.raises(ValueError, match="are negative"):
        duration(days=-1)


def test_a_day_that_is_none(texts: Built) -> None:
    gregorian = texts.module("_gregorian")
    for kind, numbers in (
        (gregorian.GMonthDay, (2, 30)),
        (gregorian.GMonth, (13,)),
        (gregorian.GDay, (0,)),
        (gregorian.GYearMonth, (2001, 0)),
    ):
        with pytest.raises(ValueError, match="expected a number"):
            kind(*numbers)


def test_a_text_of_any_type_that_has_attributes_is_kept(texts: Built) -> None:
    value = read(texts, "anySimpleType", "abc", ' unit="kg"')
    assert isinstance(value, texts.anytype.Markup)
    assert element(texts, "anySimpleType", value).get("unit") == "kg"


def test_names_of_values_without_letters(texts: Built) -> None:
    names = {item.value: item.name for item in texts.models.Blank}
    assert names == {
        "": "EMPTY",
        " ": "SPACE",
        "+": "PLUS_SIGN",
        "<=": "LESS_THAN_SIGN_EQUALS_SIGN",
        "-1": "MINUS_1",
        "1": "VALUE_1",
        "1.5": "VALUE_1_5",
        "*": "ASTERISK",
    }


def test_annotations(texts: Built) -> None:
    found = texts.models.Texts.__annotations__
    expected = {
        "Sizes": "list[int]",
        "Colours": "list[Colour]",
        "Choices": "list[bool | date | ChoiceMember]",
        "Span": "list[int] | Duration",
        "Either": "bool | date | ChoiceMember | float",
        "Notation": "QName",
        "Digits": "Digits",
        "Tight": "str",
        "dateTime": "datetime",
        "anySimpleType": "AnyType",
    }
    assert {name: found[member(texts, name)] for name in expected} == {
        name: f"{annotation} | None" for name, annotation in expected.items()
    }
    assert "One of t" in texts.path.joinpath("models.py").read_text(encoding="utf-8")
