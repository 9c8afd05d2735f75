"""Codecs of unions: of the values of several types (XML Schema part 2, section 2.5.1.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._text import wrong_type
from .errors import InvalidValue


def union_text(*members: tuple[Any, Callable[[str, Any], str]]) -> Callable[[str, Any], str]:
    """Gives the lexical form of values of several types: the class of a value decides.

    Args:
        members: A class of values, and what gives their lexical form. Of several classes that fit,
            the value's own is first; of several types with one class, the first that takes it.
    """
    kinds = tuple(kind for kind, _ in members)
    names = [getattr(kind, "__name__", str(kind)) for kind in kinds]
    expected = " or ".join(dict.fromkeys(names))

    def text(name: str, value: Any) -> str:
        own = [codec for kind, codec in members if kind is type(value)]
        wider = [codec for kind, codec in members if isinstance(value, kind)]
        refused: InvalidValue | None = None
        for codec in dict.fromkeys([*own, *wider]):
            try:
                return codec(name, value)
            except InvalidValue as error:
                refused = refused or error
        raise refused or wrong_type(name, value, expected)

    return text


def union_value(*members: Callable[[str], Any]) -> Callable[[str], Any]:
    """Gives the value of the first of ``members`` that takes a text; ValueError if none does."""

    def value(text: str) -> Any:
        for member in members:
            try:
                return member(text)
            except (ValueError, ArithmeticError):
                continue
        raise ValueError(text)

    return value
