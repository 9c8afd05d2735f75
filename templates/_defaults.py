"""Elements with a default: what they mean while they are empty (XML Schema part 1, 3.3.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ._read import Element, is_nil_element

T = TypeVar("T")


def default_reader(
    read: Callable[[Element], T], parse: Callable[[str], T], default: str
) -> Callable[[Element], T]:
    """A reader of elements that are read by ``read``; an empty one has the value ``default``."""

    def read_element(node: Element) -> T:
        is_empty = not node.text and not len(node) and not is_nil_element(node)
        return parse(default) if is_empty else read(node)

    return read_element
