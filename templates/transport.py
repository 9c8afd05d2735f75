"""How a call is made: sending, hooks, repeating, errors.

A call is a generator of steps, which decides what to send and when to wait. Each client has a
driver that does the steps: one blocks, the other awaits.
"""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar, cast

from ._envelope import no_body, once_parsed
from ._exchange import exchange_of
from ._http import (
    Limits,
    Received,
    awaiting,
    blocking,
    check_address,
    http_error,
    send,
    send_async,
)
from ._log import Watch, watched
from ._mtom import collected
from ._responds import AsyncResponds, R, Responds
from ._secret_names import shown_address
from .errors import (
    CallError,
    Exchange,
    NotSoap,
    SoapFault,
    TransportError,
    UnexpectedResponse,
)
from .options import (
    AsyncLogin,
    Login,
    Outgoing,
    Retries,
    checked_bytes,
    checked_seconds,
    repeatable,
)
from .wire import AsyncHttp, Http

if TYPE_CHECKING:
    import httpx

    from ._own_http import AsyncOwnHttp, OwnHttp

Seconds = float | None
H = TypeVar("H")
T = TypeVar("T")
L = TypeVar("L", bound=Login[Any] | AsyncLogin[Any])


# If nothing else is said: the seconds for all of a call, and the bytes of an answer, unpacked.
_LONGEST, _LARGEST_ANSWER = 3600.0, 2**30

_Step = tuple[str, Any]
"""What to do next: "complete" the SOAP headers, "renew" a log-in, "send" a request, or "wait"."""


