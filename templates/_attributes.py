"""Attributes, and the text of elements that have attributes.

The codecs give the lexical form of a value and the value of a lexical form; here these stand in an
attribute, or between the tags of an element.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar, cast

from ._binary import base64_content, read_base64
from ._read import XSI, Element, is_nil_element, own_text, path_of
from ._text import base64_text, base64_value, escape, escape_attribute, wrong_type
from ._xml_names import is_ncname
from .errors import InvalidValue, UnexpectedResponse

T = TypeVar("T")
D = TypeVar("D")

XML = "{http://www.w3.org/XML/1998/namespace}"

# What no attribute of a message may be called (Namespaces in XML 1.0, section 3).
_RESERVED = (XSI[1:-1], "http://www.w3.org/2000/xmlns/")


def add_attribute(name: str, value: T, text: Callable[[str, T], str]) -> str:
    """The attribute ``name``, with a space before it.

    In the messages of errors it is ``@name``, as in paths of XPath.
    """
    step = f"@{name}"
    return f' {name}="{escape_attribute(step, text(step, value))}"'


def add_optional_attribute(name: str, value: T | None, text: Callable[[str, T], str]) -> str:
    """The attribute ``name``, or nothing for None."""
    return "" if value is None else add_attribute(name, value, text)


def add_open_attributes(name: str, values: Mapping[str, str], *named: str) -> str:
    """Attributes by ``{namespace}name``, each with a prefix of its own.

    Raises:
        InvalidValue: ``values``, the member ``name``, is no mapping of names that XML allows, or
            has one of those that are ``named`` in the contract.
    """
    if not isinstance(values, Mapping):
        raise wrong_type(name, values, "a mapping")
    attributes: list[str] = []
    for number, (key, value) in enumerate(values.items(), 1):
        namespace, _, local = escape_attribute(name, key).removeprefix("{").rpartition("}")
        is_reserved = local == "xmlns" or namespace in _RESERVED
        if is_reserved or not is_ncname(local):
            raise InvalidValue(f"{name}: {key!r} is no name of an attribute")
        if key in named:
            raise InvalidValue(f"{name}: {key!r} is a member of its own")
        text = escape_attribute(local, value)
        if not namespace:
            attributes.append(f' {local}="{text}"')
        elif namespace == XML[1:-1]:
            attributes.append(f' xml:{local}="{text}"')
        else:
            attributes.append(f' xmlns:a{number}="{namespace}" a{number}:{local}="{text}"')
    return "".join(attributes)


def add_text(tag: str, value: T, text: Callable[[str, T], str]) -> str:
    """The text of the element ``tag``."""
    if text is base64_text:  # which an element may have beside the message, and no attribute
        return base64_content(tag, cast(bytes, value))
    return escape(tag, text(tag, value))


def add_optional_text(tag: str, value: T | None, text: Callable[[str, T], str]) -> str:
    """The text of the element ``tag``, or nothing for None."""
    return "" if value is None else add_text(tag, value, text)


def add_nil(tag: str, value: object) -> str:
    """The attribute ``xsi:nil`` of the element ``tag``, if its text ``value`` is None."""
    return ' xsi:nil="true"' if value is None else ""


def attribute_of(node: Element, name: str, parse: Callable[[str], T], default: D) -> T | D:
    """The value of the attribute ``name``; ``default`` where it is missing.

    Raises:
        UnexpectedResponse: Its text is no value of its type.
    """
    text = node.get(name)
    if text is None:
        return default
    try:
        return parse(text)
    except (ValueError, ArithmeticError):
        raise _not_of_its_type(node, text, name) from None


def required_attribute(node: Element, name: str, parse: Callable[[str], T]) -> T:
    """The value of the attribute ``name``. Raises UnexpectedResponse where it is missing."""
    text = node.get(name)
    if text is None:
        raise UnexpectedResponse(
            f"{path_of(node)}: expected the attribute {name}, which is missing"
        )
    try:
        return parse(text)
    except (ValueError, ArithmeticError):
        raise _not_of_its_type(node, text, name) from None


def open_attributes(node: Any, named: Collection[str]) -> dict[str, str]:
    """The attributes of ``node`` that are not among ``named``, by ``{namespace}name``."""
    return {
        name: value
        for name, value in node.attrib.items()
        if name not in named and not name.startswith(XSI)
    }


def text_of(node: Element, parse: Callable[[str], T]) -> T:
    """The value of the text of ``node``. Raises UnexpectedResponse if it is none of its type."""
    if len(node) and parse is base64_value:
        return cast(T, read_base64(node))
    text = own_text(node) or ""
    try:
        return parse(text)
    except (ValueError, ArithmeticError):
        raise _not_of_its_type(node, text) from None


def text_or_none(node: Element, parse: Callable[[str], T]) -> T | None:
    """The value of the text of ``node``; None where it is nil. Raises as ``text_of``."""
    return None if is_nil_element(node) else text_of(node, parse)


def _not_of_its_type(node: Element, text: str, attribute: str = "") -> UnexpectedResponse:
    place = f"/@{attribute.rpartition('}')[2]}" if attribute else ""
    shown = repr(text if len(text) < 100 else f"{text[:100]}…")
    return UnexpectedResponse(f"{path_of(node)}{place}: {shown} is not of its type")
