"""The facets of simple types → sentences of generated docstrings."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.model import Facets, ListType, QName, ScalarType, Type, UnionType
from .sentences import one_of

_OCTETS = ("hexBinary", "base64Binary")
_LISTS = ("NMTOKENS", "IDREFS", "ENTITIES")
_LONGEST_PATTERN = 300
_MOST_VALUES = 20


def of_type(definition: Type | None) -> str:
    """What the facets of a type say, in sentences; empty if it has none, or lists its values."""
    if isinstance(definition, ScalarType):
        return " ".join(_sentences(definition.facets, _unit(definition.builtin)))
    if isinstance(definition, ListType):
        return " ".join(_sentences(definition.facets, "item"))
    if isinstance(definition, UnionType):
        return " ".join(_sentences(definition.facets, "character"))
    return ""


def of_each(sentences: str) -> str:
    """The same, of each item of a list."""
    return f"Each item: {sentences[:1].lower()}{sentences[1:]}" if sentences else ""


def _unit(builtin: QName) -> str:
    if builtin.local in _OCTETS:
        return "octet"
    return "item" if builtin.local in _LISTS else "character"


def _sentences(facets: Facets, unit: str) -> Iterator[str]:
    if facets.values:
        values, more = facets.values[:_MOST_VALUES], len(facets.values) - _MOST_VALUES
        yield (
            f"One of {', '.join(values)} and {more} more."
            if more > 0
            else (f"One of {one_of(list(values))}.")
        )
    if facets.length is not None:
        yield f"Exactly {_count(facets.length, unit)}."
    yield from _range(facets.min_length, facets.max_length, unit)
    yield from _bounds(facets)
    if facets.total_digits is not None:
        yield f"At most {_count(facets.total_digits, 'digit')}."
    if facets.fraction_digits == 0:
        yield "No digits after the point."
    elif facets.fraction_digits is not None:
        yield f"At most {_count(facets.fraction_digits, 'digit')} after the point."
    for step in facets.patterns:
        yield f"Matches {one_of([f'``{_shown(pattern)}``' for pattern in step])}."


def _range(least: int | None, most: int | None, unit: str) -> Iterator[str]:
    if least and most is not None:
        yield (
            f"{least} to {_count(most, unit)}."
            if least < most
            else (f"Exactly {_count(most, unit)}.")
        )
    elif most is not None:
        yield f"At most {_count(most, unit)}."
    elif least:
        yield f"At least {_count(least, unit)}."


def _bounds(facets: Facets) -> Iterator[str]:
    if facets.min_inclusive is not None and facets.max_inclusive is not None:
        yield f"{facets.min_inclusive} to {facets.max_inclusive}."
        return
    named = (
        ("at least", facets.min_inclusive),
        ("more than", facets.min_exclusive),
        ("at most", facets.max_inclusive),
        ("less than", facets.max_exclusive),
    )
    said = ", ".join(f"{how} {bound}" for how, bound in named if bound is not None)
    if said:
        yield f"{said[:1].upper()}{said[1:]}."


def _count(number: int, unit: str) -> str:
    return f"{number:,} {unit}{'s' if number != 1 else ''}"


def _shown(pattern: str) -> str:
    return pattern if len(pattern) <= _LONGEST_PATTERN else f"{pattern[:_LONGEST_PATTERN]}…"
