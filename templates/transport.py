"""What the clients stand on: sending, hooks, repeating, and telling what went wrong.

A call is a conversation: what to send and when to wait is decided in one place, and two drivers,
one that blocks and one that awaits, do what it says.
"""

from __future__ import annotations

import asyncio
import copy
import email.utils
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, Self, TypeVar, cast

from .errors import (
    HTTP_ERRORS,
    CallError,
    ConnectionLost,
    Exchange,
    HttpError,
    NotConnected,
    NotSoap,
    ServerError,
    SoapFault,
    TimedOut,
    TransportError,
)

if TYPE_CHECKING:
    import httpx

Seconds = float | None
H = TypeVar("H")
T = TypeVar("T")
L = TypeVar("L", bound="Login[Any] | AsyncLogin[Any]")


@dataclass(slots=True)
class Outgoing:
    """A request that is about to be sent; a hook may change it.

    Attributes:
        operation: The operation, by its name in the contract.
        action: The SOAP action.
        url: The address that it goes to.
        envelope: The request.
        http_headers: The HTTP headers.
    """

    operation: str
    action: str
    url: str
    envelope: bytes = field(repr=False)
    http_headers: dict[str, str] = field(repr=False)

    def add_header(self, markup: str) -> None:
        """Put ``markup`` before the SOAP headers of the request."""
        start, tag, rest = self.envelope.partition(b"<s:Header>")
        if not tag:
            start, _, rest = self.envelope.partition(b"<s:Body>")
            rest = b"</s:Header><s:Body>" + rest
        self.envelope = start + b"<s:Header>" + markup.encode() + rest


@dataclass(frozen=True, slots=True)
class Retries:
    """When to repeat a call that failed: never, unless ``most`` says otherwise.

    A request that was never sent, as there was no connection, is sent once more in any case.

    Attributes:
        most: How often a call may be repeated. It may then reach the server more than once.
        wait: How long to wait before the first repetition, in seconds; doubled for each other one.
        longest: How long to wait at the most; a server that asks for longer is not called again.
        statuses: The HTTP statuses after which to repeat.
    """

    most: int = 0
    wait: float = 0.5
    longest: float = 30.0
    statuses: frozenset[int] = frozenset({429, 502, 503, 504})

    def pause(self, error: CallError, repeated: int) -> float | None:
        """How long to wait before the call is repeated; None if it is not."""
        asked = error.retry_after if isinstance(error, HttpError) else None
        if isinstance(error, NotConnected) and repeated == 0:
            return 0.0
        helps = isinstance(error, TransportError)
        if isinstance(error, HttpError):
            helps = error.status in self.statuses
        if repeated >= self.most or not helps or (asked or 0.0) > self.longest:
            return None
        backoff = self.wait * 2.0**repeated
        return min(max(backoff, asked or 0.0), self.longest)


class Login(Protocol[H]):
    """Lets a client in: puts what a log-in gives into the headers, and logs in again when asked."""

    def headers(self, headers: H) -> H:
        """``headers`` with what a log-in gave, after logging in if need be."""

    def is_expired(self, error: CallError) -> bool:
        """Whether ``error`` says that what was sent is no longer valid."""

    def renew(self, headers: H) -> None:
        """Log in again, unless somebody has since ``headers`` were made."""


class AsyncLogin(Protocol[H]):
    """The same for an asynchronous client."""

    async def headers(self, headers: H) -> H: ...
    def is_expired(self, error: CallError) -> bool: ...
    async def renew(self, headers: H) -> None: ...


_Step = tuple[str, Any]
"""What is to be done next: "complete" headers, "renew" a log-in, "send" a request, or "wait"."""


