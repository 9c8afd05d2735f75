"""What SuperOffice's NetServer adds to SOAP: failures in SOAP headers, tickets, refused log-ins.

A log-in returns a ticket, which is valid for six hours after its last use. ``Tickets`` keeps one,
and logs in again when the server reports that it is no longer valid::

    principal = SoPrincipalClient(url, application_token=token)
    tickets = Tickets(
        lambda: ticket_of(principal.authenticate_username_password("me", "secret"))
    )
    client = EMailClient(url, application_token=token).with_login(tickets)
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Protocol, TypeVar, cast

from .errors import CallError, LoginRefused, ServerFailure, SoapFault, Unauthorized

H = TypeVar("H")
R = TypeVar("R", bound="_Login")


class _SoapHeaders(Protocol):
    @property
    def succeeded(self) -> bool | None: ...
    @property
    def exception_info(self) -> Any: ...


class _Login(Protocol):
    @property
    def authentication_succeeded(self) -> bool: ...
    @property
    def credentials(self) -> Any: ...


def raise_failure(soap_headers: _SoapHeaders) -> None:
    """Raise ServerFailure if ``soap_headers`` say that the call failed."""
    info = soap_headers.exception_info
    message = (info.message or info.friendly_text or "") if info else ""
    kind = (info.exception_type or "") if info else ""
    if soap_headers.succeeded is False or message or kind:
        parameters = (info.parameters or {}) if info else {}
        raise ServerFailure(
            message or "the server does not say why", type=kind, parameters=parameters
        )


def accepted(parse: Callable[[bytes], R]) -> Callable[[bytes], R]:
    """A parser that reads like ``parse``, but raises LoginRefused if the log-in did not succeed."""

    def read(content: bytes) -> R:
        result = parse(content)
        if not result.authentication_succeeded:
            raise LoginRefused("the log-in was refused")
        return result

    return read


def ticket_of(result: _Login) -> str:
    """The ticket in the result of a log-in. Raises LoginRefused if there is none."""
    ticket: str | None = result.credentials.ticket if result.credentials else None
    if not ticket:
        raise LoginRefused("the log-in gave no ticket")
    return ticket


# What NetServer raises where it authenticates the caller, before the operation acts. The text of a
# failure tells nothing: it may be about tickets and sessions that are records.
_NOT_AUTHENTICATED = "SoSessionException"


def is_expired(error: CallError) -> bool:
    """Whether ``error`` means that the ticket is no longer valid, and that nothing was done."""
    kind = ""
    if isinstance(error, ServerFailure):
        kind = error.type
    elif isinstance(error, SoapFault) and error.exception is not None:
        kind = error.exception.type
    return isinstance(error, Unauthorized) or kind.rpartition(".")[2] == _NOT_AUTHENTICATED


class Tickets:
    """Adds a ticket to the SOAP headers; logs in when there is none or it is no longer valid.

    It may be shared between clients and between threads: if several of them notice at the same time
    that the ticket has expired, only one logs in.

    Args:
        log_in: Logs in and returns a ticket.
        expired: Whether an error means that the ticket is no longer valid, and that the operation
            did nothing: the call is made again.
    """

    def __init__(
        self, log_in: Callable[[], str], expired: Callable[[CallError], bool] = is_expired
    ) -> None:
        self._log_in = log_in
        self._lock = threading.Lock()
        self._ticket: str | None = None
        self.is_expired = expired

    def soap_headers(self, soap_headers: H) -> H:
        """``soap_headers`` with the ticket, after logging in if there is none."""
        with self._lock:
            if self._ticket is None:
                self._ticket = self._log_in()
            return _with_ticket(soap_headers, self._ticket)

    def renew(self, soap_headers: object) -> None:
        """Log in again, unless the ticket is no longer the one in ``soap_headers``."""
        with self._lock:
            if self._ticket == _ticket_in(soap_headers):
                self._ticket = self._log_in()


class AsyncTickets:
    """``Tickets`` for asynchronous clients; ``log_in`` is awaited."""

    def __init__(
        self,
        log_in: Callable[[], Awaitable[str]],
        expired: Callable[[CallError], bool] = is_expired,
    ) -> None:
        self._log_in = log_in
        self._lock = asyncio.Lock()
        self._ticket: str | None = None
        self.is_expired = expired

    async def soap_headers(self, soap_headers: H) -> H:
        """``soap_headers`` with the ticket, after logging in if there is none."""
        async with self._lock:
            if self._ticket is None:
                self._ticket = await self._log_in()
            return _with_ticket(soap_headers, self._ticket)

    async def renew(self, soap_headers: object) -> None:
        """Log in again, unless the ticket is no longer the one in ``soap_headers``."""
        async with self._lock:
            if self._ticket == _ticket_in(soap_headers):
                self._ticket = await self._log_in()


def _with_ticket(soap_headers: H, ticket: str) -> H:
    dataclass: Any = soap_headers
    return cast(H, replace(dataclass, ticket=ticket))


def _ticket_in(soap_headers: object) -> str | None:
    return cast("str | None", getattr(soap_headers, "ticket", None))
