"""Pages of documentation in Markdown → what they say of parts of a contract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..given import Description, PageLayout

USUAL = PageLayout(
    headings=(
        ("services", r"Service (?P<name>\S+)"),
        ("operations", r"Operation (?P<name>\S+)"),
        ("types", r"Type (?P<name>\S+)"),
    ),
    columns=(
        ("parameters", "Parameter"),
        ("results", "Result"),
        ("members", "Member"),
        ("values", "Value"),
        ("headers", "Header"),
    ),
)
"""The layout that docs/descriptions.md describes."""

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)

# What a table may list where the heading over it is of this kind.
_LISTED = {
    "operations": ("parameters", "results"),
    "types": ("members", "values"),
    "services": ("headers",),
}


def descriptions(pages: Mapping[str, str], layouts: Sequence[PageLayout]) -> Iterator[Description]:
    """What ``pages``, texts by their paths in a folder, say of parts of a contract.

    Args:
        pages: The pages.
        layouts: How vendors' pages show what they describe, beside the usual layout.
    """
    markdown = MarkdownIt("commonmark").enable("table")
    for path in sorted(pages):
        front = _FRONT_MATTER.match(pages[path])
        # What stands above a page is no part of it, and its lines still count.
        text = "\n" * front[0].count("\n") + pages[path][front.end() :] if front else pages[path]
        yield from _Page(path, markdown.parse(text), (USUAL, *layouts)).read()


class _Page:
    def __init__(self, path: str, tokens: Sequence[Token], layouts: Sequence[PageLayout]) -> None:
        self._path = path
        self._tokens = tokens
        self._layouts = layouts

    def read(self) -> Iterator[Description]:
        """What the page says, part by part."""
        kind = name = ""
        level = line = 0
        layout = self._layouts[0]
        texts: list[str] = []
        is_over = True  # whether what follows is no description any more
        position = 0
        while position < len(self._tokens):
            token = self._tokens[position]
            if token.type == "heading_open":
                yield from self._described(kind, name, texts, line)
                texts = []
                found = self._heading(_plain(self._tokens[position + 1]))
                if found is not None:
                    kind, name, layout = found
                    level, line, is_over = int(token.tag[1:]), _line(token), False
                elif int(token.tag[1:]) <= level:
                    kind = name = ""
                    is_over = True
                else:
                    is_over = True
                position += 2
            elif token.type == "table_open":
                end = position + 1
                while self._tokens[end].type != "table_close":
                    end += 1
                yield from self._table(kind, name, layout, self._tokens[position:end])
                position = end
            elif token.type == "inline" and not is_over and kind:
                texts.append(_plain(token))
            position += 1
        yield from self._described(kind, name, texts, line)

    def _described(
        self, kind: str, name: str, texts: Sequence[str], line: int
    ) -> Iterator[Description]:
        text = "\n\n".join(filter(None, texts))
        if kind and text:
            yield Description(kind, name, "", text, self._path, line)

    def _heading(self, text: str) -> tuple[str, str, PageLayout] | None:
        """What a heading is over: a kind of part and its name; None if it is over no part."""
        for layout in self._layouts:
            for kind, pattern in layout.headings:
                if found := re.fullmatch(pattern, text):
                    service = found.groupdict().get("service")
                    return kind, f"{service}.{found['name']}" if service else found["name"], layout
        return None

    def _table(
        self, kind: str, name: str, layout: PageLayout, tokens: Sequence[Token]
    ) -> Iterator[Description]:
        rows = list(_rows(tokens))
        header = [cell.casefold() for cell in rows[0][1]]
        column = layout.description.casefold()
        listed = [
            item
            for item, first in layout.columns
            if item in _LISTED.get(kind, ()) and header[0] == first.casefold()
        ]
        if not listed or column not in header:
            return
        for line, cells in rows[1:]:
            text = cells[header.index(column)]
            if cells[0] and text:
                yield Description(listed[0], name, cells[0], text, self._path, line)


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[int, list[str]]]:
    """The line, and the texts of the cells, of each row of a table."""
    cells: list[str] = []
    line = 0
    for token in tokens:
        if token.type == "tr_open":
            cells, line = [], _line(token)
        elif token.type == "inline":
            cells.append(_plain(token))
        elif token.type == "tr_close":
            yield line, cells


def _line(token: Token) -> int:
    assert token.map is not None  # blocks have one
    return token.map[0] + 1


def _plain(token: Token) -> str:
    """The text of an inline token, without markup."""
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(child.content)
    return " ".join("".join(parts).split())