class _Client(Generic[H, L]):
    """What both kinds of client have in common."""

    #: The base of SOAP actions, the SOAP version, and what is secret: the client of a service says.
    _actions: ClassVar[str] = ""
    _soap_version: ClassVar[str] = "1.1"
    _secrets: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, url: str, headers: H, timeout: Seconds, retries: int) -> None:
        # Here and not above: whoever only imports a client need not wait for it to be loaded.
        import httpx

        self._httpx = httpx
        self.url = url
        self.headers = headers
        self._timeout: Any = httpx.USE_CLIENT_DEFAULT if timeout is None else timeout
        self._retries = Retries(most=retries)
        self._before: tuple[Callable[[Outgoing], None], ...] = ()
        self._after: tuple[Callable[[Exchange], None], ...] = ()
        self._login: L | None = None

    def with_options(
        self,
        *,
        headers: H | None = None,
        timeout: Seconds = None,
        retries: int | Retries | None = None,
        before: Callable[[Outgoing], None] | None = None,
        after: Callable[[Exchange], None] | None = None,
    ) -> Self:
        """This client with other options, for a call or for many; the connections are the same.

        Args:
            headers: The SOAP headers of the requests.
            timeout: How long to wait for the server, in seconds.
            retries: How often to repeat a call that failed; see :class:`Retries`.
            before: Told of each request before it is sent, after those that are told already. It
                may change the request, for instance to sign it.
            after: Told of each exchange, after those that are told already.
        """
        other = copy.copy(self)
        other.headers = self.headers if headers is None else headers
        other._timeout = self._timeout if timeout is None else timeout
        if retries is not None:
            other._retries = retries if isinstance(retries, Retries) else Retries(most=retries)
        other._before += () if before is None else (before,)
        other._after += () if after is None else (after,)
        return other

    def with_login(self, login: L) -> Self:
        """This client, let in by ``login``; the connections are the same."""
        other = copy.copy(self)
        other._login = login
        return other

    def _examine(self, content: bytes) -> None:
        """Raise an error if the answer says by its headers that the call failed."""

    def _steps(
        self,
        operation: str,
        build: Callable[..., bytes],
        parse: Callable[[bytes], T],
        action: str | None,
        has_headers: bool,
    ) -> Generator[_Step, Any, T]:
        """The steps of one call: each is done by a driver, which sends back what came of it."""
        repeated, renewed = 0, False
        while True:
            headers = self.headers
            if has_headers and self._login is not None:
                headers = yield "complete", headers
            envelope = build(headers=headers) if has_headers else build()
            action = self._actions + operation if action is None else action
            outgoing = Outgoing(operation, action, self.url, envelope, self._http_headers(action))
            for told in self._before:
                told(outgoing)
            try:
                return (yield from self._exchanged(outgoing, parse))
            except CallError as error:
                error.operation, error.url = operation, _without_user(self.url)
                if self._login is not None and not renewed and self._login.is_expired(error):
                    renewed = True
                    yield "renew", headers
                    continue
                pause = self._retries.pause(error, repeated)
                if pause is None:
                    raise
                repeated += 1
            yield "wait", pause

    def _exchanged(
        self, outgoing: Outgoing, parse: Callable[[bytes], T]
    ) -> Generator[_Step, Any, T]:
        """Send ``outgoing`` and read the answer. Every error knows the exchange."""
        started = time.monotonic()
        response: httpx.Response | None = None
        failure: CallError | None = None
        try:
            response = yield "send", outgoing
        except self._httpx.RequestError as cause:
            failure = _transport_error(cause)
            failure.__cause__ = cause
        exchange = Exchange(
            operation=outgoing.operation,
            url=_without_user(self.url),
            status=None if response is None else response.status_code,
            content_type="" if response is None else response.headers.get("Content-Type", ""),
            seconds=time.monotonic() - started,
            sent=outgoing.envelope,
            received=b"" if response is None else response.content,
            secrets=self._secrets | {"Password"},  # which a hook may have added
        )
        for told in self._after:
            told(exchange)
        try:
            if failure is not None:
                raise failure
            assert response is not None, "either an answer came, or an error"
            return self._read(response, parse)
        except CallError as error:
            error.exchange = exchange
            error.conceal(exchange.secret_texts)
            raise

    def _read(self, response: httpx.Response, parse: Callable[[bytes], T]) -> T:
        """What ``response`` carries; a fault has status 500 (SOAP 1.1, 6.2), or 400 (SOAP 1.2)."""
        content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        is_xml = content_type in ("", "text/xml", "application/xml") or "+xml" in content_type
        if not response.is_success:
            if is_xml and response.content:
                try:
                    parse(response.content)
                except SoapFault:
                    raise
                except CallError:
                    pass  # what the body is matters less than the status
            raise _http_error(response)
        if parse is ignored:
            return parse(response.content)
        if not is_xml and response.content:
            raise NotSoap(f"expected a SOAP envelope, got the content type {content_type}")
        self._examine(response.content)
        return parse(response.content)

    def _http_headers(self, action: str) -> dict[str, str]:
        """The HTTP headers of a request (SOAP 1.1, 6.1; SOAP 1.2 part 2, 7.1.4)."""
        if self._soap_version == "1.2":
            return {"Content-Type": f'application/soap+xml; charset=utf-8; action="{action}"'}
        return {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{action}"'}


class SoapClient(_Client[H, Login[H]]):
    """A client that blocks. It may be shared between threads."""

    def __init__(
        self, url: str, headers: H, timeout: Seconds, retries: int, http: httpx.Client | None
    ) -> None:
        super().__init__(url, headers, timeout, retries)
        self._owns_http = http is None
        self._http = http or self._httpx.Client(timeout=60.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, unless they belong to an ``http`` that was given."""
        if self._owns_http:
            self._http.close()

    def _call(
        self,
        operation: str,
        build: Callable[..., bytes],
        parse: Callable[[bytes], T],
        *,
        action: str | None = None,
        has_headers: bool = True,
    ) -> T:
        """Make a call: ``build`` the request, send it, and ``parse`` the answer."""
        steps = self._steps(operation, build, parse, action, has_headers)
        came: Any = None
        try:
            while True:
                step = steps.send(came)
                try:
                    came = self._do(step)
                except self._httpx.RequestError as error:
                    came = self._do(steps.throw(error))
        except StopIteration as done:
            return cast(T, done.value)

    def _do(self, step: _Step) -> Any:
        do, what = step
        if do == "send":
            outgoing: Outgoing = what
            return self._http.post(
                self.url,
                content=outgoing.envelope,
                headers=outgoing.http_headers,
                timeout=self._timeout,
            )
        if self._login is not None and do == "complete":
            return self._login.headers(what)
        if self._login is not None and do == "renew":
            return self._login.renew(what)
        return time.sleep(what)


class AsyncSoapClient(_Client[H, AsyncLogin[H]]):
    """A client that awaits. It may be shared between tasks."""

    def __init__(
        self, url: str, headers: H, timeout: Seconds, retries: int, http: httpx.AsyncClient | None
    ) -> None:
        super().__init__(url, headers, timeout, retries)
        self._owns_http = http is None
        self._http = http or self._httpx.AsyncClient(timeout=60.0)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections, unless they belong to an ``http`` that was given."""
        if self._owns_http:
            await self._http.aclose()

    async def _call(
        self,
        operation: str,
        build: Callable[..., bytes],
        parse: Callable[[bytes], T],
        *,
        action: str | None = None,
        has_headers: bool = True,
    ) -> T:
        """Make a call: ``build`` the request, send it, and ``parse`` the answer."""
        steps = self._steps(operation, build, parse, action, has_headers)
        came: Any = None
        try:
            while True:
                step = steps.send(came)
                try:
                    came = await self._do(step)
                except self._httpx.RequestError as error:
                    came = await self._do(steps.throw(error))
        except StopIteration as done:
            return cast(T, done.value)

    async def _do(self, step: _Step) -> Any:
        do, what = step
        if do == "send":
            outgoing: Outgoing = what
            return await self._http.post(
                self.url,
                content=outgoing.envelope,
                headers=outgoing.http_headers,
                timeout=self._timeout,
            )
        if self._login is not None and do == "complete":
            return await self._login.headers(what)
        if self._login is not None and do == "renew":
            return await self._login.renew(what)
        return await asyncio.sleep(what)


def ignored(content: bytes) -> None:
    """What the answer to a one-way operation is read as: there is none to read."""


def _transport_error(cause: httpx.RequestError) -> TransportError:
    import httpx

    said = str(cause) or type(cause).__name__
    if isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return NotConnected(f"no connection: {said}")
    if isinstance(cause, httpx.UnsupportedProtocol | httpx.ProxyError):
        return NotConnected(f"no connection: {said}")
    if isinstance(cause, httpx.TimeoutException):
        return TimedOut(f"no answer in time: {said}")
    return ConnectionLost(f"the connection broke: {said}")


def _http_error(response: httpx.Response) -> HttpError:
    status = response.status_code
    kind = HTTP_ERRORS.get(status, ServerError if status >= 500 else HttpError)
    return kind(status, response.reason_phrase, _retry_after(response.headers))


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """How long the server asks to wait, in seconds (RFC 9110, 10.2.3)."""
    text = headers.get("Retry-After", "").strip()
    if not text:
        return None
    if text.isdigit():
        return float(text)
    try:
        until = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def _without_user(url: str) -> str:
    """``url`` without the user name and password that it may hold."""
    import httpx

    parts = httpx.URL(url)
    return str(parts.copy_with(username=None, password=None)) if parts.userinfo else url
