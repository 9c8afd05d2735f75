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
        unknown = str.__new__(cls, str.__str__(value))
        unknown._name_ = unknown._value_ = str.__str__(value)
        return unknown

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return type(self), (self._value_,)


class Nil:
    """The base of the empty values that represent nil items of lists and dictionaries.

    Copies, also those by ``pickle`` and by ``dataclasses.replace``, are nil as long as nothing is
    filled in.
    """

    __slots__ = ()

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        # The class is made at run time: pickle would not find it by its name.
        made: Any = super().__reduce_ex__(max(protocol, 2))
        _, (kind, *arguments), *state = made
        return _restored, (kind.__bases__[1], *arguments), *state


def nil(kind: type[T]) -> T:
    """An empty ``kind`` that is written as nil as long as it is empty."""
    any_kind: Any = kind
    made: T = _nil_type(any_kind)()
    return made


def is_nil(value: object) -> bool:
    """Whether ``value`` was read from a nil item or made by ``nil``, and is still empty."""
    return isinstance(value, Nil) and value == type(value)()


def _restored(kind: Any, *arguments: Any) -> Any:
    """A nil ``kind`` as it was before it was pickled or copied."""
    nil_kind = _nil_type(kind)
    return nil_kind.__new__(nil_kind, *arguments)


@cache
def _nil_type(kind: Any) -> Any:
    return type(f"Nil{kind.__name__}", (Nil, kind), {"__slots__": ()})
