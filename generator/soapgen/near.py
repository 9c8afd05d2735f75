"""The only authority on which names may be meant by one that is mistyped."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: str, names: Iterable[str], most: int = 1) -> list[str]:
    """Those of ``names`` that may be meant by ``name``, the nearest first.

    Nearest are those that differ in capitals alone or in what separates words, then those that
    need very few changes of letters, then those that begin with ``name`` or contain it, then those
    that it contains, and then those that need more changes.
    A name with a dot, as ``Service.Operation``, is also compared by its last part.

    Args:
        name: What a person typed.
        names: The names that there are.
        most: How many to give.
    """
    graded = [(_grade(name, other), other) for other in sorted(set(names))]
    return [other for grade, other in sorted(graded) if grade < _FAR][:most]


def did_you_mean(name: str, names: Iterable[str], otherwise: str, most: int = 1) -> str:
    """A hint with the nearest of ``names`` or, if none is near, ``otherwise``."""
    near = nearest(name, names, most)
    return f"did you mean {' or '.join(near)}?" if near else otherwise


_FAR = (9, 0.0)
_SHORT = 3
"""Of fewer letters, too many names contain them."""


def _grade(typed: str, other: str) -> tuple[int, float]:
    """How far ``other`` is from what was typed: a kind of nearness, and how far within it."""
    one, two = _plain(typed), _plain(other)
    if one == two:
        return 0, 0.0
    if _plain(other.rpartition(".")[2]) == one:
        return 1, 0.0
    ratio = difflib.SequenceMatcher(None, one, two).ratio()
    is_long = min(len(one), len(two)) >= _SHORT
    # A word that is nearly the same is nearer than one of twice the length that begins with it.
    if ratio >= 0.85:
        return 2, -ratio
    if is_long and one in two:
        return (3 if two.startswith(one) else 4), -ratio
    if is_long and two in one:
        return 5, -ratio
    return (6, -ratio) if ratio >= 0.6 else _FAR


def _plain(name: str) -> str:
    """``name`` without what people do not remember: capitals, and what separates words."""
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "")
