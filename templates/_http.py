"""How a request goes out and its answer comes in: within a time and a size.

What carries the bytes is exchangeable (``wire``); what is sent, what is read, and which error means
what is decided here.
"""

from __future__ import annotations

import asyncio
import email.utils
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ._deadline import Deadline, current
from ._mtom import in_parts
from ._multipart import PartsReader, WithParts
from .errors import (
    HTTP_ERRORS,
    CallError,
    ConnectionLost,
    HttpError,
    InvalidValue,
    NotConnected,
    NotSoap,
    ServerError,
    TimedOut,
    TooLarge,
    TransportError,
    UnexpectedResponse,
)
from .options import Outgoing
from .wire import AsyncHttp, Http, HttpAnswer

if TYPE_CHECKING:
    import httpx

# How much is unpacked at a time, in bytes.
_PIECE = 2**18

# How much later than a step the whole ends where both have the same time, in seconds: the step can
# tell whether the request was sent.
_LEAD = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    """What an attempt to make a call may take.

    Attributes:
        timeout: The time for all of it that the caller asked for, in seconds; None if only the
            steps of a connection have theirs, which what sends it knows.
        longest: The time for all of it if there is no ``timeout``, in seconds; None for any.
        largest: The size of the answer, unpacked, in bytes.
        files_above: The size above which a part of the answer goes into a file, in bytes; None if
            none does.
    """

    timeout: float | None
    longest: float | None
    largest: int
    files_above: int | None = None


@dataclass(slots=True)
class Received:
    """An answer, or what of it was received.

    Attributes:
        status_code: The HTTP status.
        reason_phrase: What the server calls the status.
        headers: The HTTP headers, by their names in lower case.
        sent_headers: The HTTP headers of the request, as they went out.
        content: The body, unpacked.
        failure: Why it was not received in full, or cannot be read; None if it can.
    """

    status_code: int
    reason_phrase: str
    headers: Mapping[str, str]
    sent_headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    failure: CallError | None = None

    @property
    def is_success(self) -> bool:
        return 200 <= self.status_code < 300

    @property
    def content_type(self) -> str:
        """The content type of the envelope, which may be one of several parts."""
        if isinstance(self.content, WithParts):
            return self.content.content_type
        return self.headers.get("content-type", "")


Outcome = tuple[Received | None, TransportError | None]
"""What was received, if anything was, and why it is not all, if something went wrong."""


def blocking(http: Http | httpx.Client) -> Http:
    """What sends by ``http``; InvalidValue is raised if that does not send, or does not block."""
    # A program that has an httpx client has loaded httpx, and another one does not wait for it.
    if "httpx" in sys.modules:
        import httpx

        if isinstance(http, httpx.Client):
            from ._httpx import HttpxHttp

            return HttpxHttp(http)
    checked: Http = _checked(http, Http, "an httpx.Client")
    return checked


def awaiting(http: AsyncHttp | httpx.AsyncClient) -> AsyncHttp:
    """``blocking`` for what awaits."""
    if "httpx" in sys.modules:
        import httpx

        if isinstance(http, httpx.AsyncClient):
            from ._httpx import AsyncHttpx

            return AsyncHttpx(http)
    checked: AsyncHttp = _checked(http, AsyncHttp, "an httpx.AsyncClient")
    return checked


def _checked(http: Any, kind: Any, usual: str) -> Any:
    awaits = asyncio.iscoroutinefunction(getattr(http, "post", None))
    if isinstance(http, kind) and awaits == (kind is AsyncHttp):
        return http
    got = type(http).__qualname__
    raise InvalidValue(
        f"http: expected {usual}, or what has the methods of {kind.__name__} in the "
        f"module wire, not {got}"
    )


def check_address(url: str) -> None:
    """Raise InvalidValue if ``url`` is surely no address; sending tells the rest."""
    if not isinstance(url, str):
        raise InvalidValue(f"url: expected a str, not {type(url).__name__}")
    if any(character < " " or character == "\x7f" for character in url):
        raise InvalidValue("url: no address has control characters")
    try:
        host = urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return
    port = host.rpartition("]")[2].partition(":")[2]
    if not all(digit in "0123456789" for digit in port):
        raise InvalidValue("url: expected a number as the port")


def send(http: Http, outgoing: Outgoing, limits: Limits) -> Outcome:
    """Send ``outgoing`` by ``http``, which blocks."""
    incoming = _Incoming(limits)
    before, current.deadline = current.deadline, incoming.deadline
    try:
        headers, content = _content(outgoing, is_blocking=True)
        answer = http.post(outgoing.url, headers, content, incoming.deadline)
        try:
            if incoming.starts(answer):
                incoming.takes(answer.pieces)
        finally:
            answer.close()
    except Exception as error:
        if (failure := _failure(error, http)) is None:
            raise
        return incoming.received(), failure
    finally:
        current.deadline = before
    return incoming.received(), None


async def send_async(http: AsyncHttp, outgoing: Outgoing, limits: Limits) -> Outcome:
    """Send ``outgoing`` by ``http``, which awaits."""
    incoming = _Incoming(limits)
    try:
        left = incoming.deadline.left()
        async with asyncio.timeout(None if left is None else left + _LEAD):
            headers, content = _content(outgoing, is_blocking=False)
            answer = await http.post(outgoing.url, headers, content, incoming.deadline)
            try:
                if incoming.starts(answer):
                    async for piece in answer.pieces:
                        if not incoming.takes((piece,)):
                            break
            finally:
                await answer.close()
    except Exception as error:
        if (failure := _failure(error, http)) is None:
            raise
        return incoming.received(), failure
    return incoming.received(), None


