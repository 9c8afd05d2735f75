"""Patterns of XML Schema → regular expressions of Python (XSD part 2, appendix F)."""

from __future__ import annotations

import re
from functools import lru_cache

from .pattern_cost import can_be_followed, may_double

_LONGEST = 20_000
_DEEPEST = 50
_LAST = 0x10FFFF

# Characters that stand for themselves in no place, those that do after a backslash, and those that
# mean something in a class of Python.
_SPECIAL = frozenset(".\\?*+()[]{}|")
_ESCAPED = frozenset(".\\?*+()[]{}|-^")
_IN_CLASS = frozenset("\\]^-[&~|")
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}

_QUANTIFIER = re.compile(r"[?*+]|\{[0-9]{1,9}(?:,(?:[0-9]{1,9})?)?\}")
_PROPERTY = re.compile(r"\{([A-Za-z0-9-]+)\}")
_CATEGORY = re.compile("L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?")

# The characters with which a name begins, and all that it may have (XML 1.0, 2.3): in each text,
# two characters are a range.
_INITIAL = (
    "::AZ__az\xc0\xd6\xd8\xf6\xf8\u02ff\u0370\u037d\u037f\u1fff\u200c\u200d\u2070\u218f"
    "\u2c00\u2fef\u3001\ud7ff\uf900\ufdcf\ufdf0\ufffd\U00010000\U000effff"
)
_NAME = f"-.09{_INITIAL}\xb7\xb7\u0300\u036f\u203f\u2040"
# An escape stands for one of these classes, or by a capital letter for all that is not in it.
_CLASSES = {"s": "\t\n\r\r  ", "i": _INITIAL, "c": _NAME}
_Ranges = list[tuple[int, int]]


class PatternError(ValueError):
    """A pattern that is none of XML Schema, or that cannot be translated."""


@lru_cache(maxsize=1000)
def translated(pattern: str) -> str:
    r"""``pattern`` in the syntax of Python's ``re``, for ``fullmatch``.

    Categories of Unicode are left as ``\p{…}`` and ``\P{…}``, within brackets; ``has_categories``
    tells whether there are any.

    Raises:
        PatternError: It is none of XML Schema, is too long or too deep for a translation, or has a
            block that Unicode does not name.
    """
    if len(pattern) > _LONGEST:
        raise PatternError(f"it has more than {_LONGEST:,} characters")
    source = _Translator(pattern).whole()
    try:
        re.compile(_CATEGORIES.sub("a", source))
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"Python does not take it: {error}") from error
    if may_double(source) and not can_be_followed(source):
        raise PatternError("it repeats what has too many parts for a check that ends in time")
    return source


_CATEGORIES = re.compile(r"(?<!\\)((?:\\\\)*)\\[pP]\{[A-Z][a-z]?\}")


def has_categories(translation: str) -> bool:
    """Whether a translated pattern has categories of Unicode, which Python does not know."""
    return _CATEGORIES.search(translation) is not None


