"""Several expressions → texts that match all of them, shortest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import count

from .expressions import ENDLESS, Characters, Expression, Reader, first_of

_STEPS = 150_000
_LONGEST = 1_000
_PREFERRED = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@+,=()!?*;'#$%&<>[]{}"
)
_RANKS = {ord(character): rank for rank, character in enumerate(_PREFERRED)}


def matches(expressions: Sequence[Expression], text: str) -> bool:
    """Whether ``text`` matches all of ``expressions``; not, if that would take too long to tell."""
    reader = Reader(_STEPS + 10 * len(text))
    return all(reader.matches(expression, text) for expression in expressions)


def searcher() -> Reader:
    """A reader for all searches for one value, which take a second or two at most."""
    return Reader(_STEPS)


def matching(
    reader: Reader, expressions: Sequence[Expression], guide: str = "", *, each: int = 1
) -> Iterator[str]:
    """Texts that match all of ``expressions``, shortest first, as long as ``reader`` reads.

    Args:
        reader: Takes characters off the expressions.
        expressions: What they have to match.
        guide: A text that the others differ from in as few places as possible; none if empty.
        each: How many beginnings of texts are followed of those that go on in the same way. One
            is enough to find a text; more of them find more texts.
    """
    order = count()
    visited: Counter[tuple[Expression, ...]] = Counter()
    known: dict[frozenset[Characters], list[int]] = {}
    start = tuple(expressions)
    # What is best is first: few differences from the guide, what is longer included, then short
    # texts, then long beginnings of these.
    waiting = [(0, _shortest(start), 0, next(order), 0, start, "")]
    while waiting and not reader.is_exhausted:
        _, length, _, _, different, rests, text = heappop(waiting)
        if length > _LONGEST or visited[rests] >= each:
            continue
        visited[rests] += 1
        if length == len(text):
            yield text
        classes = [frozenset(first_of(rest)) for rest in rests]
        every = frozenset().union(*classes)
        wanted = ord(guide[len(text)]) if len(text) < len(guide) else None
        if every not in known:
            known[every] = _different(every)
        codes = known[every]
        if wanted is not None:
            codes = [wanted, *(code for code in codes if code != wanted)]
        for code in codes:
            if not all(any(one.has(code) for one in each_of) for each_of in classes):
                continue
            after = tuple(reader.after(rest, code) for rest in rests)
            shortest = _shortest(after)
            if shortest >= ENDLESS:
                continue
            differs = different + (wanted is not None and code != wanted)
            longer = text + chr(code)
            total = len(longer) + shortest
            distance = differs + max(total - len(guide), 0) if guide else 0
            entry = (distance, total, -len(longer), next(order), differs, after, longer)
            heappush(waiting, entry)


def _shortest(rests: tuple[Expression, ...]) -> int:
    return max(rest.shortest for rest in rests)


def _different(classes: frozenset[Characters]) -> list[int]:
    """A character for each way of being in some of ``classes`` and not in others, best first."""
    candidates = set(_RANKS)
    for one in classes:
        for first, last in one.ranges:
            candidates |= {first, last + 1}
    found: dict[tuple[bool, ...], int] = {}
    for code in sorted(candidates, key=_rank):
        found.setdefault(tuple(one.has(code) for one in classes), code)
    return sorted(found.values(), key=_rank)


def _rank(code: int) -> tuple[int, int]:
    """Plain characters before others, and those that are easily overlooked last."""
    is_hidden = code <= 0x20 or 0x7F <= code <= 0xA0
    return _RANKS.get(code, len(_RANKS) + is_hidden), code
