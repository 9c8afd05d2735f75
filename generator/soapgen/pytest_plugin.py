"""A pytest fixture that serves WSDLs, for tests of code that uses a generated package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .serve import Limits, SoapServer


@pytest.fixture
def soap_server() -> Iterator[Callable[..., SoapServer]]:
    """A function that starts a server for the services in WSDLs; it stops when the test is over.

    For example::

        def test_it(soap_server):
            server = soap_server("wsdl/EMail.wsdl")
            server.service.fault("Send", "The disk is full")
            with EMailClient(server.url) as client:
                ...
            assert [item.operation for item in server.service.received] == ["Send"]
    """
    from .serve import SoapServer
    from .sources import find_sources
    from .vendors import adapted

    with ExitStack() as stack:

        def start(
            *sources: str | Path, services: tuple[str, ...] = (), limits: Limits | None = None
        ) -> SoapServer:
            found = find_sources(sources)
            server = SoapServer(found, services, limits=limits, adapt=adapted)
            return stack.enter_context(server)

        yield start
