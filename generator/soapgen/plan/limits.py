"""The facets of a simple type → what generated code checks texts against."""

from __future__ import annotations

from ..contract import PatternError, has_categories, may_double, translated
from ..contract.model import (
    QUALIFIED_NAMES,
    EnumType,
    Facets,
    ListType,
    QName,
    ScalarType,
    Type,
    UnionType,
)
from .values import Limits, Matched

_FLOATS = ("double", "float")
_OCTETS = {"hexBinary": "octets_of_hex", "base64Binary": "octets_of_base64"}
_LISTS = ("NMTOKENS", "IDREFS", "ENTITIES")
_MOMENTS = "dateTime date time gYearMonth gYear gMonthDay gDay gMonth".split()
_WHITE_SPACE = {
    "preserve": "",
    "replace": "with_spaces",
    "collapse": "without_more_spaces",
    "string": "",
    "normalizedString": "with_spaces",
}

_SimpleType = EnumType | ListType | ScalarType | UnionType


def limits_of(definition: Type | None, class_name: str = "") -> Limits | None:
    """What the texts of a simple type are checked against; None if all are allowed.

    Args:
        definition: The type; None for a built-in one.
        class_name: The class of its values, if it is an enumeration that has one.
    """
    if not isinstance(definition, _SimpleType):
        return None
    facets, builtin = definition.facets, _builtin(definition)
    patterns = matched(facets)
    limits = Limits(
        white_space=_white_space(definition, builtin),
        values=class_name,
        listed=tuple(" ".join(value.split()) for value in facets.values),
        patterns=patterns,
        min_inclusive=facets.min_inclusive,
        max_inclusive=facets.max_inclusive,
        min_exclusive=facets.min_exclusive,
        max_exclusive=facets.max_exclusive,
        total_digits=facets.total_digits,
        fraction_digits=facets.fraction_digits,
    )
    if limits.is_bounded and builtin is not None:
        limits = limits.compared_by(_order(builtin))
    if builtin not in QUALIFIED_NAMES:  # of which all lengths are allowed (XSD part 2, 4.3.1)
        size = "items_of_list" if isinstance(definition, ListType) else _size(builtin)
        limits = limits.of_length(size, facets.length, facets.min_length, facets.max_length)
    return limits if limits.checks else None


def matched(facets: Facets) -> tuple[Matched, ...]:
    """The patterns of ``facets`` that can be translated, one for each step of the derivation."""
    found: list[Matched] = []
    for step in facets.patterns:
        try:
            source = "|".join(map(translated, step))
        except PatternError:
            continue  # the contract names it among what is left out
        found.append(Matched(source, has_categories(source), may_double(source)))
    return tuple(found)


def _builtin(definition: Type) -> QName | None:
    """The built-in type that a type restricts; None if it is a list or a union."""
    return definition.builtin if isinstance(definition, EnumType | ScalarType) else None


def _white_space(definition: _SimpleType, builtin: QName | None) -> str:
    """The function for the white space of texts; empty where it is part of the value."""
    facets = definition.facets
    if builtin is None:
        # The texts of lists are compared without it; a union leaves it to its members.
        is_compared = isinstance(definition, ListType) and (facets.patterns or facets.values)
        return _WHITE_SPACE["collapse"] if is_compared else ""
    own = facets.white_space or (builtin.local if builtin.local in _WHITE_SPACE else "collapse")
    return _WHITE_SPACE[own]


def _size(builtin: QName | None) -> str:
    local = builtin.local if builtin else ""
    return "items_of_list" if local in _LISTS else _OCTETS.get(local, "")


def _order(builtin: QName) -> str:
    """The function by which the values of texts are compared; empty for that of decimals."""
    if builtin.local in _FLOATS:
        return "float"
    if builtin.local in _MOMENTS:
        return "order_of_moments"
    return "order_of_durations" if builtin.local == "duration" else ""
