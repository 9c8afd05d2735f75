"""JSON → values of this package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import isnan
from typing import Any, get_args, get_origin

from ._json_shapes import (
    JSON_TYPE,
    JSON_VALUE,
    NIL_MEMBERS,
    JsonShape,
    alternatives_of,
    child,
    class_named,
    has_members,
    has_nil_members,
    shapes_of,
    type_name,
    type_names,
)
from ._json_tables import JSON_TEXTS
from ._near import did_you_mean
from ._secret_names import is_secret
from ._text import boolean_value, double_value, integer_value
from ._values import OpenEnum, nil
from .errors import InvalidValue

_JSON_TYPES = {
    "bool": "true or false",
    "dict": "an object",
    "float": "a number",
    "int": "an integer",
    "list": "a list",
    "str": "a text",
    "NoneType": "null",
}
_MOST_SHOWN = 100


class JsonReader:
    """Reads values from JSON.

    Args:
        python_names: Whether members have their names in Python, not those in the contract.
    """

    def __init__(self, python_names: bool) -> None:
        self._python_names = python_names

    def read(self, data: Any, hint: Any, at: str) -> Any:
        """The value of the type ``hint`` that is ``data``, at ``at``."""
        kinds = alternatives_of(hint)
        if data is None and type(None) in kinds:
            return None
        several = [kind for kind in kinds if kind is not type(None)]
        return self._one_of(data, several, at)

    def gives(self, value: Any, data: Any, kinds: Sequence[Any]) -> bool:
        """Whether ``data``, read as one of ``kinds``, is ``value`` and of the same class."""
        try:
            read = self._one_of(data, kinds, "")
        except InvalidValue:
            return False
        if type(read) is not type(value):
            return False
        are_no_numbers = isinstance(value, float) and isnan(value) and isnan(read)
        return are_no_numbers or bool(read == value)

    def _one_of(self, data: Any, kinds: Sequence[Any], at: str) -> Any:
        if isinstance(data, dict) and JSON_TYPE in data:
            return self._told(data, kinds, at)
        if len(kinds) == 1:
            return self._one(data, kinds[0], at)
        if isinstance(data, dict) and sum(map(has_members, kinds)) > 1:
            names = type_names(kind for kind in kinds if has_members(kind))
            raise InvalidValue(f"{at or JSON_VALUE}: {JSON_TYPE} must be {_or(names)}")
        first_refused: InvalidValue | None = None
        # An open enumeration takes any text: those that others take, and it does not list, are no
        # values of it.
        for is_last in (False, True):
            for kind in kinds:
                if not is_last and _is_open_to(data, kind):
                    continue
                try:
                    return self._one(data, kind, at)
                except InvalidValue as error:
                    if f"{error}".startswith(f"{at}.") or f"{error}".startswith(f"{at}["):
                        first_refused = first_refused or error
        raise first_refused or _unexpected(at, data, " or ".join(map(type_name, kinds)))

    def _told(self, data: dict[str, Any], kinds: Sequence[Any], at: str) -> Any:
        """An object that says of which type it is."""
        name = data[JSON_TYPE]
        found = class_named(name) if isinstance(name, str) else None
        if found is not None and any(has_members(k) and issubclass(found, k) for k in kinds):
            return self._object(data, found, at)
        simple = [kind for kind in kinds if not has_members(kind)]
        extending = [kind for kind in JSON_TEXTS if issubclass(kind, _classes(simple))]
        for kind in (*simple, *extending):
            if type_name(kind) == name:
                if data.keys() != {JSON_TYPE, JSON_VALUE}:
                    raise InvalidValue(
                        f"{at or JSON_VALUE}: expected {JSON_TYPE} and {JSON_VALUE} alone"
                    )
                return self._one(data[JSON_VALUE], kind, child(at, JSON_VALUE))
        names = type_names([*kinds, *extending])
        hint = did_you_mean(str(name), names, f"it must be {_or(names)}")
        raise InvalidValue(f"{child(at, JSON_TYPE)}: {name!r} is no type that may be here; {hint}")

    def _one(self, data: Any, hint: Any, at: str) -> Any:
        origin = get_origin(hint) or hint
        if origin in (list, Iterable):
            (item,) = get_args(hint)
            found = _of_json(data, list, at)
            return [self._item(each, item, f"{at}[{n}]") for n, each in enumerate(found)]
        if origin is frozenset:
            (item,) = get_args(hint)
            found = _of_json(data, list, at)
            return frozenset(self.read(each, item, f"{at}[{n}]") for n, each in enumerate(found))
        if origin in (dict, Mapping):
            return self._dictionary(data, hint, at)
        if has_members(hint):
            return self._object(_of_json(data, dict, at), hint, at)
        return _plain(data, hint, at)

    def _object(self, data: dict[str, Any], kind: Any, at: str) -> Any:
        shapes = {self._key(shape): shape for shape in shapes_of(kind)}
        for key in data:
            if key not in shapes and key != JSON_TYPE:
                hint = did_you_mean(key, shapes, f"it has {_or(shapes) or 'no members'}")
                raise InvalidValue(f"{child(at, key)}: {type_name(kind)} has no {key}; {hint}")
        values: dict[str, Any] = {}
        nil_members: set[str] = set()
        for key, shape in shapes.items():
            if key not in data:
                if shape.is_required:
                    raise InvalidValue(f"{child(at, key)}: the member is missing")
                continue
            try:
                values[shape.name] = self.read(data[key], shape.hint, child(at, key))
            except InvalidValue as error:
                if is_secret(type_name(kind)):  # an element that has a class around its value
                    raise InvalidValue(str(error).partition(", got ")[0]) from None
                raise
            if data[key] is None and shape.may_be_left_out:
                nil_members.add(shape.name)
        if nil_members and has_nil_members(kind):
            values[NIL_MEMBERS] = frozenset(nil_members)
        return kind(**values)

    def _key(self, shape: JsonShape) -> str:
        return shape.name if self._python_names else shape.key

    def _item(self, data: Any, hint: Any, at: str) -> Any:
        """An item of a list or a dictionary, which may be nil."""
        kinds = alternatives_of(hint)
        if data is not None or type(None) in kinds:
            return self.read(data, hint, at)
        try:
            return nil(get_origin(kinds[0]) or kinds[0])
        except TypeError:
            raise _unexpected(at, data, type_name(hint)) from None

    def _dictionary(self, data: Any, hint: Any, at: str) -> dict[Any, Any]:
        of_keys, of_values = get_args(hint)
        if isinstance(data, dict):
            return {
                _named(name, of_keys, at): self._item(value, of_values, child(at, name))
                for name, value in data.items()
            }
        pairs = _of_json(data, list, at)
        if not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
            raise _unexpected(at, data, "an object, or a list of pairs")
        return {
            self._item(key, of_keys, f"{at}[{n}]"): self._item(value, of_values, f"{at}[{n}]")
            for n, (key, value) in enumerate(pairs)
        }


def _classes(kinds: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(get_origin(kind) or kind for kind in kinds)


def _is_open_to(data: Any, kind: Any) -> bool:
    """Whether ``kind`` is an enumeration that does not list ``data``."""
    if not (isinstance(kind, type) and issubclass(kind, OpenEnum)):
        return False
    return data not in [item.value for item in kind.__members__.values()]


def _plain(data: Any, kind: Any, at: str) -> Any:
    """A value that is one text or number."""
    if kind is bool or kind is str:
        return _of_json(data, kind, at)
    if kind is int:
        return _of_json(data, int, at)
    if kind is float:
        if type(data) in (int, float):
            return float(data)
        if data in ("INF", "-INF", "NaN"):
            return double_value(data)
        raise _unexpected(at, data, 'a number, "INF", "-INF" or "NaN"')
    if isinstance(kind, type) and issubclass(kind, OpenEnum):
        return kind(_of_json(data, str, at))
    if kind not in JSON_TEXTS:
        raise TypeError(f"{kind!r} is no type of this package")
    if type(data) is not str:
        raise _unexpected(at, data, f"a text for {kind.__name__}")
    try:
        return JSON_TEXTS[kind][1](data)
    except (ValueError, ArithmeticError):
        raise _unexpected(at, data, f"a text for {kind.__name__}") from None


def _named(name: str, kind: Any, at: str) -> Any:
    """The key of a dictionary that is the name of a member."""
    by_text: dict[Any, Any] = {bool: boolean_value, int: integer_value, float: double_value}
    try:
        return by_text[kind](name) if kind in by_text else _plain(name, kind, child(at, name))
    except (ValueError, ArithmeticError):
        raise _unexpected(child(at, name), name, f"a name for {kind.__name__}") from None


def _of_json(data: Any, kind: type, at: str) -> Any:
    """``data``, which must be of a type of JSON."""
    if type(data) is not kind:
        raise _unexpected(at, data, _JSON_TYPES[kind.__name__])
    return data


def _unexpected(at: str, data: Any, expected: str) -> InvalidValue:
    """The error for ``data`` that is not what is ``expected``; a secret is not shown."""
    found = _JSON_TYPES.get(type(data).__name__, type(data).__name__)
    if isinstance(data, str) and not any(map(is_secret, re.split(r"[.\[\]]", at))):
        found = repr(data if len(data) < _MOST_SHOWN else f"{data[:_MOST_SHOWN]}…")
    return InvalidValue(f"{at or JSON_VALUE}: expected {expected}, got {found}")


def _or(names: Iterable[str]) -> str:
    *others, last = [*names] or [""]
    return f"{', '.join(others)} or {last}" if others else last
