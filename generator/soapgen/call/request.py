"""Members given as JSON or one by one → the arguments of generated code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from ..errors import CallError
from ..near import did_you_mean
from .words import Words

_POSITION = re.compile(r"\[(\d{1,6})\]", re.ASCII)
_NUMBERS = (int, float, bool)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A member that a person may give.

    Attributes:
        key: Its name in JSON.
        name: Its name in Python.
        hint: Its type.
        is_required: Whether it must be given.
        may_be_nil: Whether nil is something else than missing.
    """

    key: str
    name: str
    hint: Any
    is_required: bool
    may_be_nil: bool = False


class Request:
    """What is given for one message.

    Args:
        parameters: The members that there are.
        shapes: The module of the package that knows its classes.
        option: The option that gives them one by one, for messages.
        words: What the values of that option stand for.

    Attributes:
        parameters: The members that there are, by their names in JSON.
        data: What is given of them.
        words: What values stand for.
    """

    def __init__(self, parameters: list[Parameter], shapes: Any, option: str, words: Words) -> None:
        self.parameters = {item.key: item for item in parameters}
        self.data: dict[str, Any] = {}
        self.words = words
        self._shapes = shapes
        self._option = option
        self._within = "the operation" if option == "--set" else "the SOAP header"

    def fill(self, data: Any) -> None:
        """Take the members in ``data``, which is JSON.

        Raises:
            CallError: It is no object.
        """
        if not isinstance(data, dict):
            raise CallError("--json: expected an object with the members of the request")
        self.data = self._without_secrets(data, "") if self.words.is_for_shell else data

    def set(self, setting: str) -> None:
        """Take one member, ``a.b[0]=value``.

        Raises:
            CallError: There is no such member, or the value cannot be one of it.
        """
        path, equals, word = setting.partition("=")
        if not equals or not path:
            raise CallError(f"{self._option}: {setting!r} is not NAME=VALUE")
        keys = {key: item.hint for key, item in self.parameters.items()}
        key, rest = self._key(path, keys, self._within)
        self.data[key] = self._put(self.data.get(key), keys[key], rest, [key], word)

    def arguments(self, reader: Any) -> dict[str, Any]:
        """The arguments, by their names in Python.

        Raises:
            CallError: A member is missing, unknown, or not of its type.
        """
        for key in self.data:
            if key not in self.parameters:
                raise self._unknown(key, self.parameters, self._within)
        found: dict[str, Any] = {}
        nil: set[str] = set()
        for key, item in self.parameters.items():
            if key in self.data:
                found[item.name] = reader.read(self.data[key], item.hint, key)
                nil |= {item.name} if item.may_be_nil and self.data[key] is None else set()
            elif item.is_required:
                raise CallError(f"{key}: the member is missing")
        return found | ({"nil_members": nil} if nil else {})

    def _put(self, before: Any, hint: Any, rest: str, names: list[str], word: str) -> Any:
        """What becomes of the value ``before`` by the rest of a path."""
        kinds = [kind for kind in self._shapes.alternatives_of(hint) if kind is not type(None)]
        if not rest:
            return self._value(word, kinds, names)
        if position := _POSITION.match(rest):
            items = [kind for kind in kinds if get_args(kind) and get_origin(kind) is not dict]
            if len(items) != 1:
                raise CallError(f"{self._option}: {names[-1]} is no list")
            return self._put_item(before, get_args(items[0])[0], rest, position, names, word)
        made = dict(before) if isinstance(before, dict) else {}
        keys = self._keys(made, kinds)
        key, after = self._key(rest.removeprefix("."), keys, names[-1])
        made[key] = self._put(made.get(key), keys[key], after, [*names, key], word)
        return made

    def _put_item(
        self, before: Any, hint: Any, rest: str, at: re.Match[str], names: list[str], word: str
    ) -> list[Any]:
        made, position = list(before or ()), int(at[1])
        if position > len(made):
            raise CallError(
                f"{self._option}: there is no {names[-1]}[{len(made)}] before [{position}]"
            )
        old = made[position] if position < len(made) else None
        made[position : position + 1] = [self._put(old, hint, rest[at.end() :], names, word)]
        return made

    def _keys(self, made: Mapping[str, Any], kinds: list[Any]) -> dict[str, Any]:
        """The members that a value may have, each with its type."""
        told = self._shapes.class_named(made.get(self._shapes.JSON_TYPE, ""))
        keys: dict[str, Any] = {self._shapes.JSON_TYPE: str}
        for kind in [*kinds, told]:
            if self._shapes.has_members(kind):
                keys |= {item.key: item.hint for item in self._shapes.shapes_of(kind)}
        return keys

    def _key(self, path: str, keys: Mapping[str, Any], within: str) -> tuple[str, str]:
        """The member that ``path`` begins with, and the rest of it; a name may have dots in it."""
        for key in sorted(keys, key=len, reverse=True):
            if path.startswith(key) and path[len(key) : len(key) + 1] in ("", ".", "["):
                return key, path[len(key) :]
        raise self._unknown(re.split(r"[.\[]", path)[0], keys, within)

    def _unknown(self, name: str, keys: Iterable[str], within: str) -> CallError:
        shown = [key for key in keys if not key.startswith("$")]
        hint = did_you_mean(name, shown, f"it has {', '.join(shown) or 'no members'}")
        return CallError(f"{within} has no {name!r}", hint=hint)

    def _value(self, word: str, kinds: list[Any], names: list[str]) -> Any:
        is_number = int in kinds and str not in kinds
        text = self.words.text(word, names, self._option, is_number=is_number)
        is_text = any(kind is str or kind in self._shapes.JSON_TEXTS for kind in kinds)
        if is_text and not any(kind in _NUMBERS for kind in kinds):
            return text
        try:
            data = json.loads(text)
        except ValueError:
            return text
        if text == word:
            self.words.require_none(data, "", self._option)
        return data

    def _without_secrets(self, value: Any, name: str) -> Any:
        """``value`` with variables of a shell in place of its secrets."""
        if isinstance(value, dict):
            return {key: self._without_secrets(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [self._without_secrets(item, name) for item in value]
        is_plain = not isinstance(value, str) or not value
        is_open = is_plain or not self.words.is_secret(name)
        return value if is_open else self.words.variable(name)
