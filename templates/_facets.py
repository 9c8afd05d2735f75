"""Facets: which of its texts a simple type allows (XML Schema part 2, section 4.3).

A facet restricts the lexical form that is on the wire, so the texts of all types are checked in one
way. What is compared is their value: two texts of one number are equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from ._secret_names import is_secret
from ._text import SPACE
from .errors import InvalidValue

T = TypeVar("T")

_Check = Callable[[str], str]
_LONGEST_SHOWN = 60
_AS_SPACES = str.maketrans("\t\r\n", "   ")


def octets_of_hex(text: str) -> int:
    """How many octets an xs:hexBinary has."""
    return len(text.strip(SPACE)) // 2


def octets_of_base64(text: str) -> int:
    """How many octets an xs:base64Binary has."""
    digits = text.translate(str.maketrans("", "", SPACE)).rstrip("=")
    return len(digits) * 6 // 8


def items_of_list(text: str) -> int:
    """How many items a list has."""
    return len(without_more_spaces(text).split(" ")) if text.strip(SPACE) else 0


_UNITS: dict[Callable[[str], int], str] = {
    len: "character",
    octets_of_hex: "octet",
    octets_of_base64: "octet",
    items_of_list: "item",
}


def with_spaces(text: str) -> str:
    """``text`` with a space for each tab and line end."""
    return text.translate(_AS_SPACES)


def without_more_spaces(text: str) -> str:
    """``text`` without white space around it, and with one space where there are several."""
    return " ".join(filter(None, with_spaces(text).split(" ")))


def as_it_is(text: str) -> str:
    """``text`` as it is."""
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The facets of a simple type, with those of the types that it is derived from.

    Attributes:
        white_space: What is done with the white space of a text before anything is checked.
        values: The texts that are allowed, if not all are.
        patterns: Regular expressions; a text must match each of them as a whole.
        size: What lengths count: characters, octets or items.
        length: How long a text is.
        min_length: How long it is at least.
        max_length: How long it is at most.
        order: What gives the values to compare.
        min_inclusive: The least value.
        max_inclusive: The greatest value.
        min_exclusive: What a value must be greater than.
        max_exclusive: What a value must be less than.
        total_digits: How many digits a number has at most.
        fraction_digits: How many of them it has at most after the point.
    """

    white_space: Callable[[str], str] = as_it_is
    values: Iterable[str] = ()
    patterns: tuple[str, ...] = ()
    size: Callable[[str], int] = len
    length: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    order: Callable[[str], Any] = Decimal
    min_inclusive: str | None = None
    max_inclusive: str | None = None
    min_exclusive: str | None = None
    max_exclusive: str | None = None
    total_digits: int | None = None
    fraction_digits: int | None = None


def checked_text(text: Callable[[str, T], str], facets: Facets) -> Callable[[str, T], str]:
    """Gives the lexical forms that ``text`` gives and ``facets`` allow.

    InvalidValue is raised for any other value.
    """
    problem = _problem_by(facets)

    def checked(name: str, value: T) -> str:
        lexical = text(name, value)
        if found := problem(lexical):
            is_hidden = is_secret(name.rpartition(":")[2])
            shown = "the text" if is_hidden else f'"{_shortened(facets.white_space(lexical))}"'
            raise InvalidValue(f"{name}: {shown} {found}")
        return lexical

    return checked


def checked_value(parse: Callable[[str], T], facets: Facets) -> Callable[[str], T]:
    """Gives the values that ``parse`` gives of texts that ``facets`` allow.

    ValueError is raised for any other text.
    """
    problem = _problem_by(facets)

    def checked(text: str) -> T:
        value = parse(text)
        if found := problem(text):
            raise ValueError(found)
        return value

    return checked


def _problem_by(facets: Facets) -> _Check:
    """What gives the first reason for which ``facets`` refuse a text; empty if they allow it."""
    checks = [*_texts(facets), *_lengths(facets), *_digits(facets), *_bounds(facets)]

    def problem(text: str) -> str:
        text = facets.white_space(text)
        return next(filter(None, (check(text) for check in checks)), "")

    return problem


def _texts(facets: Facets) -> Iterator[_Check]:
    allowed = {str.__str__(value) for value in facets.values}
    if allowed:
        yield lambda text: "" if text in allowed else "is none of the values of its type"
    for pattern in facets.patterns:
        yield _matching(pattern)


def _matching(pattern: str) -> _Check:
    matches = re.compile(pattern).fullmatch
    shown = f" {pattern}" if len(pattern) <= _LONGEST_SHOWN else " of its type"
    return lambda text: "" if matches(text) else f"does not match the pattern{shown}"


def _lengths(facets: Facets) -> Iterator[_Check]:
    size, unit = facets.size, _UNITS[facets.size]

    def has(text: str, allowed: str) -> str:
        count = size(text)
        return f"has {count} {unit}{'s' if count != 1 else ''}, {allowed}"

    if (exact := facets.length) is not None:
        yield lambda text: "" if size(text) == exact else has(text, _allowed("exactly", exact))
    if (least := facets.min_length) is not None:
        yield lambda text: "" if size(text) >= least else has(text, _allowed("at least", least))
    if (most := facets.max_length) is not None:
        yield lambda text: "" if size(text) <= most else has(text, _allowed("at most", most))


def _allowed(how: str, count: int) -> str:
    verb = "is" if count == 1 else "are"
    return f"{how} {count} {verb} {'needed' if how == 'at least' else 'allowed'}"


def _digits(facets: Facets) -> Iterator[_Check]:
    total, fraction = facets.total_digits, facets.fraction_digits
    if total is not None:
        yield lambda text: _too_many(_digits_of(text)[0], "", total)
    if fraction is not None:
        yield lambda text: _too_many(_digits_of(text)[1], " after the point", fraction)


def _digits_of(text: str) -> tuple[int, int]:
    """How many digits a decimal number has, and how many after the point."""
    whole, _, fraction = text.strip(SPACE).lstrip("+-").partition(".")
    fraction = fraction.rstrip("0")
    return max(len(f"{whole}{fraction}".lstrip("0")), len(fraction)), len(fraction)


def _too_many(count: int, where: str, most: int) -> str:
    if count <= most:
        return ""
    return f"has {count} digit{'s' if count != 1 else ''}{where}, {_allowed('at most', most)}"


def _bounds(facets: Facets) -> Iterator[_Check]:
    order = facets.order
    for bound, is_within, allowed in (
        (facets.min_inclusive, lambda value, least: least <= value, "at least"),
        (facets.min_exclusive, lambda value, low: low < value, "more than"),
        (facets.max_inclusive, lambda value, most: value <= most, "at most"),
        (facets.max_exclusive, lambda value, high: value < high, "less than"),
    ):
        if bound is not None:
            yield _within(order, bound, is_within, allowed)


def _within(
    order: Callable[[str], Any],
    bound: str,
    is_within: Callable[[Any, Any], bool],
    allowed: str,
) -> _Check:
    limit = order(bound)
    problem = f"is out of range, {allowed} {bound} is allowed"
    return lambda text: "" if is_within(order(text), limit) else problem


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
