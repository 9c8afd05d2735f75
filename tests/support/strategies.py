"""Hypothesis strategies for generated code: any value that the contract allows, hostile or not."""

from __future__ import annotations

import enum
import functools
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta, timezone
from types import ModuleType
from typing import Any

from hypothesis import strategies as st

HOSTILE = [
    "</AccountId>",
    "]]>",
    "<![CDATA[",
    "&amp;",
    "{value}",
    "\\",
    "\"'",
    "\r\n",
    "\t ",
    " ",
    "\u2028\x85",
    "\U0001f4e7",
]
LEGAL = st.text(
    st.characters(
        exclude_categories=["Cs"],
        exclude_characters=[chr(code) for code in range(32) if chr(code) not in "\t\n\r"]
        + ["\ufffe", "\uffff"],
    ),
    max_size=8,
)
TEXT = st.one_of(LEGAL, st.sampled_from(HOSTILE), st.just(""))
ZONES = st.none() | st.integers(-14 * 60, 14 * 60).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)
SCALARS: dict[type, st.SearchStrategy[Any]] = {
    str: TEXT,
    bool: st.booleans(),
    int: st.integers(-(2**15), 2**15 - 1),
    float: st.floats(allow_nan=False),
    bytes: st.binary(max_size=8),
    datetime: st.datetimes(timezones=ZONES),
}


@functools.cache
def arguments(
    function: Callable[..., Any], values: ModuleType, *, depth: int = 2
) -> st.SearchStrategy[dict[str, Any]]:
    """Arguments for ``function``, all but ``soap_headers``; made once, which is what takes long."""
    hints = typing.get_type_hints(function)
    return st.fixed_dictionaries(
        {
            name: _values(hint, values, depth)
            for name, hint in hints.items()
            if name not in ("soap_headers", "return")
        }
    )


@functools.cache
def _values(hint: Any, values: ModuleType, depth: int) -> st.SearchStrategy[Any]:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        kind = next(kind for kind in inner if kind is not types.NoneType)
        return st.none() if _is_deep(kind, depth) else st.none() | _values(kind, values, depth)
    if origin in (list, Iterable):
        return st.lists(_items(inner[0], values, depth), max_size=2)
    if origin in (dict, Mapping):
        return st.dictionaries(
            _values(inner[0], values, depth), _items(inner[1], values, depth), max_size=2
        )
    if origin is frozenset:
        known: st.SearchStrategy[Any] = st.sampled_from(list(inner[0]))
        return st.frozensets(known | st.just(inner[0]("NotListedYet")), max_size=3)
    if is_dataclass(hint) and isinstance(hint, type):
        return _entities(hint, values, depth)
    if issubclass(hint, enum.Enum):
        return st.sampled_from([*hint, hint("NotListedYet")])
    return SCALARS[hint]


def _items(hint: Any, values: ModuleType, depth: int) -> st.SearchStrategy[Any]:
    """Items of a list or a dictionary: some of them nil, where nil has an empty value."""
    if hint in (int, bool, float, datetime):
        return SCALARS[hint]
    kind = typing.get_origin(hint) or hint
    nothing = st.builds(values.nil, st.just(kind))
    return nothing if _is_deep(hint, depth) else _values(hint, values, depth) | nothing


@functools.cache
def _entities(kind: Any, values: ModuleType, depth: int) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    members = {field.name: _values(hints[field.name], values, depth - 1) for field in fields(kind)}
    return st.builds(kind, **members)


def _is_deep(hint: Any, depth: int) -> bool:
    """Whether a value of ``hint`` would nest entities deeper than asked for."""
    inner = typing.get_args(hint)
    if inner:
        return any(_is_deep(kind, depth) for kind in inner)
    return depth <= 0 and is_dataclass(hint)
