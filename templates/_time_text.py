"""Codecs of dates, times and durations, as ``_text`` has them for all other simple types."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from ._text import SPACE, decimal_text, decimal_value, matching, wrong_type
from ._times import Fine, FineDatetime, FineDuration, FineTime, ZonedDate
from .errors import InvalidValue

# The hour 24 is the next day's 0, which Python cannot tell apart. Zones are of 14 hours at most.
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = "(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}"
_FRACTION = r"(?:\.([0-9]+))?"
_ZONE = "(Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
is_plain_end = re.compile(rf"(?:\.[0-9]{{1,6}})?{_ZONE}").fullmatch
"""Matches what may follow the seconds if ``datetime`` can hold it."""

_DATETIME = re.compile(f"({_DATE}T{_TIME}){_FRACTION}{_ZONE}")
_TIME_OF_DAY = re.compile(f"({_TIME}){_FRACTION}{_ZONE}")
_ZONED_DATE = re.compile(f"({_DATE}){_ZONE}")
_PART = re.compile(r"(?P<sign>-?)0(?:\.(?P<digits>[0-9]+))?")


def datetime_text(name: str, value: datetime) -> str:
    """The lexical form of an xs:dateTime: without a zone for a naive value, ``Z`` for UTC."""
    if type(value) is datetime and (value.tzinfo is None or value.tzinfo is UTC):
        text = value.isoformat()
        return text if value.tzinfo is None else text[:-6] + "Z"
    return _moment_text(name, value, datetime, _DATETIME)


def datetime_value(text: str) -> datetime:
    """The value of an xs:dateTime, to its last digit; an empty text is .NET's zero."""
    text = text.strip(SPACE)
    if not text:
        return datetime.min
    start, digits, zone = matching(_DATETIME, text).groups("")
    value = datetime.fromisoformat(f"{start}.{digits[:6] or '0'}{zone}")
    if len(digits) <= 6 or not (beyond := _part_of_microsecond(digits)):
        return value
    parts = (value.year, value.month, value.day, value.hour, value.minute, value.second)
    fine: datetime = FineDatetime(*parts, value.microsecond, value.tzinfo, beyond=beyond)
    return fine


def date_text(name: str, value: date) -> str:
    """The lexical form of an xs:date, with a zone for a ZonedDate."""
    if isinstance(value, datetime):
        raise wrong_type(name, value, "date")
    try:
        text = date.isoformat(value)
    except TypeError:
        raise wrong_type(name, value, "date") from None
    if not isinstance(value, ZonedDate):
        return text
    try:
        midnight = time(tzinfo=getattr(value, "tzinfo", None))
    except TypeError:
        raise wrong_type(name, value.tzinfo, "a date with a tzinfo") from None
    return text + _moment_text(name, midnight, time, _TIME_OF_DAY)[len("00:00:00") :]


def date_value(text: str) -> date:
    """The value of an xs:date: a ZonedDate if it has a zone."""
    day, zone = matching(_ZONED_DATE, text).groups("")
    value = date.fromisoformat(day)
    if not zone:
        return value
    tzinfo = time.fromisoformat(f"00:00:00{zone}").tzinfo
    zoned: date = ZonedDate(value.year, value.month, value.day, tzinfo=tzinfo)
    return zoned


def time_text(name: str, value: time) -> str:
    """The lexical form of an xs:time."""
    return _moment_text(name, value, time, _TIME_OF_DAY)


def time_value(text: str) -> time:
    """The value of an xs:time, to its last digit."""
    start, digits, zone = matching(_TIME_OF_DAY, text).groups("")
    value = time.fromisoformat(f"{start}.{digits[:6] or '0'}{zone}")
    if len(digits) <= 6 or not (beyond := _part_of_microsecond(digits)):
        return value
    parts = (value.hour, value.minute, value.second, value.microsecond, value.tzinfo)
    fine: time = FineTime(*parts, beyond=beyond)
    return fine


def _moment_text(name: str, value: datetime | time, kind: Any, form: re.Pattern[str]) -> str:
    """The lexical form of ``value``, which is a ``kind``; ``form`` matches what XML can carry."""
    sign, digits = _further_digits(name, value)
    if sign:
        raise InvalidValue(f"{name}: the part of a microsecond is negative")
    try:
        text = kind.isoformat(value, timespec="microseconds" if digits else "auto")
    except (TypeError, ValueError) as error:
        if isinstance(value, kind):
            raise InvalidValue(f"{name}: the value has a zone without an offset: {error}") from None
        raise wrong_type(name, value, kind.__name__) from None
    match = form.fullmatch(text)
    if match is None:
        zone = "a zone with seconds or of more than 14 hours"
        raise InvalidValue(f"{name}: {text} has {zone}, which XML cannot carry")
    start, fraction, zone = match.groups("")
    if not zone and kind.tzinfo.__get__(value) is not None:
        raise InvalidValue(f"{name}: {text} has a zone without an offset, which XML cannot carry")
    fraction = f".{fraction}{digits}" if fraction else ""
    return f"{start}{fraction}{'Z' if zone == '+00:00' else zone}"


def _part_of_microsecond(digits: str) -> Decimal:
    """What the ``digits`` of a second give beyond microseconds, in microseconds."""
    return decimal_value(f"0.{digits[6:].rstrip('0')}")


def _further_digits(name: str, value: object) -> tuple[str, str]:
    """The digits of ``value`` that follow those of its microseconds, after their sign."""
    if not isinstance(value, Fine):
        return "", ""
    part = _PART.fullmatch(decimal_text(name, getattr(value, "beyond", Decimal(0))))
    if part is None:
        raise InvalidValue(f"{name}: expected less than a microsecond beyond the microseconds")
    return part["sign"], part["digits"] or ""


def duration_text(name: str, value: timedelta) -> str:
    """The lexical form of .NET's duration: days and seconds, never months or years."""
    try:
        size = timedelta.__abs__(value)
    except TypeError:
        raise wrong_type(name, value, "timedelta") from None
    sign = "" if size == timedelta.__pos__(value) else "-"
    further_sign, further = _further_digits(name, value)
    if further and size and sign != further_sign:
        raise InvalidValue(f"{name}: the part of a microsecond has another sign than the rest")
    digits = f"{size.microseconds:06}{further}".rstrip("0")
    seconds = f"{size.seconds}.{digits}".rstrip(".")
    days = f"{size.days}D" if size.days else ""
    rest = f"T{seconds}S" if size.seconds or digits or not days else ""
    return f"{sign or further_sign}P{days}{rest}"


# Years and months, which have no fixed length, must be zero.
_DURATION = re.compile(
    "(-?)P(?=[0-9T])(?:0+Y)?(?:0+M)?(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]+))?S)?)?"
)


def duration_value(text: str) -> timedelta:
    """The value of a duration; an empty text, which .NET services send, is zero."""
    text = text.strip(SPACE)
    if not text:
        return timedelta()
    sign, days, hours, minutes, seconds, digits = matching(_DURATION, text).groups("0")
    value = timedelta(
        days=int(days),
        hours=int(hours),
        minutes=int(minutes),
        seconds=int(seconds),
        microseconds=int(digits[:6].ljust(6, "0")),
    )
    beyond = _part_of_microsecond(digits)
    if sign == "-":
        value, beyond = -value, -beyond
    fine: timedelta = FineDuration(value.days, value.seconds, value.microseconds, beyond=beyond)
    return fine
