"""Over real connections: how long a call may take, how large an answer may be, where it goes."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import aiohttp
import httpx
import pytest

from tests.generated.test_calling import Recorder
from tests.generated.test_errors import GOOD, URL, answer, failing, peer
from tests.support.packages import Built

CLIENTS = ("EMailClient", "AsyncEMailClient")
GIVEN = ("httpx.Client", "httpx.AsyncClient", "urllib3", "aiohttp")
"""What a client may be given to send by."""

LIBRARIES = (*CLIENTS, *GIVEN)
"""How a call is sent: by both kinds of client with nothing given, and by what they may be given."""


def get_email(email: Built, kind: str, url: str, http: Any = None, **options: Any) -> Any:
    """The result of a call by a client of the class ``kind``, or by another library."""
    return sent_by(email, kind, lambda client: client.get_email(1), url, http, **options)


def sent_by(
    email: Built,
    kind: str,
    call: Callable[[Any], Any],
    url: str,
    http: Any = None,
    **options: Any,
) -> Any:
    """The result of ``call`` with a client as for ``get_email``."""
    if blocks(kind):
        if kind == "urllib3":
            http = email.module("http_urllib3").Urllib3Http()
        elif kind == "httpx.Client":
            http = httpx.Client()
        return call(email.client.EMailClient(url, http=http).with_options(**options))

    async def awaited(http: Any) -> Any:
        client = email.client.AsyncEMailClient(url, http=http)
        return await call(client.with_options(**options))

    async def given_one() -> Any:
        if kind == "httpx.AsyncClient":
            async with httpx.AsyncClient() as client:
                return await awaited(client)
        async with aiohttp.ClientSession(auto_decompress=False) as session:
            return await awaited(email.module("http_aiohttp").AiohttpHttp(session))

    return asyncio.run(awaited(http) if kind in CLIENTS else given_one())


def blocks(kind: str) -> bool:
    """Whether what sends as ``kind`` says blocks."""
    return kind in ("EMailClient", "httpx.Client", "urllib3")


def given(kind: str, handler: Any) -> Any:
    """An httpx client for clients of the class ``kind``, whose requests ``handler`` answers."""
    http = httpx.Client if kind == "EMailClient" else httpx.AsyncClient
    return http(transport=httpx.MockTransport(handler))


def over_http(content: bytes, *headers: str) -> bytes:
    """An answer with a status and HTTP headers."""
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/xml", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode() + content


def request_from(connection: socket.socket) -> bytes:
    """The request that comes over ``connection``; empty if it is closed."""
    head, length = b"", 0
    while b"\r\n\r\n" not in head:
        piece = connection.recv(2**16)
        if not piece:
            return b""
        head += piece
    start, _, body = head.partition(b"\r\n\r\n")
    for line in start.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    while len(body) < length:
        body += connection.recv(2**16)
    return start + b"\r\n\r\n" + body


# Not time.sleep, which tests of other files replace while a server may still be at it.
pause = threading.Event().wait


# --- time ----------------------------------------------------------------------------------------


class Drip:
    """A server that sends a byte now and then, and would take minutes for an answer.

    Attributes:
        at_once: How much it sends without waiting.
        calls: How many answers come at once, whole, before.
    """

    def __init__(self, at_once: int = 0, calls: int = 0) -> None:
        """Answer ``calls`` requests properly, then drip."""
        self.at_once = at_once
        self.calls = calls

    def __call__(self, connection: socket.socket) -> None:
        content = over_http(GOOD.replace(b"Hi", b"x" * 10_000))
        with suppress(OSError):
            for _ in range(self.calls):
                request_from(connection)
                connection.sendall(over_http(GOOD))
            request_from(connection)
            connection.sendall(content[: self.at_once])
            for byte in content[self.at_once :]:
                connection.sendall(bytes([byte]))
                pause(0.02)


@pytest.mark.slow
@pytest.mark.parametrize("kind", LIBRARIES)
@pytest.mark.parametrize("at_once", [0, 17, 200], ids=["from the start", "HTTP headers", "body"])
def test_a_server_that_sends_a_byte_now_and_then(email: Built, kind: str, at_once: int) -> None:
    with peer(Drip(at_once)) as url, pytest.raises(email.errors.TimedOut) as caught:
        get_email(email, kind, url, timeout=0.3)
    assert (caught.value.operation, caught.value.url) == ("GetEMail", url)
    exchange = caught.value.exchange
    if at_once == 200:
        assert exchange.status == 200
        assert GOOD.startswith(exchange.received[:50])
        assert exchange.received
    else:
        assert (exchange.status, exchange.received) == (None, b"")


@pytest.mark.slow
def test_it_does_so_on_a_connection_that_was_used_before(email: Built) -> None:
    with peer(Drip(calls=1)) as url, email.client.EMailClient(url, timeout=0.5) as client:
        assert client.get_email(1).subject == "Hi"
        with pytest.raises(email.errors.TimedOut):
            client.get_email(1)


@pytest.mark.slow
def test_it_does_so_to_several_threads(email: Built) -> None:
    """Each has a deadline of its own, and a call without one is not hurt by that of another."""
    with (
        peer(Drip(calls=2)) as url,
        httpx.Client() as http,
        email.client.EMailClient(url, http=http) as client,
    ):
        assert client.with_options(timeout=0.3).get_email(1).subject == "Hi"
        pause(0.4)
        assert client.get_email(1).subject == "Hi"
        with pytest.raises(email.errors.TimedOut):
            client.with_options(timeout=0.3).get_email(1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", CLIENTS)
def test_a_call_that_took_too_long_leaves_its_connection_closed(email: Built, kind: str) -> None:
    """There is only one connection at a time, which the next call needs."""
    drips = iter([Drip(), Drip(17), Drip(200)])

    def behave(connection: socket.socket) -> None:
        next(drips, answering(GOOD))(connection)

    limits = httpx.Limits(max_connections=1)
    http = httpx.Client(limits=limits)
    later = httpx.AsyncClient(limits=limits)

    async def call_later() -> Any:
        client = email.client.AsyncEMailClient(url, http=later)
        for _ in range(3):
            with pytest.raises(email.errors.TimedOut):
                await client.with_options(timeout=0.2).get_email(1)
        return await client.with_options(timeout=10).get_email(1)

    def call() -> Any:
        client = email.client.EMailClient(url, http=http)
        for _ in range(3):
            with pytest.raises(email.errors.TimedOut):
                client.with_options(timeout=0.2).get_email(1)
        return client.with_options(timeout=10).get_email(1)

    with peer(behave) as url:
        found = call() if kind == "EMailClient" else asyncio.run(call_later())
    assert found.subject == "Hi"


@pytest.mark.slow
def test_a_client_has_an_hour_for_a_call_unless_another_time_is_given(
    email: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(email.module("transport"), "_LONGEST", 0.3)
    for kind in (*CLIENTS, "urllib3", "aiohttp"):
        with peer(Drip(200)) as url, pytest.raises(email.errors.TimedOut):
            get_email(email, kind, url)


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_client_that_is_given_keeps_its_own_times(
    email: Built, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have none on purpose."""
    monkeypatch.setattr(email.module("transport"), "_LONGEST", 0.001)

    def late(connection: socket.socket) -> None:
        request_from(connection)
        pause(0.1)
        connection.sendall(over_http(GOOD))

    http = httpx.Client() if kind == "EMailClient" else httpx.AsyncClient()
    with peer(late) as url:
        assert get_email(email, kind, url, http=http).subject == "Hi"


