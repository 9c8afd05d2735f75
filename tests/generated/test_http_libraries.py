"""The same answers, errors and secrets, whatever carries the bytes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import aiohttp
import httpx
import pytest

from tests.generated.test_calling import Recorder
from tests.generated.test_errors import GOOD, KINDS, SECRET, URL, answer, enveloped, peer
from tests.generated.test_sending import (
    CLIENTS,
    LIBRARIES,
    answering,
    blocks,
    get_email,
    over_http,
    request_from,
    sent_by,
)
from tests.support.packages import Built
from tests.support.samples import sample_arguments

OTHERS = (*CLIENTS, "urllib3", "aiohttp")
"""What sends but an httpx client, which other tests have: they give it answers in its place."""

Handler = Callable[[httpx.Request], httpx.Response]


@contextmanager
def served(handler: Handler) -> Iterator[str]:
    """Answer over real connections what ``handler`` answers to httpx; gives the address."""

    def behave(connection: socket.socket) -> None:
        with suppress(OSError):
            while request := request_from(connection):
                head, _, body = request.partition(b"\r\n\r\n")
                lines = [line.partition(b":") for line in head.split(b"\r\n")[1:]]
                headers = [(name, value.strip()) for name, _, value in lines]
                response = handler(httpx.Request("POST", URL, headers=headers, content=body))
                content = response.read()
                start = f"HTTP/1.1 {response.status_code} {response.reason_phrase}\r\n".encode()
                sent = b"".join(
                    b"%b: %b\r\n" % pair
                    for pair in response.headers.raw
                    if pair[0].lower() not in (b"content-length", b"transfer-encoding")
                )
                length = b"Content-Length: %d\r\n\r\n" % len(content)
                connection.sendall(start + sent + length + content)

    with peer(behave) as url:
        yield url


ANSWERED = [kind for kind in KINDS if "<locals>.fail" not in repr(kind.values[0])]


@pytest.mark.parametrize("library", OTHERS)
@pytest.mark.parametrize(("handler", "kind", "message"), ANSWERED)
def test_the_same_errors(
    email: Built, library: str, handler: Handler, kind: str, message: str
) -> None:
    """Those that an answer means; what a connection means is in test_sending."""
    with served(handler) as url, pytest.raises(email.errors.CallError) as caught:
        get_email(email, library, url)
    assert type(caught.value).__name__ == kind
    assert message in str(caught.value)
    assert (caught.value.operation, caught.value.url) == ("GetEMail", url)
    assert caught.value.exchange.sent.endswith(b"Envelope>")


@pytest.mark.parametrize("library", LIBRARIES)
def test_retries(email: Built, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Recorder(answer(b"", 503), answer(b"", 429, **{"Retry-After": "0"}), answer(GOOD))
    with served(server) as url:
        found = get_email(email, library, url, retries=email.options.Retries(most=2, wait=0))
    assert found.subject == "Hi"
    assert len(server.requests) == 3


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_host_that_is_not_there_is_tried_once_more(email: Built, library: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    exchanges: list[Any] = []
    with pytest.raises(email.errors.NotConnected, match="no connection"):
        get_email(email, library, f"http://127.0.0.1:{port}/", after=exchanges.append)
    assert len(exchanges) == 2


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_connection_that_breaks(email: Built, library: str) -> None:
    """Before the answer, and in it: whether the server acted is not known."""
    for sent in (0, 10, 60, 150):

        def behave(connection: socket.socket, sent: int = sent) -> None:
            request_from(connection)
            connection.sendall(over_http(GOOD)[:sent])

        with peer(behave) as url, pytest.raises(email.errors.ConnectionLost):
            get_email(email, library, url)


@pytest.mark.parametrize("library", LIBRARIES)
def test_connections_are_used_again(email: Built, library: str) -> None:
    connections: list[int] = []

    def behave(connection: socket.socket) -> None:
        connections.append(1)
        with suppress(OSError):
            while request_from(connection):
                connection.sendall(over_http(GOOD))

    def twice(client: Any) -> Any:
        if blocks(library):
            return [client.get_email(1), client.get_email(2)]

        async def awaited() -> Any:
            return [await client.get_email(1), await client.get_email(2)]

        return awaited()

    with peer(behave) as url:
        assert len(sent_by(email, library, twice, url)) == 2
    assert connections == [1]


@pytest.mark.parametrize("library", LIBRARIES)
def test_an_answer_that_is_too_large_leaves_nothing_for_the_next(
    email: Built, library: str
) -> None:
    def behave(connection: socket.socket) -> None:
        with suppress(OSError):
            while request_from(connection):
                connection.sendall(over_http(GOOD.replace(b"Hi", b"x" * size[0])))

    size = [500_000]

    def both(client: Any) -> Any:
        limited = client.with_options(largest_answer=100_000)
        if blocks(library):
            with pytest.raises(email.errors.TooLarge):
                limited.get_email(1)
            size[0] = 3
            return limited.get_email(1)

        async def awaited() -> Any:
            with pytest.raises(email.errors.TooLarge):
                await limited.get_email(1)
            size[0] = 3
            return await limited.get_email(1)

        return awaited()

    with peer(behave) as url:
        assert sent_by(email, library, both, url).subject == "xxx"


@pytest.mark.parametrize("library", LIBRARIES)
def test_secrets_are_masked(email: Built, library: str) -> None:
    """Those of the address and of the HTTP headers, wherever an answer repeats them."""

    def add(outgoing: Any) -> None:
        outgoing.http_headers["Authorization"] = f"Bearer {SECRET}"

    fault = enveloped(
        f"<s:Fault xmlns=''><faultcode>s:Client</faultcode><faultstring>Not {SECRET}"
        " nor hidden-1</faultstring></s:Fault>"
    )
    with (
        served(answer(fault, 500)) as url,
        pytest.raises(email.errors.SoapFault) as caught,
    ):
        get_email(email, library, f"{url}?token=hidden-1", before=add)
    for text in (str(caught.value), caught.value.reason, caught.value.exchange.response):
        assert "***" in text
        assert SECRET not in text
        assert "hidden-1" not in text


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("status", [301, 307])
def test_no_redirect_is_followed(email: Built, library: str, status: int) -> None:
    server = Recorder(answer(b"", status, Location="http://other.example/"))
    with served(server) as url, pytest.raises(email.errors.HttpError, match="other"):
        get_email(email, library, url)
    assert len(server.requests) == 1


@pytest.mark.parametrize("library", OTHERS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("url", "http://a:b/"),
        ("url", None),
        ("http_headers", {"A": "ø"}),
        ("http_headers", {"A": 1}),
        ("http_headers", {1: "A"}),
        ("http_headers", {"Authorization": 1}),
        ("http_headers", {"A": "a\r\nb"}),
    ],
)
def test_a_hook_that_makes_a_request_that_cannot_be_sent(
    email: Built, library: str, name: str, value: Any
) -> None:
    def spoil(outgoing: Any) -> None:
        setattr(outgoing, name, value)

    # httpx does not tell a line break in an HTTP header from an answer that breaks the protocol.
    told = value != {"A": "a\r\nb"} or library not in CLIENTS
    error = email.errors.NotConnected if told else email.errors.TransportError
    with peer(answering(GOOD)) as url, pytest.raises(error):
        get_email(email, library, url, before=spoil)


@pytest.mark.slow
@pytest.mark.parametrize("library", OTHERS)
def test_every_operation(email: Built, library: str) -> None:
    """With what each answers; a server of the other half reads the request."""
    for operation in email.plan.operations:
        arguments = sample_arguments(getattr(email.client.EMailClient, operation.method))
        build = getattr(email.builders, f"build_{operation.name}_response")
        expected = tuple(sample_arguments(build).values())
        server = Recorder(answer(email.build_response(operation.name, *expected)))
        call = lambda client: getattr(client, operation.method)(**arguments)  # noqa: B023, E731
        with served(server) as url:
            result = sent_by(email, library, call, url)
        assert result == (expected[0] if expected else None)
        (request,) = server.requests
        assert email.parse_request(operation.name, request.content) == tuple(arguments.values())


@pytest.mark.parametrize("library", OTHERS)
def test_requests_in_parts(email: Built, library: str) -> None:
    """A body in pieces, of which the length is known."""
    server = Recorder()
    with served(server) as url:
        assert get_email(email, library, url, mtom=True).subject == "Hi"
    (request,) = server.requests
    assert request.headers["Content-Type"].startswith("multipart/related")
    assert b"GetEMail" in request.content
    assert "Transfer-Encoding" not in request.headers


def test_what_is_given_has_to_send(email: Built) -> None:
    mixed = httpx.AsyncClient(), object(), httpx.Client
    for http in mixed:
        with pytest.raises(email.errors.InvalidValue, match=r"http: expected an httpx\.Client, or"):
            email.client.EMailClient(URL, http=http)
    for http in (httpx.Client(), email.module("http_urllib3").Urllib3Http(), object()):
        with pytest.raises(
            email.errors.InvalidValue, match=r"http: expected an httpx\.AsyncClient"
        ):
            email.client.AsyncEMailClient(URL, http=http)


def test_a_session_of_aiohttp_that_unpacks_is_refused(email: Built) -> None:
    async def make() -> None:
        async with aiohttp.ClientSession() as session:
            email.module("http_aiohttp").AiohttpHttp(session)

    with pytest.raises(ValueError, match="auto_decompress=False"):
        asyncio.run(make())
