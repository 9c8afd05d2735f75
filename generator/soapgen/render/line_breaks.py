"""Rendered text → the same text with its long lines broken where black breaks them.

Black formats every module in the end, and needs a second pass if it changes anything. A template
therefore writes each statement on one line, however long, and this module breaks the line as black
would: at the last brackets, then at the commas between them. A line that it does not recognise
stays as it is; black breaks it, and needs the second pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .literals import LINE_LENGTH

_STRING = re.compile(r"""[rfbu]*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
_MANY_BLANKS = re.compile("\n{4,}")
_FUNCTION = ("def ", "async def ")
_CLAUSE = re.compile(r"(?<= )(?=(?:for|if) )")


def laid_out(source: str) -> str:
    """``source`` with its long lines broken, except between triple quotes."""
    lines: list[str] = []
    in_docstring = False
    for line in source.split("\n"):
        if in_docstring or len(line) <= LINE_LENGTH or '"""' in line:
            lines.append(line)
        else:
            lines += _broken(line)
        if line.count('"""') % 2:
            in_docstring = not in_docstring
    return _MANY_BLANKS.sub("\n\n\n", "\n".join(lines)).rstrip("\n") + "\n"


def _broken(line: str) -> Iterator[str]:
    """``line`` in as many lines as it takes."""
    pairs = list(_pairs(line)) if len(line) > LINE_LENGTH else []
    if not pairs:
        yield line
        return
    # For a function the brackets around its parameters, for anything else the last brackets.
    is_function = line.lstrip().startswith(_FUNCTION)
    start, end = pairs[0 if is_function else -1]
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    body = line[start + 1 : end]
    yield line[: start + 1]
    parts, strings = _parts(body), _strings(body)
    if is_function and len(parts) == 1:
        yield f"{indent}{body},"
    elif len(indent + body) <= LINE_LENGTH and not strings and not _is_display(line, start, parts):
        yield indent + body
    elif pieces := strings or _clauses(body):
        yield from (indent + piece for piece in pieces)
    else:
        # A tuple of one item has a comma, behind which there is nothing.
        for part in filter(None, parts):
            yield from _element(indent, part, "," if len(parts) > 1 else "")
    yield indent[:-4] + line[end:]


def _is_display(line: str, start: int, parts: list[str]) -> bool:
    """Whether the brackets at ``start`` are those of a tuple, list or dictionary of ``parts``.

    Once it is broken, each part has a line of its own, as those of a call do not.
    """
    before = line[:start][-1:]
    return len(parts) > 1 and not (before.isalnum() or before in {"_", ")", "]", "}"})


def _element(indent: str, part: str, comma: str) -> Iterator[str]:
    """``part``, one of several between brackets, on lines of its own, with ``comma`` at the end."""
    strings = _strings(part)
    if strings:
        yield from (indent + string for string in strings[:-1])
        yield f"{indent}{strings[-1]}{comma}"
    else:
        yield from _broken(f"{indent}{part}{comma}")


def _pairs(line: str) -> Iterator[tuple[int, int]]:
    """The positions of the outermost pairs of brackets that are not empty."""
    depth = start = 0
    for position, mark in _marks(line):
        if mark in "([{":
            if not depth:
                start = position
            depth += 1
        elif mark in ")]}":
            depth -= 1
            if not depth and position > start + 1:
                yield start, position


def _parts(body: str) -> list[str]:
    """``body`` split at its commas, except at those within brackets or strings."""
    parts: list[str] = []
    depth = start = 0
    for position, mark in _marks(body):
        if mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth -= 1
        elif mark == "," and not depth:
            parts.append(body[start:position].strip())
            start = position + 1
    return [*parts, body[start:].strip()]


def _strings(body: str) -> list[str]:
    """The string literals in ``body``, if it consists of two or more and nothing else."""
    strings = [match.group() for match in _STRING.finditer(body)]
    return strings if len(strings) > 1 and " ".join(strings) == body else []


def _clauses(body: str) -> list[str]:
    """The clauses of a comprehension, if ``body`` is one."""
    if len(_parts(body)) > 1:
        return []
    outside = _outside(body)
    starts = [match.start() for match in _CLAUSE.finditer(outside)]
    if not any(outside.startswith("for ", start) for start in starts):
        return []
    bounds = zip([0, *starts], [*starts, len(body)], strict=True)
    return [body[start:end].rstrip() for start, end in bounds]


def _outside(body: str) -> str:
    """``body`` with a dot for each character within strings or brackets."""
    marks = list(_STRING.sub(lambda string: "." * len(string[0]), body))
    depth = 0
    for position, mark in enumerate(marks):
        depth -= mark in ")]}"
        if depth:
            marks[position] = "."
        depth += mark in "([{"
    return "".join(marks)


def _marks(line: str) -> Iterator[tuple[int, str]]:
    """The brackets and commas of ``line`` outside of strings, with their positions."""
    position = 0
    while position < len(line):
        mark = line[position]
        if mark in "\"'" and (string := _STRING.match(line, position)):
            position = string.end()
            continue
        if mark in "()[]{},":
            yield position, mark
        position += 1
