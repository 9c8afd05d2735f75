"""Dates and times that Python's own classes cannot hold, kept as the texts that they are.

XML Schema has years before 1 and after 9999, the hour 24 and leap seconds. A value is of a class in
this module only if it is such a one: all others are plain ``datetime``, ``date`` and ``time``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from types import MethodDescriptorType
from typing import Any, ClassVar

from ._codecs import reader, writer
from ._read import Element, read_datetime
from ._text import SPACE
from ._time_text import (
    date_text,
    date_value,
    datetime_text,
    datetime_value,
    time_text,
    time_value,
)
from .errors import UnexpectedResponse

_DATE = "(?P<year>-?(?:[1-9][0-9]{4,}|[0-9]{4}))-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_TIME = (
    "(?P<hour>[01][0-9]|2[0-4]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9]|60)"
    r"(?:\.(?P<fraction>[0-9]+))?"
)
_ZONE = "(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"

# The calendar repeats after so many years, which have so many days.
_CYCLE, _CYCLE_DAYS = 400, 146_097


class Lexical:
    """The base of values that are kept as texts.

    They are compared by the moment that they stand for, with plain values too: 24:00:00 is equal
    to 00:00:00 of the next day. ``str`` and ``isoformat`` give the text, and ``year`` the year,
    whatever its size. Arithmetic and all other methods of the plain class work on ``plain``, and
    raise OverflowError where that is None.

    Attributes:
        text: The lexical form.
        plain: The plain value for the same moment; None if Python cannot hold it.
        number: What values are compared by: days for dates, seconds for all others.
        zone: Of a date its zone, of all others whether it has one.
    """

    __slots__ = ()
    _class: ClassVar[Any]  # the plain class
    _form: ClassVar[re.Pattern[str]]
    _plain_value: ClassVar[Any]  # the codec of plain values
    text: str
    plain: Any
    number: int | Fraction
    zone: object
    _year: int

    def __new__(cls, text: str) -> Any:
        """The value of a lexical form: a plain one if Python can hold it as it is.

        Raises:
            ValueError: ``text`` is no lexical form of the type.
        """
        text = text.strip(SPACE)
        match = cls._form.fullmatch(text)
        if match is None:
            raise ValueError(text)
        parts = match.groupdict("0")
        year, month, day, hour, minute, second = (
            int(parts.get(part, first))
            for part, first in zip(
                ("year", "month", "day", "hour", "minute", "second"), "111000", strict=True
            )
        )
        if 1 <= year <= 9999 and hour < 24 and second < 60:
            return cls._plain_value(text)
        fraction = Decimal(f"0.{parts.get('fraction', '0')}")
        if hour == 24 and (minute or second or fraction):
            raise ValueError(text)
        zone = time.fromisoformat(f"00:00:00{match['zone'] or ''}").tzinfo
        start = date((year - 1) % _CYCLE + 1, month, day)
        days = start.toordinal() + (year - 1) // _CYCLE * _CYCLE_DAYS
        plain: Any = None
        if issubclass(cls, time):
            plain = time(tzinfo=zone) if hour == 24 else None
        elif hour == 24 and 0 < days < date.max.toordinal():
            plain = datetime.combine(date.fromordinal(days + 1), time(tzinfo=zone))
        value = cls._class.__new__(cls, *cls._nearest(year, start, hour, minute, second, zone))
        value.text, value.plain, value._year = text, plain, year
        if issubclass(cls, datetime | time):
            seconds = (hour * 60 + minute) * 60 + second
            days = 0 if issubclass(cls, time) else days
            seconds = 0 if issubclass(cls, time) and hour == 24 else seconds
            offset = value.utcoffset() or timedelta()
            value.zone = zone is not None
            value.number = days * 86_400 + seconds + Fraction(fraction) - _seconds(offset)
        else:
            value.zone, value.number = zone, days
        return value

    @classmethod
    def _nearest(
        cls, year: int, day: date, hour: int, minute: int, second: int, zone: Any
    ) -> tuple[Any, ...]:
        """The arguments of the plain class for the members that Python can hold."""
        clock = (hour % 24, minute, min(second, 59), 0, zone)
        # The years 1 and 9999 have no 29th of February.
        near = min(max(year, 1), 9999)
        last = 28 if (day.month, day.day) == (2, 29) and near != year else day.day
        if issubclass(cls, time):
            return clock
        return (near, day.month, last, *(clock if issubclass(cls, datetime) else ()))

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return type(self), (self.text,)

    def isoformat(self, *arguments: Any, **options: Any) -> str:
        """The lexical form."""
        return self.text

    def __str__(self) -> str:
        return self.text

    def __format__(self, form: str) -> str:
        return str(_on_plain(self._class.__format__)(self, form)) if form else self.text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.text!r})"

    def __hash__(self) -> int:
        return hash(self.number if self.plain is None else self.plain)

    def __eq__(self, other: object) -> Any:
        key = _key(self._class, other)
        return key if key is NotImplemented else key == (self.zone, self.number)

    def __ne__(self, other: object) -> Any:  # the plain class has one, which knows no text
        return not self == other

    def __lt__(self, other: Any) -> Any:
        number = self._comparable(other)
        return number if number is NotImplemented else self.number < number

    def __gt__(self, other: Any) -> Any:
        number = self._comparable(other)
        return number if number is NotImplemented else self.number > number

    def __le__(self, other: Any) -> Any:
        number = self._comparable(other)
        return number if number is NotImplemented else self.number <= number

    def __ge__(self, other: Any) -> Any:
        number = self._comparable(other)
        return number if number is NotImplemented else self.number >= number

    def _comparable(self, other: object) -> Any:
        """The number of ``other``. Raises TypeError if only one of both has a zone."""
        key = _key(self._class, other)
        if key is NotImplemented:
            return key
        zone, number = key
        if isinstance(self.zone, bool) and zone != self.zone:
            raise TypeError("can't compare offset-naive and offset-aware values")
        return number


def _key(kind: Any, value: Any) -> Any:
    """The zone and the number of ``value``; NotImplemented if it is no ``kind``."""
    if not isinstance(value, kind) or (kind is date and isinstance(value, datetime)):
        return NotImplemented
    if isinstance(value, Lexical):
        return value.zone, value.number
    if kind is date:
        return getattr(value, "tzinfo", None), value.toordinal()
    seconds = Fraction((value.hour * 60 + value.minute) * 60 + value.second)
    # A FineDatetime or a FineTime has more digits than microseconds.
    microseconds = value.microsecond + Fraction(getattr(value, "beyond", 0))
    seconds += microseconds / 1_000_000
    if kind is datetime:
        seconds += value.toordinal() * 86_400
    offset = value.utcoffset()
    return offset is not None, seconds - _seconds(offset or timedelta())


def _seconds(offset: timedelta) -> Fraction:
    return Fraction(offset // timedelta(microseconds=1), 1_000_000)


class LexicalDatetime(Lexical, datetime):
    """A ``datetime`` that Python cannot hold, kept as its text."""

    __slots__ = ("_year", "number", "plain", "text", "zone")
    _class = datetime
    _form = re.compile(f"{_DATE}T{_TIME}{_ZONE}")
    _plain_value = staticmethod(datetime_value)

    @property
    def year(self) -> int:
        """The year, whatever its size."""
        return self._year if self.plain is None else int(self.plain.year)


class LexicalDate(Lexical, date):
    """A ``date`` that Python cannot hold, kept as its text.

    Like a ``ZonedDate`` it is equal to a date with the same zone only, and ordered by its day.
    """

    __slots__ = ("_year", "number", "plain", "text", "zone")
    _class = date
    _form = re.compile(f"{_DATE}{_ZONE}")
    _plain_value = staticmethod(date_value)

    @property
    def year(self) -> int:
        """The year, whatever its size."""
        return self._year


class LexicalTime(Lexical, time):
    """A ``time`` that Python cannot hold, kept as its text."""

    __slots__ = ("_year", "number", "plain", "text", "zone")
    _class = time
    _form = re.compile(f"{_TIME}{_ZONE}")
    _plain_value = staticmethod(time_value)


def _on_plain(method: Callable[..., Any]) -> Callable[..., Any]:
    """``method`` of the plain class, for values that are kept as texts."""

    def call(self: Any, *arguments: Any, **options: Any) -> Any:
        if self.plain is None:
            raise OverflowError(f"Python cannot calculate with {self.text}")
        return method(self.plain, *arguments, **options)

    return call


def _calculating(kind: type) -> Iterator[str]:
    """The names of the methods of ``kind`` that calculate with all of a value."""
    yield from (
        name for name in ("__add__", "__radd__", "__sub__", "__rsub__") if hasattr(kind, name)
    )
    held = {"isoformat", "utcoffset", "dst", "tzname"}
    for name in dir(kind):
        is_method = isinstance(getattr(kind, name), MethodDescriptorType)
        if is_method and not name.startswith("_") and name not in held:
            yield name


for _kind in (LexicalDatetime, LexicalDate, LexicalTime):
    for _name in _calculating(_kind._class):
        setattr(_kind, _name, _on_plain(getattr(_kind._class, _name)))


# --- codecs --------------------------------------------------------------------------------------


def every_datetime_text(name: str, value: datetime) -> str:
    """The lexical form of an xs:dateTime."""
    return value.text if isinstance(value, LexicalDatetime) else datetime_text(name, value)


def every_date_text(name: str, value: date) -> str:
    """The lexical form of an xs:date."""
    return value.text if isinstance(value, LexicalDate) else date_text(name, value)


def every_time_text(name: str, value: time) -> str:
    """The lexical form of an xs:time."""
    return value.text if isinstance(value, LexicalTime) else time_text(name, value)


def every_datetime_value(text: str) -> datetime:
    """The value of an xs:dateTime."""
    # Nearly all are plain; an empty text, which is .NET's zero elsewhere, is none.
    if text.strip(SPACE):
        try:
            return datetime_value(text)
        except ValueError:
            pass
    value: datetime = LexicalDatetime(text)
    return value


def every_date_value(text: str) -> date:
    """The value of an xs:date."""
    try:
        return date_value(text)  # as nearly all are
    except ValueError:
        pass
    value: date = LexicalDate(text)
    return value


def every_time_value(text: str) -> time:
    """The value of an xs:time."""
    try:
        return time_value(text)  # as nearly all are
    except ValueError:
        pass
    value: time = LexicalTime(text)
    return value


xs_every_datetime = writer(every_datetime_text)
xs_every_date = writer(every_date_text)
xs_every_time = writer(every_time_text)

_read_any_datetime = reader(every_datetime_value, "a date and time")
read_every_date = reader(every_date_value, "a date")
read_every_time = reader(every_time_value, "a time")


def read_every_datetime(node: Element) -> datetime:
    """The date and time in ``node``."""
    # Nearly all are plain; an empty text, which is .NET's zero elsewhere, is none.
    if (node.text or "").strip(SPACE):
        try:
            return read_datetime(node)
        except UnexpectedResponse:
            pass
    return _read_any_datetime(node)