@pytest.mark.slow
@pytest.mark.parametrize("kind", LIBRARIES)
def test_a_server_that_reads_a_little_now_and_then(email: Built, kind: str) -> None:
    def slow(connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        with suppress(OSError):
            while connection.recv(4096):
                pause(0.02)

    def enlarge(outgoing: Any) -> None:
        outgoing.envelope = outgoing.envelope + b" " * 50_000_000

    with peer(slow) as url, pytest.raises(email.errors.TimedOut):
        get_email(email, kind, url, timeout=0.3, before=enlarge)


@pytest.mark.parametrize("kind", LIBRARIES)
def test_a_call_that_is_in_time(email: Built, kind: str) -> None:
    def behave(connection: socket.socket) -> None:
        request_from(connection)
        connection.sendall(over_http(GOOD))

    with peer(behave) as url:
        assert get_email(email, kind, url, timeout=30).subject == "Hi"


# --- size ----------------------------------------------------------------------------------------


def answering(content: bytes, *headers: str) -> Callable[[socket.socket], None]:
    def behave(connection: socket.socket) -> None:
        with suppress(OSError):
            request_from(connection)
            connection.sendall(over_http(content, *headers))

    return behave


@pytest.mark.parametrize("kind", CLIENTS)
def test_an_answer_that_is_as_large_as_it_may_be(email: Built, kind: str) -> None:
    with peer(answering(GOOD)) as url:
        assert get_email(email, kind, url, largest_answer=len(GOOD)).subject == "Hi"
    http = given(kind, answer(GOOD))
    assert get_email(email, kind, URL, http=http, largest_answer=len(GOOD)).subject == "Hi"


@pytest.mark.parametrize("kind", CLIENTS)
def test_an_answer_that_is_larger(email: Built, kind: str) -> None:
    largest = len(GOOD) - 1
    message = f"larger than {largest} bytes, which the option largest_answer allows"
    with peer(answering(GOOD)) as url, pytest.raises(email.errors.TooLarge, match=message):
        get_email(email, kind, url, largest_answer=largest)
    http = given(kind, answer(GOOD))
    with pytest.raises(email.errors.TooLarge, match=message) as caught:
        get_email(email, kind, URL, http=http, largest_answer=largest)
    assert (caught.value.operation, caught.value.url) == ("GetEMail", URL)
    assert caught.value.exchange.status == 200


def packed_zeros(megabytes: int) -> bytes:
    return gzip.compress(b"\0" * megabytes * 10**6)


@pytest.mark.slow
@pytest.mark.parametrize("kind", LIBRARIES)
def test_an_answer_that_unpacks_to_more(email: Built, kind: str) -> None:
    """What was unpacked is told by what was kept: not much more than may be."""
    bomb = packed_zeros(100)
    with (
        peer(answering(bomb, "Content-Encoding: gzip")) as url,
        pytest.raises(email.errors.TooLarge) as caught,
    ):
        get_email(email, kind, url, largest_answer=2_000_000)
    assert len(caught.value.exchange.received) <= 2_000_000


def test_a_little_is_unpacked_at_a_time(email: Built) -> None:
    http = email.module("_http")
    bomb = packed_zeros(50)
    sizes = [len(piece) for piece in http._Unpacker().unpacked(bomb)]
    assert sum(sizes) == 50_000_000
    assert max(sizes) <= http._PIECE


@pytest.mark.slow
@pytest.mark.parametrize("kind", LIBRARIES)
@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("gzip", gzip.compress(GOOD)),
        ("X-GZIP", gzip.compress(GOOD)),
        ("gzip", gzip.compress(GOOD[:100]) + gzip.compress(GOOD[100:])),
        ("deflate", zlib.compress(GOOD)),
        ("identity", GOOD),
    ],
)
def test_answers_that_are_packed(email: Built, kind: str, encoding: str, content: bytes) -> None:
    with peer(answering(content, f"Content-Encoding: {encoding}")) as url:
        assert get_email(email, kind, url).subject == "Hi"


