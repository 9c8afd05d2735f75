"""How a request goes out and its answer comes in, by httpx: within a time and a size.

httpx bounds how long each step of a connection takes. Here the whole is bounded: a server that
sends a byte now and then ends each step in time, and the answer never.
"""

from __future__ import annotations

import asyncio
import email.utils
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ._deadline import Deadline
from ._mtom import in_parts
from ._multipart import PartsReader, WithParts
from .errors import (
    HTTP_ERRORS,
    CallError,
    ConnectionLost,
    HttpError,
    NotConnected,
    NotSoap,
    ServerError,
    TimedOut,
    TooLarge,
    TransportError,
    UnexpectedResponse,
)
from .options import Outgoing

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
        timeout: The time for all of it, in seconds; None if only the steps of a connection have
            theirs, which the httpx client knows.
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
        headers: The HTTP headers.
        sent_headers: The HTTP headers of the request, as they went out.
        content: The body, unpacked.
        failure: Why it was not received in full, or cannot be read; None if it can.
    """

    status_code: int
    reason_phrase: str
    headers: Mapping[str, str]
    sent_headers: Mapping[str, str]
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
        return self.headers.get("Content-Type", "")


Outcome = tuple[Received | None, TransportError | None]
"""What was received, if anything was, and why it is not all, if something went wrong."""


def send(http: httpx.Client, outgoing: Outgoing, limits: Limits) -> Outcome:
    """Send ``outgoing`` by ``http``, which blocks."""
    incoming = _Incoming(limits)
    try:
        request = incoming.request(http, outgoing, limits.timeout)
        with incoming.deadline.watching(request):
            response = http.send(request, stream=True, follow_redirects=False)
            try:
                if incoming.starts(response):
                    incoming.takes(response.iter_raw())
            finally:
                response.close()
    except _errors() as error:
        if (failure := incoming.failure(error, http)) is None:
            raise
        return incoming.received(), failure
    return incoming.received(), None


async def send_async(http: httpx.AsyncClient, outgoing: Outgoing, limits: Limits) -> Outcome:
    """Send ``outgoing`` by ``http``, which awaits."""
    incoming = _Incoming(limits)
    try:
        request = incoming.request(http, outgoing, limits.timeout)
        left = incoming.deadline.left()
        async with asyncio.timeout(None if left is None else left + _LEAD):
            response = await http.send(request, stream=True, follow_redirects=False)
            try:
                if incoming.starts(response):
                    async for piece in response.aiter_raw():
                        if not incoming.takes([piece]):
                            break
            finally:
                await response.aclose()
    except _errors() as error:
        if (failure := incoming.failure(error, http)) is None:
            raise
        return incoming.received(), failure
    return incoming.received(), None


def _errors() -> tuple[type[Exception], ...]:
    """What httpx and all below it raise."""
    import httpx

    python = (OSError, RuntimeError, TypeError, ValueError, zlib.error)
    return httpx.RequestError, httpx.InvalidURL, *python


class _Incoming:
    """An answer while it arrives."""

    def __init__(self, limits: Limits) -> None:
        self.deadline = Deadline(limits.timeout or limits.longest)
        self._limits = limits
        self._parts: PartsReader | None = None
        self._received: Received | None = None
        self._pieces: list[bytes] = []
        self._size = 0
        self._unpacker: _Unpacker | None = None
        self._is_made = False

    def request(
        self, http: httpx.Client | httpx.AsyncClient, outgoing: Outgoing, timeout: float | None
    ) -> httpx.Request:
        """The request that ``http`` is to send."""
        import httpx

        steps = httpx.USE_CLIENT_DEFAULT if timeout is None else timeout
        headers, content = outgoing.http_headers, outgoing.envelope
        if outgoing.parts is not None and (outgoing.parts or outgoing.parts.mtom):
            is_blocking = isinstance(http, httpx.Client)
            headers, content = in_parts(content, headers, outgoing.parts, is_blocking)
        request = http.build_request(
            "POST", outgoing.url, content=content, headers=headers, timeout=steps
        )
        self._is_made = True
        return request

    def starts(self, response: httpx.Response) -> bool:
        """Whether the body of ``response`` is to be read: a hook of httpx may have done it."""
        status, reason = response.status_code, response.reason_phrase
        sent = response.request.headers
        self._received = Received(status, reason, response.headers, sent)
        content_type = response.headers.get("Content-Type", "")
        if PartsReader.are_in(content_type):
            try:
                self._parts = PartsReader(content_type, self._limits.files_above)
            except UnexpectedResponse as error:
                self._received.failure = error
                return False
        if response.is_stream_consumed:
            self._keeps(response.content)
            return False
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
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

    def failure(
        self, error: Exception, http: httpx.Client | httpx.AsyncClient
    ) -> TransportError | None:
        """The error for ``error``; None if it is not one of the connection."""
        import httpx

        is_late = isinstance(error, httpx.TimeoutException | TimeoutError)
        reason = str(error) or ("it took too long" if is_late else type(error).__name__)
        not_sent = (
            httpx.ConnectError,
            httpx.ConnectTimeout,
            httpx.PoolTimeout,
            httpx.ProxyError,
            httpx.UnsupportedProtocol,
        )
        failure: TransportError
        if not self._is_made and isinstance(error, httpx.InvalidURL | TypeError | ValueError):
            failure = NotConnected(f"the request cannot be sent: {reason}")
        elif isinstance(error, not_sent) or (isinstance(error, RuntimeError) and http.is_closed):
            failure = NotConnected(f"no connection: {reason}")
        elif is_late:
            failure = TimedOut(f"no answer in time: {reason}")
        elif isinstance(error, httpx.RequestError | OSError | zlib.error):
            failure = ConnectionLost(f"the connection broke: {reason}")
        elif isinstance(error, httpx.StreamError | UnicodeError) or type(error) is RuntimeError:
            failure = TransportError(f"no answer: {reason}")
        else:
            return None
        if isinstance(error, httpx.RequestError):
            # The same without the request, which has all secrets.
            failure.__cause__ = type(error).__new__(type(error))
            httpx.RequestError.__init__(failure.__cause__, str(error))
        return failure


# httpx would unpack a piece whole, however large it becomes, and any encoding that is installed.
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
    if 300 <= status < 400 and "Location" in response.headers:
        reason += f": the service is said to be at {response.headers['Location']}"
    return kind(status, reason, _retry_after(response.headers))


def _retry_after(http_headers: Mapping[str, str]) -> float | None:
    """How long the server asks to wait, in seconds (RFC 9110, 10.2.3)."""
    text = http_headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = email.utils.parsedate_to_datetime(text)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (until - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, ArithmeticError):
        return None
