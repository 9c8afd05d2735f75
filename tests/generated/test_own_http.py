"""What a client sends by that is given nothing does what an httpx client would."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from threading import Barrier
from typing import Any

import httpx
import pytest

from tests.generated.test_calling import Recorder
from tests.generated.test_certificates_and_proxies import AUTHORITY, answers, forwarding, secure
from tests.generated.test_errors import GOOD, URL, answer, peer
from tests.generated.test_http_libraries import served
from tests.generated.test_sending import CLIENTS, over_http, request_from, sent_by
from tests.support.packages import Built

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def called(email: Built, kind: str, url: str, times: int = 1, **options: Any) -> list[Any]:
    """The results of calls by one client."""

    def calls(client: Any) -> Any:
        if kind == "EMailClient":
            return [client.get_email(1) for _ in range(times)]

        async def awaited() -> Any:
            return [await client.get_email(1) for _ in range(times)]

        return awaited()

    found: list[Any] = sent_by(email, kind, calls, url, **options)
    return found


def heads(recorder: Recorder) -> list[list[tuple[str, str]]]:
    """The HTTP headers of the requests, but for the host, by their names."""
    return [
        sorted(pair for pair in request.headers.items() if pair[0] != "host")
        for request in recorder.requests
    ]


@pytest.mark.parametrize("kind", CLIENTS)
def test_it_sends_what_an_httpx_client_sends(email: Built, kind: str) -> None:
    given = "httpx.Client" if kind == "EMailClient" else "httpx.AsyncClient"
    own, other = Recorder(), Recorder()
    with served(own) as url:
        called(email, kind, url)
    with served(other) as url:
        sent_by(email, given, lambda client: client.get_email(1), url)
    assert heads(own) == heads(other)
    assert own.requests[0].content == other.requests[0].content


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_hook_may_say_who_calls(email: Built, kind: str) -> None:
    def sign(outgoing: Any) -> None:
        outgoing.http_headers["user-agent"] = "crm-sync/2"

    recorder = Recorder()
    with served(recorder) as url:
        called(email, kind, url, before=sign)
    (request,) = recorder.requests
    assert request.headers.get_list("User-Agent") == ["crm-sync/2"]


@pytest.mark.parametrize("kind", CLIENTS)
def test_cookies_are_kept(email: Built, kind: str) -> None:
    """A server that keeps a session balances its load by them."""
    recorder = Recorder(
        answer(GOOD, 200, **{"Set-Cookie": "node=b7; Path=/"}),
        answer(GOOD),
        answer(GOOD, 200, **{"Set-Cookie": "node=; Path=/; Max-Age=0"}),
        answer(GOOD),
    )
    with served(recorder) as url:
        called(email, kind, url, times=4)
    sent = [request.headers.get("Cookie") for request in recorder.requests]
    assert sent == [None, "node=b7", "node=b7", None]


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_cookie_that_cannot_be_sent_back_is_not_kept(email: Built, kind: str) -> None:
    headers = [(b"Content-Type", b"text/xml"), (b"Set-Cookie", b"a=\xff; Path=/")]
    recorder = Recorder(lambda _: httpx.Response(200, content=GOOD, headers=headers))
    with served(recorder) as url:
        called(email, kind, url, times=2)
    assert recorder.requests[1].headers.get("Cookie") is None


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_cookie_is_a_secret(email: Built, kind: str) -> None:
    recorder = Recorder(
        answer(GOOD, 200, **{"Set-Cookie": "session=hidden-7; Path=/"}),
        answer(b"<a>hidden-7</a>", 200),
    )
    with served(recorder) as url, pytest.raises(email.errors.NotSoap) as caught:
        called(email, kind, url, times=2)
    assert "***" in caught.value.exchange.response
    assert "hidden-7" not in caught.value.exchange.response


@pytest.mark.parametrize("kind", CLIENTS)
def test_the_name_and_the_password_of_an_address(email: Built, kind: str) -> None:
    recorder = Recorder()
    with served(recorder) as url:
        called(email, kind, url.replace("//", "//reader:p%40ss@"))
    (request,) = recorder.requests
    assert request.headers["Authorization"] == "Basic cmVhZGVyOnBAc3M="
    assert "reader" not in request.headers["Host"]


def test_the_time_for_each_step(email: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes the place of httpx's transport in tests works here, too."""
    server = Recorder()
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda _, request: server(request))
    email.client.EMailClient(URL).get_email(1)
    email.client.EMailClient(URL, timeout=7.0).get_email(1)
    steps = [request.extensions["timeout"] for request in server.requests]
    names = ("connect", "read", "write", "pool")
    assert steps == [dict.fromkeys(names, 60.0), dict.fromkeys(names, 7.0)]


