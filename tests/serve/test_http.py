"""What the server makes of HTTP, well-formed or not: raw bytes over a socket, and their answers."""

from __future__ import annotations

import contextlib
import http.client
import logging
import os
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soapgen.errors import OutputError
from soapgen.serve import Limits, SoapServer
from soapgen.sources import find_sources

from tests.support.small import wsdl

from .test_mock import FIND

HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"


def post(body: bytes) -> bytes:
    return HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body


BODY = FIND.encode()
GOOD = post(BODY)
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (
    BODY[:3],
    len(BODY) - 3,
    BODY[3:],
)
LIMITS = Limits(request_bytes=10_000, header_bytes=5_000)

Serve = Callable[..., SoapServer]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("people") / "People.wsdl"
    path.write_text(wsdl(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def server(source: Path) -> Iterator[SoapServer]:
    with SoapServer(find_sources([source]), limits=LIMITS) as server:
        yield server


def connect(server: SoapServer) -> socket.socket:
    address = urlsplit(server.url)
    return socket.create_connection((address.hostname or "", address.port or 0), timeout=30)


def answers(connection: socket.socket, count: int) -> list[tuple[int, bytes]]:
    """The status and the body of the next ``count`` answers."""
    found = []
    with connection.makefile("rb") as stream:
        for _ in range(count):
            status = int(stream.readline().split()[1])
            length = int(http.client.parse_headers(stream)["Content-Length"])
            found.append((status, stream.read(length)))
    return found


def statuses(server: SoapServer, data: bytes, count: int = 1) -> list[int]:
    """The statuses of ``count`` answers to ``data``, sent over a connection of its own."""
    with connect(server) as connection:
        connection.sendall(data)
        return [status for status, _ in answers(connection, count)]


def whole(connection: socket.socket) -> bytes:
    """What arrives until the server closes ``connection``."""
    pieces = []
    try:
        while piece := connection.recv(65_536):
            pieces.append(piece)
    except ConnectionError:  # closed with bytes unread
        pass
    return b"".join(pieces)


# --- requests that are in order ------------------------------------------------------------------


def test_bodies_in_chunks_end_where_they_end(server: SoapServer) -> None:
    assert statuses(server, CHUNKED + GOOD + CHUNKED + GOOD, 4) == [200] * 4


def test_http_10(server: SoapServer) -> None:
    with connect(server) as connection:
        connection.sendall(GOOD.replace(b"HTTP/1.1", b"HTTP/1.0"))
        assert whole(connection).startswith(b"HTTP/1.0 200 ")


def test_a_client_that_asks_whether_to_continue(server: SoapServer) -> None:
    with connect(server) as connection:
        head, _, body = GOOD.partition(b"\r\n\r\n")
        connection.sendall(head + b"\r\nExpect: 100-continue\r\n\r\n")
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body)
        assert answers(connection, 1)[0][0] == 200


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        ";",
        "\xff=;;",
        "text/xml; charset",
        "text/xml; charset=utf-16",
        "text/xml; action*0*=a; action*1=b",
        "text/xml; action*" + "9" * 4_000 + "*=b",  # no number for Python, with so many digits
        'text/xml; action="',
        'text/xml;a="' * 300,
    ],
)
def test_odd_content_types(content_type: str, server: SoapServer) -> None:
    assert statuses(server, GOOD.replace(b"text/xml", content_type.encode("latin-1"))) == [200]


@pytest.mark.parametrize(
    ("header", "is_known"),
    [
        (b'SOAPAction: "urn:example:people:Find"', True),
        (b"SOAPAction: urn:example:people:Find", True),
        (b'Content-Type: a/b; a=";action=x"; Action = "urn:example:people:Find"', True),
        (b'Content-Type: a/b; a=";action=urn:example:people:Find"', False),
        (b"SOAPAction: \xff\xfe", False),
        (b'SOAPAction: "', False),
    ],
)
def test_actions(header: bytes, is_known: bool, server: SoapServer) -> None:
    empty = BODY.replace(BODY[BODY.index(b"<Find") : BODY.index(b"</s:Body>")], b"")
    with connect(server) as connection:
        connection.sendall(post(empty).replace(b"Content-Type: text/xml", header))
        ((status, content),) = answers(connection, 1)
    assert status == 500
    assert (b"the body should contain" in content) == is_known
    assert (b"there is no operation for the action" in content) != is_known


