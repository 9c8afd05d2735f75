"""Elements with a default: what they mean while they are empty (XML Schema part 1, 3.3.1)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar, cast

from ._read import Element, is_nil_element, own_text
from ._values import is_nil
from .errors import InvalidValue

T = TypeVar("T")


def default_reader(read: Callable[[Element], T], default: str) -> Callable[[Element], T]:
    """A reader of elements that are read by ``read``; an empty one has the text ``default``."""

    def read_element(node: Element) -> T:
        element: Any = node
        if not len(node) and not is_nil_element(node) and not own_text(node):
            element.text = default
        return read(node)

    return read_element


def not_empty(name: str, value: T, default: str) -> T:
    """``value``, unless it is empty and not nil: the element ``name`` would be read as ``default``.

    Raises:
        InvalidValue: It is empty.
    """
    if value in ("", b"") and default and not is_nil(value):
        raise InvalidValue(f"{name}: an empty text would be read as its default, {default!r}")
    return value


def not_empty_list(name: str, values: T, default: str) -> T:
    """``values``, a text or the items of a list in one, if it is not empty, or nil.

    Raises as ``not_empty``.
    """
    if isinstance(values, Iterator):
        values = cast(T, list(values))  # an iterator does not say whether it is empty
    if isinstance(values, Collection) and not values and not is_nil(values):
        not_empty(name, "", default)
    return values


def not_empty_text(name: str, value: T, default: str) -> T:
    """``value``, an object with a text and attributes, if the text is not empty, or nil.

    What is no such object is left to the function that writes it. Raises as ``not_empty``.
    """
    not_empty_list(name, getattr(value, "value", None), default)
    return value


def not_empty_content(name: str, value: T, default: str) -> T:
    """``value``, an object with mixed content, if that is not empty, or nil.

    What is no such object is left to the function that writes it. Raises as ``not_empty``.
    """
    if not (is_nil(value) or getattr(value, "nil_with_attributes", False)):
        not_empty_list(name, getattr(value, "content", None), default)
    return value


def not_empty_items(name: str, values: Iterable[T], default: str) -> Iterable[T]:
    """``values``, none of which is empty; the errors are those of ``not_empty``."""
    return _each(name, values, default, not_empty)


def not_empty_text_items(name: str, values: Iterable[T], default: str) -> Iterable[T]:
    """``values``, each of which is held to ``not_empty_text``."""
    return _each(name, values, default, not_empty_text)


def not_empty_list_items(name: str, values: Iterable[T], default: str) -> Iterable[T]:
    """``values``, each of which is held to ``not_empty_list``."""
    return _each(name, values, default, not_empty_list)


def not_empty_content_items(name: str, values: Iterable[T], default: str) -> Iterable[T]:
    """``values``, each of which is held to ``not_empty_content``."""
    return _each(name, values, default, not_empty_content)


def _each(
    name: str, values: Iterable[T], default: str, check: Callable[[str, T, str], T]
) -> Iterable[T]:
    if not hasattr(values, "__iter__"):
        return values  # the function that writes them refuses them
    return [
        value if is_nil(value) else check(f"{name}[{position}]", value, default)
        for position, value in enumerate(values)
    ]
