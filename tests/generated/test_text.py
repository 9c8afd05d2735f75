"""The codecs of simple types, without elements: what they give, and what they refuse."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from lxml import etree

from tests.support.packages import Built
from tests.support.strategies import HOSTILE, TEXT

DAY = datetime(2026, 1, 2, 3, 4, 5)
GUID = UUID("12345678-1234-5678-1234-567812345678")
FORMS = [
    ("int", "integer", -7, "-7"),
    ("decimal", "decimal", Decimal("1E+2"), "100"),
    ("double", "double", float("inf"), "INF"),
    ("boolean", "boolean", True, "true"),
    ("boolean", "boolean", False, "false"),
    ("datetime", "datetime", DAY, "2026-01-02T03:04:05"),
    ("datetime", "datetime", DAY.replace(tzinfo=UTC), "2026-01-02T03:04:05Z"),
    ("date", "date", date(2026, 1, 2), "2026-01-02"),
    ("time", "time", time(1, 2, 3, 500000), "01:02:03.500000"),
    ("duration", "duration", timedelta(days=-1, seconds=-1.5), "-P1DT1.5S"),
    ("base64", "base64", b"\x00\xff", "AP8="),
    ("hex", "hex", b"\x00\xff", "00FF"),
    ("guid", "guid", GUID, str(GUID)),
    ("char", "char", "a", "97"),
]
REFUSED = [
    ("byte", 128, "is out of the range of xs:byte"),
    ("unsigned_long", -1, "is out of the range of xs:unsignedLong"),
    ("positive_integer", 0, "is out of the range of xs:positiveInteger"),
    ("int", "1", "expected int, not str"),
    ("decimal", Decimal("NaN"), "expected a finite Decimal"),
    ("double", "1", "expected float, not str"),
    ("boolean", 1, "expected bool, not int"),
    ("datetime", date(2026, 1, 2), "expected datetime, not date"),
    ("datetime", DAY.replace(tzinfo=timezone(timedelta(seconds=1))), "a zone with seconds"),
    ("date", DAY, "expected date, not datetime"),
    ("char", "ab", "expected one character"),
]
UNREADABLE = [
    ("integer", "1.5"),
    ("decimal", "x"),
    ("double", ""),
    ("boolean", "yes"),
    ("datetime", "x"),
    ("duration", "P1Y"),
    ("hex", "0"),
    ("guid", "1"),
]


@pytest.mark.parametrize(("write", "read", "value", "text"), FORMS)
def test_a_value_and_its_lexical_form(
    write: str, read: str, value: Any, text: str, email: Built
) -> None:
    assert codec(email, f"{write}_text")("A", value) == text
    assert codec(email, f"{read}_value")(text) == value


@pytest.mark.parametrize(("kind", "value", "message"), REFUSED)
def test_a_value_that_is_refused(kind: str, value: Any, message: str, email: Built) -> None:
    with pytest.raises(email.errors.InvalidValue, match=f"^A: .*{message}"):
        codec(email, f"{kind}_text")("A", value)


@pytest.mark.parametrize(("kind", "text"), UNREADABLE)
def test_a_text_that_is_no_lexical_form(kind: str, text: str, email: Built) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        codec(email, f"{kind}_value")(text)


def codec(package: Built, name: str) -> Any:
    """The function ``name`` of the modules of codecs."""
    return (vars(package.module("_text")) | vars(package.module("_time_text")))[name]


def test_flags_keep_what_is_not_listed(email: Built) -> None:
    codecs, kind = email.module("_text"), email.models.ETableRight
    first, second, *_ = kind
    flags = frozenset({second, first, kind("b&c")})
    assert codecs.flags_text(kind)("A", flags) == f"{first} {second} b&c"
    assert codecs.flags_value(kind)(f" {second}\n {first}  d") == {first, second, "d"}
    assert codecs.enum_value(kind)(f" {first} ") is first


@pytest.mark.parametrize("name", ["a b", "", "a\n", "\t"])
def test_a_flag_that_would_be_none_or_two(name: str, email: Built) -> None:
    text = email.module("_text").flags_text(email.models.ETableRight)
    with pytest.raises(email.errors.InvalidValue, match=r"A: .* cannot be in a list"):
        text("A", frozenset({name}))


@given(text=TEXT)
def test_an_attribute_is_read_as_it_was_written(email: Built, text: str) -> None:
    check_attribute(email, text)


@pytest.mark.parametrize("text", [*HOSTILE, "a\tb\nc\rd > \"e\" 'f' <g> & h"])
def test_a_hostile_attribute(email: Built, text: str) -> None:
    check_attribute(email, text)


def check_attribute(email: Built, text: str) -> None:
    escaped = email.module("_text").escape_attribute("a", text)
    assert etree.fromstring(f'<x a="{escaped}"/>'.encode()).get("a") == text
