"""Elements with a default: what they mean while they are empty (XML Schema part 1, 3.3.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ._read import Element, is_nil_element

T = TypeVar("T")


def default_reader(read: Callable[[Element], T], default: str) -> Callable[[Element], T]:
    """A reader of elements that are read by ``read``; an empty one has the text ``default``."""

    def read_element(node: Element) -> T:
        element: Any = node
        if not node.text and not len(node) and not is_nil_element(node):
            element.text = default
        return read(node)

    return read_element
