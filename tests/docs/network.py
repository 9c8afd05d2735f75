"""The hosts that pages call, played by a server on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

import httpx
import requests
from requests.adapters import HTTPAdapter
from soapgen.serve import SoapServer
from soapgen.sources import find_sources


@contextmanager
def played(hosts: Mapping[str, Path]) -> Iterator[dict[str, SoapServer]]:
    """Send what httpx and requests send to ``hosts`` to servers for the WSDLs, by name of a host.

    What a program says of certificates and proxies is taken, and not used.
    """
    with ExitStack() as stack:
        servers = {
            host: stack.enter_context(SoapServer(find_sources([wsdl])))
            for host, wsdl in hosts.items()
        }

        def address(url: str) -> str:
            """The address on this machine that plays ``url``."""
            host, path = urlsplit(url).hostname or "", urlsplit(url).path
            if host not in servers:
                return url
            named = [each for each in servers[host].addresses() if each.endswith(path)]
            return named[0] if named else servers[host].addresses()[0]

        send, send_async, send_requests = (
            httpx.HTTPTransport.handle_request,
            httpx.AsyncHTTPTransport.handle_async_request,
            HTTPAdapter.send,
        )

        def handle(self: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
            request.url = httpx.URL(address(str(request.url)))
            return send(self, request)

        async def handle_async(
            self: httpx.AsyncHTTPTransport, request: httpx.Request
        ) -> httpx.Response:
            request.url = httpx.URL(address(str(request.url)))
            return await send_async(self, request)

        def handle_requests(
            self: HTTPAdapter, request: requests.PreparedRequest, **options: object
        ) -> requests.Response:
            request.url = address(str(request.url))
            return send_requests(self, request, **{**options, "proxies": {}})  # type: ignore[arg-type]

        stack.enter_context(mock.patch.object(httpx.HTTPTransport, "handle_request", handle))
        stack.enter_context(
            mock.patch.object(httpx.AsyncHTTPTransport, "handle_async_request", handle_async)
        )
        stack.enter_context(mock.patch.object(HTTPAdapter, "send", handle_requests))
        yield servers
