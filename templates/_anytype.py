"""Values of xs:anyType: in a message each has its own type, in ``xsi:type``.

A Python value of a type in ``AnyType`` is written with the matching XML type and read as the same
Python type; integers of any XML type are read as ``int``. A value of any other type is kept as
``Markup``, as is a text with attributes, a text without a type as ``Untyped``; both are written as
they were read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from . import _binary, _moments, _read, _text, _time_text
from ._read import Element
from .errors import InvalidValue

XSD = "http://www.w3.org/2001/XMLSchema"
SER = "http://schemas.microsoft.com/2003/10/Serialization/"


class Untyped(str):
    """A text that has no ``xsi:type``, and is written without one."""

    __slots__ = ()


class SingleFloat(float):
    """A number that is an xs:float; other numbers are written as xs:double."""

    __slots__ = ()


class TypedInt(int):
    """An integer that is written with the type that it came with.

    Attributes:
        xml_type: The name of the type in XML Schema; empty for the smallest usual one that fits.
    """

    xml_type: str = ""


@dataclass(frozen=True, slots=True)
class Markup:
    """A value that Python has no type for: its whole element, as an XML document."""

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


_START = re.compile("<[^ />]+")

# The attributes of a nil element that say no more than that it is nil.
_ONLY_NIL = frozenset(
    f"{_read.XSI}{name}" for name in ("nil", "schemaLocation", "noNamespaceSchemaLocation")
)


def _of_type(namespace: str, name: str) -> str:
    """The attributes for the type of an element, as they are in its start tag."""
    declared = _text.escape_attribute("xmlns:t", namespace)
    return f' xmlns:t="{declared}" xsi:type="{_text.escape_attribute("xsi:type", f"t:{name}")}"'


# The first that matches is taken: datetime is before date, which it extends.
_WRITERS: dict[type, tuple[str, Callable[[str, Any], str]]] = {
    str: (_of_type(XSD, "string"), _text.escape),
    bool: (_of_type(XSD, "boolean"), _text.boolean_text),
    SingleFloat: (_of_type(XSD, "float"), _text.double_text),
    float: (_of_type(XSD, "double"), _text.double_text),
    Decimal: (_of_type(XSD, "decimal"), _text.decimal_text),
    datetime: (_of_type(XSD, "dateTime"), _moments.every_datetime_text),
    date: (_of_type(XSD, "date"), _moments.every_date_text),
    time: (_of_type(XSD, "time"), _moments.every_time_text),
    bytes: (_of_type(XSD, "base64Binary"), _binary.base64_content),
    timedelta: (_of_type(SER, "duration"), _time_text.duration_text),
    UUID: (_of_type(SER, "guid"), _text.guid_text),
}

# The smallest first: the first whose range contains the integer is taken.
_INTEGER_WRITERS = (
    (_of_type(XSD, "int"), _text.int_text),
    (_of_type(XSD, "long"), _text.long_text),
    (_of_type(XSD, "integer"), _text.integer_text),
)

# The names of all integer types: the types that have a range.
_RANGES = [text for text in vars(_text).values() if isinstance(text, _text.IntegerText)]
_INTEGERS = {text.type.removeprefix("xs:"): text for text in _RANGES}


def _integer_reader(name: str) -> Callable[[Element], int]:
    """A reader of integers of the type ``name``, which remember it if Python's own would not."""

    def read(node: Element) -> int:
        value = _read.read_int(node)
        if _usual(value)[1].type == f"xs:{name}":
            return value
        typed = TypedInt(value)
        typed.xml_type = name
        return typed

    return read


def _usual(number: int) -> tuple[str, _text.IntegerText]:
    """The attributes and the text of the smallest usual type that ``number`` fits."""
    return next(item for item in _INTEGER_WRITERS if item[1].low <= number <= item[1].high)


