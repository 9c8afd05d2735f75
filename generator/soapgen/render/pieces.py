"""A long module → pieces of it that black formats, and the guard looks at, one by one; and back.

Black and Python's parser take memory in proportion to a text, a hundred times as much. In pieces
it is no more for a contract of thousands of types than for one of ten, and several processes work
at a module that is longer than all the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from .modules import OutputFile

SIZE = 50_000
"""How many characters a piece has at least, unless it is the last one."""

# Two blank lines, as templates write them before each definition, and black does too.
_BLANK = "\n\n\n"
_DEFINITION = re.compile(_BLANK + r"(?=((?:async def |def |class )\w+|@))")


class _Cut(NamedTuple):
    """A place between two definitions: where it is, and how the second of them begins."""

    position: int
    definition: str


def pieces(file: OutputFile) -> list[OutputFile]:
    """``file`` in pieces, each a module of its own; one piece if it is short.

    Python reads a module statement by statement: that each piece is the program that the harmless
    one is says the same of the whole. Where the two are not cut at the same definitions, the file
    stays whole.
    """
    if len(file.text) < 2 * SIZE:
        return [file]
    cuts, harmless = [*_cuts(file.text)], [*_cuts(file.harmless)]
    if [cut.definition for cut in cuts] != [cut.definition for cut in harmless]:
        return [file]
    found: list[OutputFile] = []
    start = harmless_start = 0
    line = file.line
    for cut, harmless_cut in zip(cuts, harmless, strict=True):
        if cut.position - start < SIZE:
            continue
        text = file.text[start : cut.position] + "\n"
        expected = file.harmless[harmless_start : harmless_cut.position] + "\n"
        found.append(replace(file, text=text, harmless=expected, line=line))
        start, harmless_start = (item.position + len(_BLANK) for item in (cut, harmless_cut))
        line += text.count("\n") + len(_BLANK) - 1
    rest = replace(file, text=file.text[start:], harmless=file.harmless[harmless_start:], line=line)
    return [*found, rest]


def joined(texts: Iterable[str]) -> str:
    """The text of a module whose pieces, each as black formats it, are ``texts``."""
    return _BLANK[1:].join(texts)


def _cuts(text: str) -> Iterator[_Cut]:
    """Where definitions of the module ``text`` begin; what looks like one in a text is none."""
    in_docstring = False
    seen = 0
    for match in _DEFINITION.finditer(text):
        if text.count('"""', seen, match.start()) % 2:
            in_docstring = not in_docstring
        seen = match.start()
        if not in_docstring:
            yield _Cut(match.start(), match[1])