def _content(outgoing: Outgoing, is_blocking: bool) -> tuple[dict[str, str], Any]:
    """The HTTP headers and the body of a request."""
    headers, parts = outgoing.http_headers, outgoing.parts
    if parts is None or not (parts or parts.mtom):
        return headers, outgoing.envelope
    return in_parts(outgoing.envelope, headers, parts, is_blocking)


def _failure(error: Exception, http: Http | AsyncHttp) -> TransportError | None:
    """The error for ``error``; None if it is not one of the connection."""
    if isinstance(error, TransportError):
        return error
    kind = known = http.kind_of(error)
    if isinstance(error, TimeoutError):
        kind = known or TimedOut
    elif isinstance(error, OSError | zlib.error):
        kind = known or ConnectionLost
    elif isinstance(error, UnicodeError) or type(error) is RuntimeError:
        kind = known or TransportError
    if kind is None:
        return None
    reason = str(error)
    if not reason:
        reason = "it took too long" if kind is TimedOut else type(error).__name__
    failure = kind(f"{_SAID[kind]}: {reason}")
    if known is not None:
        failure.__cause__ = _alone(error)
    return failure


_SAID: Mapping[type[TransportError], str] = {
    NotConnected: "no connection",
    TimedOut: "no answer in time",
    ConnectionLost: "the connection broke",
    TransportError: "no answer",
}


def _alone(error: Exception) -> Exception | None:
    """``error`` without the request, which has all secrets; None if it cannot be without it."""
    try:
        return type(error)(str(error))
    except TypeError:
        return None


class _Incoming:
    """An answer while it arrives."""

    def __init__(self, limits: Limits) -> None:
        self.deadline = Deadline(limits.timeout, limits.longest)
        self._limits = limits
        self._parts: PartsReader | None = None
        self._received: Received | None = None
        self._pieces: list[bytes] = []
        self._size = 0
        self._unpacker: _Unpacker | None = None

    def starts(self, answer: HttpAnswer[Any, Any]) -> bool:
        """Whether the body of ``answer`` is to be read."""
        headers: dict[str, str] = {}
        for name, value in answer.headers:
            name = name.lower()
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        self._received = Received(answer.status, answer.reason, headers, answer.sent)
        content_type = headers.get("content-type", "")
        if PartsReader.are_in(content_type):
            try:
                self._parts = PartsReader(content_type, self._limits.files_above)
            except UnexpectedResponse as error:
                self._received.failure = error
                return False
        encoding = headers.get("content-encoding", "identity").strip().lower()
        if encoding in _PACKED:
            self._unpacker = _Unpacker()
        elif encoding != "identity":
            self._received.failure = NotSoap(f"got the content encoding {encoding}, not gzip")
        return True

    def takes(self, pieces: Iterable[bytes]) -> bool:
        """Take ``pieces`` of the body; whether there may be more."""
        for piece in pieces:
            self.deadline.check()
            for content in self._unpacker.unpacked(piece) if self._unpacker else (piece,):
                if not self._keeps(content):
                    return False
        return True

    def _keeps(self, content: bytes) -> bool:
        assert self._received is not None, "the body is after the HTTP headers"
        self._size += len(content)
        if self._size > self._limits.largest:
            allowed = f"{self._limits.largest} bytes, which the option largest_answer allows"
            self._received.failure = TooLarge(f"the answer is larger than {allowed}")
            return False
        if self._parts is None:
            self._pieces.append(content)
            return True
        try:
            self._parts.feed(content)
        except UnexpectedResponse as error:
            self._received.failure = error
        return self._received.failure is None

    def received(self) -> Received | None:
        """What was received so far, if anything was."""
        if self._received is None:
            return None
        self._received.content = b"".join(self._pieces)
        if self._parts is not None:
            self._received.content, failure = self._parts.whole()
            self._received.failure = self._received.failure or failure
        return self._received


# A library would unpack a piece whole, however large it becomes, and any encoding that it knows.
_PACKED = ("gzip", "x-gzip", "deflate")


class _Unpacker:
    """Unpacks gzip or zlib (RFC 9110, 8.4.1), a little at a time."""

    def __init__(self) -> None:
        self._inflate = self._new()

    @staticmethod
    def _new() -> zlib._Decompress:
        return zlib.decompressobj(zlib.MAX_WBITS | 32)  # either of the two, by its header

    def unpacked(self, packed: bytes) -> Iterator[bytes]:
        """What ``packed``, the next piece, contains."""
        while True:
            content = self._inflate.decompress(packed, _PIECE)
            yield content
            packed = self._inflate.unconsumed_tail
            if self._inflate.eof and self._inflate.unused_data:
                packed, self._inflate = self._inflate.unused_data, self._new()
            elif not packed and len(content) < _PIECE:
                return


def http_error(response: Received) -> HttpError:
    status, reason = response.status_code, response.reason_phrase
    kind = HTTP_ERRORS.get(status, ServerError if status >= 500 else HttpError)
    if 300 <= status < 400 and "location" in response.headers:
        reason += f": the service is said to be at {response.headers['location']}"
    return kind(status, reason, _retry_after(response.headers))


def _retry_after(http_headers: Mapping[str, str]) -> float | None:
    """How long the server asks to wait, in seconds (RFC 9110, 10.2.3)."""
    text = http_headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = email.utils.parsedate_to_datetime(text)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, ArithmeticError):
        return None
