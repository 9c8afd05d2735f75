"""The options of calls: hooks, which can change a request, retries, and log-ins."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, TypeVar

from ._mtom import Beside
from ._secret_names import shown_address
from .errors import CallError, HttpError, InvalidValue, NotConnected, TransportError

H = TypeVar("H")

# What may precede a start tag, and the attributes in one, whose values may contain ">" (XML 1.0,
# sections 2.8 and 3.1).
_BEFORE = rb"(?>\s+|<\?.*?\?>|<!--.*?-->)*+"
_ATTRIBUTES = rb"""(?:\s+[^\s<>/="']+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*"""
_ENVELOPE = re.compile(
    rb"(?:\xef\xbb\xbf)?%b<(?P<prefix>[^\s<>/:]+:)?Envelope%b>" % (_BEFORE, _ATTRIBUTES), re.DOTALL
)
_HEADER = re.compile(
    rb"%b<(?P<name>(?:[^\s<>/:]+:)?Header)%b(?P<end>/?>)" % (_BEFORE, _ATTRIBUTES), re.DOTALL
)


@dataclass(slots=True)
class Outgoing:
    """A request that is about to be sent; a hook may change it.

    Attributes:
        operation: The operation, by its name in the contract.
        action: The SOAP action.
        url: The address that it goes to.
        envelope: The request, in UTF-8.
        http_headers: The HTTP headers.
        parts: What is sent beside the envelope; the request is in parts if there is any.
    """

    operation: str
    action: str
    url: str
    envelope: bytes = field(repr=False)
    http_headers: dict[str, str] = field(repr=False)
    parts: Beside | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        return (
            f"Outgoing(operation={self.operation!r}, action={self.action!r}, "
            f"url={shown_address(self.url)!r})"
        )

    def add_header(self, markup: str) -> None:
        """Insert ``markup`` before the SOAP headers of the request.

        It may use the prefixes that the envelope declares. The element Header is the first child
        of the envelope (SOAP 1.1, section 4; SOAP 1.2 part 1, section 5.1); it is added if missing.

        Raises:
            InvalidValue: The request is not an envelope.
        """
        start = _ENVELOPE.match(self.envelope)
        if start is None:
            raise InvalidValue("the request is not a SOAP envelope, to which a header can be added")
        content = markup.encode()
        header = _HEADER.match(self.envelope, start.end())
        if header is None:
            before = after = start.end()
            name = (start["prefix"] or b"") + b"Header"
            content = b"<%b>%b</%b>" % (name, content, name)
        elif header["end"] == b"/>":
            before, after = header.span("end")
            content = b">%b</%b>" % (content, header["name"])
        else:
            before = after = header.end()
        self.envelope = self.envelope[:before] + content + self.envelope[after:]


@dataclass(frozen=True, slots=True)
class Retries:
    """When to repeat a call that failed: never, unless ``most`` is more than 0.

    A request that was never sent, because there was no connection, is sent once more in any case.

    Attributes:
        most: How often a call may be repeated. It may then reach the server more than once.
        wait: How long to wait before the first repetition, in seconds; doubled for each later one.
        longest: The longest wait, in seconds; a server that asks for a longer one is not called
            again.
        statuses: The HTTP statuses after which to repeat.
    """

    most: int = 0
    wait: float = 0.5
    longest: float = 30.0
    statuses: frozenset[int] = frozenset({429, 502, 503, 504})

    def __post_init__(self) -> None:
        if not isinstance(self.most, int) or self.most < 0:
            raise InvalidValue(f"retries: expected an int that is not negative, not {self.most!r}")
        for name in ("wait", "longest"):
            if getattr(self, name) != 0:
                checked_seconds(name, getattr(self, name))

    def pause(self, error: CallError, repeated: int) -> float | None:
        """How long to wait before the call is repeated, in seconds; None if it is not."""
        asked = error.retry_after if isinstance(error, HttpError) else None
        if isinstance(error, NotConnected) and repeated == 0:
            return 0.0
        helps = isinstance(error, TransportError)
        if isinstance(error, HttpError):
            helps = error.status in self.statuses
        if repeated >= self.most or not helps or (asked or 0.0) > self.longest:
            return None
        return min(max(self.wait * 2.0 ** min(repeated, 100), asked or 0.0), self.longest)


def checked_seconds(name: str, value: float | None) -> float | None:
    """``value``; InvalidValue is raised unless it is None or a time that Python can wait for."""
    if value is None or (isinstance(value, int | float) and 0 < value <= threading.TIMEOUT_MAX):
        return value
    raise InvalidValue(f"{name}: expected seconds, more than 0, not {value!r}")


def checked_bytes(name: str, value: int) -> int:
    """``value``; InvalidValue is raised unless it is a positive number."""
    if isinstance(value, int) and value > 0:
        return value
    raise InvalidValue(f"{name}: expected a number of bytes, more than 0, not {value!r}")


def repeatable(build: Callable[..., bytes]) -> Callable[..., bytes]:
    """``build`` such that it may be called again: what can be read only once is kept in lists."""
    if not isinstance(build, partial):
        return build
    arguments = map(_kept, build.args)
    return partial(
        build.func, *arguments, **{name: _kept(value) for name, value in build.keywords.items()}
    )


def _kept(value: object) -> object:
    return list(value) if isinstance(value, Iterator) else value


class Login(Protocol[H]):
    """Adds credentials to the SOAP headers, and logs in again when they have expired."""

    def soap_headers(self, soap_headers: H) -> H:
        """``soap_headers`` with credentials, after logging in if there are none yet."""
        ...

    def is_expired(self, error: CallError) -> bool:
        """Whether ``error`` means that the credentials have expired."""
        ...

    def renew(self, soap_headers: H) -> None:
        """Log in again, unless that was done after ``soap_headers`` were made."""
        ...


class AsyncLogin(Protocol[H]):
    """``Login`` for an asynchronous client."""

    async def soap_headers(self, soap_headers: H) -> H:
        """See ``Login.soap_headers``."""
        ...

    def is_expired(self, error: CallError) -> bool:
        """See ``Login.is_expired``."""
        ...

    async def renew(self, soap_headers: H) -> None:
        """See ``Login.renew``."""
        ...