_READERS: dict[str, Callable[[Element], AnyType]] = {
    **{f"{{{XSD}}}{name}": _integer_reader(name) for name in _INTEGERS},
    f"{{{XSD}}}string": _read.read_string,
    f"{{{XSD}}}boolean": _read.read_boolean,
    f"{{{XSD}}}double": _read.read_float,
    f"{{{XSD}}}float": lambda node: SingleFloat(_read.read_float(node)),
    f"{{{XSD}}}decimal": _read.read_decimal,
    f"{{{XSD}}}dateTime": _moments.read_every_datetime,
    f"{{{XSD}}}date": _moments.read_every_date,
    f"{{{XSD}}}time": _moments.read_every_time,
    f"{{{XSD}}}base64Binary": _binary.read_base64,
    f"{{{SER}}}duration": _read.read_duration,
    f"{{{SER}}}guid": _read.read_guid,
}


def xs_anytype(tag: str, value: object) -> str:
    """The element, with the XML type of ``value``, which is one of ``AnyType``.

    Raises:
        InvalidValue: ``value`` is of no such type, or cannot be written.
    """
    if isinstance(value, Markup):
        return _markup(tag, value)
    if isinstance(value, Untyped):
        return f"<{tag}>{_text.escape(tag, value)}</{tag}>"
    if isinstance(value, int) and not isinstance(value, bool):
        number = int(_text.integer_text(tag, value))
        attributes, integer = _usual(number)
        name = value.xml_type if isinstance(value, TypedInt) else ""
        if name in _INTEGERS:
            attributes, integer = _of_type(XSD, name), _INTEGERS[name]
        return f"<{tag}{attributes}>{integer(tag, number)}</{tag}>"
    for kind, (attributes, text) in _WRITERS.items():
        if isinstance(value, kind):
            return f"<{tag}{attributes}>{text(tag, value)}</{tag}>"
    raise InvalidValue(
        f"{tag}: expected a value that XML has a type for, not {type(value).__name__}"
    )


def read_anytype(node: Element) -> AnyType:
    """The value of ``node``, by its ``xsi:type``."""
    name = _read.type_name(node)
    if name in _READERS:
        return _READERS[name](node)
    element: Any = node
    is_plain = not len(node) and all(key.startswith(_read.XSI) for key in element.attrib)
    if name in (None, f"{{{XSD}}}anyType") and is_plain:
        return Untyped(node.text or "")
    return Markup(etree.tostring(element, encoding="unicode", with_tail=False))


def read_any_or_none(node: Element) -> AnyType | None:
    """The value of ``node``; None where it is nil and has no other attribute, as a type."""
    if not _read.is_nil_element(node):
        return read_anytype(node)
    element: Any = node
    if _ONLY_NIL.issuperset(element.attrib):
        return None
    return Markup(etree.tostring(element, encoding="unicode", with_tail=False))


def _markup(tag: str, value: Markup) -> str:
    """The element in ``value``; InvalidValue is raised if it is not an element named ``tag``."""
    root = root_of(tag, value)
    if etree.QName(root).localname != tag.rpartition(":")[2]:
        raise InvalidValue(f"{tag}: the markup is that of another element, {root.tag}")
    # An element without a namespace takes that of the envelope, as ``tag`` does.
    is_plain = "}" not in root.tag
    return str(etree.tostring(root, encoding="unicode")) if is_plain else text_of_root(root)


def root_of(name: str, value: Markup) -> Any:
    """The element in ``value``.

    Raises:
        InvalidValue: It is no markup of one element; ``name`` is for the message.
    """
    root: Any
    try:
        root = etree.fromstring(str.__str__(value.xml), etree.XMLParser(resolve_entities=False))
    except TypeError:
        raise _text.wrong_type(name, value.xml, "markup as a str") from None
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidValue(f"{name}: the markup is not an element: {error}") from None
    if root.getroottree().docinfo.doctype:
        raise InvalidValue(f"{name}: the markup has a DOCTYPE, which a message must not have")
    return root


def text_of_root(root: Any) -> str:
    """``root`` as text, for an envelope whose default namespace must not reach it."""
    text = str(etree.tostring(root, encoding="unicode"))
    if None in root.nsmap or all("}" in node.tag for node in root.iter(etree.Element)):
        return text
    return _START.sub(r'\g<0> xmlns=""', text, count=1)