@pytest.mark.parametrize("kind", LIBRARIES)
@pytest.mark.parametrize(
    ("encoding", "content", "error"),
    [
        ("br", GOOD, "NotSoap"),
        ("gzip, gzip", gzip.compress(gzip.compress(GOOD)), "NotSoap"),
        ("gzip", GOOD, "ConnectionLost"),
        ("gzip", gzip.compress(GOOD)[:-30], "Truncated"),
    ],
)
def test_answers_that_are_packed_otherwise(
    email: Built, kind: str, encoding: str, content: bytes, error: str
) -> None:
    """Only gzip is asked for."""
    server = answering(content, f"Content-Encoding: {encoding}")
    with peer(server) as url, pytest.raises(getattr(email.errors, error)):
        get_email(email, kind, url)


def test_what_is_asked_for(email: Built) -> None:
    server = Recorder()
    server.client(email).get_email(1)
    assert server.requests[0].headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize("kind", CLIENTS)
def test_an_answer_that_a_hook_of_httpx_has_read(email: Built, kind: str) -> None:
    def read(response: httpx.Response) -> None:
        response.read()

    async def read_later(response: httpx.Response) -> None:
        await response.aread()

    http: Any = httpx.Client(event_hooks={"response": [read]})
    if kind != "EMailClient":
        http = httpx.AsyncClient(event_hooks={"response": [read_later]})
    server = answering(gzip.compress(GOOD), "Content-Encoding: gzip")
    with peer(server) as url:
        assert get_email(email, kind, url, http=http).subject == "Hi"


# --- where it goes -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_hook_may_change_the_address(email: Built, kind: str) -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return answer(b"", 404)(request)

    def elsewhere(outgoing: Any) -> None:
        outgoing.url = "http://me:hidden@other.example/EMail.svc"

    with pytest.raises(email.errors.NotFound) as caught:
        get_email(email, kind, URL, http=given(kind, handler), before=elsewhere)
    assert asked == ["http://me:hidden@other.example/EMail.svc"]
    assert caught.value.url == "http://other.example/EMail.svc"
    assert caught.value.exchange.url == "http://other.example/EMail.svc"


