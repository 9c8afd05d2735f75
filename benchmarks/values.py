"""Are the values that two tools read the same? Told by the plain values in them, in order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from lxml import etree
from soapgen.namespaces import XSI

_NIL = f"{{{XSI}}}nil"


def leaves(value: Any) -> Iterator[tuple[str, str]]:
    """The plain values in what a tool read, each with its kind, in the order of the contract.

    What is nil, or an empty text, is left out: tools differ in how they show it.
    """
    match value:
        case None | "":
            return
        case _ if "Nil" in (base.__name__ for base in type(value).__mro__):
            return  # the empty value that stands for a nil item
        case _ if hasattr(value, "to_datetime"):
            yield "datetime", _moment(value.to_datetime())
        case Enum():
            yield "enumeration", str(value.value)
        case bool():
            yield "bool", str(value).lower()
        case str():
            yield "str", str(value)
        case int() | float() | Decimal():
            yield type(value).__name__, repr(float(value))
        case datetime():
            yield "datetime", _moment(value)
        case bytes():
            yield "bytes", hashlib.sha256(value).hexdigest()
        case frozenset() | set():
            yield from (leaf for item in sorted(value, key=str) for leaf in leaves(item))
        case Mapping():
            for pair in value.items():
                yield from leaves(pair)
        case list() | tuple():
            yield from (leaf for item in value for leaf in leaves(item))
        case etree._Element():
            yield from (("str", text) for text in map(str, value.itertext()) if text.strip())
        case _ if hasattr(value, "xml"):
            yield from leaves(etree.fromstring(value.xml))
        case _ if hasattr(value, "qname"):
            # What xsdata keeps of an element that stands for a wildcard: its name is no value.
            yield from leaves(getattr(value, "value", None))
            yield from leaves([getattr(value, name, None) for name in ("text", "children", "tail")])
        case _ if is_dataclass(value):
            yield from (
                leaf for item in fields(value) for leaf in leaves(getattr(value, item.name))
            )
        case _ if hasattr(value, "__values__"):
            # zeep's objects; their keys are the names of members, and no values.
            yield from leaves(list(value.__values__.values()))
        case _:
            raise TypeError(f"{type(value)} is a surprise")


def summary(value: Any) -> tuple[str, dict[str, int]]:
    """A hash of the values, whatever their kinds, and how many there are of each kind.

    The order does not matter: a set of flags has none.
    """
    found = list(leaves(value))
    return digest(sorted(text for _, text in found)), dict(Counter(kind for kind, _ in found))


def tree(content: bytes) -> str:
    """A hash of the texts and attributes in a message, with the names around them."""
    root = etree.fromstring(content)
    return digest(
        f"{'/'.join(map(str, _names(element)))}{place}={_plain(text)}"
        for element in root.iter(etree.Element)
        if element.get(_NIL) is None
        for place, text in _texts(element)
    )


def _texts(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The texts in and behind ``element`` and in its attributes, each with its place."""
    found = {f"@{name!s}": str(value) for name, value in sorted(element.items())}
    found |= {"": element.text or "", "/following-sibling::text()": element.tail or ""}
    for place, text in found.items():
        if text.strip() and not place.startswith(f"@{{{XSI}}}"):
            yield place, text


def digest(texts: Any) -> str:
    """The SHA-256 of some texts."""
    found = hashlib.sha256()
    for text in texts:
        found.update(text.encode() + b"\0")
    return found.hexdigest()


def _names(element: etree._Element) -> list[str]:
    return [str(ancestor.tag) for ancestor in (*element.iterancestors(), element)]


def _plain(text: str) -> str:
    """A text as far as it tells one value from another: tools write numbers in their own ways."""
    try:
        return repr(float(text))
    except ValueError:
        pass
    try:
        return _moment(datetime.fromisoformat(text))
    except ValueError:
        return text


def _moment(value: datetime) -> str:
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
