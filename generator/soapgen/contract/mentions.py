"""A part of a contract → the types that it refers to by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from .model import ArrayOf, QName

FIELDS_OF_TYPES = ("type", "base", "item", "members", "simple_content", "builtin")
"""The fields of the model that refer to types."""


def mentioned_types(value: Any) -> Iterator[QName]:
    """The names of types in ``value`` and in all that is within it, as often as they are there."""
    if isinstance(value, tuple) and not isinstance(value, QName):
        for item in value:
            yield from mentioned_types(item)
    elif is_dataclass(value):
        for field in fields(value):
            item = getattr(value, field.name)
            if isinstance(item, ArrayOf):
                yield item.item
            elif field.name not in FIELDS_OF_TYPES:
                yield from mentioned_types(item)
            else:
                for each in item if type(item) is tuple else (item,):
                    yield from (each,) if isinstance(each, QName) else mentioned_types(each)