@pytest.mark.parametrize("kind", CLIENTS)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(email: Built, kind: str, status: int) -> None:
    """A request has secrets, which are for nobody but the service; and it may become a GET."""
    server = Recorder(answer(b"", status, Location="http://other.example/"), answer(GOOD))
    http = given(kind, server)
    http.follow_redirects = True
    with pytest.raises(email.errors.HttpError, match=r"at http://other\.example/$"):
        get_email(email, kind, URL, http=http)
    assert len(server.requests) == 1


# --- what cannot be sent -------------------------------------------------------------------------


def test_a_client_that_is_closed(email: Built) -> None:
    client = email.client.EMailClient(URL)
    client.close()
    with pytest.raises(email.errors.NotConnected, match="closed") as caught:
        client.get_email(1)
    assert (caught.value.operation, caught.value.url) == ("GetEMail", URL)

    async def call() -> None:
        twin = email.client.AsyncEMailClient(URL)
        await twin.aclose()
        await twin.get_email(1)

    with pytest.raises(email.errors.NotConnected, match="closed"):
        asyncio.run(call())


def test_a_client_that_was_made_in_another_event_loop(email: Built) -> None:
    def behave(connection: socket.socket) -> None:
        with suppress(OSError):
            while request_from(connection):
                connection.sendall(over_http(GOOD))

    with peer(behave) as url:
        client = email.client.AsyncEMailClient(url)
        assert asyncio.run(client.get_email(1)).subject == "Hi"
        with pytest.raises(email.errors.TransportError):
            asyncio.run(client.get_email(1))


@pytest.mark.slow
@pytest.mark.parametrize("kind", LIBRARIES)
@pytest.mark.parametrize(
    "url",
    [
        "localhost/EMail.svc",
        "ftp://localhost/",
        "http://",
        f"http://{'a' * 64}.example/",
        "http://[",
    ],
)
def test_an_address_that_leads_nowhere(email: Built, kind: str, url: str) -> None:
    with pytest.raises(email.errors.TransportError) as caught:
        get_email(email, kind, url)
    assert (caught.value.operation, caught.value.url) == ("GetEMail", url)


@pytest.mark.parametrize("kind", CLIENTS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", "http://a:b/"),
        ("url", None),
        ("http_headers", {"A": "ø"}),
        ("http_headers", {"A": 1}),
        ("http_headers", {1: "A"}),
        ("http_headers", {"Authorization": 1}),
    ],
)
def test_a_hook_that_makes_a_request_that_cannot_be_sent(
    email: Built, kind: str, name: str, value: Any
) -> None:
    def spoil(outgoing: Any) -> None:
        setattr(outgoing, name, value)

    with pytest.raises(email.errors.NotConnected, match="cannot be sent") as caught:
        get_email(email, kind, URL, http=given(kind, answer(GOOD)), before=spoil)
    assert caught.value.operation == "GetEMail"


def test_what_a_hook_raises_is_its_own(email: Built) -> None:
    def fail(_: Any) -> None:
        raise KeyError("mine")

    for hooks in ({"before": fail}, {"after": fail}):
        with pytest.raises(KeyError, match="mine"):
            get_email(email, "EMailClient", URL, http=given("EMailClient", answer(GOOD)), **hooks)


NOT_KNOWN = [
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.CloseError,
    httpx.RemoteProtocolError,
    httpx.LocalProtocolError,
    httpx.DecodingError,
    httpx.TooManyRedirects,
]
NOT_SENT = [
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
]


@pytest.mark.parametrize("kind", CLIENTS)
def test_what_is_sent_again_unasked(email: Built, kind: str) -> None:
    """Only what was surely not sent; if that is not known, the server may have acted."""
    for errors, requests in ((NOT_KNOWN, 1), (NOT_SENT, 2)):
        for error in errors:
            server = Recorder(failing(error))
            with pytest.raises(email.errors.TransportError) as caught:
                get_email(email, kind, URL, http=given(kind, server))
            assert len(server.requests) == requests, error
            assert isinstance(caught.value, email.errors.NotConnected) == (requests == 2), error


def test_a_connection_that_is_closed_when_it_is_used_again(email: Built) -> None:
    """Whether the server closed it before the request or because of it is not known."""
    received: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        received.append(request_from(connection))
        connection.sendall(over_http(GOOD))
        received.append(request_from(connection))

    with peer(behave) as url, email.client.EMailClient(url) as client:
        client.get_email(1)
        with pytest.raises(email.errors.ConnectionLost):
            client.get_email(2)
    assert len([request for request in received if request]) == 2
