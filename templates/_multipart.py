"""Answers in several parts: an envelope, and binaries beside it (RFC 2046, 5.1; RFC 2387; XOP).

They are taken apart while they arrive, so that no binary is ever in memory twice.
"""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Mapping
from io import BytesIO
from typing import Any, BinaryIO, cast
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from ._files import FileContent
from ._read import Element, path_of
from .errors import CallError, NotSoap, Truncated, UnexpectedResponse

INCLUDE = "{http://www.w3.org/2004/08/xop/include}Include"

# What an answer may have at most: parts, and bytes of MIME headers in each.
_MOST_PARTS, _LARGEST_HEAD = 10_000, 2**14

# The end of the headers, with the line break before it; what follows a boundary on its line.
_HEAD_END = re.compile(rb"\n\r?\n")
_LINE_END = re.compile(rb"(?P<last>--)?[ \t]{0,99}(?P<newline>\r?\n)")
_PART_OF_LINE_END = re.compile(rb"-?|(--)?[ \t]{0,99}\r?")


class WithParts(bytes):
    """An envelope that came with other parts beside it.

    Attributes:
        parts: The other parts that have an identifier (RFC 2392), by it.
        in_order: All other parts, each with its identifier or an empty text.
        content_type: The content type of the envelope.
    """

    parts: dict[str, bytes]
    in_order: list[tuple[str, bytes]]
    content_type: str


class PartsParser(etree.XMLParser):  # type: ignore[misc, unused-ignore]
    """A parser whose trees have parts beside them: a tree knows its parser."""

    message: WithParts


def check_includes(root: Any, parts: Mapping[str, bytes]) -> None:
    """Raise UnexpectedResponse unless each xop:Include stands alone and for one of ``parts``.

    Where something else than a binary is expected, its address is read: nothing is lost unseen.
    """
    for include in list(root.iter(INCLUDE)):
        around = include.getparent()
        if around is None or len(around) > 1 or (around.text or "").strip():
            raise UnexpectedResponse(f"{path_of(include)}: expected it alone in an element")
        part_of(include, include.get("href"), parts)
        around.text = include.get("href")


def part_of(node: Element, href: str | None, parts: Mapping[str, bytes]) -> bytes:
    """The part that ``href``, which stands in ``node``, refers to.

    Raises:
        UnexpectedResponse: There is no such part.
    """
    scheme, _, name = (href or "").strip().partition(":")
    content = parts.get(unquote(name)) if scheme.lower() == "cid" else None
    if content is None:
        shown = repr(href if href is None or len(href) < 100 else f"{href[:100]}…")
        raise UnexpectedResponse(f"{path_of(node)}: no part of the message is {shown}")
    return content


def included(node: Element) -> bytes | None:
    """The part that stands for the text of ``node``; None if ``node`` has no xop:Include.

    Raises:
        UnexpectedResponse: The part did not come with the message.
    """
    for child in node:
        if child.tag == INCLUDE:
            tree: Any = node
            return part_of(child, child.get("href"), parts_beside(tree))
    return None


def parts_beside(node: Any) -> Mapping[str, bytes]:
    """The parts that came with the message that ``node`` is in, by their identifiers."""
    message = message_of(node)
    return {} if message is None else message.parts


def message_of(node: Any) -> WithParts | None:
    """The message that ``node`` is in, if it came with parts."""
    parser = node.getroottree().parser
    return parser.message if isinstance(parser, PartsParser) else None


