"""Values of this package → JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args, get_origin

from ._json_read import JsonReader
from ._json_shapes import (
    JSON_TYPE,
    JSON_VALUE,
    alternatives_of,
    child,
    class_of,
    extends_another,
    has_members,
    has_nil_members,
    is_simple,
    shapes_of,
    text_kind,
    type_name,
)
from ._json_tables import JSON_TEXTS
from ._text import double_text, integer_text, wrong_type
from ._values import OpenEnum, is_nil
from .errors import InvalidValue


class JsonWriter:
    """Writes values as JSON.

    Args:
        python_names: Whether members have their names in Python, not those in the contract.
    """

    def __init__(self, python_names: bool) -> None:
        self._python_names = python_names
        self._reader = JsonReader(python_names)

    def write(self, value: Any, hint: Any, at: str) -> Any:
        """``value``, which has the type ``hint`` and is at ``at``."""
        alternatives = alternatives_of(hint)
        if value is None and type(None) in alternatives:
            return None
        kinds = [kind for kind in alternatives if kind is not type(None)]
        if len(kinds) > 1:
            return self._one_of(value, kinds, at)
        return self._one(value, kinds[0], at)

    def _one(self, value: Any, hint: Any, at: str) -> Any:
        if hint is Any:
            kind = class_of(value)
            if value is None:
                return None
            if kind is not None:
                return self._object(value, kind, at, tells_type=extends_another(kind))
            hint = _hint_of(value)
        origin = get_origin(hint) or hint
        if origin in (list, Iterable):
            return self._list(value, hint, at)
        if origin in (dict, Mapping):
            return self._dictionary(value, hint, at)
        if origin is frozenset:
            return self._set(value, hint, at)
        if has_members(hint):
            kind = class_of(value)
            if kind is None or not issubclass(kind, hint):
                raise wrong_type(at or JSON_VALUE, value, type_name(hint))
            return self._object(value, kind, at, tells_type=kind is not hint)
        return _plain(value, hint, at or JSON_VALUE)

    def _object(self, value: Any, kind: Any, at: str, *, tells_type: bool) -> dict[str, Any]:
        made: dict[str, Any] = {JSON_TYPE: type_name(kind)} if tells_type else {}
        nil = value.nil_members if has_nil_members(kind) else frozenset()
        for shape in shapes_of(kind):
            key = shape.name if self._python_names else shape.key
            content = getattr(value, shape.name)
            if content is not None:
                made[key] = self.write(content, shape.hint, child(at, key))
            elif shape.name in nil or not shape.may_be_left_out:
                if type(None) not in alternatives_of(shape.hint):
                    raise wrong_type(child(at, key), content, type_name(shape.hint))
                made[key] = None
        return made

    def _list(self, values: Any, hint: Any, at: str) -> list[Any]:
        is_no_list = isinstance(values, str | bytes | bytearray | memoryview | Mapping)
        if is_no_list or not isinstance(values, Iterable):
            raise wrong_type(at or JSON_VALUE, values, "a list")
        (item,) = get_args(hint)
        return [self._item(value, item, f"{at}[{n}]") for n, value in enumerate(values)]

    def _item(self, value: Any, hint: Any, at: str) -> Any:
        return None if is_nil(value) else self.write(value, hint, at)

    def _dictionary(self, values: Any, hint: Any, at: str) -> Any:
        if not isinstance(values, Mapping):
            raise wrong_type(at or JSON_VALUE, values, "a dictionary")
        of_keys, of_values = get_args(hint)
        kinds = [_hint_of(key) if of_keys is Any else of_keys for key in values]
        if not all(map(is_simple, kinds)) or any(map(is_nil, values)):
            return [
                [self._item(key, of_keys, f"{at}[{n}]"), self._item(value, of_values, f"{at}[{n}]")]
                for n, (key, value) in enumerate(values.items())
            ]
        made: dict[str, Any] = {}
        for kind, (key, value) in zip(kinds, values.items(), strict=True):
            name = _name(key, kind, at or JSON_VALUE)
            made[name] = self._item(value, of_values, child(at, name))
        return made

    def _set(self, values: Any, hint: Any, at: str) -> list[Any]:
        if not isinstance(values, frozenset | set):
            raise wrong_type(at or JSON_VALUE, values, "frozenset")
        (kind,) = get_args(hint)
        texts = {self.write(value, kind, at) for value in values}
        listed = [str(item.value) for item in kind] if kind is not Any else []
        known = [text for text in listed if text in texts]
        return known + sorted(texts.difference(known))

    def _one_of(self, value: Any, kinds: list[Any], at: str) -> Any:
        """A value of a union: its type is told where JSON does not tell it."""
        own = class_of(value)
        classes = [kind for kind in kinds if has_members(kind)]
        if own is not None:
            if not issubclass(own, tuple(classes)):
                raise wrong_type(at or JSON_VALUE, value, _expected(kinds))
            is_told = len(classes) > 1 or own not in classes
            return self._object(value, own, at, tells_type=is_told)
        refused: InvalidValue | None = None
        for kind in _fitting(value, kinds):
            try:
                made = self._one(value, kind, at)
            except InvalidValue as error:
                refused = refused or error
                continue
            whole = isinstance(made, float) and made.is_integer() and int in kinds
            # Other programs write 1.0 as 1: it would be an integer.
            if not whole and self._reader.gives(value, made, kinds):
                return made
            return {JSON_TYPE: type_name(kind), JSON_VALUE: made}
        raise refused or wrong_type(at or JSON_VALUE, value, _expected(kinds))


def _fitting(value: Any, kinds: list[Any]) -> list[Any]:
    """The types that ``value`` may be of: its own first, then those that it extends."""
    own = text_kind(value)
    known = [own] if own is not None and issubclass(own, _classes(kinds)) else []
    fitting = [kind for kind in kinds if isinstance(value, get_origin(kind) or kind)]
    exact = [kind for kind in fitting if (get_origin(kind) or kind) is type(value)]
    return [*dict.fromkeys([*exact, *known, *fitting])]


def _classes(kinds: list[Any]) -> tuple[Any, ...]:
    return tuple(get_origin(kind) or kind for kind in kinds)


def _expected(kinds: list[Any]) -> str:
    return " or ".join(map(type_name, kinds))


def _hint_of(value: object) -> Any:
    """The type of a value whose place has none."""
    for kind, hint in ((list, list[Any]), (dict, dict[Any, Any]), (frozenset, frozenset[Any])):
        if isinstance(value, kind):
            return hint
    if isinstance(value, OpenEnum | bool):
        return type(value)
    kinds = (str, int, float)
    return text_kind(value) or next((kind for kind in kinds if isinstance(value, kind)), object)


def _plain(value: Any, kind: Any, at: str) -> Any:
    """A value that is one text or number."""
    if kind in JSON_TEXTS:
        return JSON_TEXTS[kind][0](at, value)
    if kind is bool:
        if value is not True and value is not False:
            raise wrong_type(at, value, "bool")
        return value
    if kind is int:
        integer_text(at, value)
        return int.__index__(value)
    if kind is float:
        text = double_text(at, value)
        return text if text in ("INF", "-INF", "NaN") else float(text)
    if kind is str or (isinstance(kind, type) and issubclass(kind, OpenEnum)):
        try:
            return str.__str__(value)
        except TypeError:
            raise wrong_type(at, value, kind.__name__) from None
    raise InvalidValue(f"{at}: JSON has no form for {type(value).__name__}")


def _name(value: Any, kind: Any, at: str) -> str:
    """``value`` as the name of a member."""
    made = _plain(value, kind, at)
    return made if isinstance(made, str) else repr(made).lower()
