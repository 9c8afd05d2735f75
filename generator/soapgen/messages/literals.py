"""The built-in types' literals: their form, their order and their size (XSD part 2, section 3)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from elementpath import datatypes

from ..contract.model import QName

_SIGNED = "[+-]?"
_DIGIT = "(0|1|2|3|4|5|6|7|8|9)"  # apart, so that a search tries each
_NOT_ZERO = "(1|2|3|4|5|6|7|8|9)"
_DIGITS = f"{_DIGIT}+"
_DECIMAL = f"{_SIGNED}({_DIGITS}(\\.{_DIGIT}*)?|\\.{_DIGITS})"
_FLOAT = f"{_DECIMAL}([eE]{_SIGNED}{_DIGITS})?|-?INF|NaN"
_YEAR = f"-?([1-9]{_DIGIT}{{0,5}})?{_DIGIT}{{4}}"
_TWO = f"{_DIGIT}{{2}}"
_MONTH = f"(0{_NOT_ZERO}|1(0|1|2))"
_DAY = f"(0{_NOT_ZERO}|(1|2){_DIGIT}|3(0|1))"
_TIME = f"((0|1){_DIGIT}|2(0|1|2|3)):(0|1|2|3|4|5){_DIGIT}:(0|1|2|3|4|5){_DIGIT}(\\.{_DIGITS})?"
_ZONE = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?"
_DURATION = (
    f"-?P(({_DIGITS}Y({_DIGITS}M)?({_DIGITS}D)?|{_DIGITS}M({_DIGITS}D)?|{_DIGITS}D)(T%s)?|T%s)"
)
_IN_DAY = (
    f"({_DIGITS}H({_DIGITS}M)?({_DIGITS}(\\.{_DIGITS})?S)?"
    f"|{_DIGITS}M({_DIGITS}(\\.{_DIGITS})?S)?|{_DIGITS}(\\.{_DIGITS})?S)"
)
_TEXT = "[\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*"
_LINE = "[ -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*"
_INK = "[!-\x7e\xa1-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_TOKEN = f"({_INK}+( {_INK}+)*)?"
_NCNAME = "[\\i-[:]][\\c-[:]]*"
_BASE64 = "[A-Za-z0-9+/]"
_COUNT = f"0*{_NOT_ZERO}{_DIGIT}*"

_FORMS = {
    "anyType": _TEXT,
    "anySimpleType": _TEXT,
    "anyAtomicType": _TEXT,
    "string": _TEXT,
    "normalizedString": _LINE,
    "token": _TOKEN,
    "language": "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "Name": "\\i\\c*",
    "NCName": _NCNAME,
    "NMTOKEN": "\\c+",
    "ID": _NCNAME,
    "IDREF": _NCNAME,
    "ENTITY": _NCNAME,
    "QName": f"({_NCNAME}:)?{_NCNAME}",
    "NOTATION": f"({_NCNAME}:)?{_NCNAME}",
    # Any text is a valid one, but these are the characters that an address can have.
    "anyURI": "[A-Za-z0-9:/?#@!$&'()*+,;=._~%\\-]*",
    "boolean": "false|true|0|1",
    "decimal": _DECIMAL,
    "float": _FLOAT,
    "double": _FLOAT,
    "duration": _DURATION % (_IN_DAY, _IN_DAY),
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "time": f"{_TIME}{_ZONE}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "hexBinary": "([0-9a-fA-F]{2})*",
    "base64Binary": f"({_BASE64}{{4}})*({_BASE64}{{2}}==|{_BASE64}{{3}}=)?",
    # .NET's own.
    "guid": "[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}",
}

INTEGERS: Mapping[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "long": (-(1 << 63), (1 << 63) - 1),
    "int": (-(1 << 31), (1 << 31) - 1),
    "short": (-(1 << 15), (1 << 15) - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, (1 << 64) - 1),
    "unsignedInt": (0, (1 << 32) - 1),
    "unsignedShort": (0, (1 << 16) - 1),
    "unsignedByte": (0, 255),
    "char": (0, (1 << 16) - 1),
}
"""The least and the greatest value of each type of integers, None for none."""

LISTS = {"NMTOKENS": "NMTOKEN", "IDREFS": "IDREF", "ENTITIES": "ENTITY"}
"""The built-in lists, and what they list."""

_VALUES: Mapping[str, Callable[[str], Any]] = {
    "decimal": Decimal,
    "float": float,
    "double": float,
    "duration": datatypes.Duration.fromstring,
    "dateTime": datatypes.DateTime10.fromstring,
    "time": datatypes.Time.fromstring,
    "date": datatypes.Date10.fromstring,
    "gYearMonth": datatypes.GregorianYearMonth10.fromstring,
    "gYear": datatypes.GregorianYear10.fromstring,
    "gMonthDay": datatypes.GregorianMonthDay.fromstring,
    "gDay": datatypes.GregorianDay.fromstring,
    "gMonth": datatypes.GregorianMonth.fromstring,
    **dict.fromkeys(INTEGERS, Decimal),
}


def form_of(builtin: QName) -> str:
    """The pattern of the literals of ``builtin``, without white space that has no meaning."""
    if builtin.local not in INTEGERS:
        return _FORMS[builtin.local]
    least, greatest = INTEGERS[builtin.local]
    forms = [
        *([f"-{_COUNT}"] if least is None or least < 0 else []),
        *([f"{_SIGNED}0+"] if builtin.local not in {"negativeInteger", "positiveInteger"} else []),
        *([f"\\+?{_COUNT}"] if greatest is None or greatest > 0 else []),
    ]
    return "|".join(forms)


def is_number(builtin: QName) -> bool:
    """Whether the values are decimal numbers, integers included."""
    return builtin.local == "decimal" or builtin.local in INTEGERS


def is_ordered(builtin: QName) -> bool:
    """Whether the values have an order, so that there are bounds of them."""
    return builtin.local in _VALUES


@lru_cache(maxsize=5000)
def value_of(builtin: QName, text: str) -> Any:
    """What ``text`` stands for, which can be compared; None if it stands for nothing.

    Values of elementpath have the order that XML Schema demands: of two durations, it may be that
    neither is less than the other.
    """
    try:
        return _VALUES[builtin.local](text)
    except (ArithmeticError, ValueError):
        return None


def size_of(builtin: QName, text: str) -> int:
    """The length of a value: octets of binary data, else characters (XSD part 2, 4.3.1)."""
    if builtin.local == "hexBinary":
        return len(text) // 2
    if builtin.local == "base64Binary":
        try:
            return len(base64.b64decode(text, validate=True))
        except binascii.Error:
            return -1
    return len(text)


def characters_of(builtin: QName, size: int) -> int:
    """The number of characters of a literal of ``size``."""
    match builtin.local:
        case "hexBinary":
            return 2 * size
        case "base64Binary":
            return (size + 2) // 3 * 4
        case _:
            return size


def is_measured(builtin: QName) -> bool:
    """Whether the length of a value can be restricted (XSD part 2, 4.1.5), and means something."""
    return not is_ordered(builtin) and builtin.local not in {"boolean", "QName", "NOTATION"}
