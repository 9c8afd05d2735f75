"""How XML Schema's built-in types, and .NET's own, are annotated, written and read in Python."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from keyword import iskeyword

from .. import namespaces
from ..contract import ANY_TYPE
from ..contract.model import QName
from .types import Value


def _same(
    annotation: str,
    write: str,
    read: str,
    zero: str = "",
    empty: str = "",
    value: str = "",
) -> Value:
    """A type that is taken as it is given; ``value`` gives the value of a text."""
    text = f"{write.removeprefix('xs_').removeprefix('net_')}_text"
    return Value(annotation, annotation, write, read, zero, empty=empty, text=text, parse=value)


TEXT = Value(
    annotation="str",
    accepts="str",
    write="xs_string",
    read="read_string",
    empty="str",
    optional_write="optional_string",
    nillable_read="read_text",
    text="string_text",
    parse="str",
)

MARKUP = Value(annotation="Markup", accepts="Markup", write="markup_of", read="read_markup")

_INTEGERS = {
    "byte": "xs_byte",
    "short": "xs_short",
    "int": "xs_int",
    "long": "xs_long",
    "unsignedByte": "xs_unsigned_byte",
    "unsignedShort": "xs_unsigned_short",
    "unsignedInt": "xs_unsigned_int",
    "unsignedLong": "xs_unsigned_long",
    "integer": "xs_integer",
    "positiveInteger": "xs_positive_integer",
    "negativeInteger": "xs_negative_integer",
    "nonNegativeInteger": "xs_non_negative_integer",
    "nonPositiveInteger": "xs_non_positive_integer",
}

# Types whose values Python has no class for: their text is kept as it is.
_TEXTS = """
    string normalizedString token language Name NCName NMTOKEN ID IDREF ENTITY anyURI QName
    duration gYear gYearMonth gMonth gMonthDay gDay NOTATION NMTOKENS IDREFS ENTITIES
    anySimpleType anyAtomicType
""".split()

_BUILTIN = (
    {
        name: _same("int", write, "read_int", "0", value="integer_value")
        for name, write in _INTEGERS.items()
    }
    | dict.fromkeys(_TEXTS, TEXT)
    | {
        "boolean": replace(
            _same("bool", "xs_boolean", "read_boolean", "False", value="boolean_value"),
            is_harmless=True,
        ),
        "decimal": _same(
            "Decimal", "xs_decimal", "read_decimal", "Decimal(0)", value="decimal_value"
        ),
        "double": _same("float", "xs_double", "read_float", "0.0", value="double_value"),
        "float": _same("float", "xs_double", "read_float", "0.0", value="double_value"),
        "dateTime": _same(
            "datetime", "xs_datetime", "read_datetime", "datetime.min", value="datetime_value"
        ),
        "date": _same("date", "xs_date", "read_date", "date.min", value="date_value"),
        "time": _same("time", "xs_time", "read_time", "time.min", value="time_value"),
        "base64Binary": _same(
            "bytes", "xs_base64", "read_base64", empty="bytes", value="base64_value"
        ),
        "hexBinary": _same("bytes", "xs_hex", "read_hex", empty="bytes", value="hex_value"),
    }
)

VALUES: dict[QName, Value] = {
    QName(namespaces.XSD, name): value for name, value in _BUILTIN.items()
} | {
    ANY_TYPE: _same("AnyType", "xs_anytype", "read_anytype"),
    QName(namespaces.NET_SERIALIZATION, "guid"): _same(
        "UUID", "net_guid", "read_guid", "UUID(int=0)", value="guid_value"
    ),
    QName(namespaces.NET_SERIALIZATION, "duration"): _same(
        "timedelta", "net_duration", "read_duration", "timedelta()", value="duration_value"
    ),
    QName(namespaces.NET_SERIALIZATION, "char"): _same(
        "str", "net_char", "read_char", '"\\0"', value="char_value"
    ),
}


def annotation_names() -> frozenset[str]:
    """The names in annotations and zeros of these types, and in those of containers of them."""
    sources = {source for value in VALUES.values() for source in (value.annotation, value.zero)}
    names = {name for source in sources for name in re.findall(r"(?<![.\w])[^\W\d]\w*", source)}
    return frozenset(name for name in names if not iskeyword(name)) | {"dict", "frozenset", "list"}


@cache
def constant_sources() -> frozenset[str]:
    """The defaults in a plan that are more than names; they are the same for every contract."""
    return frozenset({"()", "frozenset()", *(value.zero for value in VALUES.values())})