class _Client(Generic[H, L]):
    """What both kinds of client have in common."""

    #: The service, the base of SOAP actions and the SOAP version; set by generated clients.
    _service: ClassVar[str] = ""
    _actions: ClassVar[str] = ""
    _soap_version: str = "1.1"

    def __init__(
        self, url: str, soap_headers: H, timeout: Seconds, retries: int, longest: Seconds
    ) -> None:
        check_address(url)
        self.url = url
        self.soap_headers = soap_headers
        self._limits = Limits(checked_seconds("timeout", timeout), longest, _LARGEST_ANSWER)
        self._retries = Retries(most=retries)
        self._before: tuple[Callable[[Outgoing], None], ...] = ()
        self._after: tuple[Callable[[Exchange], None], ...] = ()
        self._watches: tuple[Watch, ...] = ()
        self._login: L | None = None
        self._secrets: frozenset[str] = frozenset()
        self._mtom = False

    def __repr__(self) -> str:
        login = "without a log-in" if self._login is None else "with a log-in"
        about = f"SOAP {self._soap_version}, {login}"
        return f"<{type(self).__name__} at {shown_address(self.url)}, {about}>"

    def with_options(
        self,
        *,
        soap_headers: H | None = None,
        timeout: Seconds = None,
        retries: int | Retries | None = None,
        largest_answer: int | None = None,
        mtom: bool | None = None,
        files_above: int | None = None,
        before: Callable[[Outgoing], None] | None = None,
        after: Callable[[Exchange], None] | None = None,
        secrets: Iterable[str] = (),
    ) -> Self:
        """A copy of this client with other options; both use the same connections.

        Args:
            soap_headers: The SOAP headers of the requests.
            timeout: How long a call may take, in seconds: to connect, send and receive all of the
                answer. Each repetition has it anew; waits before them and log-ins are not in it.
            retries: How often to repeat a call that failed; see :class:`Retries`.
            largest_answer: The size of an answer above which it is refused, unpacked, in bytes; by
                default a gibibyte.
            mtom: Whether requests are in parts, with each large binary as one (SOAP MTOM). Answers
                may be in any case.
            files_above: The size above which a part of an answer is kept in a temporary file, in
                bytes; ``as_file`` opens it.
            before: Called with each request before it is sent, after the hooks that this client
                has. It may change the request, for instance to sign it.
            after: Called with each exchange, after the hooks that this client has.
            secrets: Names of elements, attributes and HTTP headers whose values are masked, beside
                those whose names say that they are secret.
        """
        other = copy.copy(self)
        other.soap_headers = self.soap_headers if soap_headers is None else soap_headers
        if timeout is not None:
            other._limits = replace(other._limits, timeout=checked_seconds("timeout", timeout))
        if largest_answer is not None:
            largest = checked_bytes("largest_answer", largest_answer)
            other._limits = replace(other._limits, largest=largest)
        if files_above is not None:
            above = checked_bytes("files_above", files_above)
            other._limits = replace(other._limits, files_above=above)
        other._mtom = self._mtom if mtom is None else mtom
        if retries is not None:
            other._retries = retries if isinstance(retries, Retries) else Retries(most=retries)
        other._before += () if before is None else (before,)
        other._after += () if after is None else (after,)
        other._secrets |= frozenset(secrets)
        return other

    def with_login(self, login: L) -> Self:
        """A copy of this client that ``login`` logs in; both use the same connections."""
        other = copy.copy(self)
        other._login = login
        return other

    def _examine(self, content: bytes) -> None:
        """Raise an error if the SOAP headers of the answer report a failure."""

    def _steps(
        self,
        operation: str,
        build: Callable[..., bytes],
        parse: Callable[[bytes], T],
        action: str | None,
        has_soap_headers: bool,
    ) -> Generator[_Step, Any, T]:
        """The steps of one call: a driver does each step and sends back its outcome."""
        repeated, renewed, build = 0, False, repeatable(build)
        while True:
            soap_headers = self.soap_headers
            if has_soap_headers and self._login is not None:
                soap_headers = yield "complete", soap_headers
            given = {"soap_headers": soap_headers} if has_soap_headers else {}
            envelope, parts = collected(partial(build, **given), self._mtom)
            action = self._actions + operation if action is None else action
            headers = self._http_headers(action)
            outgoing = Outgoing(operation, action, self.url, envelope, headers, parts)
            for hook in self._before:
                hook(outgoing)
            try:
                return (yield from self._exchanged(outgoing, parse))
            except CallError as error:
                error.operation, error.url = operation, shown_address(str(outgoing.url))
                if not all(part.can_be_read for part in outgoing.parts or ()):
                    raise  # it is sent from a file that cannot be rewound
                login = self._login if has_soap_headers and not renewed else None
                if login is not None and login.is_expired(error):
                    renewed = True
                    yield "renew", soap_headers
                    continue
                pause = self._retries.pause(error, repeated)
                if pause is None:
                    raise
                repeated += 1
            yield "wait", pause

    def _exchanged(
        self, outgoing: Outgoing, parse: Callable[[bytes], T]
    ) -> Generator[_Step, Any, T]:
        """Send ``outgoing`` and read the answer. Every CallError has the exchange."""
        started = time.monotonic()
        response: Received | None
        failure: TransportError | None
        response, failure = yield "send", outgoing
        seconds = time.monotonic() - started
        exchange: Exchange | None = None  # few look at it
        if self._after:
            exchange = exchange_of(outgoing, response, seconds, self._secrets)
            for hook in self._after:
                hook(exchange)
        try:
            if failure is not None:
                raise failure
            assert response is not None, "there is either an answer or an error"
            return self._read(response, parse)
        except CallError as error:
            found = exchange or exchange_of(outgoing, response, seconds, self._secrets)
            error.exchange = found
            error.conceal(found.all_secrets())
            raise

    def _read(self, response: Received, parse: Callable[[bytes], T]) -> T:
        try:
            return self._result(response, parse)
        except RecursionError as error:
            raise UnexpectedResponse("the answer is too deep for the stack that is left") from error

    def _result(self, response: Received, parse: Callable[[bytes], T]) -> T:
        """The result in ``response``; a fault has status 500 (SOAP 1.1, 6.2), or 400 (SOAP 1.2)."""
        content_type = response.content_type.partition(";")[0].strip().lower()
        is_xml = content_type in ("", "text/xml", "application/xml") or "+xml" in content_type
        if not response.is_success:
            if is_xml and response.content and response.failure is None:
                try:
                    parse(response.content)
                except SoapFault:
                    raise
                except CallError:
                    pass  # without a fault, the error is the one for the status
            raise http_error(response)
        if response.failure is not None:
            raise response.failure
        if parse is ignored:
            return parse(response.content)
        if not is_xml and response.content:
            raise NotSoap(f"expected a SOAP envelope, got the content type {content_type}")
        content = once_parsed(response.content)
        self._examine(content)
        return parse(content)

    def _http_headers(self, action: str) -> dict[str, str]:
        """The HTTP headers of a request (SOAP 1.1, 6.1; SOAP 1.2 part 2, 7.1.4)."""
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{action}"'}
        if self._soap_version == "1.2":
            headers = {"Content-Type": f'application/soap+xml; charset=utf-8; action="{action}"'}
        return headers | {"Accept-Encoding": "gzip"}

    def _place(self, error: CallError, operation: str) -> None:
        """Say where ``error`` is from, if it does not say so: that of a log-in may not."""
        error.operation = error.operation or operation
        error.url = error.url or shown_address(self.url)


