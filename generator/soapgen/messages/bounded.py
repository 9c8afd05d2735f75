"""Bounds and lengths → plain texts of a built-in type that keep them, if there are no patterns."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

from ..contract import zero_text
from ..contract.model import Facets, QName
from .literals import INTEGERS, LISTS, is_number, is_ordered, value_of

_FILLER = "text"
_LARGEST = 20_000
_DIGITS_OF_A_FRACTION = 40
_DIGITS = re.compile("[0-9]+")
_TWO = re.compile("[0-9]{2}")


def plain_texts(builtin: QName, facets: Facets) -> Iterator[str]:
    """Texts of ``builtin``, the plainest first, some of which should keep ``facets``."""
    yield zero_text(builtin) if builtin.local not in LISTS else "en"
    if is_number(builtin):
        yield from _numbers(builtin, facets)
    elif is_ordered(builtin):
        yield from _ordered(builtin, facets)
    else:
        yield from _measured(builtin, facets)


def _measured(builtin: QName, facets: Facets) -> Iterator[str]:
    size = max(facets.length or 0, facets.min_length or 0)
    if size > _LARGEST:
        return
    match builtin.local:
        case "hexBinary":
            yield "00" * size
        case "base64Binary":
            yield base64.b64encode(bytes(size)).decode("ascii")
        case "boolean":
            yield from ("true", "0", "1")
        case "language":
            # Parts of eight letters at most, and none that is empty.
            yield ("en-" + "abcdefg-" * (size // 8 + 1))[:size]
            yield ("e-" + "abcdefg-" * (size // 8 + 1))[:size]
        case _:
            yield (_FILLER * (size // len(_FILLER) + 1))[:size]
    longest = facets.length if facets.length is not None else facets.max_length
    if longest is not None and longest < 2:
        yield "e" * longest


def _numbers(builtin: QName, facets: Facets) -> Iterator[str]:
    """Those next to the bounds, with as few digits as possible."""
    lows = [Decimal(text) for text in (facets.min_inclusive, facets.min_exclusive) if text]
    highs = [Decimal(text) for text in (facets.max_inclusive, facets.max_exclusive) if text]
    most = 0 if builtin.local in INTEGERS else facets.fraction_digits
    yield from ("1", "-1")
    with localcontext(prec=2000):
        for digits in range((_DIGITS_OF_A_FRACTION if most is None else most) + 1):
            unit = Decimal(1).scaleb(-digits)
            for bound, rounding, step in (
                *((low, ROUND_CEILING, unit) for low in lows),
                *((high, ROUND_FLOOR, -unit) for high in highs),
            ):
                nearest = bound.quantize(unit, rounding)
                yield from (f"{value:f}" for value in (nearest, nearest + step))


def _ordered(builtin: QName, facets: Facets) -> Iterator[str]:
    """The bounds themselves, then what is next to them."""
    bounds = [
        text
        for text in (
            facets.min_inclusive,
            facets.max_inclusive,
            facets.min_exclusive,
            facets.max_exclusive,
        )
        if text
    ]
    yield from bounds
    if builtin.local in {"float", "double"}:
        numbers = [value_of(builtin, text) for text in bounds]
        finite = [number for number in numbers if number is not None and abs(number) < 1e308]
        yield "1.0"
        yield from (repr(sum(finite) / len(finite)),) if finite else ()
        for number in finite:
            for step in (1.0, abs(number) * 1e-6 or 1e-6):
                yield from (repr(number + step), repr(number - step))
        return
    for text in bounds:
        yield from _neighbours(text)
        if "S" in text or ":" in text:
            yield re.sub(r"([0-9])(S|Z|[+-][0-9:]{5})?$", r"\1.5\2", text)


def _neighbours(text: str) -> Iterator[str]:
    """``text`` with one more or less in one of its fields, and the least in those behind it."""
    fields = list(_DIGITS.finditer(text))
    for field in reversed(fields):
        width = field.end() - field.start()
        for step in (1, -1):
            changed = str(max(int(field[0]) + step, 0)).zfill(width)
            head, tail = text[: field.start()] + changed, text[field.end() :]
            # The least month and day is 1, the least of an hour, a minute and a second 0.
            date, sign, time = tail.partition("T")
            for least in ("01", "00"):
                yield head + _TWO.sub(least, date) + sign + _TWO.sub("00", time)
            yield head + tail
