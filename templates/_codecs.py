"""Writers and readers of elements, made of the codecs of their texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ._read import Element, path_of
from ._text import escape
from .errors import UnexpectedResponse

T = TypeVar("T")


def writer(text: Callable[[str, T], str]) -> Callable[[str, T], str]:
    """A writer of elements with values whose lexical form ``text`` gives."""

    def write(tag: str, value: T) -> str:
        return f"<{tag}>{escape(tag, text(tag, value))}</{tag}>"

    return write


def reader(value: Callable[[str], T], expected: str) -> Callable[[Element], T]:
    """A reader of elements with texts whose values ``value`` gives.

    The reader raises UnexpectedResponse, with the path of the element, for any other text.
    """

    def read(node: Element) -> T:
        try:
            return value(node.text or "")
        except (ValueError, ArithmeticError):
            raise unexpected(node, expected) from None

    return read


def unexpected(node: Element, expected: str) -> UnexpectedResponse:
    """The error for ``node``, whose text is not ``expected``."""
    text = node.text or ""
    shown = text if len(text) < 100 else f"{text[:100]}…"
    return UnexpectedResponse(f"{path_of(node)}: expected {expected}, got {shown!r}")
