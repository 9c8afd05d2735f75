"""A value of generated code → Python source that makes it, laid out to be read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from ..render.literals import literal

LINE_LENGTH = 88
_PRESENT = timedelta(0)


class NoSourceError(Exception):
    """There is no source for a value; the text says of which class it is."""


@dataclass(frozen=True, slots=True)
class _Tree:
    """Source: ``before``, then the items with commas between them, then ``after``."""

    before: str
    items: tuple[_Tree, ...] = ()
    after: str = ""

    @property
    def flat(self) -> str:
        inner = ", ".join(item.flat for item in self.items)
        return f"{self.before}{inner}{self.after}"


@dataclass(slots=True)
class PythonSource:
    """Writes values, and collects what has to be imported for them.

    Attributes:
        module_of: The module from which a class of the package is imported; empty for a class that
            none offers.
        imports: The names to import, by module.
    """

    module_of: Callable[[type], str]
    imports: dict[str, set[str]] = field(default_factory=dict)

    def value(self, value: object, before: str = "") -> str:
        """Source that makes ``value``, after ``before``.

        Raises:
            NoSourceError: There is none.
        """
        tree = self._tree(value)
        return "\n".join(_lines(_Tree(before + tree.before, tree.items, tree.after), 0))

    def call(self, function: str, arguments: Iterable[tuple[str, object]], first: str = "") -> str:
        """A call of ``function`` with named ``arguments``, after ``first`` if that is given.

        Raises:
            NoSourceError: There is no source for one of them.
        """
        named = (self._named(name, value) for name, value in arguments)
        items = (*((_Tree(first),) if first else ()), *named)
        return "\n".join(_lines(_Tree(f"{function}(", items, ")"), 0))

    def imported(self, module: str, name: str) -> str:
        """``name``, which is imported from ``module``."""
        self.imports.setdefault(module, set()).add(name)
        return name

    def import_lines(self) -> list[str]:
        """The statements that import what was used: those of the standard library first."""
        library = {"datetime", "decimal", "uuid"}
        found: list[str] = []
        for is_library in (True, False):
            lines = [
                line
                for module in sorted(self.imports)
                if (module in library) is is_library
                for line in _import(module, sorted(self.imports[module]))
            ]
            found += [*([""] if found and lines else []), *lines]
        return found

    def _named(self, name: str, value: object) -> _Tree:
        tree = self._tree(value)
        return _Tree(f"{name}={tree.before}", tree.items, tree.after)

    def _tree(self, value: Any) -> _Tree:
        kind = type(value)
        if value is None or kind in (bool, int, bytes):
            return _Tree(repr(value))
        if kind is str:
            return _Tree(literal(value))
        if kind is float:
            return _Tree(repr(value) if math.isfinite(value) else f'float("{value}")')
        if kind in (list, tuple, set, frozenset, dict):
            return self._container(value)
        if kind in (Decimal, UUID):
            name = self.imported(kind.__module__, kind.__name__)
            return _Tree(f"{name}({literal(str(value))})")
        if kind in (datetime, date, time, timedelta):
            return _Tree(self._moment(value))
        return self._object(value)

    def _container(self, value: Any) -> _Tree:
        if isinstance(value, dict):
            return _Tree("{", tuple(self._entry(*pair) for pair in value.items()), "}")
        items = tuple(map(self._tree, value))
        if isinstance(value, list):
            return _Tree("[", items, "]")
        if isinstance(value, tuple):
            return _Tree("(", items, ",)" if len(items) == 1 else ")")
        name = type(value).__name__
        return _Tree(f"{name}({{", items, "})") if items else _Tree(f"{name}()")

    def _entry(self, key: object, value: object) -> _Tree:
        tree = self._tree(value)
        return _Tree(f"{self._tree(key).flat}: {tree.before}", tree.items, tree.after)

    def _moment(self, value: Any) -> str:
        name = self.imported("datetime", type(value).__name__)
        if isinstance(value, timedelta):
            parts = (("days", value.days), ("seconds", value.seconds))
            given = [*parts, ("microseconds", value.microseconds)]
            return f"{name}({', '.join(f'{part}={number}' for part, number in given if number)})"
        numbers = [*value.timetuple()[:3]] if isinstance(value, date) else []
        if isinstance(value, datetime | time):
            exact = [value.hour, value.minute, value.second, value.microsecond]
            while exact and not exact[-1]:
                exact.pop()
            numbers += exact
        arguments = [*map(str, numbers)]
        if isinstance(value, datetime | time):
            arguments += [f"tzinfo={self._zone(value.tzinfo)}"] if value.tzinfo else []
            arguments += ["fold=1"] if value.fold else []
        return f"{name}({', '.join(arguments)})"

    def _zone(self, zone: tzinfo) -> str:
        offset = zone.utcoffset(None)
        if offset is None:
            raise NoSourceError(type(zone).__name__)
        if offset == _PRESENT:
            return self.imported("datetime", "UTC")
        return f"{self.imported('datetime', timezone.__name__)}({self._moment(offset)})"

    def _object(self, value: Any) -> _Tree:
        name = self._class(type(value))
        if isinstance(value, Enum):
            is_member = value.name in type(value).__members__
            return _Tree(f"{name}.{value.name}" if is_member else f"{name}({literal(value.value)})")
        if isinstance(value, str) and hasattr(type(value), "__slots__"):
            return _Tree(f"{name}({literal(str.__str__(value))})")
        if is_dataclass(value):
            given = [
                self._named(item.name, getattr(value, item.name))
                for item in fields(value)
                if item.init and not _is_default(item, getattr(value, item.name))
            ]
            return _Tree(f"{name}(", tuple(given), ")")
        text = getattr(value, "text", None)  # a moment that Python's own class does not have
        if isinstance(text, str):
            return _Tree(f"{name}({literal(text)})")
        raise NoSourceError(name)

    def _class(self, kind: type) -> str:
        module = self.module_of(kind)
        if not module:
            raise NoSourceError(kind.__name__)
        return self.imported(module, kind.__name__)


def _is_default(item: Any, value: object) -> bool:
    if item.default is not MISSING:
        return type(item.default) is type(value) and bool(item.default == value)
    return item.default_factory is not MISSING and bool(item.default_factory() == value)


def _lines(tree: _Tree, depth: int, end: str = "") -> list[str]:
    """The lines of ``tree``: one, if it fits, or one or more for each of its items."""
    indent = "    " * depth
    flat = f"{indent}{tree.flat}{end}"
    if len(flat) <= LINE_LENGTH or not tree.items:
        return [flat]
    lines = [indent + tree.before]
    for item in tree.items:
        lines += _lines(item, depth + 1, ",")
    after = tree.after.removeprefix(",")
    return [*lines, f"{indent}{after}{end}"]


def _import(module: str, names: list[str]) -> list[str]:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= LINE_LENGTH:
        return [line]
    return [f"from {module} import (", *(f"    {name}," for name in names), ")"]
