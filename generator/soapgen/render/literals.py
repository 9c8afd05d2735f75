"""The only two ways for text from a contract into Python source: a literal, and a docstring."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

LINE_LENGTH = 100
_LONGEST_LITERAL = 72


# What a piece of a long literal ends with: a word with its space, a segment of a path or a name
# with what separates it.
_PIECE = re.compile(r"[^\s/.:#?&=,;_-]*(?:[\s/.:#?&=,;_-]+|$)")


def literal(text: str, quote: str = '"') -> str:
    """``text`` as a string literal, in several pieces where one would not fit on a line.

    A piece ends between words or segments of a path, and never within one.
    """
    # Whoever asks for another quote places the literal within an f-string, in one piece.
    return _quoted(text, quote) if quote != '"' else _literal(text, _LONGEST_LITERAL)


def constant(text: str, name: str) -> str:
    """``text`` as a string literal that is assigned to the constant ``name`` of a module."""
    return _literal(text, LINE_LENGTH - len(f'{name} = ""'))


def _literal(text: str, longest: int) -> str:
    if len(text) <= longest:
        return _quoted(text, '"')
    return "(" + " ".join(_quoted(piece, '"') for piece in _pieces(text)) + ")"


def _pieces(text: str) -> Iterator[str]:
    """``text`` in pieces, each as long as the line allows, unless one word is longer."""
    piece = ""
    for word in filter(None, _PIECE.findall(text)):
        if piece and len(piece) + len(word) > _LONGEST_LITERAL:
            yield piece
            piece = ""
        piece += word
    yield piece


def _quoted(text: str, quote: str) -> str:
    plain = text.isprintable() and "\\" not in text and quote not in text
    return f"{quote}{text}{quote}" if plain else repr(text)


def docstring(
    text: str,
    indent: int = 4,
    arguments: Iterable[tuple[str, str]] = (),
    closing: str = "",
) -> str:
    """``text`` as a docstring at ``indent`` spaces, the first line of it not indented.

    Args:
        text: Paragraphs, with a blank line between them. The first sentence comes alone.
        indent: The column of the docstring.
        arguments: Name and description of each parameter, for a section ``Args:``.
        closing: A last paragraph.
    """
    width = LINE_LENGTH - indent
    summary, *paragraphs = _paragraphs(text)
    summary = summary if summary[-1:] in ".!?:" else f"{summary}."
    lines = textwrap.wrap(summary, width - 6)
    for paragraph in [*paragraphs, *([_folded(closing)] if closing else [])]:
        lines += ["", *textwrap.wrap(paragraph, width)]
    described = list(arguments)
    if described:
        lines += ["", "Args:"]
        for name, description in described:
            lines += textwrap.wrap(
                f"{name}: {_folded(description)}",
                width,
                initial_indent="    ",
                subsequent_indent="        ",
            )
    text = "\n".join(f"{' ' * indent}{line}" if line else "" for line in lines).strip()
    # Without a quote or a backslash that means something, nothing can end the docstring early.
    text = text.replace('"""', "'''")
    opening = 'r"""' if "\\" in text else '"""'
    ending = "" if len(lines) == 1 else f"\n{' ' * indent}"
    return f'{opening}{text}{ending}"""'


def summary(text: str) -> str:
    """The first sentence of ``text``."""
    return _paragraphs(text)[0]


def _paragraphs(text: str) -> list[str]:
    first, *rest = list(filter(None, map(_folded, text.split("\n\n")))) or ["Not documented"]
    end = first.find(". ")
    if end > 0:
        first, remainder = first[: end + 1], first[end + 2 :]
        rest = [remainder, *rest]
    return [first, *rest]


def _folded(text: str) -> str:
    """``text`` on one line, with single spaces for white space and for what cannot be printed."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
