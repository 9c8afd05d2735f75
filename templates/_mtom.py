"""Requests in several parts: the envelope, and large binaries beside it (MTOM and XOP).

While a request is built, binaries that shall not stand in the envelope are collected here.
"""

from __future__ import annotations

import asyncio
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
class Part:
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


_collected: ContextVar[list[Part] | None] = ContextVar("_collected", default=None)


def collected(build: Callable[[], bytes], mtom: bool) -> tuple[bytes, list[Part] | None]:
    """What ``build`` builds, and the binaries that it leaves out of it, None without ``mtom``."""
    parts: list[Part] | None = [] if mtom else None
    token = _collected.set(parts)
    try:
        return build(), parts
    finally:
        _collected.reset(token)


def include(value: bytes | bytearray | FileContent) -> str | None:
    """What stands for ``value`` in the envelope if it is sent beside it; None if it is not."""
    parts = _collected.get()
    if parts is None:
        return None
    content: bytes | FileContent
    if isinstance(value, FileContent):
        content, size = value, value.size
    else:
        # Not what the methods of a class that extends bytes say.
        content = value if type(value) is bytes else memoryview(value).tobytes()
        size = len(content)
    if size is not None and size <= _SMALL:
        return None
    parts.append(Part(f"{uuid4()}@soapgen.invalid", content))
    return f'<xop:Include xmlns:xop="{XOP}" href="cid:{parts[-1].name}"/>'


def in_parts(
    envelope: bytes, http_headers: Mapping[str, str], parts: list[Part], is_blocking: bool
) -> tuple[dict[str, str], Any]:
    """The HTTP headers and the content of a request in parts (SOAP MTOM, section 3.2; RFC 2387).

    Args:
        envelope: The first part.
        http_headers: The headers that it would have alone.
        parts: The other parts.
        is_blocking: Whether the content shall be an iterator, not an asynchronous one.
    """
    boundary, root = f"uuid:{uuid4()}", "envelope@soapgen.invalid"
    kind, _, rest = http_headers["Content-Type"].partition(";")
    action = next((f"; {text.strip()}" for text in rest.split(";") if "action=" in text), "")
    heads = [
        f"--{boundary}\r\nContent-ID: <{root}>\r\nContent-Transfer-Encoding: binary\r\n"
        f'Content-Type: application/xop+xml; charset=utf-8; type="{kind}"{action}\r\n\r\n'
    ]
    for part in parts:
        heads.append(
            f"\r\n--{boundary}\r\nContent-ID: <{part.name}>\r\nContent-Transfer-Encoding: binary"
            f"\r\nContent-Type: {part.content_type}\r\n\r\n"
        )
    encoded = [*(head.encode() for head in heads), f"\r\n--{boundary}--\r\n".encode()]
    sizes = [len(envelope), *map(_size, parts)]
    headers = dict(http_headers)
    headers["Content-Type"] = (
        f'multipart/related; type="application/xop+xml"; start="<{root}>"; '
        f'start-info="{kind}"{action}; boundary="{boundary}"'
    )
    headers.setdefault("MIME-Version", "1.0")
    if None not in sizes:
        headers["Content-Length"] = str(sum(map(len, encoded)) + sum(size or 0 for size in sizes))
    pieces = _pieces(envelope, encoded, parts)
    return headers, pieces if is_blocking else _awaited(pieces)


def _size(part: Part) -> int | None:
    return part.content.size if isinstance(part.content, FileContent) else len(part.content)


def _pieces(envelope: bytes, heads: list[bytes], parts: list[Part]) -> Iterator[bytes]:
    yield heads[0] + envelope
    for head, part in zip(heads[1:], parts, strict=False):
        yield head
        if isinstance(part.content, FileContent):
            yield from part.content.pieces()
        else:
            yield part.content
    yield heads[-1]


async def _awaited(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """``pieces``, which are read from files in another thread."""
    while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
        yield piece