def test_the_largest_request(server: SoapServer) -> None:
    body = BODY + b" " * (LIMITS.request_bytes - len(BODY))
    assert statuses(server, post(body)) == [200]
    assert statuses(server, post(body + b" ")) == [413]
    head = GOOD.replace(b"Host", b"X: \r\nHost")
    long = b"X:" + b"a" * (LIMITS.header_bytes - head.index(BODY) + 1)
    assert statuses(server, head.replace(b"X: ", long)) == [200]
    assert statuses(server, head.replace(b"X: ", long + b"a")) == [431]


# --- requests that are not -----------------------------------------------------------------------


def with_length(value: bytes) -> bytes:
    return HEAD + b"Content-Length: " + value + b"\r\n\r\n" + BODY


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (with_length(b"x"), 400),
        (with_length(b"-1"), 400),
        (with_length(b"+5"), 400),
        (with_length(b"1_0"), 400),
        (with_length(b"0x10"), 400),
        (with_length(b"10\r\nContent-Length: 11"), 400),
        (with_length(b"10001"), 413),
        (with_length(b"9" * 4_000), 413),
        (CHUNKED.replace(b"\r\n3\r\n", b"\r\nx\r\n"), 400),
        (CHUNKED.replace(b"\r\n3\r\n", b"\r\n-3\r\n"), 400),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n2711\r\n" + b" " * 10_001, 413),
        (CHUNKED.replace(b"chunked", b"gzip, chunked"), 501),
        (GOOD.replace(b"Host", b"X: " + b"a" * 5_000 + b"\r\nHost"), 431),
        (b"GET /?" + b"a" * 5_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 431),
        (GOOD.replace(b"Host", b"X Y: a\r\nHost"), 400),
        (GOOD.replace(b"Host:", b" folded\r\nHost:"), 400),
        (b"\0\1\2\r\n\r\n", 400),
        (b"get / HTTP/1.1\r\n\r\n", 400),
        (b"POST / HTTP/1.1 HTTP/1.1\r\n\r\n", 400),
    ],
)
def test_malformed_requests(request_: bytes, status: int, server: SoapServer) -> None:
    before = len(server.service.received)
    assert statuses(server, request_) == [status]
    assert len(server.service.received) == before
    assert statuses(server, GOOD) == [200]


_MARKS = [
    b"",
    b"\r\n",
    b"\r\n\r\n",
    b"\0",
    b"\xff",
    b":",
    b" ",
    b"\n",
    b"\r",
    b"0",
    b"-",
    b"99",
    b"f;",
]
_HEADERS = [
    b"Content-Length: 4",
    b"Transfer-Encoding: chunked",
    b"Expect: 100-continue",
    b" folded",
]
_LINES = [b" HTTP/1.0\r\n", b"GET / HTTP/1.1\r\n\r\n", *(b"\r\n" + item for item in _HEADERS)]


@pytest.mark.slow
@settings(max_examples=150)
@given(
    request_=st.sampled_from([GOOD, CHUNKED]),
    edits=st.lists(
        st.tuples(st.integers(0, 250), st.sampled_from(_MARKS + _LINES), st.integers(0, 5)),
        max_size=4,
    ),
)
def test_after_any_request_the_next_one_is_answered(
    server: SoapServer, request_: bytes, edits: list[tuple[int, bytes, int]]
) -> None:
    data = request_
    for position, piece, cut in edits:
        data = data[:position] + piece + data[position + cut :]
    server.service.received.clear()
    with Failures() as failures, connect(server) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = whole(connection)
        assert statuses(server, GOOD) == [200]
    assert answer == b"" or answer.startswith(b"HTTP/1.")
    # No part of it is taken for one more call.
    assert len(server.service.received) <= 2
    assert failures.records == []