class PartsReader:
    """The parts of a body, taken apart while it arrives."""

    def __init__(self, content_type: str, files_above: int | None) -> None:
        """Take apart a body of the type ``content_type``.

        Args:
            content_type: The HTTP header, which names the boundary and the part to begin with.
            files_above: How large a part may be that is kept in memory, in bytes; None for any.

        Raises:
            UnexpectedResponse: ``content_type`` names no boundary.
        """
        # Not imported above, as below: few answers are in parts.
        from email.message import Message

        header = Message()
        header["Content-Type"] = content_type
        boundary = header.get_boundary()
        if not boundary or len(boundary) > 200 or not boundary.isascii():
            raise NotSoap(f"expected a boundary between parts, got the type {content_type[:300]}")
        self._boundary = b"\n--" + boundary.encode()
        self._start = _identifier(str(header.get_param("start") or ""))
        self._files_above = files_above
        self._buffer = bytearray(b"\n")  # the boundary may be the first line
        self._in_head = self._is_done = False
        self._newline = b"\n"
        self._parts: list[_Part] = []
        self._names: set[str] = set()

    @staticmethod
    def are_in(content_type: str) -> bool:
        """Whether a body of the type ``content_type`` is in several parts."""
        return content_type.partition(";")[0].strip().lower() == "multipart/related"

    def feed(self, piece: bytes) -> None:
        """Take the next piece of the body.

        Raises:
            UnexpectedResponse: It is not made like parts, or has too many.
        """
        if self._is_done:
            return  # what follows the last boundary means nothing
        self._buffer += piece
        while self._read_head() if self._in_head else self._read_content():
            pass

    def _read_head(self) -> bool:
        """Read the headers of a part; whether they are all there."""
        end = _HEAD_END.search(self._buffer)
        if (len(self._buffer) if end is None else end.start()) > _LARGEST_HEAD:
            raise UnexpectedResponse(f"a part has more than {_LARGEST_HEAD} bytes of headers")
        if end is None:
            return False
        part = _Part(bytes(self._buffer[1 : end.start() + 1]), self._files_above)
        if len(self._parts) == _MOST_PARTS:
            raise UnexpectedResponse(f"the answer has more than {_MOST_PARTS} parts")
        if part.name in self._names:
            raise UnexpectedResponse(f"two parts have the Content-ID <{part.name[:100]}>")
        if part.name:
            self._names.add(part.name)
        self._parts.append(part)
        # The line break before the next boundary belongs to that: an empty part has no other.
        del self._buffer[: end.end() - len(self._newline)]
        self._skip = len(self._newline)
        self._in_head = False
        return True

    _skip = 0

    def _read_content(self) -> bool:
        """Read the content of a part up to the next boundary; whether that is there."""
        found, start = -1, 0
        while (found := self._buffer.find(self._boundary, start)) >= 0:
            after = found + len(self._boundary)
            if (line := _LINE_END.match(self._buffer, after)) is not None:
                self._keep(found, is_last=True)
                self._is_done = line["last"] is not None
                self._newline = bytes(line["newline"])
                del self._buffer[: line.end() - 1]
                self._in_head = True
                return not self._is_done
            if _PART_OF_LINE_END.fullmatch(self._buffer, after):
                break
            start = after  # a longer text that begins like the boundary
        if found < 0:
            found = max(0, len(self._buffer) - len(self._boundary))
        cut = max(0, found - 1)  # there may be a carriage return before
        self._keep(cut)
        del self._buffer[:cut]
        return False

    def _keep(self, end: int, is_last: bool = False) -> None:
        """Keep what is in the buffer before ``end`` as content."""
        has_return = self._newline == b"\r\n" and self._buffer[end - 1 : end] == b"\r"
        if is_last and end and has_return:
            end -= 1
        if self._parts:
            skipped = min(self._skip, end)
            self._parts[-1].write(bytes(memoryview(self._buffer)[skipped:end]), is_last)
            self._skip -= skipped

    def whole(self) -> tuple[bytes, CallError | None]:
        """The envelope with all parts, or what there is of it and why it is not all."""
        failure: CallError | None = None
        try:
            self.feed(b"\n")
            if not self._is_done:
                failure = Truncated("the answer ends before its last part does")
        except CallError as error:
            failure = error
        roots = [part for part in self._parts if not self._start or part.name == self._start]
        if not roots:
            return b"", failure or NotSoap(f"no part is the first one, <{self._start[:100]}>")
        envelope = WithParts(roots[0].in_memory())
        envelope.content_type = roots[0].content_type
        beside = [part for part in self._parts if part is not roots[0]]
        envelope.in_order = [(part.name, part.content()) for part in beside]
        envelope.parts = {name: content for name, content in envelope.in_order if name}
        return envelope, failure


def _identifier(text: str) -> str:
    """A Content-ID without its brackets."""
    return text.strip().removeprefix("<").removesuffix(">")


class _Part:
    """A part while it arrives."""

    def __init__(self, head: bytes, files_above: int | None) -> None:
        from email.parser import BytesHeaderParser

        headers = BytesHeaderParser().parsebytes(head)
        self.name = _identifier(str(headers.get("Content-ID", "")))
        self.content_type = str(headers.get("Content-Type", ""))
        encoding = str(headers.get("Content-Transfer-Encoding", "binary")).strip().lower()
        if encoding not in ("binary", "8bit", "7bit", "base64", "quoted-printable"):
            raise UnexpectedResponse(f"a part has the transfer encoding {encoding[:100]!r}")
        self._encoding = encoding
        self._rest = b""
        self._file: BinaryIO = BytesIO()
        self._files_above = files_above
        self._size = 0

    def write(self, piece: bytes, is_last: bool) -> None:
        """Add the next piece of the content."""
        if self._encoding == "base64":
            piece = self._decoded(piece, is_last)
        self._size += len(piece)
        is_large = self._files_above is not None and self._size > self._files_above
        if is_large and isinstance(self._file, BytesIO):
            import tempfile

            before = self._file.getvalue()
            self._file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115
            self._file.write(before)
        self._file.write(piece)

    def _decoded(self, piece: bytes, is_last: bool) -> bytes:
        """The octets for ``piece`` and the rest of the one before (RFC 2045, section 6.8)."""
        piece = self._rest + piece.translate(None, b" \t\r\n")
        end = len(piece) if is_last else len(piece) // 4 * 4
        piece, self._rest = piece[:end], piece[end:]
        try:
            return a2b_base64(piece, strict_mode=bool(piece))
        except Error as error:
            raise UnexpectedResponse(f"a part is not in base64, as it says: {error}") from None

    def in_memory(self) -> bytes:
        """The content, in memory."""
        if isinstance(self._file, BytesIO):
            content = self._file.getvalue()  # no copy
        else:
            self._file.seek(0)
            content = self._file.read()
        return a2b_qp(content) if self._encoding == "quoted-printable" else content

    def content(self) -> bytes:
        """The content, or what stands for it in a file."""
        if isinstance(self._file, BytesIO) or self._encoding == "quoted-printable":
            return self.in_memory()
        self._file.seek(0)
        return cast(bytes, FileContent(self._file))