class SoapClient(_Client[H, Login[H]], Responds[R]):
    """A client that blocks. It may be shared between threads."""

    def __init__(
        self,
        url: str,
        soap_headers: H,
        timeout: Seconds,
        retries: int,
        http: httpx.Client | Http | None,
    ) -> None:
        self._own: httpx.Client | OwnHttp | None = None
        if http is None:
            # Not imported above: a program that only imports a client does not wait for httpx.
            from ._own_http import own_http

            http = self._own = own_http()
        self._http = blocking(http)
        # An httpx client that is given may have no end on purpose.
        longest = None if self._http is not http and self._own is None else _LONGEST
        super().__init__(url, soap_headers, timeout, retries, longest)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, except those of a given ``http``."""
        if self._own is not None:
            self._own.close()

    def _call(
        self,
        operation: str,
        build: Callable[..., bytes],
        parse: Callable[[bytes], T],
        *,
        action: str | None = None,
        has_soap_headers: bool = True,
    ) -> T:
        """Make a call: ``build`` the request, send it, and ``parse`` the answer."""
        with watched(self, operation) as client:
            steps = client._steps(operation, build, parse, action, has_soap_headers)
            outcome: Any = None
            try:
                while True:
                    outcome = self._do(steps.send(outcome))
            except StopIteration as done:
                return cast(T, done.value)
            except CallError as error:
                self._place(error, operation)
                raise

    def _do(self, step: _Step) -> Any:
        do, what = step
        if do == "send":
            return send(self._http, what, self._limits)
        if self._login is not None and do == "complete":
            return self._login.soap_headers(what)
        if self._login is not None and do == "renew":
            return self._login.renew(what)
        return time.sleep(what)


class AsyncSoapClient(_Client[H, AsyncLogin[H]], AsyncResponds[R]):
    """A client that awaits. It may be shared between tasks."""

    def __init__(
        self,
        url: str,
        soap_headers: H,
        timeout: Seconds,
        retries: int,
        http: httpx.AsyncClient | AsyncHttp | None,
    ) -> None:
        self._own: httpx.AsyncClient | AsyncOwnHttp | None = None
        if http is None:
            from ._own_http import own_async_http

            http = self._own = own_async_http()
        self._http = awaiting(http)
        longest = None if self._http is not http and self._own is None else _LONGEST
        super().__init__(url, soap_headers, timeout, retries, longest)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections, except those of a given ``http``."""
        if self._own is not None:
            await self._own.aclose()

    async def _call(
        self,
        operation: str,
        build: Callable[..., bytes],
        parse: Callable[[bytes], T],
        *,
        action: str | None = None,
        has_soap_headers: bool = True,
    ) -> T:
        """Make a call: ``build`` the request, send it, and ``parse`` the answer."""
        with watched(self, operation) as client:
            steps = client._steps(operation, build, parse, action, has_soap_headers)
            outcome: Any = None
            try:
                while True:
                    outcome = await self._do(steps.send(outcome))
            except StopIteration as done:
                return cast(T, done.value)
            except CallError as error:
                self._place(error, operation)
                raise

    async def _do(self, step: _Step) -> Any:
        do, what = step
        if do == "send":
            return await send_async(self._http, what, self._limits)
        if self._login is not None and do == "complete":
            return await self._login.soap_headers(what)
        if self._login is not None and do == "renew":
            return await self._login.renew(what)
        return await asyncio.sleep(what)


AnyClient = _Client[Any, Any]


def ignored(content: bytes) -> None:
    """The parser of a one-way operation: there is no response, but there may be a fault."""
    with suppress(UnexpectedResponse):
        no_body(content)
