"""A web server for tests: documents at addresses, and a record of what was asked for."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Answer:
    """What the server answers: a status, headers and a body."""

    content: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Web:
    """A server on this machine.

    Attributes:
        url: Its address, without a slash at the end.
        asked: The path and query of each request, with its headers.
    """

    url: str
    asked: list[tuple[str, dict[str, str]]]


@contextmanager
def serving(answer: Callable[[str, Mapping[str, str]], Answer | None]) -> Iterator[Web]:
    """Serve what ``answer`` gives for a path with its query and the headers; else 404."""
    asked: list[tuple[str, dict[str, str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, dict(self.headers)))
            found = answer(self.path, dict(self.headers)) or Answer(status=404)
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(found.content)))
            self.end_headers()
            self.wfile.write(found.content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield Web(f"http://127.0.0.1:{http.server_port}", asked)
    finally:
        http.shutdown()
        http.server_close()


@contextmanager
def trickling(head: bytes, piece: bytes, pause: float = 0.02) -> Iterator[str]:
    """Serve ``head``, then ``piece`` after each pause, without an end; gives the address."""
    stopped = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def send(connection: socket.socket) -> None:
        # The client leaves when it has had enough.
        with contextlib.suppress(OSError), connection:
            connection.recv(2**16)
            connection.sendall(head)
            while not stopped.wait(pause):
                connection.sendall(piece)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=send, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        stopped.set()
        # Closing alone does not wake the thread that accepts.
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
