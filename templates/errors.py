"""The errors that a call can raise instead of returning its result.

SoapError
├── InvalidValue              a value cannot be written as the contract says (also a ValueError)
└── CallError                 a call was made, or was to be made
    ├── TransportError        there is no answer
    │   ├── NotConnected          there was no connection: the request was never sent
    │   ├── TimedOut              no answer in time: whether the server acted is not known
    │   └── ConnectionLost        the connection broke: whether the server acted is not known
    ├── HttpError             an HTTP status that is no success, without a fault
    │   ├── Unauthorized          401
    │   ├── Forbidden             403
    │   ├── NotFound              404
    │   ├── Misdirected           421: another host is the right one
    │   ├── TooManyRequests       429
    │   └── ServerError           500 to 599
    ├── SoapFault             the server answered with a fault; those that a contract declares
    │                         are subclasses, with a typed ``detail``
    ├── ServerFailure         the server reports a failure in SOAP headers
    ├── LoginRefused          a log-in was refused
    └── UnexpectedResponse    the answer is not what the contract says
        ├── NotSoap               there is no envelope: an empty body, a page, another content type
        ├── TooLarge              it is larger than the option ``largest_answer``
        ├── Truncated             the XML is cut off
        └── WrongMessage          the body has another message

Each CallError has the operation, the address and, once something was sent, the exchange. Secrets,
such as a password or a ticket, are masked in all of them, and in copies that go to other processes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._secrets import Secrets


@dataclass(frozen=True, slots=True)
class Exchange:
    """What went over the wire for one call.

    A copy of it, such as one for another process, has its secrets masked in all of its attributes.

    Attributes:
        operation: The operation, by its name in the contract.
        url: The address, its secrets masked.
        status: The HTTP status; None where there was no answer.
        content_type: The content type of the answer.
        seconds: The time from the request to the answer, in seconds.
        sent: The request as it went out, with its secrets.
        received: The answer as it was received, with its secrets.
        secrets: The names that the client was told are secret.
        known: The secrets in the address and in the HTTP headers.
    """

    operation: str
    url: str
    status: int | None
    content_type: str
    seconds: float
    sent: bytes = field(repr=False)
    received: bytes = field(repr=False)
    secrets: frozenset[str] = field(default=frozenset(), repr=False)
    known: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def request(self) -> str:
        """The request, its secrets masked."""
        return self._known_secrets().masked(self.sent)

    @property
    def response(self) -> str:
        """The answer, its secrets masked, also where it repeats those of the request."""
        secrets = self._known_secrets()
        secrets.learn(self.sent)
        return secrets.masked(self.received, self.content_type)

    def all_secrets(self) -> Secrets:
        """The secrets of the request and of the answer."""
        secrets = self._known_secrets()
        secrets.learn(self.sent)
        secrets.learn(self.received, self.content_type)
        return secrets

    def _known_secrets(self) -> Secrets:
        # Not imported above: a program that only imports errors does not wait for lxml.
        from ._secrets import Secrets

        return Secrets(self.secrets, self.known)

    def __reduce__(self) -> tuple[Any, ...]:
        # With a byte order mark, the text needs no other word on its encoding.
        masked = self.request.encode(), self.response.encode("utf-8-sig")
        about = self.operation, self.url, self.status, self.content_type, self.seconds
        return Exchange, (*about, *masked, self.secrets)


class SoapError(Exception):
    """Any error that a call can raise."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (type(self), *self.args), vars(self)


def _remade(kind: type[SoapError], *arguments: object) -> SoapError:
    """An error with ``arguments``, which are not those that the class ``kind`` is called with."""
    return kind.__new__(kind, *arguments)


class InvalidValue(SoapError, ValueError):
    """A value cannot be written as the contract says; the message names the element."""


