"""Sources → a server on this machine, which answers for every service in them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from ..contract import find_operation, read_with_schemas, select
from ..errors import OutputError, Place
from ..sources import Sources, read_all_documents
from .mock import Answer, MockService
from .published import Published

_CONTENT_TYPES = {"1.1": "text/xml; charset=utf-8", "1.2": "application/soap+xml; charset=utf-8"}

Log = Callable[[str], None]


class SoapServer:
    """Serves the services in ``sources`` until it is closed.

    Attributes:
        url: The address of the only service, or the start of the addresses of all.
        services: The mock of each service, by the name of the service.
    """

    def __init__(
        self,
        sources: Sources,
        services: tuple[str, ...] = (),
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        log: Log = lambda line: None,
    ) -> None:
        """Start to serve.

        Args:
            sources: The WSDLs.
            services: The services, by name; by default the first of each WSDL.
            host: The host to listen on; the default can be reached from this machine only.
            port: The port to listen on; by default any that is free.
            log: Called with a line for each request.

        Raises:
            SourceError: A WSDL cannot be read or is not sound.
            OutputError: The server cannot listen, for instance because the port is in use.
        """
        self._log = log
        documents = read_all_documents(sources)
        contracts = [read_with_schemas(item) for item in documents]
        self._chosen = select([contract for contract, _ in contracts], services)
        try:
            self._http = ThreadingHTTPServer((host, port), self._handler())
        except OSError as error:
            raise OutputError(
                f"the server cannot listen: {error.strerror}",
                place=Place(f"{host}:{port}"),
                hint="choose another port with --port",
            ) from error
        self._http.daemon_threads = True
        self.url = f"http://{host}:{self._http.server_port}"
        self.services: dict[str, MockService] = {}
        self._published: dict[str, Published] = {}
        self._paths: dict[str, str] = {}
        for item in self._chosen:
            contract, schemas = contracts[item.position]
            self.services[item.name] = MockService(contract, item, schemas)
            path = "/" if len(self._chosen) == 1 else f"/{item.name}"
            self._paths[path] = item.name
            self._published[path] = Published(documents[item.position], self.url + path)
        if len(self._chosen) == 1:
            self.url += "/"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def addresses(self) -> list[str]:
        """The address of each service."""
        base = self.url.rstrip("/")
        return [base + path for path in self._paths]

    @property
    def service(self) -> MockService:
        """The only service."""
        (service,) = self.services.values()
        return service

    def script(self, operation: str) -> MockService:
        """The mock of the service that has ``operation``, which may be ``Service.Operation``.

        Raises:
            SourceError: There is none, or there are several.
        """
        position, _ = find_operation(self._chosen, operation)
        return self.services[self._chosen[position].name]

    def wait(self) -> None:
        """Wait until the server is closed, or the process is interrupted."""
        self._thread.join()

    def close(self) -> None:
        """Stop serving."""
        self._http.shutdown()
        self._http.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # --- HTTP ----------------------------------------------------------------------------------

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                status, content = server._document(self.path)
                self._send(status, content, "text/xml; charset=utf-8")

            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                path = urlsplit(self.path).path
                name = server._paths.get(path)
                if name is None:
                    self._send(404, b"", "text/plain")
                    return
                answer = server.services[name].handle(content, _action(self.headers))
                server._log(_line(name, answer))
                time.sleep(answer.delay)
                if answer.content is None:
                    self.close_connection = True
                    return
                self._send(answer.status, answer.content, _CONTENT_TYPES[answer.version])

            def _send(self, status: int, content: bytes, content_type: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def _document(self, target: str) -> tuple[int, bytes]:
        """The WSDL at ``…?wsdl``, or what it imports at ``…?file=NAME``."""
        parts = urlsplit(target)
        published = self._published.get(parts.path)
        query = parse_qs(parts.query, keep_blank_values=True)
        content = None
        if published is not None and "wsdl" in {name.lower() for name in query}:
            content = published.document()
        elif published is not None and query.get("file"):
            content = published.document(query["file"][0])
        return (404, b"") if content is None else (200, content)


def _action(headers: Message) -> str:
    """The SOAP action: a header in SOAP 1.1, a parameter of the content type in SOAP 1.2."""
    action = headers.get("SOAPAction")
    if action is None:
        parameter = headers.get_param("action")
        action = parameter if isinstance(parameter, str) else ""
    return action.strip('"')


def _line(service: str, answer: Answer) -> str:
    what = "hung up" if answer.content is None else str(answer.status)
    return f"{service}.{answer.operation or '?'}: {what}"
