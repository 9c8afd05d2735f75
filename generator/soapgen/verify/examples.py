"""Examples: files with a message each, documented or recorded, or Markdown pages with messages."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..errors import Place, SourceError
from ..messages import recorded_name
from ..sources import Limits, NotThereError, check_path, read_file

_FILE = re.compile(r"(?P<operation>.+)\.(?P<message>request|response)\.xml", re.IGNORECASE)
_HEADING = re.compile(r"(?P<operation>\S+)\s+(?P<message>request|response)", re.IGNORECASE)
_PAGES = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Example:
    """A documented or recorded message.

    Attributes:
        path: A path that no other example has: that of its file or, in a page, one made from the
            path of the page and the operation.
        operation: The operation, from the name of the file or from the heading.
        is_request: Whether it is a request, and not a response.
        content: The message.
        document: The file that contains it.
        line: The number of lines before it in that file.
        is_recorded: Whether a client recorded it: its secrets are masked, and it is as it went over
            the wire.
    """

    path: str
    operation: str
    is_request: bool
    content: bytes
    document: str
    line: int = 0
    is_recorded: bool = False

    @property
    def folders(self) -> tuple[str, ...]:
        """The names of the folders and the page that contain it, the innermost first."""
        return tuple(reversed(self.path.split("/")[:-1]))

    def place(self, line: int | None = None) -> Place:
        """The place, in its file, of the line ``line`` of the message."""
        return Place(self.document, None if line is None else self.line + line)


def examples_in(folder: Path) -> list[Example]:
    """Every example in ``folder`` and below it, or in the one file that it is.

    Raises:
        SourceError: There is none, or a file cannot be read.
    """
    if not os.path.lexists(folder):
        hint = check_path(str(folder), "name a folder of documented messages")
        raise SourceError("there is no such folder", place=Place(str(folder)), hint=hint)
    examples = [example for path in _files(folder) for example in _examples(path, folder)]
    if not examples:
        raise SourceError(
            "there are no examples here",
            place=Place(str(folder)),
            hint="name a folder of OPERATION.request.xml and .response.xml, one that a client "
            "recorded, or one of Markdown pages with fenced messages under headings 'OPERATION "
            "Request' and 'OPERATION Response'",
        )
    return examples


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*")) if folder.is_dir() else [folder]


def _examples(path: Path, folder: Path) -> Iterator[Example]:
    named, recorded = _FILE.fullmatch(path.name), recorded_name(path.name)
    is_page = path.suffix.lower() in _PAGES
    if not (named or recorded or is_page) or path.is_dir():
        return
    try:
        content = read_file(str(path), Limits())
    except NotThereError as error:
        raise SourceError(error.message, place=Place(str(path)), hint=error.hint) from None
    within = Path(os.path.relpath(path, folder if folder.is_dir() else folder.parent)).as_posix()
    if recorded:
        operation, is_request = recorded.operation, recorded.is_request
        yield Example(within, operation, is_request, content, str(path), is_recorded=True)
    elif named:
        is_request = named["message"].lower() == "request"
        yield Example(within, named["operation"], is_request, content, str(path))
    else:
        text = content.decode("utf-8-sig", errors="replace")
        yield from _in_page(text, within.removesuffix(path.suffix), str(path))


def _in_page(text: str, page: str, document: str) -> Iterator[Example]:
    """The first fenced block of markup under each heading that names a message."""
    heading: re.Match[str] | None = None
    tokens = MarkdownIt("commonmark").parse(text)
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = _HEADING.fullmatch(_plain(tokens[position + 1]))
        elif token.type == "fence" and heading is not None and _is_markup(token.content):
            message = heading["message"].lower()
            line = token.map[0] + 1 if token.map else 0
            path = f"{page}/{heading['operation']}.{message}.xml"
            content = token.content.strip().encode()
            is_request = message == "request"
            yield Example(path, heading["operation"], is_request, content, document, line)
            heading = None


def _is_markup(text: str) -> bool:
    return text.lstrip().startswith("<")


def _plain(inline: Token) -> str:
    """The text of a heading without its markup."""
    return "".join(part.content for part in inline.children or ()).strip()
