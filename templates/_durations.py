"""Durations of XML Schema, which may have years and months, and the codec of their texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import timedelta
from decimal import Decimal
from typing import Any

from ._codecs import reader, writer
from ._text import decimal_text, decimal_value, integer_text, matching, wrong_type
from ._time_text import duration_text
from .errors import InvalidValue

_PARTS = ("years", "months", "days", "hours", "minutes")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Duration:
    """A length of time in years, months, days, hours, minutes and seconds.

    Its parts stay what they are: twelve months are not equal to one year, because not all
    calculations treat them alike. A Duration has no order, as months have no fixed length.

    Attributes:
        years: Years.
        months: Months; there may be more than twelve.
        days: Days.
        hours: Hours.
        minutes: Minutes.
        seconds: Seconds, with all of their digits.
        negative: Whether it goes backwards: all parts do, none is negative itself.

    Raises:
        ValueError: A part is negative.
    """

    years: int = 0
    months: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: Decimal = Decimal(0)
    negative: bool = False

    def __post_init__(self) -> None:
        for part in (*_PARTS, "seconds"):
            if getattr(self, part) < 0:
                raise ValueError(f"the {part} of a duration are negative; use negative=True")

    @classmethod
    def from_timedelta(cls, value: timedelta) -> Duration:
        """``value`` in days, hours, minutes and seconds, to its last digit."""
        return duration_parts_value(duration_text("value", value))

    def to_timedelta(self) -> timedelta:
        """The same as a ``timedelta``.

        Raises:
            ValueError: It has years or months, which have no fixed length, or more digits of a
                second than six.
            OverflowError: It is too long.
        """
        if self.years or self.months:
            raise ValueError(f"{self} has years or months, which have no fixed length")
        microseconds = self.seconds.scaleb(6)
        if microseconds != int(microseconds):
            raise ValueError(f"{self} has more digits of a second than a timedelta holds")
        length = timedelta(
            days=self.days,
            hours=self.hours,
            minutes=self.minutes,
            microseconds=int(microseconds),
        )
        return -length if self.negative else length

    def __repr__(self) -> str:
        shown = [
            f"{field.name}={value!r}"
            for field in fields(self)
            if (value := getattr(self, field.name)) != field.default
        ]
        return f"Duration({', '.join(shown)})"

    def __str__(self) -> str:
        return duration_parts_text("duration", self)


_DURATION = re.compile(
    "(-?)P(?=[0-9T])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)


def duration_parts_text(name: str, value: Duration) -> str:
    """The lexical form of an xs:duration: its parts but those that are zero."""
    if not isinstance(value, Duration):
        raise wrong_type(name, value, "Duration")
    texts = [integer_text(name, getattr(value, part)) for part in _PARTS]
    seconds = decimal_text(name, value.seconds)
    if any(text.startswith("-") for text in (*texts, seconds)):
        raise InvalidValue(f"{name}: a part of the duration is negative")
    years, months, days, hours, minutes = (text if text != "0" else "" for text in texts)
    date = _marked((years, "Y"), (months, "M"), (days, "D"))
    time = _marked((hours, "H"), (minutes, "M"), (seconds if value.seconds else "", "S"))
    if not date and not time:
        time = f"{seconds}S"
    return f"{'-' if value.negative else ''}P{date}{time and 'T'}{time}"


def _marked(*parts: tuple[str, str]) -> str:
    return "".join(f"{number}{mark}" for number, mark in parts if number)


def duration_parts_value(text: str) -> Duration:
    """The value of an xs:duration."""
    sign, *numbers, seconds = matching(_DURATION, text).groups("0")
    parts: dict[str, Any] = dict(zip(_PARTS, map(int, numbers), strict=True))
    return Duration(**parts, seconds=decimal_value(seconds), negative=sign == "-")


xs_duration = writer(duration_parts_text)
read_xs_duration = reader(duration_parts_value, "a duration")
