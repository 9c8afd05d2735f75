"""What a client sends by that is given nothing: the transport of httpx.

An ``httpx.Client`` merges settings with each request, and looks for redirects and log-ins: a third
of what a small call costs. Two of its services are here, too: cookies are kept, and the name and
the password in an address are sent.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, cast
from urllib.request import getproxies

import httpx

from ._deadline import STEP, Deadline
from ._httpx import answer_of, keep, kind_of
from .errors import NotConnected, TransportError
from .wire import Answer, AsyncAnswer

# As many connections stay open as there may be: each thread or task has its own.
_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=100, keepalive_expiry=5.0)

# What an httpx client sends beside, by the names in lower case.
_STANDARD = {
    "accept": ("Accept", "*/*"),
    "connection": ("Connection", "keep-alive"),
    "user-agent": ("User-Agent", f"python-httpx/{httpx.__version__}"),
}


def own_http() -> OwnHttp | httpx.Client:
    """What a client sends by that blocks; an httpx client knows which proxy is for an address."""
    return httpx.Client(timeout=STEP) if _has_proxies() else OwnHttp()


def own_async_http() -> AsyncOwnHttp | httpx.AsyncClient:
    """``own_http`` for an asynchronous client."""
    return httpx.AsyncClient(timeout=STEP) if _has_proxies() else AsyncOwnHttp()


def _has_proxies() -> bool:
    """Whether the environment or the system names a proxy; httpx asks in the same way."""
    return not getproxies().keys().isdisjoint(("all", "http", "https"))


class _Own:
    def __init__(self) -> None:
        self._address: tuple[str, httpx.URL, dict[str, tuple[str, str]]] | None = None
        self._cookies = httpx.Cookies()
        self._has_cookies = False
        self._is_closed = False

    def _request(
        self, url: str, headers: dict[str, str], content: Any, timeout: float | None
    ) -> httpx.Request:
        if self._is_closed:
            raise NotConnected("no connection: the client is closed")
        address = self._address  # once: other threads may be at it
        seconds = STEP if timeout is None else timeout
        steps = {"connect": seconds, "read": seconds, "write": seconds, "pool": seconds}
        try:
            if address is None or address[0] != url:
                address = self._address = url, *_parsed(url)
            given = {name.lower() for name in headers}
            beside = [pair for name, pair in address[2].items() if name not in given]
            request = httpx.Request(
                "POST",
                address[1],
                headers=[*beside, *headers.items()],
                content=content,
                extensions={"timeout": steps},
            )
        except (httpx.InvalidURL, AttributeError, TypeError, ValueError) as error:
            raise NotConnected(f"the request cannot be sent: {error}") from None
        if self._has_cookies:
            self._cookies.set_cookie_header(request)
        return request

    def _keep_cookies(self, response: httpx.Response, request: httpx.Request) -> None:
        response.request = request
        sent = [value for name, value in response.headers.raw if name.lower() == b"set-cookie"]
        # One with other characters could not be sent back (RFC 6265, 4.1.1).
        if sent and all(value.isascii() for value in sent):
            self._cookies.extract_cookies(response)
            self._has_cookies = True

    def kind_of(self, error: Exception) -> type[TransportError] | None:
        """See ``Http.kind_of``."""
        return kind_of(error)


def _parsed(url: str) -> tuple[httpx.URL, dict[str, tuple[str, str]]]:
    """``url``, and the HTTP headers that are sent to it beside those of the request."""
    parsed = httpx.URL(url)
    if not parsed.userinfo:
        return parsed, _STANDARD
    login = httpx.BasicAuth(parsed.username, parsed.password)
    request = next(login.auth_flow(httpx.Request("POST", parsed)))
    value = request.headers["Authorization"]
    return parsed, {**_STANDARD, "authorization": ("Authorization", value)}


class OwnHttp(_Own):
    """Sends, and blocks."""

    def __init__(self) -> None:
        super().__init__()
        self._transport = httpx.HTTPTransport(limits=_LIMITS)

    def close(self) -> None:
        """Close the connections."""
        self._is_closed = True
        self._transport.close()

    def post(
        self,
        url: str,
        headers: dict[str, str],
        content: bytes | Iterator[bytes],
        deadline: Deadline,
    ) -> Answer:
        """See ``Http.post``."""
        request = self._request(url, headers, content, deadline.timeout)
        keep(deadline, request, has_only_own=True)
        response = self._transport.handle_request(request)
        self._keep_cookies(response, request)
        stream = cast(httpx.SyncByteStream, response.stream)
        return answer_of(response, stream, stream.close)


class AsyncOwnHttp(_Own):
    """Sends, and awaits."""

    def __init__(self) -> None:
        super().__init__()
        self._transport = httpx.AsyncHTTPTransport(limits=_LIMITS)

    async def aclose(self) -> None:
        """Close the connections."""
        self._is_closed = True
        await self._transport.aclose()

    async def post(
        self,
        url: str,
        headers: dict[str, str],
        content: bytes | AsyncIterator[bytes],
        deadline: Deadline,
    ) -> AsyncAnswer:
        """See ``Http.post``."""
        request = self._request(url, headers, content, deadline.timeout)
        response = await self._transport.handle_async_request(request)
        self._keep_cookies(response, request)
        stream = cast(httpx.AsyncByteStream, response.stream)
        return answer_of(response, stream, stream.aclose)
