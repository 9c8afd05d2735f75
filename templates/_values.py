"""Values that Python has no class for: open enumerations, and nil items of lists."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any, Self, TypeVar

T = TypeVar("T")


class OpenEnum(StrEnum):
    """An enumeration that keeps values which the contract does not list yet."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_ = unknown._value_ = value
        return unknown


class Nil:
    """The base of the empty values that represent nil items of lists and dictionaries."""

    __slots__ = ()


def nil(kind: type[T]) -> T:
    """An empty ``kind`` that is written as nil as long as it is empty."""
    any_kind: Any = kind
    made: T = _nil_type(any_kind)()
    return made


def is_nil(value: object) -> bool:
    """Whether ``value`` was read from a nil item or made by ``nil``, and is still empty."""
    return isinstance(value, Nil) and value == type(value)()


@cache
def _nil_type(kind: Any) -> Any:
    return type(f"Nil{kind.__name__}", (Nil, kind), {"__slots__": ()})
