"""Numbers, dates and texts: what is read goes back as it came, and what is no value is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from tests.support.kinds import KINDS, Kind
from tests.support.packages import Built
from tests.support.strategies import LEGAL

BACK = [
    ("decimal", "12345678901234567890.10"),
    ("decimal", "0." + "1" * 200),
    ("integer", "-123456789012345678901234567890"),
    ("dateTime", "2026-01-02T03:04:05.7366667"),
    ("dateTime", "2026-01-02T03:04:05.0000001Z"),
    ("dateTime", "2026-01-02T03:04:05.123456789+05:30"),
    ("time", "03:04:05.1234567-02:00"),
    ("duration", "P1DT2.1234567S"),
    ("duration", "-PT0.0000001S"),
    ("date", "2026-01-02Z"),
    ("date", "2026-01-02+02:00"),
    ("date", "2026-01-02-14:00"),
]
CANONICAL = [
    ("decimal", " +007.50\n", "7.50"),
    ("decimal", "5.", "5"),
    ("decimal", ".5", "0.5"),
    ("double", "1e2", "100.0"),
    ("double", "+INF", "INF"),
    ("double", "NaN", "NaN"),
    ("int", " +7 ", "7"),
    ("boolean", "1", "true"),
    ("dateTime", "2026-01-02T03:04:05.5000000+00:00", "2026-01-02T03:04:05.500000Z"),
    ("dateTime", "", "0001-01-01T00:00:00"),
    ("date", "2026-01-02-00:00", "2026-01-02Z"),
    ("duration", "P0Y0M0DT1H0M0.000S", "PT3600S"),
    ("duration", "", "PT0S"),
    ("base64", "Q\r\n Q = =", "QQ=="),
    ("hex", " ff ", "FF"),
    ("guid", "ABCDEF00-0000-0000-0000-000000000000", "abcdef00-0000-0000-0000-000000000000"),
]
UNREADABLE = [
    *[("int", text) for text in ("1_000", "٣", "\uff13", "1.0", "\xa01", "0x1", "", "1" * 5000)],
    *[("double", text) for text in ("1_0", "infinity", "inf", "nan", "Infinity", "٣", "1e400")],
    *[("decimal", text) for text in ("1E+100000000", "1E2", "1_0", "NaN", "sNaN", "Infinity", "٣")],
    *[("decimal", text) for text in ("1" * 5000, ".", "")],
    *[("boolean", text) for text in ("\xa0true", "True", "yes", "")],
    *[("date", text) for text in ("2020-01-01garbage", "2020-01-01T00:00:00", "20200101")],
    *[("date", text) for text in ("2020-W01-1", "2020-02-30", "0000-01-01", "12020-01-01", "")],
    *[("date", text) for text in ("2020-01-01+15:00", "-0001-01-01", "2020-01-01+02:00:00")],
    *[("dateTime", text) for text in ("2020-01-01", "2020-01-01 00:00:00", "2020-01-01T00:00")],
    *[
        ("dateTime", text)
        for text in ("20200101T000000", "2020-01-01T24:00:00", "2020-W01-1T00:00")
    ],
    *[("dateTime", text) for text in ("2020-01-01T00:00:00,5", "2020-01-01T00:00:00+0200")],
    *[("dateTime", text) for text in ("10000-01-01T00:00:00", "2020-01-01T00:00:00z")],
    *[("time", text) for text in ("24:00:00", "12:00", "120000", "T12:00:00", "12:00:00,5")],
    *[("duration", text) for text in ("P", "PT", "P1DT", "P1Y", "P1M", "+P1D", "PT1.S", "P٣D")],
    *[("duration", text) for text in ("P99999999999D", f"PT{'9' * 5000}S", "P1W")],
    *[("base64", text) for text in ("!!!!", "QQ", "QQ=", "QQ==QQ==", "QR==", "QUF=", "Q\xa0Q==")],
    *[("hex", text) for text in ("0", "0 0", "00 FF", "0x00", "٣٣")],
    *[("guid", "{12345678-1234-5678-1234-567812345678}")],
    *[("guid", "urn:uuid:12345678-1234-5678-1234-567812345678")],
    *[("guid", "12345678123456781234567812345678"), ("guid", "x")],
    *[("char", text) for text in ("-1", "65536", "1_0", "9" * 30, "")],
]
REFUSED = [
    ("integer", 10**5000, "the number has more digits than Python writes"),
    ("int", 10**5000, "the number has more digits than Python writes"),
    ("decimal", 10**5000, "the number has more digits than Python writes"),
    ("decimal", Decimal("1E+100000000"), "the number has more than 4300 digits"),
    ("decimal", Decimal("1E-100000000"), "the number has more than 4300 digits"),
    ("decimal", Decimal("sNaN"), "expected a finite Decimal, not Decimal"),
    ("decimal", 0.1, "expected a finite Decimal, not float"),
    ("double", 10**400, "the integer is not exactly a number of xs:double"),
    ("double", 2**53 + 1, "the integer is not exactly a number of xs:double"),
    ("time", time(12, tzinfo=ZoneInfo("Europe/Oslo")), "a zone without an offset"),
    ("dateTime", datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=15))), "more than 14 hours"),
    ("char", "ab", "expected one character"),
    ("char", "", "expected one character"),
]


@pytest.mark.parametrize(("kind", "text"), BACK)
def test_what_is_read_goes_back_as_it_came(kind: str, text: str, email: Built) -> None:
    value = KINDS[kind].value(email, text)
    assert KINDS[kind].written(email, value) == text


@pytest.mark.parametrize(("kind", "text", "back"), CANONICAL)
def test_canonical_forms(kind: str, text: str, back: str, email: Built) -> None:
    assert KINDS[kind].written(email, KINDS[kind].value(email, text)) == back


@pytest.mark.parametrize(("kind", "text"), UNREADABLE)
def test_a_text_that_is_no_value(kind: str, text: str, email: Built) -> None:
    with pytest.raises(email.errors.UnexpectedResponse, match=r"^A: expected .*, got ") as caught:
        KINDS[kind].value(email, text)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(("kind", "value", "message"), REFUSED, ids=range(len(REFUSED)))
def test_a_value_that_xml_cannot_carry(kind: str, value: Any, message: str, email: Built) -> None:
    with pytest.raises(email.errors.InvalidValue, match=re.escape(message)):
        KINDS[kind].written(email, value)


def test_an_int_for_a_decimal_keeps_its_digits(email: Built) -> None:
    assert KINDS["decimal"].written(email, 12345678901234567891) == "12345678901234567891"


def test_a_member_of_another_enumeration_is_written_as_its_value(email: Built) -> None:
    class Folder(str, Enum):  # noqa: UP042 - its str() is not its value
        INBOX = "in & out"

    assert KINDS["string"].written(email, Folder.INBOX) == "in & out"


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
def test_a_value_comes_back(name: str, email: Built, data: st.DataObject) -> None:
    kind = KINDS[name]
    value = data.draw(kind.values)
    back = kind.value(email, kind.written(email, value))
    assert back == value
    assert type(back) is type(value)
    assert repr(back) == repr(value) or name in ("double", "decimal", "dateTime", "time")


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
def test_what_is_read_is_valid_and_kept(name: str, email: Built, data: st.DataObject) -> None:
    """A text that xmlschema, or Python for what that does not know, says is no value is refused."""
    kind = KINDS[name]
    text = data.draw(st.from_regex(kind.texts, fullmatch=True) | LEGAL)
    try:
        value = kind.value(email, text)
    except email.errors.UnexpectedResponse:
        return
    if name == "guid" and not text.strip(" \t\r\n"):
        text = str(UUID(int=0))
    assert text.strip(" \t\r\n") == "" or is_valid(kind, text)
    if in_range(name, value):
        written = kind.written(email, value)
        assert canonical(name, written) == canonical(name, text)
        assert kind.value(email, written) == value or value != value


def in_range(name: str, value: Any) -> bool:
    """Whether ``value`` can be written: integers of any size are read, of any type."""
    bits = {"int": 31, "long": 63, "unsignedByte": 8}.get(name)
    return bits is None or (0 if name == "unsignedByte" else -(2**bits)) <= value < 2**bits


def is_valid(kind: Kind, text: str) -> bool:
    if kind.xsd == "string":
        return True
    if kind.xsd:
        types: Any = xmlschema.XMLSchema11.builtin_types()
        return bool(types[kind.xsd].is_valid(text)) and "\xa0" not in text
    return text.isascii() and "_" not in text and "{" not in text and "urn" not in text


def canonical(name: str, text: str) -> Any:
    """What ``text`` says, compared without Python's types: signs, digits, zone."""
    if name == "string":
        return text
    text = "".join(text.split())
    if name in ("int", "long", "unsignedByte", "integer", "decimal", "char"):
        sign, digits = re.fullmatch("([+-]?)(.*)", text).groups()  # type: ignore[union-attr]
        whole, _, fraction = digits.partition(".")
        digits = f"{whole.lstrip('0')}.{fraction.rstrip('0')}"
        return ("" if sign == "+" or digits == "." else sign) + digits
    if name in ("dateTime", "date", "time"):
        text = re.sub("[+-]00:00$", "Z", text or "0001-01-01T00:00:00")
        text = re.sub(r"(\.[0-9]*?)0+(?=[Z+-]|$)", r"\1", text)
        return re.sub(r"\.(?=[Z+-]|$)", "", text)
    if name == "double":
        return float(text.replace("INF", "inf")) if text != "NaN" else text
    if name == "duration":
        return seconds(text)
    if name == "boolean":
        return text in ("1", "true")
    return text.lower() if name in ("hex", "guid") else text


def seconds(text: str) -> Decimal:
    """The length of a duration of days, hours, minutes and seconds."""
    units = {"D": 86400, "H": 3600, "M": 60, "S": 1, "Y": 0}
    day, _, clock = text.partition("T")
    parts = re.findall(r"([0-9.]+)([DHMSY])", day.replace("M", "Y") + clock)
    total = sum((Decimal(number) * units[unit] for number, unit in parts), Decimal())
    return -total if text.startswith("-") else total


def test_a_date_with_a_zone_is_a_date(email: Built) -> None:
    zoned = KINDS["date"].value(email, "2026-01-02+02:00")
    assert date in type(zoned).__mro__
    assert (zoned.year, zoned.month, zoned.day) == (2026, 1, 2)
    assert zoned.tzinfo == timezone(timedelta(hours=2))
    assert zoned != datetime(2026, 1, 2).date()
    assert KINDS["date"].value(email, "2026-01-02Z").tzinfo is UTC
    assert type(KINDS["date"].value(email, "2026-01-02")) is date
