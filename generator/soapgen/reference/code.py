"""Python source → pieces of it, with the page of each class that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .pages import Code, Piece

# Strings are no names, though they may look like some.
_WORD = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([^\W\d]\w*)""")


def linked(source: str, known: Mapping[str, str]) -> Code:
    """``source`` in pieces; ``known`` has the pages of classes by their names."""
    return tuple(_pieces(source, known))


def _pieces(source: str, known: Mapping[str, str]) -> Iterator[Piece]:
    end = 0
    for found in _WORD.finditer(source):
        name = found[2]
        if name in known:
            if found.start() > end:
                yield Piece(source[end : found.start()])
            yield Piece(name, known[name])
            end = found.end()
    if end < len(source):
        yield Piece(source[end:])
