"""Requests in several parts: the envelope, and binaries beside it (MTOM, XOP and attachments).

While a request is built, binaries that shall not stand in the envelope are collected here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from ._files import FileContent

XOP = "http://www.w3.org/2004/08/xop/include"

# Smaller binaries take less room within the envelope, in bytes.
_SMALL = 1024


@dataclass(frozen=True, slots=True)
class PartBeside:
    """What is sent beside an envelope.

    Attributes:
        name: Its identifier (RFC 2392).
        content: Its octets.
        content_type: Its MIME type.
    """

    name: str
    content: bytes | FileContent
    content_type: str = "application/octet-stream"

    @property
    def can_be_read(self) -> bool:
        """Whether it can be sent, perhaps once more."""
        return not isinstance(self.content, FileContent) or self.content.can_be_read


class Beside(list[PartBeside]):
    """What is sent beside an envelope.

    Attributes:
        mtom: Whether large binaries of the envelope are among it.
    """

    def __init__(self, mtom: bool) -> None:
        super().__init__()
        self.mtom = mtom


in_work: ContextVar[Beside | None] = ContextVar("in_work", default=None)


def collected(build: Callable[[], bytes], mtom: bool) -> tuple[bytes, Beside]:
    """What ``build`` builds, and what is to be sent beside it."""
    parts = Beside(mtom)
    token = in_work.set(parts)
    try:
        return build(), parts
    finally:
        in_work.reset(token)


def include(value: bytes | bytearray | FileContent) -> str | None:
    """What stands for ``value`` in the envelope if it is sent beside it; None if it is not."""
    parts = in_work.get()
    if parts is None or not parts.mtom:
        return None
    content = content_of(value)
    size = content.size if isinstance(content, FileContent) else len(content)
    if size is not None and size <= _SMALL:
        return None
    parts.append(PartBeside(identifier(), content))
    return f'<xop:Include xmlns:xop="{XOP}" href="cid:{parts[-1].name}"/>'


def identifier() -> str:
    return f"{uuid4()}@soapgen.invalid"


def content_of(value: bytes | bytearray | FileContent) -> bytes | FileContent:
    """``value``, and not what the methods of a class say that extends bytes."""
    if isinstance(value, FileContent) or type(value) is bytes:
        return value
    return memoryview(value).tobytes()


def in_parts(
    envelope: bytes, http_headers: Mapping[str, str], parts: Beside, is_blocking: bool
) -> tuple[dict[str, str], Any]:
    """The HTTP headers and the content of a request in parts (SOAP MTOM, section 3.2; RFC 2387).

    Args:
        envelope: The first part.
        http_headers: The headers that it would have alone.
        parts: The other parts.
        is_blocking: Whether the content shall be an iterator, not an asynchronous one.
    """
    boundary, root = f"uuid:{uuid4()}", "envelope@soapgen.invalid"
    key = next((name for name in http_headers if name.lower() == "content-type"), "Content-Type")
    root_type = http_headers.get(key, "text/xml; charset=utf-8")
    kind, _, rest = root_type.partition(";")
    _, found, action = rest.partition("action=")  # in SOAP 1.2, and last
    action, start_info = f"; {found}{action}" if found else "", ""
    if parts.mtom:
        start_info = f'; start-info="{kind}"{action}'
        root_type = f'application/xop+xml; charset=utf-8; type="{kind}"{action}'
        kind = "application/xop+xml"
    types = [(root, root_type), *((part.name, part.content_type) for part in parts)]
    heads = [
        f"\r\n--{boundary}\r\nContent-ID: <{name}>\r\nContent-Transfer-Encoding: binary\r\n"
        f"Content-Type: {content_type}\r\n\r\n".encode()
        for name, content_type in types
    ]
    heads[0] = heads[0].lstrip()
    heads.append(f"\r\n--{boundary}--\r\n".encode())
    sizes = [len(envelope), *map(_size, parts)]
    headers = dict(http_headers)
    headers[key] = (
        f'multipart/related; type="{kind}"; start="<{root}>"{start_info}; boundary="{boundary}"'
    )
    headers.setdefault("MIME-Version", "1.0")
    if None not in sizes:
        headers["Content-Length"] = str(sum(map(len, heads)) + sum(size or 0 for size in sizes))
    pieces = _pieces(envelope, heads, parts)
    return headers, pieces if is_blocking else _awaited(pieces)


def _size(part: PartBeside) -> int | None:
    return part.content.size if isinstance(part.content, FileContent) else len(part.content)


def _pieces(envelope: bytes, heads: list[bytes], parts: list[PartBeside]) -> Iterator[bytes]:
    yield heads[0] + envelope
    for head, part in zip(heads[1:-1], parts, strict=True):
        yield head
        if isinstance(part.content, FileContent):
            yield from part.content.pieces()
        else:
            yield part.content
    yield heads[-1]


async def _awaited(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """``pieces``, which are read from files in another thread."""
    import asyncio  # builders, which need none of it, import this module

    while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
        yield piece