class CallError(SoapError):
    """A call did not return its result.

    Attributes:
        operation: The operation, by its name in the contract; empty where that is not known.
        url: The address that was called.
        exchange: What went over the wire, if anything did.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.operation = ""
        self.url = ""
        self.exchange: Exchange | None = None

    def conceal(self, secrets: Secrets) -> None:
        """Mask ``secrets`` wherever the error repeats them, and forget what holds the request."""
        self.args = secrets.hidden(self.args)
        for name, value in vars(self).items():
            if name != "exchange":
                setattr(self, name, secrets.hidden(value))
        # What a parser raised may quote the answer; what the HTTP library raised has the request.
        if self.__suppress_context__:
            self.__context__ = None
        if isinstance(self, TransportError) and self.__cause__ is not None:
            self.__cause__.args = secrets.hidden(self.__cause__.args)
        else:
            self.__cause__ = None

    def __str__(self) -> str:
        message = super().__str__()
        return f"{self.operation} at {self.url}: {message}" if self.operation else message


class TransportError(CallError):
    """There is no answer; the cause is what the HTTP library raised, without its request."""


class NotConnected(TransportError):
    """There was no connection: the request was never sent, and can be sent again."""


class TimedOut(TransportError):
    """There was no answer in time; whether the server acted is not known."""


class ConnectionLost(TransportError):
    """The connection broke before the answer was there; whether the server acted is not known."""


class HttpError(CallError):
    """The HTTP status is no success, and there is no fault with it.

    Attributes:
        status: The HTTP status.
        retry_after: How long the server asks to wait, in seconds; None where it does not say.
    """

    def __init__(self, status: int, reason: str, retry_after: float | None = None) -> None:
        super().__init__(f"HTTP status {status} {reason}".rstrip())
        self.status = status
        self.retry_after = retry_after


class Unauthorized(HttpError):
    """HTTP status 401: the caller is not authenticated."""


class Forbidden(HttpError):
    """HTTP status 403: the caller has no permission."""


class NotFound(HttpError):
    """HTTP status 404: there is no service at the address."""


class Misdirected(HttpError):
    """HTTP status 421: another host is the right one."""


class TooManyRequests(HttpError):
    """HTTP status 429: the server asks to wait."""


class ServerError(HttpError):
    """HTTP status 500 to 599."""


HTTP_ERRORS: Mapping[int, type[HttpError]] = {
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    421: Misdirected,
    429: TooManyRequests,
}


@dataclass(frozen=True, slots=True)
class ExceptionDetail:
    """The exception behind a fault of a .NET service that includes it.

    Attributes:
        type: The class of the exception.
        message: What it says.
        stack_trace: Where it was raised.
        inner: The exception behind it.
    """

    type: str
    message: str
    stack_trace: str = field(default="", repr=False)
    inner: ExceptionDetail | None = None


class SoapFault(CallError):
    """The server answered with a fault.

    Attributes:
        code: The fault code, such as ``s:Client``; in SOAP 1.2 the value of ``Code``.
        reason: What the server says went wrong; in SOAP 1.2 the first text.
        subcodes: The subcodes of SOAP 1.2, the outermost first, each with its namespace:
            ``{urn:example:bank}NoMoney``.
        reasons: The texts of SOAP 1.2, by language: ``{"en": "Too late"}``.
        actor: Who reports the fault, if the server says so; in SOAP 1.2 the role.
        node: The address of the SOAP node that reports it, if a SOAP 1.2 server says so.
        markup: The detail as XML, if there is any.
        exception: The exception behind it, where a .NET service includes it.
    """

    def __init__(
        self,
        code: str,
        reason: str,
        *,
        subcodes: tuple[str, ...] = (),
        reasons: Mapping[str, str] | None = None,
        actor: str = "",
        node: str = "",
        markup: str = "",
        exception: ExceptionDetail | None = None,
    ) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
        self.subcodes = subcodes
        self.reasons = dict(reasons or {})
        self.actor = actor
        self.node = node
        self.markup = markup
        self.exception = exception


class ServerFailure(CallError):
    """The server reports a failure in the SOAP headers of its answer.

    Attributes:
        type: The kind of failure, if the server says so.
        message: What the server says went wrong.
        parameters: What it adds, by name.
    """

    def __init__(self, message: str, *, type: str = "", parameters: Mapping[str, str]) -> None:
        super().__init__(f"{type}: {message}" if type else message)
        self.type = type
        self.message = message
        self.parameters = dict(parameters)


class LoginRefused(CallError):
    """A log-in was refused."""


class UnexpectedResponse(CallError):
    """The answer is not what the contract says; the message says where it differs."""


class NotSoap(UnexpectedResponse):
    """There is no envelope: the body is empty, or a page, or of another content type."""


class TooLarge(UnexpectedResponse):
    """The answer is larger than the option ``largest_answer`` allows; the rest was not read."""


class Truncated(UnexpectedResponse):
    """The XML of the answer is cut off."""


class WrongMessage(UnexpectedResponse):
    """The body has another message than the answer to the operation."""
