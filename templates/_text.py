"""Codecs of simple types: from a value to its lexical form, and from a lexical form to its value.

They are independent of elements and attributes. For each kind, ``<kind>_text(name, value)`` gives
the lexical form (XML Schema part 2, section 3) of a value and raises InvalidValue if the value is
of another type or out of range; ``name``, of the element or attribute, is for the message.
``<kind>_value(text)`` gives the value of a lexical form and raises ValueError or ArithmeticError if
the text is not one. Reading accepts more than writing produces: integers of any size, and white
space around a value.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import inf
from typing import TypeVar
from uuid import UUID

from ._values import OpenEnum
from .errors import InvalidValue

E = TypeVar("E", bound=OpenEnum)

special: Callable[[str], object] = re.compile(
    "[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
).search
"""Finds a character that an element cannot contain unescaped; None if there is none."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escape(name: str, value: str) -> str:
    """``value`` as character data (XML 1.0, sections 2.2 and 2.4).

    Raises:
        InvalidValue: ``value`` is not a str, or has a character that XML does not allow.
    """
    try:
        if special(value) is None:
            return value
    except TypeError:
        raise wrong_type(name, value, "str") from None
    if illegal := _ILLEGAL.search(value):
        raise InvalidValue(f"{name}: XML cannot carry the character {illegal[0]!r}")
    return (
        value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    )


def escape_attribute(name: str, value: str) -> str:
    """``value`` for an attribute in double quotes; the errors are those of ``escape``.

    Tabs and line ends are escaped: otherwise they are read as spaces (XML 1.0, section 3.3.3).
    """
    text = escape(name, value).replace('"', "&quot;")
    return text.replace("\t", "&#9;").replace("\n", "&#10;")


def wrong_type(name: str, value: object, expected: str) -> InvalidValue:
    """The error for a ``value`` that is not ``expected``."""
    return InvalidValue(f"{name}: expected {expected}, not {type(value).__name__}")


# --- numbers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IntegerText:
    """Gives the lexical forms of the integer ``type``, whose values are ``low`` to ``high``."""

    type: str
    low: float
    high: float

    def __call__(self, name: str, value: int) -> str:
        """The lexical form of ``value``."""
        if not isinstance(value, int):
            raise wrong_type(name, value, "int")
        if not self.low <= value <= self.high:
            raise InvalidValue(f"{name}: {value} is out of the range of {self.type}")
        return f"{value:d}"


byte_text = IntegerText("xs:byte", -(2**7), 2**7 - 1)
short_text = IntegerText("xs:short", -(2**15), 2**15 - 1)
int_text = IntegerText("xs:int", -(2**31), 2**31 - 1)
long_text = IntegerText("xs:long", -(2**63), 2**63 - 1)
unsigned_byte_text = IntegerText("xs:unsignedByte", 0, 2**8 - 1)
unsigned_short_text = IntegerText("xs:unsignedShort", 0, 2**16 - 1)
unsigned_int_text = IntegerText("xs:unsignedInt", 0, 2**32 - 1)
unsigned_long_text = IntegerText("xs:unsignedLong", 0, 2**64 - 1)
integer_text = IntegerText("xs:integer", -inf, inf)
positive_integer_text = IntegerText("xs:positiveInteger", 1, inf)
negative_integer_text = IntegerText("xs:negativeInteger", -inf, -1)
non_negative_integer_text = IntegerText("xs:nonNegativeInteger", 0, inf)
non_positive_integer_text = IntegerText("xs:nonPositiveInteger", -inf, 0)

# The same for all integer types: what is received may be out of range.
integer_value: Callable[[str], int] = int


def decimal_text(name: str, value: Decimal) -> str:
    """The lexical form of an xs:decimal, which has no exponent."""
    if not isinstance(value, Decimal | int) or not Decimal(value).is_finite():
        raise wrong_type(name, value, "a finite Decimal")
    return f"{value:f}"


decimal_value: Callable[[str], Decimal] = Decimal


def double_text(name: str, value: float) -> str:
    """The lexical form of an xs:double or an xs:float."""
    if not isinstance(value, float | int):
        raise wrong_type(name, value, "float")
    return repr(float(value)).replace("inf", "INF").replace("nan", "NaN")


double_value: Callable[[str], float] = float


def boolean_text(name: str, value: bool) -> str:
    """The lexical form of an xs:boolean."""
    if not isinstance(value, bool):
        raise wrong_type(name, value, "bool")
    return "true" if value else "false"


def boolean_value(text: str) -> bool:
    """The value of an xs:boolean: true and false have two lexical forms each."""
    text = text.strip()
    if text not in ("true", "1", "false", "0"):
        raise ValueError(text)
    return text in ("true", "1")


# --- dates and times -----------------------------------------------------------------------------


