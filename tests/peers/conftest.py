"""What the tests with other stacks share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from soapgen.serve import SoapServer
from soapgen.sources import find_sources

from tests.support.packages import Built
from tests.support.paths import ECHO
from tests.support.store import Store


@pytest.fixture(scope="session")
def echo(store: Store) -> Built:
    """The package for tests/wsdl/Echo.wsdl, with both halves."""
    return store.package(ECHO, name="echo_both", server=True)


@pytest.fixture
def echo_server(echo: Built) -> Iterator[SoapServer]:
    """``soapgen serve tests/wsdl/Echo.wsdl``, whose Echo gives back the values that it has read."""

    def answer(request: bytes) -> bytes:
        arguments = echo.parse_request("echo", request)
        return echo.build_response("echo", *arguments)

    with SoapServer(find_sources([ECHO])) as server:
        server.service.answer("Echo", answer)
        yield server
