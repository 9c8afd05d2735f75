"""Rendered text → the same, unless a text of the contract has become code in it.

Each module is rendered twice: from the plan, and from the same plan with marks in place of all
texts of the contract. A mark is nothing that Python knows: where it is not within a string or a
comment, the module is no Python. The two modules must be the same program, except in strings.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

from ..errors import GuardError, Place
from ..plan import Family, constant_sources

_T = TypeVar("_T")

# A mark for each character. It is part of no name or operator, and ends no string. Those for what
# is not printable are in source as long as what they stand for in names that XML allows.
_MARK, _ESCAPED, _LONG_ESCAPED = "¤", "\ufff9", "\U000e0001"
_MARKS = {_MARK, _ESCAPED, _LONG_ESCAPED}

# What is between the names in an annotation, or in the name of a constant.
_BETWEEN = re.compile(r"[.\[\], |]+")

# What makes Python read a file in another encoding (PEP 263).
_COOKIE = re.compile(rb"\A(?:[ \t\f]*#?[^\n]*\n)?[ \t\f]*#.*?coding[:=]")

_HINT = "nothing was written"


def harmless(plan: Family) -> Family:
    """``plan`` with marks in place of the texts of the contract.

    Raises:
        GuardError: What the plan says is a name, an annotation or a default is none.
    """
    return _masked(plan, False, {})


def require_same(text: str, expected: str, path: str, first: int = 1) -> None:
    """Check that ``text`` is the program ``expected``, which has marks for texts of the contract.

    Args:
        text: A module, as it will be written.
        expected: The same module, rendered from the harmless plan.
        path: Its path, for the message.
        first: The line of the file with which ``text`` begins.

    Raises:
        GuardError: It is another program, or none.
    """
    if text == expected:
        return
    require_utf8(text, path)
    if text.partition("\n")[2] == expected.partition("\n")[2]:
        # Only the comment with the source differs: the rest, maybe the runtime, needs no look.
        text, expected = text.partition("\n")[0], expected.partition("\n")[0]
    line = _first_difference(parsed(text, path), parsed(expected, path))
    if line is not None:
        raise _error("a text of the contract would become code", path, first + line - 1)


def require_known(names: Iterable[str], module: ast.Module, path: str) -> None:
    """Check that ``names`` are Python's own, or bound somewhere in ``module``.

    Args:
        names: The names that the module uses, without those that it gets from elsewhere.
        module: The tree of the module.
        path: Its path, for the message.

    Raises:
        GuardError: A name is neither.
    """
    unknown = {*names} - vars(builtins).keys()
    if unknown:
        unknown -= {*_bound(module)}
    if unknown:
        raise _error(f"nothing defines {min(unknown)}, which the module uses", path)


def _bound(module: ast.Module) -> Iterator[str]:
    """The names that ``module`` binds in any way, at any depth."""
    for node in ast.walk(module):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.alias(name=name, asname=other):
                yield other or name.partition(".")[0]
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.ExceptHandler(name=str(name)):
                yield name


def require_utf8(text: str, path: str) -> None:
    """Check that Python reads ``text`` in UTF-8: that no comment names another encoding."""
    if _COOKIE.match(text[:10_000].encode()):
        raise _error("a comment would change the encoding of the module", path, 1)


def _masked(value: _T, is_source: bool, done: dict[int, Any]) -> _T:
    """``value``, or the part of a plan in it, with marks in place of texts."""
    found: Any = value
    if type(found) is str:
        if not is_source:
            found = _marks(found)
        elif not _is_source(found):
            raise _error("a name of the plan is not one", found)
    elif isinstance(value, tuple | frozenset):
        found = type(value)(_masked(item, is_source, done) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        if id(value) not in done:
            parts = {
                name: _masked(getattr(value, name), source, done)
                for name, source in _fields(type(value)).items()
            }
            done[id(value)] = type(value)(**parts)
        found = done[id(value)]
    result: _T = found
    return result


@cache
def _fields(kind: Any) -> Mapping[str, bool]:
    """The fields of a class of the plan, and whether they are source."""
    return {field.name: "Source" in str(field.type) for field in fields(kind)}


@cache
def _is_source(text: str) -> bool:
    """Whether ``text`` consists of names, or is the same for every contract."""
    parts = filter(None, _BETWEEN.split(text))
    return text in constant_sources() or all(
        part.isidentifier() or part.isdecimal() for part in parts
    )


def _marks(text: str) -> str:
    if text.isprintable():
        return _MARK * len(text)
    return "".join(
        _MARK if mark.isprintable() else _ESCAPED if mark <= "\uffff" else _LONG_ESCAPED
        for mark in text
    )


def parsed(text: str, path: str) -> ast.Module:
    """The tree of ``text``, the module at ``path``.

    Raises:
        GuardError: It is not Python.
    """
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError) as error:  # a ValueError for a null character
        line = getattr(error, "lineno", None)
        raise _error("the generated module is not Python", path, line) from error


def _first_difference(found: ast.AST, expected: ast.AST) -> int | None:
    """The line in ``found`` where the two trees differ in more than strings; None if nowhere."""
    line = 1
    pairs: list[tuple[Any, Any]] = [(found, expected)]
    while pairs:
        one, other = pairs.pop()
        if one.__class__ is not other.__class__:
            return line
        if isinstance(one, ast.Constant):
            if not _are_alike(one.value, other.value):
                return line
        elif isinstance(one, ast.AST):
            line = getattr(one, "lineno", line)
            # Python has each name only once: most parts are the same object, and need no look.
            pairs += [
                (part, as_expected)
                for name in one._fields
                if (part := getattr(one, name)) is not (as_expected := getattr(other, name))
            ]
        elif isinstance(one, list):
            if len(one) != len(other):
                return line
            pairs += zip(one, other, strict=True)
        elif one != other:
            return line
    return None


def _are_alike(value: object, expected: object) -> bool:
    """Whether a constant is the expected one, or a string where there is a text of the contract."""
    if isinstance(value, str) and isinstance(expected, str):
        return value == expected or not _MARKS.isdisjoint(expected)
    return value.__class__ is expected.__class__ and value == expected


def _error(message: str, place: str, line: int | None = None) -> GuardError:
    return GuardError(message, place=Place(place, line), hint=_HINT)