def datetime_text(name: str, value: datetime) -> str:
    """The lexical form of an xs:dateTime: without a zone for a naive value, ``Z`` for UTC."""
    if not isinstance(value, datetime):
        raise wrong_type(name, value, "datetime")
    return _with_zone(name, value.isoformat())


def datetime_value(text: str) -> datetime:
    """The value of an xs:dateTime, to the microsecond; an empty text is .NET's zero."""
    return datetime.fromisoformat(text.strip()) if text else datetime.min


def date_text(name: str, value: date) -> str:
    """The lexical form of an xs:date, without a zone."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise wrong_type(name, value, "date")
    return value.isoformat()


def date_value(text: str) -> date:
    """The value of an xs:date; its zone is left out."""
    return date.fromisoformat(text.strip()[:10])


def time_text(name: str, value: time) -> str:
    """The lexical form of an xs:time."""
    if not isinstance(value, time):
        raise wrong_type(name, value, "time")
    return _with_zone(name, value.isoformat())


def time_value(text: str) -> time:
    """The value of an xs:time."""
    return time.fromisoformat(text.strip())


def _with_zone(name: str, text: str) -> str:
    """``text`` with its zone in XML Schema's form: ``Z``, or hours and minutes."""
    if text.endswith("+00:00"):
        return text[:-6] + "Z"
    if re.search(r"[+-]\d\d:\d\d:\d\d", text[8:]):
        raise InvalidValue(f"{name}: {text} has a zone with seconds, which XML cannot carry")
    return text


def duration_text(name: str, value: timedelta) -> str:
    """The lexical form of .NET's duration: days and seconds, never months or years."""
    if not isinstance(value, timedelta):
        raise wrong_type(name, value, "timedelta")
    sign, value = ("-", -value) if value < timedelta() else ("", value)
    days = f"{value.days}D" if value.days else ""
    seconds = f"{value.seconds}.{value.microseconds:06}".rstrip("0").rstrip(".")
    rest = f"T{seconds}S" if value.seconds or value.microseconds or not days else ""
    return f"{sign}P{days}{rest}"


_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d*)?)S)?)?"
)


def duration_value(text: str) -> timedelta:
    """The value of a duration; an empty text, which .NET services send, is zero."""
    text = text.strip()
    if not text:
        return timedelta()
    parts = _DURATION.fullmatch(text)
    if parts is None:
        raise ValueError(text)
    sign, *numbers = parts.groups(default="0")
    days, hours, minutes, seconds = map(float, numbers)
    duration = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -duration if sign == "-" else duration


# --- octets, and what .NET adds ------------------------------------------------------------------


def base64_text(name: str, value: bytes) -> str:
    """The lexical form of an xs:base64Binary."""
    if not isinstance(value, bytes | bytearray):
        raise wrong_type(name, value, "bytes")
    return base64.b64encode(value).decode("ascii")


base64_value: Callable[[str], bytes] = base64.b64decode


def hex_text(name: str, value: bytes) -> str:
    """The lexical form of an xs:hexBinary."""
    if not isinstance(value, bytes | bytearray):
        raise wrong_type(name, value, "bytes")
    return value.hex().upper()


hex_value: Callable[[str], bytes] = bytes.fromhex


def guid_text(name: str, value: UUID) -> str:
    """The lexical form of .NET's guid."""
    if not isinstance(value, UUID):
        raise wrong_type(name, value, "UUID")
    return str(value)


def guid_value(text: str) -> UUID:
    """The value of a guid; an empty text is .NET's zero."""
    return UUID(text.strip()) if text else UUID(int=0)


def char_text(name: str, value: str) -> str:
    """The lexical form of .NET's char: the number of one UTF-16 code unit."""
    if not isinstance(value, str) or len(value) != 1 or value > "\uffff":
        raise wrong_type(name, value, "one character up to U+FFFF")
    return str(ord(value))


def char_value(text: str) -> str:
    """The value of a char."""
    return chr(int(text))


# --- enumerations --------------------------------------------------------------------------------


def flags_text(kind: type[E]) -> Callable[[str, frozenset[E]], str]:
    """Gives the lexical form of sets of ``kind``, not escaped.

    The values are in the order in which ``kind`` lists them; those that it does not list are last.
    """
    listed = [member.value for member in kind]

    def text(name: str, values: frozenset[E]) -> str:
        if not isinstance(values, frozenset | set):
            raise wrong_type(name, values, "frozenset")
        names = [value for value in listed if value in values]
        names += sorted(str(value) for value in values if value not in names)
        return " ".join(names)

    return text


def enum_value(kind: type[E]) -> Callable[[str], E]:
    """Gives the values of ``kind``; one that ``kind`` does not list is kept."""
    return lambda text: kind(text.strip())


def flags_value(kind: type[E]) -> Callable[[str], frozenset[E]]:
    """Gives the values of lists of ``kind``; an item that ``kind`` does not list is kept."""
    return lambda text: frozenset(kind(name) for name in text.split())
