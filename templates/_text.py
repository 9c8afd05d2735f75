"""Codecs of simple types: from a value to its lexical form, and from a lexical form to its value.

They are independent of elements and attributes. For each kind, ``<kind>_text(name, value)`` gives
the lexical form (XML Schema part 2, section 3) of a value and raises InvalidValue if the value is
of another type or out of range; ``name``, of the element or attribute, is for the message. Of a
value whose class extends ``str``, ``int``, ``datetime`` …, the value is written, whatever its own
methods say: they are never called.

``<kind>_value(text)`` gives the value of a lexical form and raises ValueError or ArithmeticError if
the text is not one, or if Python cannot hold its value exactly. XML's white space around it is left
out. Integers may have any size, up to Python's limit for the number of their digits.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64, hexlify, unhexlify
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import inf, isinf
from typing import Any, TypeVar
from uuid import UUID

from ._files import FileContent
from ._values import OpenEnum
from .errors import InvalidValue

E = TypeVar("E", bound=OpenEnum)

special: Callable[[str], object] = re.compile(
    "[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
).search
"""Finds a character that an element cannot contain unescaped; None if there is none."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

SPACE = " \t\r\n"
"""The white space of XML (XML 1.0, section 2.3)."""


def escape(name: str, value: str) -> str:
    """``value`` as character data (XML 1.0, sections 2.2 and 2.4).

    Raises:
        InvalidValue: ``value`` is not a str, or has a character that XML does not allow.
    """
    if type(value) is not str:
        try:
            value = str.__str__(value)
        except TypeError:
            raise wrong_type(name, value, "str") from None
    if special(value) is None:
        return value
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


