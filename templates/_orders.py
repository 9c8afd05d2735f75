"""The orders of times and durations, which are partial (XML Schema part 2, 3.2.6.2 and 3.2.7.4).

A time without a zone is neither before nor after one with a zone that is less than 14 hours away,
and a month is neither shorter nor longer than 30 days. Where two values have no order, all
comparisons are false.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ._text import SPACE

_MOMENT = re.compile(
    r"(?:(?P<year>-?[0-9]{4,})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"|--(?P<only_month>[0-9]{2})?(?:-(?P<only_day>[0-9]{2}))?)?"
    r"(?:T?(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2}(?:\.[0-9]+)?))?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?(?:(?P<seconds>[0-9]+(?:\.[0-9]*)?)S)?)?"
)
_MOST_AWAY = 14 * 3600
# The months from which durations are compared, counted from the year 0.
_STARTS = (1696 * 12 + 8, 1697 * 12 + 1, 1903 * 12 + 2, 1903 * 12 + 6)


@dataclass(frozen=True, slots=True)
class _Moment:
    """A time of any kind.

    Attributes:
        seconds: The seconds since the beginning of the year 0, in UTC if it has a zone.
        has_zone: Whether it has a zone.
    """

    seconds: Decimal
    has_zone: bool

    def __lt__(self, other: _Moment) -> bool:
        if self.has_zone == other.has_zone:
            return self.seconds < other.seconds
        return self.seconds + _MOST_AWAY < other.seconds

    def __le__(self, other: _Moment) -> bool:
        return self < other or self == other


@dataclass(frozen=True, slots=True)
class _Length:
    """A duration.

    Attributes:
        seconds: The seconds that it takes, from each of four months on.
    """

    seconds: tuple[Decimal, ...]

    def __lt__(self, other: _Length) -> bool:
        return all(own < its for own, its in zip(self.seconds, other.seconds, strict=True))

    def __le__(self, other: _Length) -> bool:
        return all(own <= its for own, its in zip(self.seconds, other.seconds, strict=True))


def order_of_moments(text: str) -> _Moment:
    """The order of an xs:dateTime, date, time, or a part of a date; ValueError if it is none."""
    match = _MOMENT.fullmatch(text.strip(SPACE))
    if match is None:
        raise ValueError(text)
    year = int(match["year"] or 2000)
    month = int(match["month"] or match["only_month"] or 1)
    day = int(match["day"] or match["only_day"] or 1)
    hour = int(match["hour"] or 0)
    if match["year"] is None and match["only_month"] is None:
        hour %= 24  # of a time without a day
    days = _days(year * 12 + month - 1) + day - 1
    minutes = (days * 24 + hour) * 60 + int(match["minute"] or 0) - _zone(match["zone"])
    return _Moment(minutes * 60 + Decimal(match["second"] or 0), match["zone"] is not None)


def _zone(text: str | None) -> int:
    """How many minutes a zone is before UTC."""
    if text is None or text == "Z":
        return 0
    minutes = int(text[1:3]) * 60 + int(text[4:])
    return -minutes if text[0] == "-" else minutes


def order_of_durations(text: str) -> _Length:
    """The order of an xs:duration; ValueError if ``text`` is none."""
    match = _DURATION.fullmatch(text.strip(SPACE))
    if match is None:
        raise ValueError(text)
    parts = {
        name: int(match[name] or 0) for name in ("years", "months", "days", "hours", "minutes")
    }
    sign = -1 if match["sign"] else 1
    months = sign * (parts["years"] * 12 + parts["months"])
    minutes = (parts["days"] * 24 + parts["hours"]) * 60 + parts["minutes"]
    seconds = sign * (minutes * 60 + Decimal(match["seconds"] or 0))
    return _Length(
        tuple((_days(start + months) - _days(start)) * 86400 + seconds for start in _STARTS)
    )


def _days(months: int) -> int:
    """The days from the beginning of the year 0 to that of the month with this number."""
    # Years begin with March here, so that a leap day is the last one of its year.
    year, month = divmod(months - 2, 12)
    return year * 365 + year // 4 - year // 100 + year // 400 + (month * 153 + 2) // 5
