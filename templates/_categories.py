"""Regular expressions with categories of Unicode, which Python's own do not know."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from unicodedata import category

_CATEGORY = re.compile(r"\\\\|\\(?P<kind>[pP])\{(?P<name>[A-Z][a-z]?)\}")


def with_categories(pattern: str) -> str:
    r"""``pattern`` with ranges in place of ``\p{…}`` and ``\P{…}``, which are within brackets.

    The characters of a category are those of Python's version of Unicode.
    """
    return _CATEGORY.sub(_expanded, pattern)


def _expanded(match: re.Match[str]) -> str:
    if match["kind"] is None:
        return match[0]
    return _ranges_of(match["name"], is_in=match["kind"] == "p")


@cache
def _ranges_of(name: str, *, is_in: bool) -> str:
    """The ranges of characters that are in a category, or of those that are not."""
    runs = ((low, high) for kind, low, high in _runs() if kind.startswith(name) == is_in)
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in _joined(runs))


def _joined(runs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    before: tuple[int, int] | None = None
    for low, high in runs:
        if before is not None and before[1] + 1 == low:
            low = before[0]
        elif before is not None:
            yield before
        before = low, high
    if before is not None:
        yield before


@cache
def _runs() -> tuple[tuple[str, int, int], ...]:
    """The characters in runs of one category: the category, the first and the last."""
    runs: list[tuple[str, int, int]] = []
    low, kind = 0, category("\0")
    for code in range(1, sys.maxunicode + 1):
        if (found := category(chr(code))) != kind:
            runs.append((kind, low, code - 1))
            low, kind = code, found
    return (*runs, (kind, low, sys.maxunicode))
