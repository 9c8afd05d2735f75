"""The only ways to put text from a contract into Python source: literals and docstrings."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

LINE_LENGTH = 100
_LONGEST_LITERAL = 72


# A long literal is divided after each of these: a word with its space, or a segment of a path or of
# a name with its separator.
_PIECE = re.compile(r"[^\s/.:#?&=,;_-]*(?:[\s/.:#?&=,;_-]+|$)")


def literal(text: str, quote: str = '"') -> str:
    """``text`` as a string literal, in several pieces where one would not fit on a line.

    A piece ends between words or between segments of a path, never within one. With another
    ``quote`` than the default it is for an f-string, and in one piece.
    """
    return _quoted(text, quote) if quote != '"' else _literal(text, _LONGEST_LITERAL)


def raw_literal(text: str) -> str:
    """``text`` as a raw string literal, in which backslashes stand for themselves, if it can be."""
    is_raw = "\\" in text and text.isprintable() and '"' not in text
    ends_well = (len(text) - len(text.rstrip("\\"))) % 2 == 0
    return f'r"{text}"' if is_raw and ends_well else _quoted(text, '"')


def constant(text: str, name: str) -> str:
    """``text`` as a string literal that is assigned to the constant ``name`` of a module."""
    return _literal(text, LINE_LENGTH - len(f'{name} = ""'))


def _literal(text: str, longest: int) -> str:
    if len(text) <= longest:
        return _quoted(text, '"')
    return "(" + " ".join(_quoted(piece, '"') for piece in _pieces(text)) + ")"


def _pieces(text: str) -> Iterator[str]:
    """``text`` in pieces, as long as the line allows; a longer word is a piece by itself."""
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


def in_f_string(text: str) -> str:
    """``text`` as a part of an f-string between double quotes."""
    text = text.replace("\\", r"\\").replace('"', r"\"").replace("{", "{{").replace("}", "}}")
    return "".join(mark if mark.isprintable() else repr(mark)[1:-1] for mark in text)


def docstring(
    text: str,
    indent: int = 4,
    arguments: Iterable[tuple[str, str]] = (),
    raised: Iterable[tuple[str, str]] = (),
) -> str:
    """``text`` as a docstring, whose lines after the first are indented.

    Args:
        text: Paragraphs, with a blank line between them. The first sentence becomes the summary.
        indent: The column of the docstring.
        arguments: Name and description of each parameter, for a section ``Args:``.
        raised: Class and description of each error, for a section ``Raises:``.
    """
    width = LINE_LENGTH - indent
    summary, *paragraphs = _paragraphs(text)
    summary = summary if summary[-1:] in ".!?:" else f"{summary}."
    lines = textwrap.wrap(summary, width - 6)
    for paragraph in paragraphs:
        lines += ["", *textwrap.wrap(paragraph, width)]
    for title, items in (("Args:", arguments), ("Raises:", raised)):
        described = list(items)
        lines += ["", title] if described else []
        for name, description in described:
            lines += textwrap.wrap(
                f"{name}: {_folded(description)}",
                width,
                initial_indent="    ",
                subsequent_indent="        ",
            )
    text = "\n".join(f"{' ' * indent}{line}" if line else "" for line in lines).strip()
    # Without triple quotes, and raw if it has a backslash, nothing can end the docstring early.
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
    """``text`` on one line: single spaces replace white space and characters not printable."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
