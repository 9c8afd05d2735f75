"""Certificates and proxies are those of the HTTP library that a client is given."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import aiohttp
import httpx
import pytest
import trustme
import urllib3

from tests.generated.test_errors import GOOD, peer
from tests.generated.test_sending import GIVEN, over_http, request_from
from tests.support.packages import Built

AUTHORITY = trustme.CA()


def trusting() -> ssl.SSLContext:
    """What trusts the authority of these tests, and no other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    AUTHORITY.configure_trust(context)
    return context


@contextmanager
def secure(behave: Callable[[ssl.SSLSocket], None]) -> Iterator[str]:
    """The address of a server with a certificate, which does what ``behave`` says."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("127.0.0.1").configure_cert(context)

    def wrapped(connection: socket.socket) -> None:
        # A client that does not trust the certificate ends the connection.
        with suppress(OSError), context.wrap_socket(connection, server_side=True) as secured:
            behave(secured)

    with peer(wrapped) as url:
        yield url.replace("http:", "https:")


def answers(connection: socket.socket) -> None:
    while request_from(connection):
        connection.sendall(over_http(GOOD))


@contextmanager
def forwarding() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a proxy, and the first line of each request that it is asked."""
    asked: list[bytes] = []

    def forwards(connection: socket.socket) -> None:
        while request := request_from(connection):
            asked.append(request.partition(b"\r\n")[0])
            connection.sendall(over_http(GOOD))

    with peer(forwards) as url:
        yield url, asked


def subject(
    email: Built, kind: str, url: str, context: ssl.SSLContext | None, proxy: str | None = None
) -> str:
    """The subject of the e-mail that a client gets by a library with ``context`` and ``proxy``."""
    if kind == "httpx.Client":
        with httpx.Client(verify=context or True, proxy=proxy) as http:
            return str(email.client.EMailClient(url, http=http).get_email(1).subject)
    if kind == "urllib3":
        pools = (
            urllib3.PoolManager(ssl_context=context)
            if proxy is None
            else urllib3.ProxyManager(proxy, ssl_context=context)
        )
        own = email.module("http_urllib3").Urllib3Http(pools)
        return str(email.client.EMailClient(url, http=own).get_email(1).subject)

    async def awaited() -> str:
        if kind == "httpx.AsyncClient":
            async with httpx.AsyncClient(verify=context or True, proxy=proxy) as http:
                return await by(http)
        connector = aiohttp.TCPConnector(ssl=context or True)
        async with aiohttp.ClientSession(
            auto_decompress=False, connector=connector, proxy=proxy
        ) as session:
            return await by(email.module("http_aiohttp").AiohttpHttp(session))

    async def by(http: Any) -> str:
        found = await email.client.AsyncEMailClient(url, http=http).get_email(1)
        return str(found.subject)

    return asyncio.run(awaited())


@pytest.mark.parametrize("kind", GIVEN)
def test_a_certificate_that_is_trusted(email: Built, kind: str) -> None:
    with secure(answers) as url:
        assert subject(email, kind, url, trusting()) == "Hi"


@pytest.mark.parametrize("kind", GIVEN)
def test_a_certificate_that_is_not_trusted(email: Built, kind: str) -> None:
    """Nothing was sent: a secret did not go to whoever is there."""
    received: list[bytes] = []

    def listens(connection: socket.socket) -> None:
        received.append(request_from(connection))

    with secure(listens) as url, pytest.raises(email.errors.NotConnected, match="certificate"):
        subject(email, kind, url, None)
    assert not any(received)


@pytest.mark.parametrize("kind", GIVEN)
def test_a_proxy_is_asked(email: Built, kind: str) -> None:
    with forwarding() as (proxy, asked):
        assert subject(email, kind, "http://crm.invalid/EMail.svc", None, proxy) == "Hi"
    assert asked == [b"POST http://crm.invalid/EMail.svc HTTP/1.1"]


@pytest.mark.parametrize("kind", GIVEN)
def test_a_proxy_that_refuses_a_tunnel(email: Built, kind: str) -> None:
    """The request did not leave it."""

    def refuses(connection: socket.socket) -> None:
        request_from(connection)
        connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    with peer(refuses) as proxy, pytest.raises(email.errors.NotConnected, match="403"):
        subject(email, kind, "https://crm.invalid/EMail.svc", trusting(), proxy)