class Failures(logging.Handler):
    """What the server writes to Python's log that is worse than information."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record.getMessage())

    def __enter__(self) -> Failures:
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *error: object) -> None:
        logging.getLogger().removeHandler(self)


# --- methods and paths ---------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["HEAD", "PUT", "OPTIONS", "DELETE", "PATCH", "FOO"])
def test_other_methods(method: str, server: SoapServer) -> None:
    client = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    client.request(method, "/?wsdl", BODY)
    response = client.getresponse()
    assert (response.status, response.headers["Allow"]) == (405, "GET, POST")
    assert (response.read() == b"") == (method == "HEAD")
    client.request("GET", "/?wsdl")
    assert client.getresponse().status == 200
    client.close()


@pytest.mark.parametrize(
    "target",
    ["/..", "/../etc/passwd", "/%2e%2e/", "//", "/%00", "/%ff", "/%", "/People.wsdl", "*", "/a b"]
    + [f"/?file={name}" for name in ("", "../x", "/etc/passwd", "%2e%2e%2fx", "file:///etc/passwd")]
    + ["/?wsdlx", "/?" + "a&" * 2_000, "/?file=People.wsdl%00", "/?file=a&file=People.wsdl"],
)
def test_what_is_not_there(target: str, server: SoapServer) -> None:
    status = 400 if target == "/a b" else 404
    assert statuses(server, f"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n".encode()) == [status]


def test_a_service_with_a_name_of_other_letters(tmp_path: Path) -> None:
    for name in ("Ämter", "Orte"):
        (tmp_path / f"{name}.wsdl").write_text(wsdl().replace("People", name), "utf-8")
    with SoapServer(find_sources([tmp_path])) as server:
        assert f"{server.url}/%C3%84mter" in server.addresses()
        for address in server.addresses():
            path = urlsplit(address).path
            assert statuses(server, GOOD.replace(b"POST /", f"POST {path}".encode())) == [200]
            assert statuses(server, f"GET {path}?wsdl HTTP/1.1\r\n\r\n".encode()) == [200]
        assert [len(mock.received) for mock in server.services.values()] == [1, 1]


# --- many clients, and slow ones -----------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("limits", [Limits(), Limits(threads=1), Limits(connections=3)])
def test_fifty_connections_at_once(limits: Limits, source: Path) -> None:
    found = []
    ready = threading.Barrier(50)

    def call(server: SoapServer) -> None:
        ready.wait()
        with connect(server) as connection:
            connection.sendall(GOOD)
            found.extend(answers(connection, 1))

    with SoapServer(find_sources([source]), limits=limits) as server:
        threads = [threading.Thread(target=call, args=(server,)) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.service.received) == 50
    assert [status for status, _ in found] == [200] * 50
    assert len({content for _, content in found}) == 1


def test_calls_that_wait_do_not_hold_up_others(source: Path) -> None:
    with SoapServer(find_sources([source])) as server:
        server.service.delay("Find", 3_600)
        waiting = [connect(server) for _ in range(20)]
        for connection in waiting:
            connection.sendall(GOOD)
        wait_for(lambda: len(server.service.received) == 20)
        server.service.as_usual()
        assert statuses(server, GOOD) == [200]
        for connection in waiting:
            connection.close()


def test_clients_that_go_away(server: SoapServer) -> None:
    with Failures() as failures:
        for count in (1, 2, 3) * 30:
            with connect(server) as connection:
                # Closing resets the connection, whatever is under way.
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.sendall(GOOD * count)
        assert statuses(server, GOOD) == [200]
    assert failures.records == []


def test_threads_are_bounded(source: Path) -> None:
    others = threading.active_count()
    limits = Limits(threads=2)
    with (
        SoapServer(find_sources([source]), limits=limits) as server,
        contextlib.ExitStack() as stack,
    ):
        server.service.delay("Find", 3_600)
        for _ in range(10):
            stack.enter_context(connect(server)).sendall(GOOD)
        wait_for(lambda: len(server.service.received) == 2)
        assert threading.active_count() == others + 1 + 2


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until ``condition`` is true, at most for a minute."""
    pause = threading.Event()
    for _ in range(6_000):
        if condition():
            return
        pause.wait(0.01)
    pytest.fail("it did not come true within a minute")


@pytest.mark.slow
@pytest.mark.parametrize("sent", [b"", b"POST / HTT", HEAD, with_length(b"5000"), GOOD])
def test_a_client_that_is_silent_is_closed(sent: bytes, source: Path) -> None:
    limits = Limits(seconds=0.2)
    with SoapServer(find_sources([source]), limits=limits) as server, connect(server) as connection:
        connection.sendall(sent)
        assert whole(connection)[9:12] == (b"200" if sent == GOOD else b"")


