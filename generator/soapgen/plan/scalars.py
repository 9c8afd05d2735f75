"""How XML Schema's built-in types, and .NET's own, are annotated, written and read in Python."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from keyword import iskeyword

from .. import namespaces
from ..contract.model import QUALIFIED_NAMES, QName
from .values import Made, Value


def _codec(
    annotation: str, write: str, read: str, kind: str, zero: str = "", empty: str = ""
) -> Value:
    """Values whose codec has two functions of the same ``kind``."""
    return Value(
        annotation,
        annotation,
        write,
        read,
        zero,
        empty=empty,
        text=f"{kind}_text",
        parse=f"{kind}_value",
    )


TEXT = Value(
    annotation="str",
    accepts="str",
    write="xs_string",
    read="read_string",
    empty="str",
    optional_write="optional_string",
    nillable_read="read_text",
    text="string_text",
    parse="string_value",
)
_NORMALIZED = replace(TEXT, read="read_xs_normalized", nillable_read="", parse="normalized_value")
_TOKEN = replace(TEXT, read="read_xs_token", nillable_read="", parse="token_value")
_TOKENS = replace(
    _codec("list[str]", "xs_tokens", "read_xs_tokens", "tokens", empty="list"),
    accepts="Iterable[str]",
)
_NAME = replace(_codec("QName", "xs_qname", "read_xs_qname", "qname"), needs_namespaces=True)

MARKUP = Value(annotation="Markup", accepts="Markup", write="markup_of", read="read_markup")

_INTEGERS = {
    name: re.sub("(?=[A-Z])", "_", name).lower()
    for name in (
        "byte short int long unsignedByte unsignedShort unsignedInt unsignedLong integer "
        "positiveInteger negativeInteger nonNegativeInteger nonPositiveInteger"
    ).split()
}
_WORDS = "token language Name NCName NMTOKEN ID IDREF ENTITY anyURI".split()
_LISTS = {"NMTOKENS": "only_nmtoken", "IDREFS": "only_ncname", "ENTITIES": "only_ncname"}
_GREGORIAN = {"gYear": "g_year", "gYearMonth": "g_year_month", "gMonth": "g_month"} | {
    "gMonthDay": "g_month_day",
    "gDay": "g_day",
}

# A value of any type is typed where it is an element; elsewhere it is a text.
_ANY = replace(
    _codec("AnyType", "xs_anytype", "read_anytype", "string"),
    nillable_read="read_any_or_none",
    nil_says_more=True,
)
ANY_TYPES = ("anyType", "anySimpleType", "anyAtomicType")
"""The built-in types whose values may be of any simple type, or of any type at all."""

_BUILTIN = (
    {
        name: replace(_codec("int", f"xs_{kind}", "read_int", kind, "0"), parse="integer_value")
        for name, kind in _INTEGERS.items()
    }
    | {"string": TEXT, "normalizedString": _NORMALIZED}
    | dict.fromkeys(_WORDS, _TOKEN)
    | dict.fromkeys(_LISTS, _TOKENS)
    | dict.fromkeys((name.local for name in QUALIFIED_NAMES), _NAME)
    | {
        name: _codec(name[0].upper() + name[1:], f"xs_{kind}", f"read_xs_{kind}", kind)
        for name, kind in _GREGORIAN.items()
    }
    | dict.fromkeys(ANY_TYPES, _ANY)
    | {
        "boolean": replace(
            _codec("bool", "xs_boolean", "read_boolean", "boolean", "False"), is_harmless=True
        ),
        "decimal": _codec("Decimal", "xs_decimal", "read_decimal", "decimal", "Decimal(0)"),
        "double": _codec("float", "xs_double", "read_float", "double", "0.0"),
        "float": _codec("float", "xs_double", "read_float", "double", "0.0"),
        "dateTime": _codec(
            "datetime",
            "xs_every_datetime",
            "read_every_datetime",
            "every_datetime",
            "datetime.min",
        ),
        "date": _codec("date", "xs_every_date", "read_every_date", "every_date", "date.min"),
        "time": _codec("time", "xs_every_time", "read_every_time", "every_time", "time.min"),
        "duration": _codec("Duration", "xs_duration", "read_xs_duration", "duration_parts"),
        "base64Binary": _codec("bytes", "xs_base64", "read_base64", "base64", empty="bytes"),
        "hexBinary": _codec("bytes", "xs_hex", "read_hex", "hex", empty="bytes"),
    }
)

_NET = {
    "guid": _codec("UUID", "net_guid", "read_guid", "guid", "UUID(int=0)"),
    "duration": _codec("timedelta", "net_duration", "read_duration", "duration", "timedelta()"),
    "char": _codec("str", "net_char", "read_char", "char", '"\\0"'),
}

# What .NET sends of these types is read as .NET reads it: an empty date and time is its zero, and
# a name in an element is the text as it is.
_DATA_CONTRACT = {
    "dateTime": _codec("datetime", "xs_datetime", "read_datetime", "datetime", "datetime.min"),
    "date": _codec("date", "xs_date", "read_date", "date", "date.min"),
    "time": _codec("time", "xs_time", "read_time", "time", "time.min"),
    "normalizedString": replace(TEXT, parse="normalized_value"),
} | dict.fromkeys(_WORDS, replace(TEXT, parse="token_value"))


def _named(namespace: str, values: Mapping[str, Value]) -> dict[QName, Value]:
    return {QName(namespace, name): value for name, value in values.items()}


VALUES = _named(namespaces.XSD, _BUILTIN) | _named(namespaces.NET_SERIALIZATION, _NET)
"""How values of each built-in type are annotated, written and read."""

ATTACHED = _codec("bytes", "xs_swaref", "read_swaref", "string")
"""How attachments are annotated, written and read where an element has their address."""

DATA_CONTRACT_VALUES = VALUES | _named(namespaces.XSD, _DATA_CONTRACT)
"""The same by .NET's data contract rules."""

# What takes the texts of one type only, for types whose readers take more.
_STRICT = (
    {
        name: Made("only_in_range", (f"{kind}_text",))
        for name, kind in _INTEGERS.items()
        if name != "integer"
    }
    | {name: Made("only_tokens", (item,)) for name, item in _LISTS.items()}
    | {"language": "only_language", "Name": "only_name", "NMTOKEN": "only_nmtoken"}
    | dict.fromkeys(("NCName", "ID", "IDREF", "ENTITY"), "only_ncname")
)


def strict_parse(name: QName, value: Value) -> Made | str:
    """What gives the value of a text of the built-in type ``name``, and refuses all others."""
    return _STRICT.get(name.local, value.parse) if name.is_builtin else value.parse


def annotation_names() -> frozenset[str]:
    """The names in annotations and zeros of these types, and in those of containers of them."""
    sources = {source for value in VALUES.values() for source in (value.annotation, value.zero)}
    names = {name for source in sources for name in re.findall(r"(?<![.\w])[^\W\d]\w*", source)}
    return frozenset(name for name in names if not iskeyword(name)) | {"dict", "frozenset", "list"}


@cache
def constant_sources() -> frozenset[str]:
    """The defaults in a plan that are more than names; they are the same for every contract."""
    return frozenset({"()", "frozenset()", *(value.zero for value in VALUES.values())})
