"""Elements and attributes that have only one value (XML Schema part 1, 3.2.1 and 3.3.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from ._values import is_nil
from .errors import InvalidValue

T = TypeVar("T")
V = TypeVar("V")


def only_fixed(
    name: str,
    value: T,
    text: Callable[[str, Any], str],
    parse: Callable[[str], object],
    fixed: str,
) -> T:
    """``value``, if it is nil or the one that the lexical form ``fixed`` has.

    Raises:
        InvalidValue: It is another one, or no value of its type.
    """
    if value is not None and not is_nil(value):
        own = text(name, value)
        if own != fixed and parse(own) != parse(fixed):
            raise InvalidValue(f"{name}: expected {fixed!r}, which is fixed, got {own!r}")
    return value


def only_fixed_text(
    name: str,
    value: V,
    text: Callable[[str, Any], str],
    parse: Callable[[str], object],
    fixed: str,
) -> V:
    """``value``, an object with attributes, if its text is nil or ``fixed``.

    What is no such object is left to the function that writes it. Raises as ``only_fixed``.
    """
    only_fixed(name, getattr(value, "value", None), text, parse, fixed)
    return value


def only_fixed_content(name: str, value: V, fixed: str) -> V:
    """``value``, an object with mixed content, if that is nil or the text ``fixed`` alone.

    What is no such object is left to the function that writes it.

    Raises:
        InvalidValue: It has another text, or elements.
    """
    content: Any = getattr(value, "content", None)
    may_be_nil = is_nil(value) or getattr(value, "nil_with_attributes", False)
    if isinstance(content, list | tuple) and not (may_be_nil and not content):
        texts = [item for item in content if isinstance(item, str)]
        got = repr("".join(texts)) if len(texts) == len(content) else "elements"
        if got != repr(fixed):
            raise InvalidValue(f"{name}: expected {fixed!r}, which is fixed, got {got}")
    return value


def only_fixed_content_items(name: str, values: Iterable[V], fixed: str) -> Iterable[V]:
    """``values``, each of which is held to ``fixed``; raises as ``only_fixed_content``."""
    return _each(name, values, lambda place, value: only_fixed_content(place, value, fixed))


def only_fixed_text_items(
    name: str,
    values: Iterable[V],
    text: Callable[[str, Any], str],
    parse: Callable[[str], object],
    fixed: str,
) -> Iterable[V]:
    """``values``, each of which is held to ``fixed``; raises as ``only_fixed_text``."""
    return _each(
        name, values, lambda place, value: only_fixed_text(place, value, text, parse, fixed)
    )


def only_fixed_items(
    name: str,
    values: Iterable[T],
    text: Callable[[str, Any], str],
    parse: Callable[[str], object],
    fixed: str,
) -> Iterable[T]:
    """``values``, each of which is held to ``fixed``; the errors are those of ``only_fixed``."""
    return _each(name, values, lambda place, value: only_fixed(place, value, text, parse, fixed))


def _each(name: str, values: Iterable[T], check: Callable[[str, T], T]) -> Iterable[T]:
    given: Any = values
    if isinstance(given, str | Mapping) or not isinstance(given, Iterable):
        return values  # the function that writes them refuses them
    return [check(f"{name}[{position}]", value) for position, value in enumerate(values)]
