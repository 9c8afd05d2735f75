"""Values of xs:anyType: each says its own type in the message, by ``xsi:type``.

A Python value of one of the types in ``AnyType`` is written with the matching XML type and read
back as itself; integers of any XML type are one ``int``. What has no match in Python is kept as
``Markup``, text that came without a type as ``Untyped``, and both go back as they came.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from ._soap import (
    Element,
    net_duration,
    net_guid,
    read_base64,
    read_boolean,
    read_date,
    read_datetime,
    read_decimal,
    read_duration,
    read_float,
    read_guid,
    read_int,
    read_string,
    read_time,
    type_name,
    xs_base64,
    xs_boolean,
    xs_date,
    xs_datetime,
    xs_decimal,
    xs_double,
    xs_integer,
    xs_string,
    xs_time,
)
from .errors import InvalidValue

XSD = "http://www.w3.org/2001/XMLSchema"
SER = "http://schemas.microsoft.com/2003/10/Serialization/"


class Untyped(str):
    """A text that came without a type, and goes back without one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Markup:
    """A value that Python has no type for: its whole element, as a document of its own."""

    xml: str


AnyType: TypeAlias = (
    str
    | bool
    | int
    | float
    | Decimal
    | datetime
    | date
    | time
    | timedelta
    | bytes
    | UUID
    | Untyped
    | Markup
)

# datetime stands before date, which it extends: what matches first is taken.
_WRITERS: dict[type, tuple[str, str, Callable[[str, Any], str]]] = {
    str: (XSD, "string", xs_string),
    bool: (XSD, "boolean", xs_boolean),
    float: (XSD, "double", xs_double),
    Decimal: (XSD, "decimal", xs_decimal),
    datetime: (XSD, "dateTime", xs_datetime),
    date: (XSD, "date", xs_date),
    time: (XSD, "time", xs_time),
    bytes: (XSD, "base64Binary", xs_base64),
    timedelta: (SER, "duration", net_duration),
    UUID: (SER, "guid", net_guid),
}

_INTEGERS = (
    "byte",
    "short",
    "int",
    "long",
    "integer",
    "unsignedByte",
    "unsignedShort",
    "unsignedInt",
    "unsignedLong",
    "positiveInteger",
    "negativeInteger",
    "nonNegativeInteger",
    "nonPositiveInteger",
)

_READERS: dict[str, Callable[[Element], AnyType]] = {
    **{f"{{{XSD}}}{name}": read_int for name in _INTEGERS},
    f"{{{XSD}}}string": read_string,
    f"{{{XSD}}}boolean": read_boolean,
    f"{{{XSD}}}double": read_float,
    f"{{{XSD}}}float": read_float,
    f"{{{XSD}}}decimal": read_decimal,
    f"{{{XSD}}}dateTime": read_datetime,
    f"{{{XSD}}}date": read_date,
    f"{{{XSD}}}time": read_time,
    f"{{{XSD}}}base64Binary": read_base64,
    f"{{{SER}}}duration": read_duration,
    f"{{{SER}}}guid": read_guid,
}


def xs_anytype(tag: str, value: object) -> str:
    """The element, with the XML type that ``value``, one of ``AnyType``, is of."""
    if isinstance(value, Markup):
        return _markup(tag, value)
    if isinstance(value, Untyped):
        return xs_string(tag, value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _typed(xs_integer(tag, value), XSD, _integer_type(value))
    for kind, (namespace, name, write) in _WRITERS.items():
        if isinstance(value, kind):
            return _typed(write(tag, value), namespace, name)
    raise InvalidValue(f"{tag}: expected a value that XML has a type for, not {type(value)!r}")


def read_anytype(node: Element) -> AnyType:
    """The value of ``node``, of the type that it says it is of."""
    name = type_name(node)
    if name in _READERS:
        return _READERS[name](node)
    if name in (None, f"{{{XSD}}}anyType") and not len(node):
        return Untyped(node.text or "")
    element: Any = node
    return Markup(etree.tostring(element, encoding="unicode", with_tail=False))


def _integer_type(value: int) -> str:
    """The smallest of xs:int, xs:long and xs:integer that holds ``value``."""
    if -(2**31) <= value < 2**31:
        return "int"
    return "long" if -(2**63) <= value < 2**63 else "integer"


def _typed(element: str, namespace: str, name: str) -> str:
    start, _, rest = element.partition(">")
    return f'{start} xmlns:t="{namespace}" xsi:type="t:{name}">{rest}'


def _markup(tag: str, value: Markup) -> str:
    """The element that ``value`` holds, if it is one and of the name that is wanted."""
    try:
        root = etree.fromstring(value.xml, etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidValue(f"{tag}: the markup is not an element: {error}") from None
    if etree.QName(root).localname != tag.rpartition(":")[2]:
        raise InvalidValue(f"{tag}: the markup is that of another element, {root.tag}")
    return str(etree.tostring(root, encoding="unicode"))
