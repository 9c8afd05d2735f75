"""Binaries of xs:base64Binary, in an element or beside the message (XOP, section 3)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO, cast

from . import _mtom, _text
from ._files import FileContent
from ._multipart import PartsReader, included
from ._read import Element, read_base64_text
from .errors import InvalidValue


def xs_base64(tag: str, value: bytes) -> str:
    """The element of a binary, which is in base64, or sent beside the request."""
    return f"<{tag}>{base64_content(tag, value)}</{tag}>"


def base64_content(tag: str, value: bytes) -> str:
    """The content of the element ``tag`` of a binary."""
    content: object = value
    if isinstance(content, bytes | bytearray | FileContent):
        markup = _mtom.include(content)
        if markup is not None:
            return markup
    return _text.base64_text(tag, value)


def put_beside(step: str, value: object, content_type: str, prefix: str = "") -> str:
    """Send ``value`` beside the envelope, whatever its size; what identifies it.

    Args:
        step: What it is, for the message of an error.
        value: Its octets.
        content_type: Its MIME type.
        prefix: What its identifier begins with.

    Raises:
        InvalidValue: It is no binary, or nobody sends what is beside the envelope.
    """
    parts = _mtom.in_work.get()
    if not isinstance(value, bytes | bytearray | FileContent):
        raise InvalidValue(f"{step}: expected bytes, not {type(value).__name__}")
    if parts is None:
        raise InvalidValue(f"{step} goes beside the envelope: use a client, or packed()")
    parts.append(
        _mtom.PartBeside(prefix + _mtom.identifier(), _mtom.content_of(value), content_type)
    )
    return parts[-1].name


def read_base64(node: Element) -> bytes:
    """The binary in ``node``, or the part that came beside the message."""
    if len(node):
        content = included(node)
        if content is not None:
            return content
    return read_base64_text(node)


def from_file(file: BinaryIO) -> bytes:
    """What stands for the content of ``file``, which is open, where a member takes ``bytes``.

    It is read while it is sent if the client has the option ``mtom``, and when the request is built
    otherwise. It must stay open until the call is done.

    Raises:
        InvalidValue: ``file`` is not a file that is open for reading octets.
    """
    try:
        is_open = file.readable() and file.read(0) == b""
    except (AttributeError, ValueError):
        is_open = False
    if not is_open:
        raise InvalidValue(f"expected a file that is open for reading octets, not {file!r}")
    # Models say bytes, and shall go on to say what they give: only requests take a file for it.
    return cast(bytes, FileContent(file))


def as_file(value: bytes) -> BinaryIO:
    """A file with the octets of ``value``, at its beginning, wherever they are."""
    content: object = value
    if not isinstance(content, FileContent):
        return BytesIO(value)
    return content.rewound()


def unpacked(content: bytes, content_type: str) -> bytes:
    """The envelope in ``content``, with its parts: what a parser takes.

    Args:
        content: The body of an answer, perhaps in several parts.
        content_type: Its HTTP header ``Content-Type``.

    Raises:
        UnexpectedResponse: It is in parts, but not made like these.
    """
    if not PartsReader.are_in(content_type):
        return content
    parts = PartsReader(content_type, None)
    parts.feed(content)
    envelope, failure = parts.whole()
    if failure is not None:
        raise failure
    return envelope


def packed(build: Callable[[], bytes], *, mtom: bool = False) -> tuple[bytes, str]:
    """What ``build`` builds, with all that is beside it, and its content type.

    Args:
        build: A builder with its arguments, such as ``partial(build_store, document)``.
        mtom: Whether large binaries are beside it.
    """
    envelope, parts = _mtom.collected(build, mtom)
    is_newer = b'"http://www.w3.org/2003/05/soap-envelope"' in envelope[:300]
    content_type = f"{'application/soap+xml' if is_newer else 'text/xml'}; charset=utf-8"
    if not parts and not mtom:
        return envelope, content_type
    headers, pieces = _mtom.in_parts(envelope, {"Content-Type": content_type}, parts, True)
    return b"".join(pieces), headers["Content-Type"]
