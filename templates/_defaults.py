"""Elements with a default: what they mean while they are empty (XML Schema part 1, 3.3.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from ._read import Element, is_nil_element, own_text
from ._values import is_nil
from .errors import InvalidValue

T = TypeVar("T")
V = TypeVar("V", bound=str | bytes | None)


def default_reader(read: Callable[[Element], T], default: str) -> Callable[[Element], T]:
    """A reader of elements that are read by ``read``; an empty one has the text ``default``."""

    def read_element(node: Element) -> T:
        element: Any = node
        if not len(node) and not is_nil_element(node) and not own_text(node):
            element.text = default
        return read(node)

    return read_element


def not_empty(name: str, value: V, default: str) -> V:
    """``value``, unless it is empty and not nil: the element ``name`` would be read as ``default``.

    Raises:
        InvalidValue: It is empty.
    """
    if value in ("", b"") and default and not is_nil(value):
        raise InvalidValue(f"{name}: an empty text would be read as its default, {default!r}")
    return value


def not_empty_items(name: str, values: Iterable[V], default: str) -> Iterable[V]:
    """``values``, none of which is empty; the errors are those of ``not_empty``."""
    if not hasattr(values, "__iter__"):
        return values  # the function that writes them refuses them
    return [
        value if is_nil(value) else not_empty(f"{name}[{position}]", value, default)
        for position, value in enumerate(values)
    ]