class _Translator:
    """Reads one pattern from its beginning to its end."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._position = 0
        self._depth = 0

    def whole(self) -> str:
        """The translation."""
        source = self._alternatives()
        if self._next:
            raise self._error(f"{self._next!r} closes nothing")
        return source

    @property
    def _next(self) -> str:
        """The next character, which was not read; empty at the end."""
        return self._pattern[self._position : self._position + 1]

    def _read(self) -> str:
        found = self._next
        if not found:
            raise self._error("it ends too early")
        self._position += 1
        return found

    def _skip(self, text: str) -> bool:
        """Whether ``text`` is next, which is then read."""
        is_next = self._pattern.startswith(text, self._position)
        self._position += len(text) if is_next else 0
        return is_next

    def _error(self, reason: str) -> PatternError:
        return PatternError(f"{reason} (at character {self._position + 1})")

    def _alternatives(self) -> str:
        branches = [self._branch()]
        while self._skip("|"):
            branches.append(self._branch())
        return "|".join(branches)

    def _branch(self) -> str:
        pieces: list[str] = []
        while self._next not in ("", "|", ")"):
            pieces.append(self._atom() + self._quantifier())
        return "".join(pieces)

    def _quantifier(self) -> str:
        match = _QUANTIFIER.match(self._pattern, self._position)
        if match is None:
            return ""
        self._position = match.end()
        minimum, _, maximum = match[0].strip("{}").partition(",")
        if maximum and int(minimum) > int(maximum):
            raise self._error(f"{match[0]} has more at least than at most")
        return match[0]

    def _atom(self) -> str:
        mark = self._read()
        if mark == "(":
            self._depth += 1
            if self._depth > _DEEPEST:
                raise self._error(f"more than {_DEEPEST} groups are within one another")
            inner = self._alternatives()
            self._depth -= 1
            if not self._skip(")"):
                raise self._error("a group has no end")
            return f"(?:{inner})"
        if mark == "[":
            return self._class()
        if mark == ".":
            return r"[^\n\r]"
        if mark == "\\":
            return self._escape_outside()
        if mark in _SPECIAL:
            raise self._error(f"{mark!r} repeats or closes nothing")
        return _literal(mark)

    def _escape_outside(self) -> str:
        kind = self._read()
        if kind in _CONTROL or kind in _ESCAPED:
            return _literal(_CONTROL.get(kind, kind))
        if kind in "dD":
            return f"\\{kind}"
        return f"[{self._escaped_class(kind)}]"

    # --- classes ---------------------------------------------------------------------------------

    def _class(self) -> str:
        """A class, behind its opening bracket; with what is taken from it, if there is any."""
        negated = self._skip("^")
        parts: list[str] = []
        taken = ""
        while not self._skip("]"):
            if parts and self._skip("-["):
                self._depth += 1
                if self._depth > _DEEPEST:
                    raise self._error(f"more than {_DEEPEST} classes are within one another")
                taken = self._class()
                self._depth -= 1
                if not self._skip("]"):
                    raise self._error("something follows what is taken from a class")
                break
            parts.append(self._member(is_first=not parts))
        if not parts:
            raise self._error("a class is empty")
        found = f"[{'^' if negated else ''}{''.join(parts)}]"
        return f"(?:(?!{taken}){found})" if taken else found

    def _member(self, *, is_first: bool) -> str:
        """A character, a range of characters, or a class that is written by an escape."""
        mark = self._read()
        if mark == "\\":
            kind = self._read()
            if kind not in _CONTROL and kind not in _ESCAPED:
                return f"\\{kind}" if kind in "dD" else self._escaped_class(kind)
            low = _CONTROL.get(kind, kind)
        elif mark == "[":
            raise self._error("'[' is within a class")
        elif mark == "-" and not is_first and self._next != "]":
            raise self._error("'-' is neither first nor last in a class, nor between two others")
        else:
            low = mark
        if self._next != "-" or self._pattern[self._position + 1 : self._position + 2] in (
            "]",
            "[",
        ):
            return _in_class(low)
        self._read()
        high = self._read()
        if high == "\\":
            kind = self._read()
            if kind not in _CONTROL and kind not in _ESCAPED:
                raise self._error("a range ends with a class")
            high = _CONTROL.get(kind, kind)
        if low > high:
            raise self._error(f"the range {low}-{high} has no characters")
        return f"{_in_class(low)}-{_in_class(high)}"

    def _escaped_class(self, kind: str) -> str:
        """What is within the brackets of a class that an escape stands for."""
        if kind == "w":
            return r"\p{L}\p{M}\p{N}\p{S}"
        if kind == "W":
            return r"\p{P}\p{Z}\p{C}"
        if kind.lower() in _CLASSES:
            return _joined(_pairs(_CLASSES[kind.lower()]), is_in=kind.islower())
        if kind not in "pP":
            raise self._error(f"\\{kind} stands for nothing")
        match = _PROPERTY.match(self._pattern, self._position)
        if match is None:
            raise self._error(f"\\{kind} has no name in braces")
        self._position = match.end()
        if _CATEGORY.fullmatch(match[1]):
            return f"\\{kind}{match[0]}"
        if not match[1].startswith("Is"):
            raise self._error(f"there is no category {match[1]} of Unicode")
        return _joined(self._block(match[1]), is_in=kind == "p")

    def _block(self, name: str) -> _Ranges:
        """The characters of a block of Unicode."""
        # What loads it takes a tenth of a second, and few patterns have blocks.
        from elementpath.regex import RegexError, unicode_subset

        try:
            found = unicode_subset(name).codepoints
        except (RegexError, KeyError) as error:
            raise self._error(f"there is no block {name} of Unicode") from error
        return [
            (part[0], part[1] - 1) if isinstance(part, tuple) else (part, part) for part in found
        ]


def _pairs(text: str) -> _Ranges:
    """The ranges that each two characters of ``text`` are, in order."""
    return sorted(zip(map(ord, text[::2]), map(ord, text[1::2]), strict=True))


def _joined(ranges: _Ranges, *, is_in: bool) -> str:
    """The characters in ``ranges``, or all others, within the brackets of a class."""
    found: list[str] = []
    start = 0
    for low, high in ranges:
        if is_in:
            found.append(_range(low, high))
        elif low > start:
            found.append(_range(start, low - 1))
        start = high + 1
    if not is_in and start <= _LAST:
        found.append(_range(start, _LAST))
    return "".join(found)


def _range(low: int, high: int) -> str:
    first, last = _in_class(chr(low)), _in_class(chr(high))
    return first if low == high else f"{first}{last}" if high == low + 1 else f"{first}-{last}"


def _in_class(mark: str) -> str:
    return f"\\{mark}" if mark in _IN_CLASS else _visible(mark, "")


def _literal(mark: str) -> str:
    return _visible(mark, re.escape(mark) if mark in "$^" or mark in _SPECIAL else mark)


def _visible(mark: str, shown: str) -> str:
    """``mark``, by its number where it is not printable."""
    if mark.isprintable():
        return shown or mark
    named = {value: f"\\{name}" for name, value in _CONTROL.items()}
    return named.get(mark) or (f"\\u{ord(mark):04x}" if mark <= "\uffff" else f"\\U{ord(mark):08x}")
