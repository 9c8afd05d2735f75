"""What the classes of this package consist of, for JSON: their members, and what these are called.

The annotations of a class say all that JSON needs but the names in the contract, which are in a
table beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from ._json_tables import JSON_MEMBERS, JSON_TEXTS
from ._values import OpenEnum

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
"""What ``json.loads`` gives and ``json.dumps`` takes."""

JSON_TYPE, JSON_VALUE = "$type", "value"
"""The members of a JSON object that say its type; XML allows no ``$`` in a name."""

NIL_MEMBERS = "nil_members"

_PACKAGE = __name__.rpartition(".")[0]

# Two services may have classes of one name: these go by their whole path.
_CLASSES = Counter(path.rpartition(".")[2] for path in JSON_MEMBERS)
_PATHS = {path: path for path in JSON_MEMBERS} | {
    name: path for path in JSON_MEMBERS if _CLASSES[name := path.rpartition(".")[2]] == 1
}


@dataclass(frozen=True, slots=True)
class JsonShape:
    """A member of a class.

    Attributes:
        name: Its name in Python.
        key: Its name in the contract.
        hint: Its type.
        is_required: Whether an instance cannot be made without it.
        may_be_left_out: Whether it is None where it is not given.
    """

    name: str
    key: str
    hint: Any
    is_required: bool
    may_be_left_out: bool


def class_of(value: object) -> Any:
    """The class of this package that ``value`` is of; None if it is of none with members."""
    return next((kind for kind in type(value).__mro__ if _path(kind) in JSON_MEMBERS), None)


def has_members(kind: Any) -> bool:
    """Whether ``kind`` is a class of this package with members."""
    return isinstance(kind, type) and _path(kind) in JSON_MEMBERS


def extends_another(kind: Any) -> bool:
    """Whether ``kind`` extends another class of this package."""
    return any(_path(base) in JSON_MEMBERS for base in kind.__mro__[1:])


def type_name(hint: Any) -> str:
    """What ``hint`` is called in the member ``$type``."""
    if get_origin(hint) is not None:
        inner = ", ".join(map(type_name, get_args(hint)))
        return f"{get_origin(hint).__name__}[{inner}]"
    if hint is NoneType:
        return "None"
    name = str(getattr(hint, "__name__", hint))
    return _path(hint) if has_members(hint) and _CLASSES[name] > 1 else name


@cache
def class_named(name: str) -> Any:
    """The class that ``type_name`` calls ``name``; None if there is none."""
    if name not in _PATHS:
        return None
    module, _, class_name = _PATHS[name].rpartition(".")
    return getattr(import_module(f"{_PACKAGE}.{module}"), class_name)


def type_names(kinds: Iterable[Any]) -> list[str]:
    """The names of ``kinds``, and of all classes that extend one of them."""
    classes = tuple(kind for kind in kinds if has_members(kind))
    named = (class_named(name) for name in dict.fromkeys([*_CLASSES, *JSON_MEMBERS]))
    below = [kind for kind in named if kind is not None and issubclass(kind, classes)]
    return [*dict.fromkeys(map(type_name, [*kinds, *below]))]


@cache
def shapes_of(kind: Any) -> tuple[JsonShape, ...]:
    """The members of a class, those that it inherits first."""
    hints = get_type_hints(kind)
    keys: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        keys |= JSON_MEMBERS.get(_path(base), {})
    return tuple(
        JsonShape(
            item.name,
            keys[item.name],
            hints[item.name],
            _is_required(item),
            item.default is None,
        )
        for item in fields(kind)
        if item.name != NIL_MEMBERS
    )


@cache
def has_nil_members(kind: Any) -> bool:
    """Whether instances of ``kind`` remember which of their members are nil."""
    return any(item.name == NIL_MEMBERS for item in fields(kind))


@cache
def alternatives_of(hint: Any) -> tuple[Any, ...]:
    """The types that ``hint`` is one of: several for a union, itself for any other."""
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def text_kind(value: object) -> Any:
    """The type by which ``value`` is a text in JSON; None if it is none."""
    return next((kind for kind in type(value).__mro__ if kind in JSON_TEXTS), None)


def is_simple(hint: Any) -> bool:
    """Whether values of the type ``hint`` can be the names of members of a JSON object."""
    if hint in (str, int, bool, float) or hint in JSON_TEXTS:
        return True
    return isinstance(hint, type) and issubclass(hint, OpenEnum)


def child(at: str, key: str) -> str:
    """The path to the member ``key`` of what is at ``at``."""
    return f"{at}.{key}" if at else key


def _is_required(item: Field[Any]) -> bool:
    return item.default is MISSING and item.default_factory is MISSING


@cache
def _path(kind: Any) -> str:
    module = str(getattr(kind, "__module__", ""))
    return f"{module.removeprefix(f'{_PACKAGE}.')}.{getattr(kind, '__name__', '')}"