# --- proxies and certificates --------------------------------------------------------------------


@pytest.fixture
def proxy() -> Iterator[tuple[str, list[bytes]]]:
    with forwarding() as found:
        yield found


@pytest.mark.parametrize("kind", CLIENTS)
@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "ALL_PROXY"])
def test_the_proxy_that_the_environment_names(
    email: Built,
    kind: str,
    name: str,
    proxy: tuple[str, list[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(name, proxy[0])
    called(email, kind, "http://crm.invalid/EMail.svc")
    assert proxy[1] == [b"POST http://crm.invalid/EMail.svc HTTP/1.1"]


@pytest.mark.parametrize("kind", CLIENTS)
def test_an_address_that_needs_no_proxy(
    email: Built,
    kind: str,
    proxy: tuple[str, list[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", proxy[0])
    monkeypatch.setenv("no_proxy", "127.0.0.1,.example.com")
    with served(Recorder()) as url:
        called(email, kind, url)
    assert proxy[1] == []


@pytest.mark.parametrize("kind", CLIENTS)
def test_the_authority_that_the_environment_names(
    email: Built, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    AUTHORITY.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with secure(answers) as url:
        (found,) = called(email, kind, url)
    assert found.subject == "Hi"


# --- many at a time ------------------------------------------------------------------------------


class Connections:
    """A server that counts connections."""

    def __init__(self) -> None:
        """None were made yet."""
        self.made = 0

    async def behave(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.made += 1
        while head := await self.head(reader):
            length = next(line for line in head.lower().split(b"\r\n") if b"content-length" in line)
            await reader.readexactly(int(length.partition(b":")[2]))
            writer.write(over_http(GOOD))
        writer.close()

    @staticmethod
    async def head(reader: asyncio.StreamReader) -> bytes:
        try:
            return await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return b""

    async def served(self, calls: Callable[[str], Awaitable[None]]) -> None:
        """Serve while ``calls`` are made."""
        server = await asyncio.start_server(self.behave, "127.0.0.1", 0)
        await calls(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
        server.close()


MANY = 60
"""More than an httpx client keeps open."""


def test_each_thread_keeps_its_connection(email: Built) -> None:
    connections = Connections()

    def call(url: str) -> None:
        barrier = Barrier(MANY)

        def several(client: Any) -> None:
            for _ in range(3):
                barrier.wait()
                client.get_email(1)

        with email.client.EMailClient(url) as client, ThreadPoolExecutor(MANY) as pool:
            list(pool.map(several, [client] * MANY))

    asyncio.run(connections.served(lambda url: asyncio.to_thread(call, url)))
    assert connections.made <= MANY


def test_each_task_keeps_its_connection(email: Built) -> None:
    connections = Connections()

    async def call(url: str) -> None:
        async with email.client.AsyncEMailClient(url) as client:
            for _ in range(3):
                await asyncio.gather(*(client.get_email(1) for _ in range(MANY)))

    asyncio.run(connections.served(call))
    assert connections.made <= MANY


@pytest.mark.parametrize("kind", CLIENTS)
def test_the_connection_is_closed_with_the_client(email: Built, kind: str) -> None:
    ended: Queue[bytes] = Queue()

    def behave(connection: Any) -> None:
        request_from(connection)
        connection.sendall(over_http(GOOD))
        ended.put(request_from(connection))

    async def awaited(url: str) -> None:
        async with email.client.AsyncEMailClient(url) as client:
            await client.get_email(1)
            assert ended.empty()
        assert await asyncio.to_thread(ended.get, timeout=10) == b""

    with peer(behave) as url:
        if kind == "AsyncEMailClient":
            asyncio.run(awaited(url))
            return
        with email.client.EMailClient(url) as client:
            client.get_email(1)
            assert ended.empty()
        assert ended.get(timeout=10) == b""
