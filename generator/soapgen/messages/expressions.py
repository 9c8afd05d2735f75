"""Regular expressions as data, and what is left of one after a character (Brzozowski 1964).

Unlike a search by backtracking, this takes no more time than its tree has parts for each character,
whatever the expression is: patterns come from contracts, which strangers write.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Range = tuple[int, int]
"""The first and the last of some code points in a row."""

LAST = 0x10FFFF
"""The last code point."""

ENDLESS = 1 << 60
"""The length of the shortest text of an expression that no text matches."""


@dataclass(frozen=True, slots=True, eq=False)
class Characters:
    """One of some characters; ``ranges`` are in order and apart from one another."""

    ranges: tuple[Range, ...]

    @property
    def shortest(self) -> int:
        """The length of the shortest text that matches."""
        return 1 if self.ranges else ENDLESS

    def has(self, code: int) -> bool:
        """Whether the character with the number ``code`` is one of them."""
        position = bisect_right(self.ranges, (code, LAST)) - 1
        return position >= 0 and code <= self.ranges[position][1]


@dataclass(frozen=True, slots=True)
class Sequence:
    """One expression after the other; of none of them, the empty text."""

    items: tuple[Expression, ...]
    shortest: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Either:
    """One of several expressions; of none of them, nothing that a text could match."""

    options: frozenset[Expression]
    shortest: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Repeat:
    """An expression again and again; ``maximum`` is None for any number of times."""

    item: Expression
    minimum: int
    maximum: int | None
    shortest: int = field(compare=False)


Expression = Characters | Sequence | Either | Repeat

EMPTY = Sequence((), 0)
"""What the empty text alone matches."""

NOTHING = Either(frozenset(), ENDLESS)
"""What no text matches."""


def sequence(items: Iterable[Expression]) -> Expression:
    """``items``, one after the other."""
    flat: list[Expression] = []
    for item in items:
        flat += item.items if isinstance(item, Sequence) else [item]
    if len(flat) == 1:
        return flat[0]
    shortest = sum(item.shortest for item in flat)
    return NOTHING if shortest >= ENDLESS else Sequence(tuple(flat), shortest)


def either(options: Iterable[Expression]) -> Expression:
    """One of ``options``."""
    flat: set[Expression] = set()
    for option in options:
        flat |= option.options if isinstance(option, Either) else {option}
    if len(flat) == 1:
        return flat.pop()
    return Either(frozenset(flat), min((option.shortest for option in flat), default=ENDLESS))


def repeat(item: Expression, minimum: int, maximum: int | None) -> Expression:
    """``item``, at least ``minimum`` and at most ``maximum`` times."""
    if maximum == 0 or (minimum == 0 and item.shortest >= ENDLESS):
        return EMPTY
    if minimum == maximum == 1:
        return item
    return Repeat(item, minimum, maximum, min(minimum * item.shortest, ENDLESS))


class Reader:
    """Takes characters off expressions, as long as that does not take too much.

    Args:
        steps: The number of parts of expressions that may be looked at.
    """

    def __init__(self, steps: int) -> None:
        self._steps = steps

    @property
    def is_exhausted(self) -> bool:
        """Whether all steps are taken; what is then told is not to be trusted."""
        return self._steps <= 0

    def matches(self, expression: Expression, text: str) -> bool:
        """Whether the whole of ``text`` matches; not, if the steps do not suffice to tell."""
        for character in text:
            expression = self.after(expression, ord(character))
            if expression.shortest >= ENDLESS or self.is_exhausted:
                return False
        return expression.shortest == 0

    def after(self, expression: Expression, code: int) -> Expression:
        """What has to follow the character with the number ``code``."""
        self._steps -= 1
        if self.is_exhausted:
            return NOTHING
        match expression:
            case Characters():
                return EMPTY if expression.has(code) else NOTHING
            case Either(options):
                return either([self.after(option, code) for option in options])
            case Sequence(items):
                self._steps -= len(items) // 20  # which are copied
                return either(
                    sequence([self.after(item, code), *items[position + 1 :]])
                    for position, item in enumerate(_front(items))
                )
            case Repeat(item, minimum, maximum):
                rest = repeat(item, max(minimum - 1, 0), None if maximum is None else maximum - 1)
                return sequence([self.after(item, code), rest])


def first_of(expression: Expression) -> Iterator[Characters]:
    """The sets of characters with which a text that matches can begin."""
    match expression:
        case Characters():
            yield expression
        case Either(options):
            for option in options:
                yield from first_of(option)
        case Sequence(items):
            for item in _front(items):
                yield from first_of(item)
        case Repeat(item):
            yield from first_of(item)


def _front(items: tuple[Expression, ...]) -> Iterator[Expression]:
    """The items of a sequence with which a text can begin: those behind empty ones too."""
    for item in items:
        yield item
        if item.shortest:
            return
