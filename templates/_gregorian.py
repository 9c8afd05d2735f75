"""Years, months and days of the Gregorian calendar that are no whole dates, and their codecs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import time, tzinfo
from typing import Any, TypeVar

from ._codecs import reader, writer
from ._text import SPACE, integer_text, matching, wrong_type
from ._time_text import time_text

T = TypeVar("T")

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class GYear:
    """A year (xs:gYear), before the year 1 and after 9999 too.

    Attributes:
        year: The year.
        tzinfo: Its time zone, if it has one.
    """

    year: int
    tzinfo: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class GYearMonth:
    """A month of one year (xs:gYearMonth).

    Attributes:
        year: The year.
        month: The month, from 1 to 12.
        tzinfo: Its time zone, if it has one.

    Raises:
        ValueError: There is no such month.
    """

    year: int
    month: int
    tzinfo: tzinfo | None = None

    def __post_init__(self) -> None:
        _require(self.month, 12)


@dataclass(frozen=True, slots=True)
class GMonth:
    """A month of every year (xs:gMonth).

    Attributes:
        month: The month, from 1 to 12.
        tzinfo: Its time zone, if it has one.
        is_first_edition: Whether it is written as in the first edition of XML Schema, with two
            hyphens behind it: ``--MM--``.

    Raises:
        ValueError: There is no such month.
    """

    month: int
    tzinfo: tzinfo | None = None
    is_first_edition: bool = field(default=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        _require(self.month, 12)


@dataclass(frozen=True, slots=True)
class GMonthDay:
    """A day of every year (xs:gMonthDay), the 29th of February too.

    Attributes:
        month: The month, from 1 to 12.
        day: The day, from 1 to the last one that the month can have.
        tzinfo: Its time zone, if it has one.

    Raises:
        ValueError: There is no such day.
    """

    month: int
    day: int
    tzinfo: tzinfo | None = None

    def __post_init__(self) -> None:
        _require(self.month, 12)
        _require(self.day, _DAYS[self.month - 1])


@dataclass(frozen=True, slots=True)
class GDay:
    """A day of every month (xs:gDay).

    Attributes:
        day: The day, from 1 to 31.
        tzinfo: Its time zone, if it has one.

    Raises:
        ValueError: There is no such day.
    """

    day: int
    tzinfo: tzinfo | None = None

    def __post_init__(self) -> None:
        _require(self.day, 31)


def _require(number: int, last: int) -> None:
    if not 1 <= number <= last:
        raise ValueError(f"expected a number from 1 to {last}, not {number}")


# --- codecs --------------------------------------------------------------------------------------

_ZONE = "(Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = "(-?(?:[1-9][0-9]{4,}|[0-9]{4}))"


def _text(kind: Any, prefix: str, *fields: str) -> Callable[[str, Any], str]:
    """Gives the lexical forms of ``kind``: its ``fields``, with a hyphen between, and its zone."""

    def text(name: str, value: Any) -> str:
        if not isinstance(value, kind):
            raise wrong_type(name, value, kind.__name__)
        numbers = [_number(name, value, field) for field in fields]
        zone: Any = value.tzinfo
        if zone is not None and not isinstance(zone, tzinfo):
            raise wrong_type(name, zone, "a tzinfo")
        return f"{prefix}{'-'.join(numbers)}{time_text(name, time(tzinfo=zone))[8:]}"

    return text


def _number(name: str, value: Any, field: str) -> str:
    text = integer_text(name, getattr(value, field))
    sign = "-" if text.startswith("-") else ""
    return sign + text.removeprefix("-").rjust(4 if field == "year" else 2, "0")


def _value(kind: Callable[..., T], form: str) -> Callable[[str], T]:
    """Gives the values of ``kind``; the groups of ``form`` are its numbers."""
    pattern = re.compile(form + _ZONE)

    def value(text: str) -> T:
        *numbers, zone = matching(pattern, text).groups()
        tzinfo = time.fromisoformat(f"00:00:00{zone}").tzinfo if zone else None
        return kind(*map(int, numbers), tzinfo)

    return value


g_year_text = _text(GYear, "", "year")
g_year_month_text = _text(GYearMonth, "", "year", "month")
g_month_day_text = _text(GMonthDay, "--", "month", "day")
g_day_text = _text(GDay, "---", "day")

g_year_value = _value(GYear, _YEAR)
g_year_month_value = _value(GYearMonth, f"{_YEAR}-([0-9]{{2}})")
g_month_day_value = _value(GMonthDay, "--([0-9]{2})-([0-9]{2})")
g_day_value = _value(GDay, "---([0-9]{2})")

_month_text = _text(GMonth, "--", "month")
_month_value = _value(GMonth, "--([0-9]{2})(?:--)?")


def g_month_text(name: str, value: GMonth) -> str:
    """The lexical form of a month."""
    text = _month_text(name, value)
    return f"{text[:4]}--{text[4:]}" if value.is_first_edition else text


def g_month_value(text: str) -> GMonth:
    """The value of a month."""
    value = _month_value(text)
    is_first_edition = text.strip(SPACE)[4:6] == "--"
    return replace(value, is_first_edition=True) if is_first_edition else value


xs_g_year = writer(g_year_text)
xs_g_year_month = writer(g_year_month_text)
xs_g_month = writer(g_month_text)
xs_g_month_day = writer(g_month_day_text)
xs_g_day = writer(g_day_text)

read_xs_g_year = reader(g_year_value, "a year")
read_xs_g_year_month = reader(g_year_month_value, "a year and a month")
read_xs_g_month = reader(g_month_value, "a month as --MM")
read_xs_g_month_day = reader(g_month_day_value, "a month and a day as --MM-DD")
read_xs_g_day = reader(g_day_value, "a day as ---DD")
