"""Bounds of decimal numbers → the expression of the literals between them.

With it, a search for a text that matches a pattern heeds the bounds digit by digit.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from .expressions import EMPTY, NOTHING, Expression, either, repeat, sequence
from .patterns import parsed


def between(least: Decimal | None, greatest: Decimal | None) -> Expression:
    """The literals of the numbers from ``least`` to ``greatest``, both included; None for none."""
    parts: list[Expression] = []
    if greatest is None or greatest >= 0:
        low = max(least or Decimal(0), Decimal(0))
        parts.append(sequence([parsed(r"\+?"), _unsigned(low, greatest)]))
    if least is None or least <= 0:
        low = max(-greatest if greatest is not None else Decimal(0), Decimal(0))
        parts.append(sequence([parsed("-"), _unsigned(low, None if least is None else -least)]))
    return either(parts)


def _unsigned(least: Decimal, greatest: Decimal | None) -> Expression:
    """The same without a sign: by the number of digits before the point, zeros in front apart."""
    low_whole, low_fraction = _digits(least)
    if greatest is None:
        most = len(low_whole)
        longer = sequence([parsed("[1-9]"), repeat(_digit(0, 9), most, None), _fraction()])
        parts = [longer, _at_least(low_whole, low_fraction, is_whole=True)]
        return sequence([parsed("0*"), either(parts)])
    high_whole, high_fraction = _digits(greatest)
    places = max(len(low_fraction), len(high_fraction))
    parts = []
    for size in range(len(low_whole), len(high_whole) + 1):
        low = (low_whole, low_fraction) if size == len(low_whole) else ("1" + "0" * (size - 1), "")
        if size == len(high_whole):
            high = (high_whole, high_fraction.ljust(places, "0"))
            parts.append(_within(low[0], low[1].ljust(places, "0"), *high, is_whole=True))
        else:
            parts.append(_at_least(*low, is_whole=True))
    return sequence([parsed("0*"), either(parts)])


def _within(
    low: str, low_fraction: str, high: str, high_fraction: str, *, is_whole: bool
) -> Expression:
    """Digits between others, which are as many before the point and behind it."""
    if not low and is_whole:
        ending = _within(low_fraction, "", high_fraction, "", is_whole=False)
        # Without a point, all that is behind it is zero.
        none = [EMPTY] if not low_fraction.strip("0") else []
        return either([*none, sequence([parsed(r"\."), ending])])
    if not low:
        return parsed("0*")
    if low[0] > high[0]:
        return NOTHING
    if low[0] == high[0]:
        rest = _within(low[1:], low_fraction, high[1:], high_fraction, is_whole=is_whole)
        options = [sequence([parsed(low[0]), rest])]
    else:
        options = [
            sequence([parsed(low[0]), _at_least(low[1:], low_fraction, is_whole=is_whole)]),
            sequence([parsed(high[0]), _at_most(high[1:], high_fraction, is_whole=is_whole)]),
            sequence(
                [_digit(int(low[0]) + 1, int(high[0]) - 1), _any(len(low) - 1, is_whole=is_whole)]
            ),
        ]
    if not is_whole and not low.strip("0"):
        options.append(EMPTY)
    return either(options)


def _at_least(low: str, fraction: str, *, is_whole: bool) -> Expression:
    if not low and is_whole:
        none = [EMPTY] if not fraction.strip("0") else []
        return either([*none, sequence([parsed(r"\."), _at_least(fraction, "", is_whole=False)])])
    if not low:
        return _any(0, is_whole=False)
    more = sequence([_digit(int(low[0]) + 1, 9), _any(len(low) - 1, is_whole=is_whole)])
    same = sequence([parsed(low[0]), _at_least(low[1:], fraction, is_whole=is_whole)])
    ended = [EMPTY] if not is_whole and not low.strip("0") else []
    return either([same, more, *ended])


def _at_most(high: str, fraction: str, *, is_whole: bool) -> Expression:
    if not high and is_whole:
        ending = _at_most(fraction, "", is_whole=False)
        return either([EMPTY, sequence([parsed(r"\."), ending])])
    if not high:
        return parsed("0*")
    less = sequence([_digit(0, int(high[0]) - 1), _any(len(high) - 1, is_whole=is_whole)])
    same = sequence([parsed(high[0]), _at_most(high[1:], fraction, is_whole=is_whole)])
    return either([same, less, *([] if is_whole else [EMPTY])])


def _any(places: int, *, is_whole: bool) -> Expression:
    """Any digits: before the point as many as it has ``places``, and a fraction."""
    if is_whole:
        return sequence([repeat(_digit(0, 9), places, places), _fraction()])
    return repeat(_digit(0, 9), 0, None)


def _fraction() -> Expression:
    return parsed(r"(\.[0-9]*)?")


@lru_cache(maxsize=100)  # of two digits
def _digit(first: int, last: int) -> Expression:
    """A digit from ``first`` to ``last``; each apart, so that a search tries them all."""
    return either(parsed(str(digit)) for digit in range(first, last + 1))


def _digits(number: Decimal) -> tuple[str, str]:
    """The digits before the point, none for zero, and those behind it."""
    whole, _, fraction = f"{number:f}".partition(".")
    return whole.lstrip("0"), fraction
