"""The only two ways for text from a contract into Python source: as a string, as a docstring."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

LINE_LENGTH = 100
_LONGEST_LITERAL = 72


def literal(text: str, quote: str = '"') -> str:
    """``text`` as a string literal, in several pieces where one would not fit on a line."""
    pieces = [
        text[start : start + _LONGEST_LITERAL]
        for start in range(0, max(len(text), 1), _LONGEST_LITERAL)
    ]
    if len(pieces) > 1 and quote == '"':
        return "(" + " ".join(_quoted(piece, quote) for piece in pieces) + ")"
    return _quoted(text, quote)


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
    for paragraph in [*paragraphs, *([closing] if closing else [])]:
        lines += ["", *textwrap.wrap(paragraph, width)]
    described = list(arguments)
    if described:
        lines += ["", "Args:"]
        for name, description in described:
            lines += textwrap.wrap(
                f"{name}: {' '.join(description.split())}",
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


def _paragraphs(text: str) -> list[str]:
    printable = "".join(mark if mark.isprintable() or mark == "\n" else " " for mark in text)
    first, *rest = [" ".join(part.split()) for part in printable.split("\n\n")]
    end = first.find(". ")
    if end > 0:
        first, remainder = first[: end + 1], first[end + 2 :]
        rest = [remainder, *rest]
    return [first, *rest]
