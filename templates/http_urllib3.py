"""Requests by urllib3: ``Urllib3Http`` is what a client takes as ``http``."""

from __future__ import annotations

import io
import re
import ssl
from collections.abc import Iterator
from functools import partial
from http.client import HTTPResponse
from typing import Any

import urllib3
from urllib3 import exceptions

from ._deadline import Deadline, current
from .errors import ConnectionLost, NotConnected, TimedOut, TransportError
from .wire import Answer, HttpAnswer

_NOT_SENT = (
    exceptions.NewConnectionError,  # also a name that leads nowhere
    exceptions.ConnectTimeoutError,
    exceptions.ProxyError,
    exceptions.EmptyPoolError,
    exceptions.ClosedPoolError,
    exceptions.LocationParseError,
    exceptions.URLSchemeUnknown,
)

_LINE_BREAK = re.compile("[\r\n\0]")

# How much of an answer is read at a time, in bytes.
_PIECE = 2**16


class Urllib3Http:
    """Sends by urllib3, and blocks. It may be shared between threads."""

    def __init__(self, pools: urllib3.PoolManager | None = None) -> None:
        """Send by ``pools``, with the certificates and proxies that they have.

        Args:
            pools: The connections; by default those of a new manager, ten to each host. A manager
                that is given makes connections from now on that keep to the time of a call.
        """
        self._pools = urllib3.PoolManager(maxsize=10) if pools is None else pools
        self._pools.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def close(self) -> None:
        """Close the connections."""
        self._pools.clear()

    def post(
        self,
        url: str,
        headers: dict[str, str],
        content: bytes | Iterator[bytes],
        deadline: Deadline,
    ) -> Answer:
        """See ``Http.post``."""
        sent = {**self._pools.headers, **headers}
        try:
            _check_headers(sent)
            address = urllib3.util.parse_url(url)
        except (AttributeError, TypeError, ValueError, exceptions.LocationParseError) as error:
            raise NotConnected(f"the request cannot be sent: {error}") from None
        if address.scheme not in ("http", "https") or not address.host:
            raise NotConnected(
                "the request cannot be sent: expected http:// or https://, and a host"
            )
        response = self._pools.urlopen(
            "POST",
            url,
            body=content,
            headers=sent,
            timeout=urllib3.Timeout(connect=deadline.step(), read=deadline.step()),
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )

        def close() -> None:
            # What was not read to its end would be taken for the next answer.
            response.release_conn() if response.closed else response.close()

        # What is there, and not first all of a piece.
        pieces = iter(partial(response.read1, _PIECE, decode_content=False), b"")
        reason = response.reason or ""
        return HttpAnswer(response.status, reason, response.headers.items(), pieces, close, sent)

    def kind_of(self, error: Exception) -> type[TransportError] | None:
        """See ``Http.kind_of``."""
        if isinstance(error, _NOT_SENT):
            return NotConnected
        is_late = any(isinstance(part, TimeoutError) for part in error.args)
        if isinstance(error, exceptions.TimeoutError) or is_late:
            return TimedOut
        return ConnectionLost if isinstance(error, exceptions.HTTPError) else None


def _check_headers(headers: dict[str, str]) -> None:
    """Raise TypeError or ValueError if HTTP cannot carry ``headers``."""
    for name, value in headers.items():
        if _LINE_BREAK.search(name + value):
            raise ValueError(f"the header {name!r} has a line break")
        (name + value).encode("ascii")


class _InTime(io.RawIOBase):
    """What arrives over a connection, while the thread that reads it has time left."""

    def __init__(self, connection: Any, source: io.RawIOBase) -> None:
        self._connection = connection
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        seconds = current.deadline.checked(self._connection.gettimeout())
        self._connection.settimeout(seconds)
        return self._source.readinto(buffer)

    def close(self) -> None:
        self._source.close()
        super().close()


class _Response(HTTPResponse):
    def __init__(self, sock: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        source: Any = self.fp
        self.fp = io.BufferedReader(_InTime(sock, source.detach()))


class _Timed:
    """A connection that keeps to the deadline of the thread that uses it."""

    response_class: Any = _Response
    sock: Any

    def send(self, data: Any) -> None:
        """Send ``data``; a socket's time is for all of it."""
        if self.sock is not None:
            self.sock.settimeout(current.deadline.checked(self.sock.gettimeout()))
        super().send(data)  # type: ignore[misc]


class _Connection(_Timed, urllib3.connection.HTTPConnection):
    pass


class _SecureConnection(_Timed, urllib3.connection.HTTPSConnection):
    def connect(self) -> None:
        """Connect; without a certificate that is trusted, nothing is sent."""
        try:
            super().connect()
        except ssl.SSLError as error:
            raise exceptions.NewConnectionError(self, str(error)) from error


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _SecureConnection
