"""Requests by an httpx client that was given, and what all that sends by httpx has in common.

httpx bounds how long each step of a connection takes. The library that it sends with tells what it
does, by its extension ``trace``: before each step, the time for it becomes what is left of the
whole. A connection that is made gets it before each read and each write, too: a step may take many
of them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar, cast

import httpx

from ._deadline import PIECE, Deadline, current
from .errors import ConnectionLost, NotConnected, TimedOut, TransportError
from .wire import Answer, AsyncAnswer, HttpAnswer

H = TypeVar("H", bound="httpx.Client | httpx.AsyncClient")

_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


def kind_of(error: Exception) -> type[TransportError] | None:
    """What ``error``, which httpx raised, means; None if it is none of a connection."""
    if isinstance(error, _NOT_SENT):
        return NotConnected
    if isinstance(error, httpx.TimeoutException):
        return TimedOut
    if isinstance(error, httpx.RequestError):
        return ConnectionLost
    return TransportError if isinstance(error, httpx.StreamError) else None


class _Httpx(Generic[H]):
    def __init__(self, http: H) -> None:
        self._http: H = http
        self._url: tuple[str, httpx.URL] | None = None

    def _request(
        self, url: str, headers: dict[str, str], content: Any, timeout: float | None
    ) -> httpx.Request:
        parsed = self._url  # once: other threads may be at it
        try:
            if parsed is None or parsed[0] != url:
                parsed = self._url = url, httpx.URL(url)
            return self._http.build_request(
                "POST",
                parsed[1],
                content=content,
                headers=headers,
                timeout=httpx.USE_CLIENT_DEFAULT if timeout is None else timeout,
            )
        except (httpx.InvalidURL, AttributeError, TypeError, ValueError) as error:
            raise NotConnected(f"the request cannot be sent: {error}") from None

    def kind_of(self, error: Exception) -> type[TransportError] | None:
        """See ``Http.kind_of``."""
        if isinstance(error, RuntimeError) and self._http.is_closed:
            return NotConnected
        return kind_of(error)


class HttpxHttp(_Httpx[httpx.Client]):
    """Sends by an ``httpx.Client``, with what that has: certificates, proxies, cookies, hooks."""

    def post(
        self,
        url: str,
        headers: dict[str, str],
        content: bytes | Iterator[bytes],
        deadline: Deadline,
    ) -> Answer:
        """See ``Http.post``."""
        request = self._request(url, headers, content, deadline.timeout)
        keep(deadline, request)
        response = self._http.send(request, stream=True, follow_redirects=False)
        is_read = response.is_stream_consumed  # by a hook of httpx
        # What iter_raw does beside, such as counting, takes a tenth of a small call.
        pieces = (response.content,) if is_read else cast(httpx.SyncByteStream, response.stream)
        return answer_of(response, pieces, response.close)


class AsyncHttpx(_Httpx[httpx.AsyncClient]):
    """Sends by an ``httpx.AsyncClient``."""

    async def post(
        self,
        url: str,
        headers: dict[str, str],
        content: bytes | AsyncIterator[bytes],
        deadline: Deadline,
    ) -> AsyncAnswer:
        """See ``AsyncHttp.post``."""
        request = self._request(url, headers, content, deadline.timeout)
        response = await self._http.send(request, stream=True, follow_redirects=False)
        is_read = response.is_stream_consumed
        pieces = _read(response) if is_read else cast(httpx.AsyncByteStream, response.stream)
        return answer_of(response, pieces, response.aclose)


async def _read(response: httpx.Response) -> AsyncIterator[bytes]:
    yield response.content


P = TypeVar("P")
K = TypeVar("K")


def answer_of(response: httpx.Response, pieces: P, close: K) -> HttpAnswer[P, K]:
    """``response``, whose body is still to be read."""
    headers = [(_text(name), _text(value)) for name, value in response.headers.raw]
    if response.is_stream_consumed:  # and unpacked
        headers = [pair for pair in headers if pair[0].lower() != "content-encoding"]
    status, reason = response.status_code, response.reason_phrase
    return HttpAnswer(status, reason, headers, pieces, close, response.request.headers)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def keep(deadline: Deadline, request: httpx.Request, has_only_own: bool = False) -> None:
    """Keep ``deadline`` while this thread sends ``request``.

    Args:
        deadline: What to keep.
        request: What is sent.
        has_only_own: Whether all connections there may be were made for requests that kept a
            deadline: then they keep this one by themselves, and nothing more is to be told.
    """
    if deadline.left() is None:
        return
    steps: dict[str, float | None] = request.extensions["timeout"]
    allowed = dict(steps)
    has_longer = any(seconds is None for seconds in allowed.values())
    slowest = max((seconds for seconds in allowed.values() if seconds is not None), default=0.0)

    def trace(event: str, about: Mapping[str, Any]) -> None:
        # It must not raise: it is called while connections are closed, too.
        if has_only_own and event.startswith("http1"):  # the connection is there
            request.extensions.pop("trace", None)
            return
        if event.endswith(".started"):
            left = deadline.left()
            if left is not None and (has_longer or left < slowest):
                for step, seconds in allowed.items():
                    steps[step] = left if seconds is None or left < seconds else seconds
        elif event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            _keep_deadlines(about["return_value"])

    request.extensions["trace"] = trace


def _keep_deadlines(stream: Any) -> None:
    """Let ``stream``, a connection, keep the deadline of the thread that uses it."""
    read: Callable[..., Any] = stream.read
    write: Callable[..., Any] = stream.write

    def read_with_deadline(size: int, timeout: float | None = None) -> Any:
        return read(size, current.deadline.checked(timeout))

    def write_with_deadline(content: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(content), PIECE):
            write(content[start : start + PIECE], current.deadline.checked(timeout))

    stream.read, stream.write = read_with_deadline, write_with_deadline
