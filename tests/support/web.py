"""A web server for tests: documents at addresses, and a record of what was asked for."""

from __future__ import annotations

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
