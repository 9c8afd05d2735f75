"""pytest fixtures that serve WSDLs, for tests of code that uses a generated package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .testing import Contracts, Halves, SoapServers

_SESSION: pytest.StashKey[SoapServers] = pytest.StashKey()
_SHARED: pytest.StashKey[tuple[Contracts, Halves]] = pytest.StashKey()


@pytest.fixture
def soap_server(request: pytest.FixtureRequest) -> Iterator[SoapServers]:
    """A function that starts a server for the services in WSDLs; it stops when the test is over.

    ``soapgen.testing.SoapServers`` says what else it does. For example::

        def test_it(soap_server):
            server = soap_server("wsdl/EMail.wsdl")
            with EMailClient(server.url) as client:
                soap_server.on(client.get_email).answer(EMailEntity(subject="Hello"))
                ...
            assert [item.operation for item in server.service.received] == ["GetEMail"]
    """
    with _servers(request.session) as servers:
        yield servers


@pytest.fixture(scope="session")
def session_soap_server(request: pytest.FixtureRequest) -> Iterator[SoapServers]:
    """The same, with servers that run until the session is over.

    After each test, they forget what they were told to answer and what they received. Start them in
    a fixture of your own that is for the session, too::

        @pytest.fixture(scope="session")
        def server(session_soap_server):
            return session_soap_server("wsdl/EMail.wsdl")
    """
    with _servers(request.session) as servers:
        request.session.stash[_SESSION] = servers
        yield servers


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Let the servers of the session answer as usual in the next test."""
    servers = item.session.stash.get(_SESSION, None)
    if servers is not None:
        servers.reset()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Forget the code that was generated for packages."""
    if _SHARED in session.stash:
        session.stash[_SHARED][1].close()


def _servers(session: pytest.Session) -> SoapServers:
    """Servers for one scope: what is read of a WSDL, and made for a package, is for all of them."""
    from .testing import Contracts, Halves, SoapServers

    if _SHARED not in session.stash:
        contracts = Contracts()
        session.stash[_SHARED] = contracts, Halves(contracts)
    return SoapServers(*session.stash[_SHARED])
