r"""Translated patterns → may trying them take a time that doubles with each character?

It does where a text can go round in two ways, as in ``(a+)+``: with each round the number of ways
doubles, and Python's ``re`` tries them all. Two ways are found in the automaton of the pattern: two
different ways by one text that begin in one state and end in it (Weber and Seidl, 1991).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from itertools import product
from typing import TypeVar
from unicodedata import category

from ..automata import Automaton, TooManySteps

Node = TypeVar("Node")

# From this count on, a repetition is taken for one of any number.
_MOST_COPIES = 6

# A circle with more states, or a pattern with more steps, is not looked at: it may double.
_MOST_STATES, _MOST_STEPS = 40, 500

# The largest automaton that is followed instead of what Python tries.
_MOST_FOLLOWED = 20_000

# What repeats more than a character.
_REPEATED_GROUP = re.compile(r"\)[*+{]")

_PROPERTY = re.compile(r"\\\\|\\(?P<kind>[pP])\{(?P<name>\w+)\}")

# Characters of each kind that classes tell apart.
_KINDS = (
    "\t\n\r aZ5_-.:!\x00\x7f\u0660\xe9\xc9\u01c5\u02b0\u4e00\u0301\u0903\u20dd\u2160\xb2\u203f"
    "(\xbb\xab)$+^\xa6\u2028\u2029\xad\ue000\U0001f600\U00020000"
)


def may_double(pattern: str) -> bool:
    """Whether a text may take a time that doubles with each character to be held to ``pattern``.

    Args:
        pattern: A translation of :func:`soapgen.contract.patterns.translated`.
    """
    if _REPEATED_GROUP.search(pattern) is None:
        return False
    try:
        automaton = Automaton(pattern, _MOST_COPIES, _MOST_STEPS)
    except TooManySteps:
        return True
    next_to: dict[int, set[int]] = {}
    for state, then in automaton.steps:
        next_to.setdefault(state, set()).add(then)
    reached = {state: _reached([state], next_to) for state in next_to}
    # The states of one circle lead to one another.
    circles = {
        frozenset(then for then in found if state in reached.get(then, ()))
        for state, found in reached.items()
        if state in found
    }
    if any(len(circle) > _MOST_STATES for circle in circles):
        return True
    states = frozenset().union(*circles)
    marks = sorted({*_KINDS, *(near for mark in pattern for near in _near(mark))})
    sets = {state: _marks_of(automaton.characters[state], marks) for state in states}
    return any(_goes_two_ways(circle, automaton, next_to, sets) for circle in circles)


def can_be_followed(pattern: str) -> bool:
    """Whether the automaton of a translated pattern is small enough to be used."""
    try:
        Automaton(pattern, most_steps=_MOST_FOLLOWED)
    except TooManySteps:
        return False
    return True


def _goes_two_ways(
    circle: Set[int],
    automaton: Automaton,
    next_to: Mapping[int, Set[int]],
    sets: Mapping[int, Set[str]],
) -> bool:
    """Whether two different ways through ``circle`` begin and end in one state."""
    if any(ways > 1 and circle >= set(step) for step, ways in automaton.steps.items()):
        return True
    pairs: dict[tuple[int, int], set[tuple[int, int]]] = {}
    back: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for one, other in product(circle, circle):
        for after in product(next_to[one] & circle, next_to[other] & circle):
            if not sets[after[0]].isdisjoint(sets[after[1]]):
                pairs.setdefault((one, other), set()).add(after)
                back.setdefault(after, set()).add((one, other))
    same = [(state, state) for state in circle]
    forwards, backwards = _reached(same, pairs), _reached(same, back)
    return any(one != other for one, other in forwards & backwards)


def _reached(nodes: Iterable[Node], next_to: Mapping[Node, Set[Node]]) -> set[Node]:
    """What ``nodes`` lead to in one step or more."""
    found: set[Node] = set()
    waiting = [*nodes]
    while waiting:
        new = next_to.get(waiting.pop(), frozenset()) - found
        found |= new
        waiting += new
    return found


def _marks_of(source: str, marks: list[str]) -> frozenset[str]:
    """Those of ``marks`` that the pattern ``source`` of one character matches."""

    def expanded(match: re.Match[str]) -> str:
        if match["kind"] is None:
            return match[0]
        is_in = match["kind"] == "p"
        found = (mark for mark in marks if category(mark).startswith(match["name"]) == is_in)
        return "".join(map(re.escape, found)) or "\U0010ffff"

    is_in = re.compile(_PROPERTY.sub(expanded, source), re.DOTALL).fullmatch
    return frozenset(filter(is_in, marks))


def _near(mark: str) -> Iterable[str]:
    """``mark`` and the characters before and after it."""
    return (chr(code) for code in range(max(0, ord(mark) - 1), min(0x10FFFF, ord(mark) + 1) + 1))
