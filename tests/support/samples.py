"""Sample values for generated code: every member filled, no two alike, the same in every run."""

from __future__ import annotations

import enum
import itertools
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID


def sample_arguments(function: Callable[..., Any], *, depth: int = 2) -> dict[str, Any]:
    """A value for each parameter of ``function`` but ``soap_headers``."""
    hints = typing.get_type_hints(function)
    sampler = _Sampler(depth)
    return {
        name: sampler.value(hint, name)
        for name, hint in hints.items()
        if name not in ("soap_headers", "return")
    }


class _Sampler:
    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.numbers = itertools.count(1)

    def value(self, hint: Any, name: str) -> Any:
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            return self.value(next(kind for kind in inner if kind is not types.NoneType), name)
        if origin in (list, Iterable):
            item = self.value(inner[0], name)
            return [] if item is None else [item]
        if origin in (dict, Mapping):
            key, item = self.value(inner[0], f"{name} key"), self.value(inner[1], name)
            return {} if item is None else {key: item}
        if origin is frozenset:
            return frozenset(list(inner[0])[:2])
        if is_dataclass(hint):
            return self.entity(hint)
        if issubclass(hint, enum.Enum):
            return list(hint)[-1]
        return self.scalar(hint, name)

    def entity(self, kind: Any) -> Any:
        if self.depth == 0:
            return None
        self.depth -= 1
        hints = typing.get_type_hints(kind)
        values = {field.name: self.value(hints[field.name], field.name) for field in fields(kind)}
        self.depth += 1
        return kind(**values)

    def scalar(self, kind: type, name: str) -> Any:
        if kind is bool:
            return True
        number = next(self.numbers)
        made: dict[type, Callable[[], Any]] = {
            str: lambda: f"{name} {number} <æ&",
            int: lambda: number,
            float: lambda: number + 0.5,
            Decimal: lambda: Decimal(number) / 4,
            bytes: lambda: f"{name} {number}".encode(),
            datetime: lambda: datetime(2026, 1, 2, 3, 4, 5) + timedelta(hours=number),
            date: lambda: date(2026, 1, 1) + timedelta(days=number),
            time: lambda: time(3, 4, number % 60, tzinfo=UTC),
            timedelta: lambda: timedelta(minutes=number),
            UUID: lambda: UUID(int=number),
        }
        return made[kind]()