def matching(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    """How ``pattern`` matches ``text`` without the white space around it; ValueError if not."""
    match = pattern.fullmatch(text.strip(SPACE))
    if match is None:
        raise ValueError(text)
    return match


# --- numbers -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IntegerText:
    """Gives the lexical forms of the integer ``type``, whose values are ``low`` to ``high``."""

    type: str
    low: float
    high: float

    def __call__(self, name: str, value: int) -> str:
        """The lexical form of ``value``."""
        text = _digits(name, value)
        if not self.low <= int.__index__(value) <= self.high:
            raise InvalidValue(f"{name}: {text} is out of the range of {self.type}")
        return text


def _digits(name: str, value: int) -> str:
    """The decimal digits of ``value``, after its sign."""
    try:
        return f"{int.__index__(value):d}"
    except TypeError:
        raise wrong_type(name, value, "int") from None
    except ValueError:
        raise InvalidValue(f"{name}: the number has more digits than Python writes") from None


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

_INTEGER = re.compile("[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(_DECIMAL.pattern + "(?:[eE][+-]?[0-9]+)?")
_NOT_FINITE = {"INF": inf, "+INF": inf, "-INF": -inf, "NaN": float("nan")}

# As for integers in Python: texts of more digits take too long.
_MOST_DIGITS = 4300


def integer_value(text: str) -> int:
    """The value of an integer of any type; what is received may be out of its range."""
    return int(matching(_INTEGER, text)[0])


def decimal_text(name: str, value: Decimal) -> str:
    """The lexical form of an xs:decimal, which has no exponent; also of an int."""
    try:
        if not Decimal.is_finite(value):
            raise wrong_type(name, value, "a finite Decimal")
    except TypeError:
        return _as_decimal(name, value)
    number = Decimal(value)
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int), "it is finite"
    if max(len(digits) + exponent, len(digits), 1 - exponent) > _MOST_DIGITS:
        raise InvalidValue(f"{name}: the number has more than {_MOST_DIGITS} digits")
    return f"{number:f}"


def _as_decimal(name: str, value: object) -> str:
    if isinstance(value, int):
        return _digits(name, value)
    raise wrong_type(name, value, "a finite Decimal")


def decimal_value(text: str) -> Decimal:
    """The value of an xs:decimal."""
    digits = matching(_DECIMAL, text)[0]
    if len(digits) > _MOST_DIGITS:
        raise ValueError("too many digits")
    return Decimal(digits)


def double_text(name: str, value: float) -> str:
    """The lexical form of an xs:double or an xs:float; also of an int that a float can hold."""
    try:
        number = float.__float__(value)
    except TypeError:
        number = _as_double(name, value)
    if -inf < number < inf:
        return repr(number)
    return "INF" if number > 0 else "-INF" if number < 0 else "NaN"


def _as_double(name: str, value: float) -> float:
    try:
        number = int.__index__(value)  # type: ignore[arg-type]
        if float(number) == number:
            return float(number)
    except TypeError:
        raise wrong_type(name, value, "float") from None
    except OverflowError:
        pass
    raise InvalidValue(f"{name}: the integer is not exactly a number of xs:double")


def double_value(text: str) -> float:
    """The value of an xs:double or an xs:float."""
    text = text.strip(SPACE)
    if text in _NOT_FINITE:
        return _NOT_FINITE[text]
    value = float(matching(_DOUBLE, text)[0])
    if isinf(value):
        raise OverflowError(text)
    return value


def boolean_text(name: str, value: bool) -> str:
    """The lexical form of an xs:boolean."""
    if value is not True and value is not False:
        raise wrong_type(name, value, "bool")
    return "true" if value else "false"


def boolean_value(text: str) -> bool:
    """The value of an xs:boolean: true and false have two lexical forms each."""
    text = text.strip(SPACE)
    if text not in ("true", "1", "false", "0"):
        raise ValueError(text)
    return text in ("true", "1")


# --- octets, and what .NET adds ------------------------------------------------------------------


def base64_text(name: str, value: bytes) -> str:
    """The lexical form of an xs:base64Binary."""
    content: object = value
    if isinstance(content, FileContent):
        value = content.whole()
    if not isinstance(value, bytes | bytearray):
        raise wrong_type(name, value, "bytes")
    return b2a_base64(value, newline=False).decode("ascii")


# The last character before "=" has bits that belong to no octet, and must be zero.
_UNUSED_BITS = re.compile(rb"(?:[^AQgw]==|[^AEIMQUYcgkosw048=]=)\Z")


def base64_value(text: str) -> bytes:
    """The value of an xs:base64Binary; there may be white space anywhere."""
    digits = text.encode("ascii").translate(None, SPACE.encode())
    if _UNUSED_BITS.search(digits[-3:]):
        raise ValueError(text)
    return a2b_base64(digits, strict_mode=True)


def hex_text(name: str, value: bytes) -> str:
    """The lexical form of an xs:hexBinary."""
    if not isinstance(value, bytes | bytearray):
        raise wrong_type(name, value, "bytes")
    return hexlify(value).decode("ascii").upper()


def hex_value(text: str) -> bytes:
    """The value of an xs:hexBinary."""
    return unhexlify(text.strip(SPACE))


_NUMBER: Any = UUID.__dict__["int"]
_GUID = re.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def guid_text(name: str, value: UUID) -> str:
    """The lexical form of .NET's guid."""
    try:
        return str(UUID(int=_NUMBER.__get__(value)))
    except (AttributeError, TypeError, ValueError):
        raise wrong_type(name, value, "UUID") from None


def guid_value(text: str) -> UUID:
    """The value of a guid; an empty text is .NET's zero."""
    text = text.strip(SPACE)
    return UUID(matching(_GUID, text)[0]) if text else UUID(int=0)


def char_text(name: str, value: str) -> str:
    """The lexical form of .NET's char: the number of one UTF-16 code unit."""
    try:
        character = str.__str__(value)
    except TypeError:
        character = ""
    if len(character) != 1 or character > "\uffff":
        raise wrong_type(name, value, "one character up to U+FFFF")
    return str(ord(character))


def char_value(text: str) -> str:
    """The value of a char."""
    number = integer_value(text)
    if number > 0xFFFF:
        raise ValueError(text)
    return chr(number)


# --- enumerations --------------------------------------------------------------------------------


_WORD = re.compile(f"[^{SPACE}]+")


def flags_text(kind: type[E]) -> Callable[[str, frozenset[E]], str]:
    """Gives the lexical form of sets of ``kind``, not escaped.

    The values are in the order in which ``kind`` lists them; those that it does not list are last.
    """
    listed = [member.value for member in kind]
    known = set(listed)

    def text(name: str, values: frozenset[E]) -> str:
        if not isinstance(values, frozenset | set):
            raise wrong_type(name, values, "frozenset")
        try:
            names = {str.__str__(value) for value in values}
        except TypeError:
            raise wrong_type(name, values, f"a set of {kind.__name__}") from None
        for value in names:
            if not _WORD.fullmatch(value):
                raise InvalidValue(f"{name}: {value!r} cannot be in a list, which spaces separate")
        return " ".join([value for value in listed if value in names] + sorted(names - known))

    return text


def enum_value(kind: type[E]) -> Callable[[str], E]:
    """Gives the values of ``kind``; one that ``kind`` does not list is kept."""
    return lambda text: kind(text.strip(SPACE))


def flags_value(kind: type[E]) -> Callable[[str], frozenset[E]]:
    """Gives the values of lists of ``kind``; an item that ``kind`` does not list is kept."""
    return lambda text: frozenset(map(kind, _WORD.findall(text)))
