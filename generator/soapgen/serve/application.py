"""An HTTP request → its answer by a mock, or a document: the WSGI application of a server."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

from ..errors import SoapgenError
from .http import HangUp
from .mock import Answer, MockService
from .parts import envelope_in
from .published import Published

Log = Callable[[str], None]
"""What is called with a line for each request, in any thread."""

_CONTENT_TYPES = {"1.1": "text/xml; charset=utf-8", "1.2": "application/soap+xml; charset=utf-8"}
# A parameter of a content type (RFC 9110, section 5.6.6).
_PARAMETER = re.compile(r';\s*([^=;\s]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]*)')


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What is served at one path: a service.

    Attributes:
        name: The name of the service.
        mock: What answers calls.
        published: Its documents.
    """

    name: str
    mock: MockService
    published: Published


@dataclass(frozen=True, slots=True)
class _Response:
    status: int
    content: bytes
    content_type: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()


class Application:
    """Answers requests for the services at ``endpoints``, which are given by their paths.

    Args:
        endpoints: The services.
        log: What is told about each request.
        closing: Set when nobody waits for answers any more.
    """

    def __init__(
        self, endpoints: Mapping[str, Endpoint], log: Log, closing: threading.Event
    ) -> None:
        self._endpoints = endpoints
        self._log = log
        self._closing = closing

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Answer a request.

        Raises:
            HangUp: The mock hangs up, or the server closes before the delay of an answer is over.
        """
        method, path = str(environ["REQUEST_METHOD"]), _text(environ["PATH_INFO"])
        endpoint = self._endpoints.get(path)
        if endpoint is not None and method == "POST":
            response = self._called(endpoint, environ)
        else:
            response = self._fetched(endpoint, method, path, str(environ["QUERY_STRING"]))
            self._log(f"{method} {path!r}: {response.status}")
        start_response(
            f"{response.status} {HTTPStatus(response.status).phrase}",
            [
                ("Content-Type", response.content_type),
                ("Content-Length", str(len(response.content))),
                *response.headers,
            ],
        )
        return [] if method == "HEAD" else [response.content]

    def _called(self, endpoint: Endpoint, environ: WSGIEnvironment) -> _Response:
        content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        try:
            content = envelope_in(content, environ.get("CONTENT_TYPE", ""))
        except SoapgenError as error:
            self._log(f"{endpoint.name}.?: 400, {_printable(error.message)}")
            return _Response(400, f"{error.message}\n".encode())
        answer = endpoint.mock.handle(content, _action(environ))
        self._log(_line(endpoint.name, answer))
        is_cut_short = answer.delay > 0 and self._closing.wait(answer.delay)
        if is_cut_short or answer.content is None:
            raise HangUp
        return _Response(answer.status, answer.content, _CONTENT_TYPES[answer.version])

    def _fetched(self, endpoint: Endpoint | None, method: str, path: str, query: str) -> _Response:
        """The WSDL at ``…?wsdl``, or what it imports at ``…?file=NAME``."""
        if endpoint is None:
            paths = " ".join(self._endpoints)
            return _Response(404, f"There is no service at {path!r}, but at {paths}\n".encode())
        if method != "GET":
            return _Response(405, b"Use GET or POST.\n", headers=(("Allow", "GET, POST"),))
        parameters = parse_qs(query, keep_blank_values=True)
        content = None
        if "wsdl" in {name.lower() for name in parameters}:
            content = endpoint.published.document()
        elif parameters.get("file"):
            content = endpoint.published.document(parameters["file"][0])
        if content is None:
            return _Response(404, b"There is a WSDL at ?wsdl, and what it imports at ?file=NAME\n")
        return _Response(200, content, _CONTENT_TYPES["1.1"])


def _action(environ: WSGIEnvironment) -> str:
    """The SOAP action: a header in SOAP 1.1, a parameter of the content type in SOAP 1.2."""
    action = environ.get("HTTP_SOAPACTION")
    if action is None:
        parameters = _PARAMETER.findall(environ.get("CONTENT_TYPE", ""))
        action = next((value for name, value in parameters if name.lower() == "action"), "")
    return _text(action).strip().strip('"')


def _text(value: str) -> str:
    """A text of WSGI, which has a character for each byte, as UTF-8."""
    return value.encode("latin-1").decode("utf-8", "replace")


def _line(service: str, answer: Answer) -> str:
    what = "hung up" if answer.content is None else str(answer.status)
    problem = _printable(answer.problem)
    return f"{service}.{answer.operation or '?'}: {what}" + (f", {problem}" if problem else "")


def _printable(text: str) -> str:
    """``text`` in one line: it must not look like one of its own, or move the cursor."""
    return "".join(mark if mark.isprintable() else " " for mark in text)
