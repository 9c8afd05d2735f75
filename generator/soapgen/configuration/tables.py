"""Tables of TOML → typed values; a key that is not known and a value of another type are errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NoReturn

from ..errors import Place
from ..near import did_you_mean
from .files import ConfigurationError, ConfigurationFile, Key, dotted

_KINDS: dict[type, str] = {
    bool: "true or false",
    str: "a text",
    list: "a list",
    dict: "a table",
    datetime: "a time",
    date: "a date",
    time: "a time",
}


class Table:
    """A table of a configuration, of which each value has the type that is asked for.

    Args:
        file: The file.
        key: The key of the table.
        content: What is in it.
        known: The keys that it may have.

    Raises:
        ConfigurationError: The table has another key.
    """

    def __init__(
        self, file: ConfigurationFile, key: Key, content: Any, known: Iterable[str] | None = None
    ) -> None:
        self._file = file
        self._key = key
        self._content = _typed(self, key, content, dict)
        if known is not None:
            allowed = tuple(known)
            for name in self._content:
                if name not in allowed:
                    self.fail(f"there is no key {name!r}", near(name, allowed), name)

    def __contains__(self, name: str) -> bool:
        return name in self._content

    @property
    def folder(self) -> Path:
        """The folder of the file, to which paths in it are relative."""
        return self._file.folder

    def names(self) -> tuple[str, ...]:
        """The keys that the table has."""
        return tuple(self._content)

    def fail(self, message: str, hint: str, *names: str) -> NoReturn:
        """Raise a ConfigurationError for the value of ``names``, or for the table."""
        self.fail_at((*self._key, *names), message, hint)

    def fail_at(self, key: Key, message: str, hint: str) -> NoReturn:
        """Raise a ConfigurationError for the value of ``key``."""
        place = Place(self._file.shown, self._file.line_of(key))
        where = f"{dotted(key)}: " if key else ""
        raise ConfigurationError(f"{where}{message}", place=place, hint=hint)

    def place(self, *names: str) -> Place:
        """Where the value of ``names``, or the table, stands."""
        return Place(self._file.shown, self._file.line_of((*self._key, *names)))

    def table(self, name: str, known: Iterable[str] | None = None) -> Table:
        """The table ``name``, empty where there is none."""
        return Table(self._file, (*self._key, name), self._content.get(name, {}), known)

    def flag(self, name: str, default: bool) -> bool:
        """The value of ``name``, which is true or false."""
        return bool(self._value(name, bool, default))

    def text(self, name: str, default: str) -> str:
        """The value of ``name``, a text."""
        value = str(self._value(name, str, default))
        if name in self._content:
            self._require_text(value, name)
        return value

    def texts(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The value of ``name``: a list of texts, or a single one."""
        if name not in self._content:
            return default
        value = self._content[name]
        if isinstance(value, str):
            value = [value]
        items = _typed(self, (*self._key, name), value, list)
        for item in items:
            self._require_text(_typed(self, (*self._key, name), item, str), name)
        return tuple(items)

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """The table ``name``, each value of which is a text, as sorted pairs."""
        table = self.table(name)
        return tuple(sorted((key, table.text(key, "")) for key in table.names()))

    def checked(
        self, name: str, problem: Callable[[str], str], default: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """:meth:`texts` of which ``problem`` has nothing to say, as the end of a sentence."""
        values = self.texts(name, default)
        for value in values:
            if reason := problem(value):
                self.fail(f"{value!r} {reason}", "", name)
        return values

    def _value(self, name: str, kind: type, default: object) -> object:
        if name not in self._content:
            return default
        return _typed(self, (*self._key, name), self._content[name], kind)

    def _require_text(self, value: str, name: str) -> None:
        if not value.strip():
            self.fail("the text is empty", "leave the key out, or give it a value", name)
        if "\0" in value:
            self.fail("there is a NUL in the text", "take it out", name)


def _typed(table: Table, key: Key, value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        is_one = _KINDS.get(type(value), "a number")
        table.fail_at(
            key, f"this is {is_one} and must be {_KINDS[kind]}", "see docs/configuration.md"
        )
    return value


def near(name: str, names: Iterable[str]) -> str:
    """A hint to the one of ``names`` that was meant by ``name``, or to all of them."""
    listed = sorted(names)
    return did_you_mean(name, listed, f"there are {', '.join(listed)}" if listed else "")
