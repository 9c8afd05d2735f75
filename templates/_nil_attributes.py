"""Nil elements that have attributes: objects that say themselves that they are nil.

An element that is nil has no content, and may have attributes (XML Schema part 1, 3.4.4). Without
any it is None, or an empty value where a list needs one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from ._read import XSI, Element, is_nil_element, path_of, whole_member
from ._values import nil
from .errors import UnexpectedResponse


class MayBeNil(Protocol):
    """An object that says itself whether it is nil, with nothing but its attributes."""

    nil_with_attributes: bool


T = TypeVar("T", bound=MayBeNil)


def read_nil(node: Element, read: Callable[[Element], T]) -> T | None:
    """The value of ``node``; None where it is nil and has no attributes.

    Raises:
        UnexpectedResponse: It is nil and has attributes, but its type has elements that must be
            there, so that there is no object for them; the other errors are those of ``read``.
    """
    if len(node) or not is_nil_element(node):
        return read(node)
    return _with_attributes(node, read) if _has_attributes(node) else None


def read_nil_item(node: Element, read: Callable[[Element], T], kind: type[T]) -> T:
    """The same for an item of a list: nil without attributes is an empty ``kind``."""
    value = read_nil(node, read)
    return nil(kind) if value is None else value


def nil_member(node: Element, tag: str, read: Callable[[Element], T]) -> T | None:
    """The child ``tag`` of ``node`` by ``read_nil``; None where it is missing."""
    return whole_member(node, tag, lambda child: read_nil(child, read))


def none_given(*members: object) -> bool:
    """Whether all ``members``, which are elements, are None or without items."""
    return all(member is None or member in ([], {}) for member in members)


def _has_attributes(node: Any) -> bool:
    """Whether ``node`` has attributes other than those of the instance namespace."""
    return any(not name.startswith(XSI) for name in node.attrib)


def _with_attributes(node: Element, read: Callable[[Element], T]) -> T:
    try:
        value = read(node)
    except UnexpectedResponse as error:
        raise UnexpectedResponse(
            f"{path_of(node)}: a nil element with attributes, for which there is no value: {error}"
        ) from None
    value.nil_with_attributes = True
    return value