@pytest.mark.slow
def test_a_client_that_is_slow_is_closed(source: Path) -> None:
    limits = Limits(seconds=0.2)
    with (
        SoapServer(find_sources([source]), limits=limits) as server,
        connect(server) as connection,
        pytest.raises(ConnectionError),
    ):
        send_slowly(connection, with_length(b"9000") * 3)


def send_slowly(connection: socket.socket, data: bytes) -> None:
    pause = threading.Event()
    for byte in data:
        connection.sendall(bytes([byte]))
        pause.wait(0.02)


# --- start and end -------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_server_leaves_nothing_behind(source: Path) -> None:
    def used() -> tuple[int, int]:
        folder = Path("/dev/fd")
        return threading.active_count(), len(os.listdir(folder)) if folder.is_dir() else 0

    sources = find_sources([source])
    with SoapServer(sources) as server:  # whatever is opened once
        assert statuses(server, GOOD) == [200]
    before = used()
    for _ in range(50):
        with SoapServer(sources) as server:
            assert statuses(server, GOOD + GOOD, 2) == [200] * 2
            kept = connect(server)
            kept.sendall(GOOD)
            answers(kept, 1)
        kept.close()
    assert used() == before


def test_a_delay_ends_with_the_server(source: Path) -> None:
    threads = threading.active_count()
    with SoapServer(find_sources([source])) as server:
        server.service.delay("Find", 3_600)
        connection = connect(server)
        connection.sendall(GOOD)
        wait_for(lambda: len(server.service.received) == 1)
    with connection:
        assert whole(connection) == b""
    assert threading.active_count() == threads


def test_a_server_is_started_once(source: Path) -> None:
    server = SoapServer(find_sources([source]))
    with pytest.raises(RuntimeError, match="the server was not started"):
        print(server.url)
    server.close()
    with server:
        with pytest.raises(RuntimeError, match="the server was started already"):
            server.start()
        server.close()
    with pytest.raises(OSError, match="refused"):
        connect(server)


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [
        ("127.0.0.1", -1, "127.0.0.1:-1: the server cannot listen: a port is from 0 to 65535"),
        ("127.0.0.1", 65_536, "a port is from 0 to 65535"),
        ("192.0.2.1", 0, "192.0.2.1:0: the server cannot listen: Cannot assign"),
        ("a" * 70, 0, "the server cannot listen: "),
        ("a\0b", 0, "the server cannot listen: "),
    ],
)
def test_where_it_cannot_listen(host: str, port: int, message: str, source: Path) -> None:
    server = SoapServer(find_sources([source]), host=host, port=port)
    with pytest.raises(OutputError) as caught:
        server.start()
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_ipv6(source: Path) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    with SoapServer(find_sources([source]), host="::1") as server:
        assert server.url.startswith("http://[::1]:")
        assert statuses(server, GOOD) == [200]


def test_what_the_log_says(source: Path) -> None:
    lines: list[str] = []

    def forger(request: bytes) -> bytes:
        raise ValueError("no\nPeople: 200\x1b[2J\0")

    with SoapServer(find_sources([source]), log=lines.append) as server:
        statuses(server, GOOD)
        statuses(server, post(BODY.replace(b"Ann", b"\x1b[2J")))
        server.service.answer("Find", forger)
        statuses(server, GOOD)
        server.service.fault("Find", "The disk is full")
        statuses(server, GOOD)
        server.service.drop("Find")
        with connect(server) as connection:
            connection.sendall(GOOD)
            assert whole(connection) == b""
        statuses(server, b"GET /?wsdl HTTP/1.1\r\n\r\n")
        statuses(server, b"PUT / HTTP/1.1\r\n\r\n")
        statuses(server, b"POST /%1b%0ax HTTP/1.1\r\n\r\n")
    assert lines == [
        "People.Find: 200",
        "People.?: 500, the file is not well-formed XML: PCDATA invalid Char value 27",
        "People.Find: 500, the reply to Find failed: ValueError: no People: 200\ufffd[2J\ufffd",
        "People.Find: 500",
        "People.Find: hung up",
        "GET '/': 200",
        "PUT '/': 405",
        r"POST '/\x1b\nx': 404",
    ]
