"""Lists that are read in pieces: memory is needed for one piece and its items only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from io import BytesIO
from itertools import islice
from types import MappingProxyType
from typing import Any, BinaryIO, TypeVar

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from ._envelope import (
    SAFELY,
    SOAP_NAMESPACES,
    Faults,
    body,
    body_of,
    check_depth,
    checked,
    not_parsed,
)
from ._multipart import WithParts
from ._read import Element, member

T = TypeVar("T")
D = TypeVar("D")

Stream = BinaryIO | Iterable[bytes]
"""A file or a connection that is open for reading, or the pieces of its content."""

# In bytes: what is read at a time, what is kept to look for an envelope, what is read as a stream.
_CHUNK, _HEAD, _LARGE = 2**16, 500, 2**20


def body_list(
    content: bytes,
    path: tuple[str, ...],
    read: Callable[[Iterable[Element]], list[T]],
    default: D,
    faults: Faults = MappingProxyType({}),
) -> list[T] | D:
    """The list that ``path`` leads to from the body; ``default`` where it is missing or nil."""
    is_alone = not isinstance(content, WithParts)
    if (
        len(content) > _LARGE
        and is_alone
        and (items := list(stream_list(BytesIO(content), path, read, faults)))
    ):
        return items
    node = body(content, path[0], faults)
    return member(node, path[1], read, default) if len(path) > 1 else read(node)


def stream_list(
    stream: Stream,
    path: tuple[str, ...],
    read: Callable[[Iterable[Element]], list[T]],
    faults: Faults = MappingProxyType({}),
) -> Iterator[T]:
    """The items of the list that ``path`` leads to from the body, each soon after it arrived.

    Raises:
        SoapFault: There is a fault instead; its detail is read by one of ``faults``.
        UnexpectedResponse: What arrives is not XML, ends too early, or is another message.
    """
    parser: Any = etree.XMLPullParser(("start",), tag=path[-1], huge_tree=True, **SAFELY)
    places = [[*path[-2::-1], soap + "Body", soap + "Envelope"] for soap in SOAP_NAMESPACES]
    parent: Any = None
    head = b""
    for chunk in _pieces(stream):
        head = head if len(head) > _HEAD else head + chunk
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            raise not_parsed(error, b"") from error
        for _, node in parser.read_events():
            if parent is None:
                around = [ancestor.tag for ancestor in islice(node.iterancestors(), len(path) + 2)]
                if around in places:
                    checked(node.getroottree().getroot())
                    parent = node
        if parent is not None and len(parent) > 1:
            check_depth(parent)
            # The last child may be incomplete; those before it are complete: read and remove them.
            yield from read(parent[:-1])
            del parent[:-1]
    try:
        root = parser.close()
    except etree.XMLSyntaxError as error:
        raise not_parsed(error, head) from error
    check_depth(checked(root))
    body_of(root, path[0], faults)
    if parent is not None:
        yield from read(parent)


def _pieces(stream: Stream) -> Iterable[bytes]:
    """The pieces of ``stream``; if it has a method ``read``, it is a file."""
    read: Callable[[int], bytes] | None = getattr(stream, "read", None)
    return stream if read is None else iter(partial(read, _CHUNK), b"")
