"""A page in Markdown → its fenced blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from tests.support.paths import PROJECT


@dataclass(frozen=True)
class Block:
    """A fenced block: on which line of which page, in which language, and of which file."""

    page: str
    line: int
    language: str
    file: str | None
    text: str

    @property
    def place(self) -> str:
        """The page and the line of the block."""
        return f"{self.page}:{self.line}"


def pages() -> list[Path]:
    """The README and each page in docs/ and its folders, but for the decisions, which are past."""
    docs = PROJECT / "docs"
    found = [
        path
        for path in sorted(docs.rglob("*.md"))
        if "decisions" not in path.relative_to(docs).parts
    ]
    return [PROJECT / "README.md", *found]


def name_of(page: Path) -> str:
    """The name of a page, as tests give it: its path in the project."""
    return page.relative_to(PROJECT).as_posix()


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in their order; a title with a dot is the name of a file."""
    found = []
    for token in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")):
        if token.type != "fence":
            continue
        language = token.info.split(" ", 1)[0]
        title = re.search(r'title="([^" ]+\.[^" ]+)"', token.info)
        assert token.map is not None
        file = title[1] if title else None
        found.append(Block(name_of(page), token.map[0] + 1, language, file, token.content))
    return found
