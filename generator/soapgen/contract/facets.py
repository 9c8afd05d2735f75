"""The steps of a simple type's derivation → its facets, merged (XSD part 2, 4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from xmlschema.validators import XsdAtomicRestriction, XsdComplexType

from ..sources import XSD
from .components import qname_of
from .model import Facets
from .prepared import Pattern

_LENGTHS = ("length", "minLength", "maxLength")
_DIGITS = ("totalDigits", "fractionDigits")
_LOWER, _UPPER = ("minInclusive", "minExclusive"), ("maxInclusive", "maxExclusive")


def steps_of(xsd_type: Any) -> tuple[list[Any], Any]:
    """The restrictions that ``xsd_type`` is made by, the first one first, and what they begin with.

    They begin with a built-in type, a list or a union.
    """
    steps: list[Any] = []
    while isinstance(xsd_type, XsdAtomicRestriction | XsdComplexType):
        if isinstance(xsd_type, XsdComplexType):
            xsd_type = xsd_type.content  # which a restriction of simple content restricts
            continue
        if xsd_type.name and qname_of(xsd_type.name).is_builtin:
            break
        steps.insert(0, xsd_type)
        xsd_type = xsd_type.base_type
    return steps, xsd_type


def merged_facets(
    steps: Iterable[Any], patterns: Mapping[Any, tuple[Pattern, ...]], *, with_values: bool
) -> Facets:
    """The facets of a type.

    Args:
        steps: The restrictions that it is made by, the first one first.
        patterns: The patterns of each XML element.
        with_values: Whether to include the values that it lists.
    """
    found: dict[str, str] = {}
    all_patterns: list[tuple[str, ...]] = []
    values: tuple[str, ...] = ()
    for step in steps:
        own = dict(_own_facets(step))
        for bounds in (_LOWER, _UPPER):
            if not own.keys().isdisjoint(bounds):
                found = {name: value for name, value in found.items() if name not in bounds}
        found |= own
        if of_step := tuple(item.text for item in patterns.get(_restriction(step), ())):
            all_patterns.append(of_step)
        if listed := values_of(step):
            values = tuple(item.get("value", "") for item in listed)
    numbers = {name: int(found[name]) if name in found else None for name in (*_LENGTHS, *_DIGITS)}
    return Facets(
        length=numbers["length"],
        min_length=numbers["minLength"],
        max_length=numbers["maxLength"],
        patterns=tuple(all_patterns),
        values=values if with_values else (),
        min_inclusive=found.get("minInclusive"),
        max_inclusive=found.get("maxInclusive"),
        min_exclusive=found.get("minExclusive"),
        max_exclusive=found.get("maxExclusive"),
        total_digits=numbers["totalDigits"],
        fraction_digits=numbers["fractionDigits"],
        white_space=found.get("whiteSpace"),
    )


def values_of(step: Any) -> list[Any]:
    """The elements of the values that a restriction itself lists."""
    elem = _restriction(step)
    return [] if elem is None else elem.findall(f"{XSD}enumeration")


def _own_facets(step: Any) -> Iterator[tuple[str, str]]:
    """The facets of one restriction that have a single value, by their names."""
    names = {f"{XSD}{name}" for name in (*_LENGTHS, *_DIGITS, *_LOWER, *_UPPER, "whiteSpace")}
    for item in _restriction(step) if _restriction(step) is not None else ():
        if item.tag in names:
            yield item.tag.removeprefix(XSD), item.get("value", "").strip()


def _restriction(step: Any) -> Any:
    """The element ``xs:restriction`` of a step; None if it has no elements."""
    elem = step.elem
    if elem is None or elem.tag == f"{XSD}restriction":
        return elem
    return elem.find(f"{XSD}restriction")
