"""What sends requests and receives answers: the protocol that ``http=`` of a client takes.

What is sent and read is decided above it: the envelope and its parts, limits, retries, what is
masked, and which error is raised. What satisfies it only carries bytes, by POST, and follows no
redirect.
"""

from __future__ import annotations

from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
)
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar, runtime_checkable

from ._deadline import Deadline
from .errors import TransportError

Pairs = Iterable[tuple[str, str]]
"""HTTP headers, in order."""

P = TypeVar("P")
K = TypeVar("K")


@dataclass(slots=True)
class HttpAnswer(Generic[P, K]):
    """An answer whose body is still to be read.

    Attributes:
        status: The HTTP status.
        reason: What the server calls the status; may be empty.
        headers: The HTTP headers, each as often as it came.
        pieces: The body as it arrives, not unpacked.
        close: Called at the end, also where the body was not read to its end; the connection is
            then kept only if it can be used again.
        sent: The HTTP headers that were sent, if others than the given ones: what is secret in
            them, such as a cookie, is masked.
    """

    status: int
    reason: str
    headers: Pairs
    pieces: P
    close: K
    sent: Mapping[str, str] = field(default_factory=dict, repr=False)


Answer = HttpAnswer[Iterable[bytes], Callable[[], object]]
AsyncAnswer = HttpAnswer[AsyncIterable[bytes], Callable[[], Awaitable[object]]]


@runtime_checkable
class Http(Protocol):
    """What sends requests, and blocks. It may be shared between threads if its users do so."""

    def post(
        self,
        url: str,
        headers: dict[str, str],
        content: bytes | Iterator[bytes],
        deadline: Deadline,
    ) -> Answer:
        """Send a request, and receive the HTTP headers of the answer.

        Args:
            url: The address.
            headers: The HTTP headers. With ``content`` in pieces, they may have Content-Length.
            content: The body, whole or in pieces, which can be read once.
            deadline: When all of it has to be there. Each step should take at most
                ``deadline.step()``; between the pieces of the answer it is checked.

        Raises:
            NotConnected: The request was surely not sent. It is sent once more.
            Exception: Anything else that went wrong: what ``kind_of`` knows, an OSError, or one of
                the errors that ``kind_of`` gives.
        """
        ...

    def kind_of(self, error: Exception) -> type[TransportError] | None:
        """What ``error`` means, which ``post`` or reading the answer raised.

        NotConnected, TimedOut, ConnectionLost, or TransportError for what is none of these; None
        for what is no error of a connection. Errors of the standard library are known without it.
        """
        ...


@runtime_checkable
class AsyncHttp(Protocol):
    """``Http`` that awaits. What takes too long is cancelled."""

    async def post(
        self,
        url: str,
        headers: dict[str, str],
        content: bytes | AsyncIterator[bytes],
        deadline: Deadline,
    ) -> AsyncAnswer:
        """See ``Http.post``."""
        ...

    def kind_of(self, error: Exception) -> type[TransportError] | None:
        """See ``Http.kind_of``."""
        ...
