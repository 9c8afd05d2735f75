"""Patterns in XML Schema's own syntax → expressions (XSD part 2, appendix F)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from elementpath.regex import RegexError, unicode_subset

from .expressions import LAST, Characters, Expression, Range, either, repeat, sequence

_LONGEST = 20_000
_DEEPEST = 50
_QUANTIFIER = re.compile(r"\{(?P<minimum>[0-9]{1,9})(?P<comma>,(?P<maximum>[0-9]{1,9})?)?\}")
_PROPERTY = re.compile(r"\{([A-Za-z0-9-]+)\}")
_SIGNS = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_SINGLE = {"n": "\n", "r": "\r", "t": "\t", **{sign: sign for sign in "\\|.?*+(){}-[]^$"}}

# Those with which names begin, and those in them. What is beyond the first plane is left out: not
# all validators know that names may have it.
_INITIAL = (
    ":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_IN_NAMES = f"-.0-9\u00b7{_INITIAL}\u0300-\u036f\u203f-\u2040"


class PatternError(ValueError):
    """A pattern that is not one of XML Schema, or is too large."""


@lru_cache(maxsize=500)
def parsed(pattern: str) -> Expression:
    """The expression of ``pattern``.

    Raises:
        PatternError: It is not one of XML Schema, has more than 20,000 characters, or more than 50
            groups within one another.
    """
    if len(pattern) > _LONGEST:
        raise PatternError(f"it has more than {_LONGEST:,} characters")
    try:
        return _Parser(pattern).expression()
    except IndexError:
        raise PatternError("it ends too early") from None


class _Parser:
    """Reads one pattern from its beginning to its end."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._position = 0
        self._depth = 0
        self._known: dict[tuple[Range, ...], Characters] = {}

    def expression(self) -> Expression:
        """The whole pattern."""
        read = self._branches()
        if self._position < len(self._pattern):
            raise self._wrong()
        return read

    def _branches(self) -> Expression:
        """``regExp``: branches, with ``|`` between them."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise PatternError(f"it has more than {_DEEPEST} groups within one another")
        branches = [self._branch()]
        while self._skipped("|"):
            branches.append(self._branch())
        self._depth -= 1
        return either(branches)

    def _branch(self) -> Expression:
        pieces: list[Expression] = []
        while self._position < len(self._pattern) and self._next() not in "|)":
            atom = self._atom()
            minimum, maximum = self._quantifier()
            pieces.append(repeat(atom, minimum, maximum))
        return sequence(pieces)

    def _atom(self) -> Expression:
        sign = self._take()
        if sign == "(":
            inner = self._branches()
            if not self._skipped(")"):
                raise self._wrong()
            return inner
        if sign == "[":
            return self._characters(self._class())
        if sign == "\\":
            return self._characters(self._escape())
        if sign == ".":
            return self._characters(_without([(0, LAST)], _ranges("\n\r")))
        if sign in "?*+{}]":
            self._position -= 1
            raise self._wrong()
        return self._characters(_ranges(sign))

    def _quantifier(self) -> tuple[int, int | None]:
        if self._position == len(self._pattern):
            return 1, 1
        if self._next() in _SIGNS:
            return _SIGNS[self._take()]
        if self._next() != "{":
            return 1, 1
        found = _QUANTIFIER.match(self._pattern, self._position)
        if found is None:
            raise self._wrong()
        self._position = found.end()
        minimum = int(found["minimum"])
        if not found["comma"]:
            return minimum, minimum
        maximum = int(found["maximum"]) if found["maximum"] else None
        if maximum is not None and maximum < minimum:
            raise self._wrong()
        return minimum, maximum

    def _class(self) -> list[Range]:
        """A character class behind its ``[``: characters, without those of a class in it."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise PatternError(f"it has more than {_DEEPEST} groups within one another")
        is_excluding = self._skipped("^")
        ranges: list[Range] = []
        while not ranges or self._next() != "]":
            if ranges and self._pattern.startswith("-[", self._position):
                self._position += 2
                excluded = self._class()
                if self._next() != "]":
                    raise self._wrong()
                kept = _without([(0, LAST)], ranges) if is_excluding else ranges
                self._position += 1
                self._depth -= 1
                return _without(kept, excluded)
            ranges += self._characters_or_range()
        self._position += 1
        self._depth -= 1
        return _without([(0, LAST)], ranges) if is_excluding else ranges

    def _characters_or_range(self) -> list[Range]:
        """A character of a class, a range of them, or an escape for several."""
        sign = self._take()
        if sign in "[]":
            raise self._wrong()
        first = self._escape() if sign == "\\" else _ranges(sign)
        is_single = len(first) == 1 and first[0][0] == first[0][1]
        if not is_single or self._next() != "-" or self._pattern[self._position + 1] in "[]":
            return first
        self._position += 1
        sign = self._take()
        last = self._escape() if sign == "\\" else _ranges(sign)
        if len(last) != 1 or last[0][0] != last[0][1] or last[0][0] < first[0][0]:
            raise self._wrong()
        return [(first[0][0], last[0][0])]

    def _escape(self) -> list[Range]:
        """The characters of an escape, behind its backslash."""
        sign = self._take()
        if sign in _SINGLE:
            return _ranges(_SINGLE[sign])
        if sign.lower() not in "sicdwp":
            raise self._wrong()
        if sign in "pP":
            found = _PROPERTY.match(self._pattern, self._position)
            if found is None:
                raise self._wrong()
            self._position = found.end()
            several = _property(found[1])
        else:
            several = _several(sign.lower())
        return _without([(0, LAST)], several) if sign.isupper() else several

    def _characters(self, ranges: Iterable[Range]) -> Characters:
        """The same object for the same characters: they are compared by identity."""
        joined = tuple(_joined(ranges))
        return self._known.setdefault(joined, Characters(joined))

    def _next(self) -> str:
        return self._pattern[self._position]

    def _take(self) -> str:
        self._position += 1
        return self._pattern[self._position - 1]

    def _skipped(self, sign: str) -> bool:
        """Whether ``sign`` is next; it is then behind."""
        found = self._pattern.startswith(sign, self._position)
        self._position += found
        return found

    def _wrong(self) -> PatternError:
        return PatternError(f"its character {self._position + 1} is not allowed there")


@cache  # five letters
def _several(letter: str) -> list[Range]:
    """The characters of an escape for several, by its small ``letter``."""
    match letter:
        case "s":
            return _ranges(" \t\n\r")
        case "i":
            return _ranges(_INITIAL)
        case "c":
            return _ranges(_IN_NAMES)
        case "d":
            return _property("Nd")
        case _:
            others = [found for name in "PZC" for found in _property(name)]
            return _without([(0, LAST)], others)


def _property(name: str) -> list[Range]:
    """The characters of a Unicode category, or of a block, whose name begins with ``Is``."""
    try:
        points = unicode_subset(name).codepoints
    except RegexError:
        raise PatternError(f"it names {name!r}, which is no category or block") from None
    return [(item, item) if isinstance(item, int) else (item[0], item[1] - 1) for item in points]


def _ranges(text: str) -> list[Range]:
    """Characters, and ranges of them with ``-`` between the first and the last."""
    found = re.findall(r"(.)-(.)|(.)", text, re.DOTALL)
    return [(ord(first or one), ord(last or one)) for first, last, one in found]


def _joined(ranges: Iterable[Range]) -> list[Range]:
    """``ranges`` in order, with those that touch as one."""
    joined: list[Range] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _without(ranges: Iterable[Range], excluded: Iterable[Range]) -> list[Range]:
    """What is in ``ranges`` and not in ``excluded``."""
    left: list[Range] = []
    holes = _joined(excluded)
    for first, last in _joined(ranges):
        for hole_first, hole_last in holes:
            if hole_last < first or hole_first > last:
                continue
            if hole_first > first:
                left.append((first, hole_first - 1))
            first = hole_last + 1
        if first <= last:
            left.append((first, last))
    return left
