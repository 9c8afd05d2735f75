"""A WSGI application → a server on this machine: its socket, threads and limits, by waitress."""

from __future__ import annotations

import math
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from ..errors import OutputError, Place

HangUp = ClientDisconnected
"""What an application raises to close the connection without an answer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server takes from its clients.

    Attributes:
        request_bytes: The largest body of a request; a larger one is answered with status 413.
        header_bytes: The largest head of a request; a larger one is answered with status 431.
        connections: How many connections are open at a time; others wait until one is closed.
        threads: How many requests are answered at a time; others wait.
        seconds: How long a client may take from its connection, or the answer before, until its
            request is complete; then the connection is closed.
    """

    request_bytes: int = 64 * 1024 * 1024
    header_bytes: int = 64 * 1024
    connections: int = 100
    threads: int = 100
    seconds: float = 60.0


class HttpServer:
    """Listens for an application, and runs it in threads from :meth:`start` to :meth:`close`.

    Attributes:
        address: ``http://HOST:PORT``.
        closing: Set when the server is about to close: an application should wait no longer.

    Raises:
        OutputError: The server cannot listen, for instance because the port is in use.
    """

    def __init__(self, host: str, port: int, limits: Limits) -> None:
        self.closing = threading.Event()
        self._thread: threading.Thread | None = None
        # Everything that waitress waits for, by file descriptor: this server's alone.
        self._waiting: dict[int, Any] = {}
        try:
            if not 0 <= port <= 65535:
                raise ValueError("a port is from 0 to 65535")
            self._server = _Server(
                _nothing,
                map=self._waiting,
                dispatcher=_Threads(limits.threads),
                adj=Adjustments(
                    # What waitress refuses first, not what it takes last.
                    max_request_body_size=limits.request_bytes + 1,
                    max_request_header_size=limits.header_bytes + 1,
                    # The socket that listens and the one that wakes the loop count, too.
                    connection_limit=limits.connections + 2,
                    cleanup_interval=1,
                    asyncore_use_poll=True,
                    ident="soapgen",
                ),
                sockinfo=_resolved(host, port),
            )
        except (OSError, ValueError) as error:  # a ValueError: no port, or no name of a host
            wasyncore.close_all(self._waiting)
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise OutputError(
                f"the server cannot listen: {reason}",
                place=Place(f"{host}:{port}"),
                hint="choose another with --host or --port",
            ) from error
        self._server.seconds = limits.seconds
        name = f"[{host}]" if ":" in host else host
        self.address = f"http://{name}:{self._server.getsockname()[1]}"

    def start(self, application: WSGIApplication) -> None:
        """Answer requests by ``application`` from now on."""
        self._server.application = application
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait until the server is closed."""
        if self._thread:
            self._thread.join()

    def close(self) -> None:
        """Let the requests in hand end, within five seconds, and close all connections."""
        if not self.closing.is_set():
            self.closing.set()
            self._server.task_dispatcher.shutdown()
            self._close_all()
            self.wait()

    def _close_all(self) -> None:
        """Close all sockets, in the loop: it must not wait for one that another thread closes."""
        # The loop may be awake already, and must not close the trigger while this thread pulls it.
        pulled = threading.Event()

        def close_all() -> None:
            pulled.wait()
            wasyncore.close_all(self._waiting)

        trigger: Any = self._server.trigger
        try:
            trigger.pull_trigger(close_all)
        finally:
            pulled.set()


def _resolved(host: str, port: int) -> tuple[Any, int, int, Any]:
    """The family, type, protocol and address of a socket for ``host``: of IPv4, if it has both."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, _, address = min(found, key=lambda item: item[0] != socket.AF_INET)
    return family, kind, protocol, address


def _nothing(environ: object, start_response: Callable[..., object]) -> list[bytes]:
    """The application before there is one: the loop is not running yet."""
    raise HangUp


class _Channel(HTTPChannel):
    """A connection that knows when it was last answered."""

    answered = 0.0

    def service(self) -> None:
        """Answer a request."""
        self.answered = math.inf  # not yet: the time before the answer is not the client's
        try:
            super().service()
        finally:
            self.answered = time.time()


class _Server(TcpWSGIServer):
    """Closes connections whose client takes too long, whether it is silent or slow."""

    channel_class = _Channel
    seconds = 0.0

    def maintenance(self, now: float) -> None:
        """Called about once a second, with the time."""
        channels: Any = self.active_channels
        for channel in channels.values():
            since = max(channel.creation_time, channel.answered)
            if not channel.requests and now - since > self.seconds:
                channel.will_close = True


class _Threads(ThreadedTaskDispatcher):
    """Starts a thread when a request finds none idle, up to ``most``: few servers need many."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._growing = threading.Lock()
        self._is_open = True

    def add_task(self, task: Any) -> None:
        """Let a thread answer the request in ``task``."""
        with self._growing:
            with self.lock:
                self.queue.append(task)
                self.queue_cv.notify()
                idle = len(self.threads) - self.active_count
                is_short = len(self.queue) > idle and len(self.threads) < self._most
            if is_short and self._is_open:
                self.set_thread_count(len(self.threads) + 1)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """End the threads, and take no more requests."""
        with self._growing:
            self._is_open = False
        return super().shutdown(cancel_pending, timeout)
