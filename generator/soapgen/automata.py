r"""Patterns that are held to a text in time that grows with it; copied into packages.

Python's ``re`` goes back and tries another way where one fails. For a pattern with two ways to go
round, such as ``(a+)+``, that takes a time which doubles with each character of a text. Here each
character of a pattern is a state: all that a text can be in are followed at once, and none twice.

The syntax is that part of Python's which patterns of XML Schema are translated to: characters and
classes, groups that capture nothing, alternatives, greedy quantifiers, and before a class a
lookahead for one of its characters that is not in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import product

_SET = r"\[\^?(?:\\.|[^\\\]])+\]"
_TOKEN = re.compile(
    r"(?P<group>\(\?:(?!\(\?!))|(?P<less>\(\?:\(\?!)|(?P<end>\))|(?P<or>\|)"
    r"|(?P<count>[?*+]|\{[0-9,]+\})"
    rf"|(?P<one>{_SET}|\\(?:u[0-9a-fA-F]{{4}}|U[0-9a-fA-F]{{8}}|.)|[^()\[\]\\|?*+{{])",
    re.DOTALL,
)
_PIECE = re.compile(rf"{_SET}|\\.|.", re.DOTALL)
_DEPTHS = {"(": 1, ")": -1}


class TooManySteps(ValueError):
    """A pattern has more steps between its states than are wanted."""


@dataclass(slots=True)
class _Part:
    """A part of a pattern.

    Attributes:
        first: The states of its first characters.
        last: The states of its last ones.
        is_empty: Whether it matches no character, too.
    """

    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    is_empty: bool = True


class Automaton:
    """A pattern, whose characters are states.

    Args:
        pattern: The pattern.
        most_copies: The count from which on a repetition is taken for one of any number; None for
            none.
        most_steps: How many steps, and states, it may have; None for any number.

    Attributes:
        characters: The pattern of the character of each state.
        steps: For each step from one state to another, in how many ways the pattern allows it.

    Raises:
        TooManySteps: It has more steps or states.
    """

    def __init__(
        self, pattern: str, most_copies: int | None = None, most_steps: int | None = None
    ) -> None:
        self.pattern = pattern
        self.characters: list[str] = []
        self.steps: Counter[tuple[int, int]] = Counter()
        self._most_copies = most_copies
        self._most_steps = most_steps
        self._tokens = _tokens(pattern)
        self._position = 0
        self._whole = self._alternatives()
        self._next: dict[int, list[int]] = {}
        for state, then in self.steps:
            self._next.setdefault(state, []).append(then)

    def fullmatch(self, text: str) -> bool:
        """Whether the pattern matches all of ``text``."""
        if not text:
            return self._whole.is_empty
        is_in = [_character(source) for source in self.characters]
        reached = set(self._whole.first)
        current: list[int] = []
        for mark in text:
            current = [state for state in reached if is_in[state](mark)]
            reached = {then for state in current for then in self._next.get(state, ())}
        return not set(current).isdisjoint(self._whole.last)

    # --- reading ---------------------------------------------------------------------------------

    def _is_next(self, *kinds: str) -> bool:
        return self._position < len(self._tokens) and self._tokens[self._position][0] in kinds

    def _alternatives(self) -> _Part:
        whole = self._branch()
        while self._is_next("or"):
            self._position += 1
            branch = self._branch()
            is_empty = whole.is_empty or branch.is_empty
            whole = _Part(whole.first + branch.first, whole.last + branch.last, is_empty)
        return whole

    def _branch(self) -> _Part:
        whole = _Part()
        while self._is_next("group", "one"):
            whole = self._joined(whole, self._repeated())
        return whole

    def _repeated(self) -> _Part:
        start = self._position
        part = self._atom()
        if not self._is_next("count"):
            return part
        if not part.first:  # it is empty, however often it is repeated
            self._position += 1
            return part
        least, most = _counts(self._tokens[self._position][1])
        end = self._position + 1
        many = self._most_copies
        if many is not None and (least > many or (most is not None and most > many)):
            least, most = min(least, 1), None
        copies = [part]
        while len(copies) < (max(least, 1) if most is None else most):
            self._position = start
            copies.append(self._atom())
        self._position = end
        if most is None:
            self._step(copies[-1].last, copies[-1].first)
        whole = _Part()
        for number, copy in enumerate(copies if most != 0 else ()):
            copy.is_empty = copy.is_empty or number >= least
            whole = self._joined(whole, copy)
        return whole

    def _atom(self) -> _Part:
        kind, text = self._tokens[self._position]
        self._position += 1
        if kind == "group":
            inner = self._alternatives()
            self._position += 1  # its end
            return inner
        self.characters.append(text)
        self._require_few(len(self.characters))
        state = len(self.characters) - 1
        return _Part([state], [state], is_empty=False)

    def _joined(self, one: _Part, other: _Part) -> _Part:
        self._step(one.last, other.first)
        return _Part(
            one.first + (other.first if one.is_empty else []),
            other.last + (one.last if other.is_empty else []),
            one.is_empty and other.is_empty,
        )

    def _step(self, states: list[int], then: list[int]) -> None:
        self._require_few(len(self.steps) + len(states) * len(then))
        self.steps.update(product(states, then))

    def _require_few(self, steps: int) -> None:
        if self._most_steps is not None and steps > self._most_steps:
            raise TooManySteps(self.pattern)


def _tokens(pattern: str) -> list[tuple[str, str]]:
    """The pieces of ``pattern``, each with what it is.

    A class with the lookahead for what is not in it is one piece.
    """
    found: list[tuple[str, str]] = []
    position = 0
    while match := _TOKEN.match(pattern, position):
        kind, position = str(match.lastgroup), match.end()
        depth = 2 if kind == "less" else 0
        while depth:
            piece = _PIECE.match(pattern, position)
            assert piece is not None, "what is open is closed"
            depth += _DEPTHS.get(piece[0], 0)
            position = piece.end()
        found.append(("one" if kind == "less" else kind, pattern[match.start() : position]))
    assert position == len(pattern), "it is a translation"
    return found


def _counts(text: str) -> tuple[int, int | None]:
    """How often a quantifier repeats, at least and at most; None for any number."""
    if text in ("?", "*", "+"):
        return int(text == "+"), 1 if text == "?" else None
    least, comma, most = text.strip("{}").partition(",")
    return int(least), int(most) if most else None if comma else int(least)


@cache
def _character(source: str) -> Callable[[str], object]:
    """Whether a character is one of those that ``source`` matches."""
    return re.compile(source, re.DOTALL).fullmatch
