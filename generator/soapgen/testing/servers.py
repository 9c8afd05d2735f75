"""Servers for the services of WSDLs, and what clients of them are answered."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar, overload

from ..serve import Limits, MockService, SoapServer, exchanges_in
from ..sources import find_sources
from ..vendors import adapted
from .contracts import Contracts
from .halves import Halves
from .messages import Messages
from .told import Told

P = ParamSpec("P")
T = TypeVar("T")


class SoapServers:
    """Starts servers on this machine, and tells them what to answer to the methods of clients.

    It is what the fixture ``soap_server`` gives to a test::

        def test_a_person(soap_server: SoapServers) -> None:
            server = soap_server("people.wsdl")
            with PeopleClient(server.url) as client:
                soap_server.on(client.find).answer(Person(name="Ann"))
                assert client.find("A") == Person(name="Ann")
                assert soap_server.on(client.find).calls == [soap_server.on(client.find).call("A")]

    Args:
        contracts: What reads contracts; several objects may share it.
        halves: What writes and reads for packages; several objects may share it.
    """

    def __init__(self, contracts: Contracts | None = None, halves: Halves | None = None) -> None:
        self._contracts = contracts or Contracts()
        self._halves = halves or Halves(self._contracts)
        self._owns_halves = halves is None
        self._servers: list[SoapServer] = []

    def __call__(
        self,
        *sources: str | Path,
        services: tuple[str, ...] = (),
        limits: Limits | None = None,
        replay: str | Path | None = None,
    ) -> SoapServer:
        """Start a server for the services in ``sources``.

        Args:
            sources: WSDLs, or folders of them.
            services: The services, by name; by default the first of each WSDL.
            limits: What the server takes from its clients.
            replay: A folder of recorded exchanges to answer with, instead of with samples.

        Raises:
            SourceError: A WSDL cannot be read or is not sound, two services have the same name, or
                the folder has no exchange of an operation that is served.
        """
        found = find_sources(sources)
        server = SoapServer(found, services, limits=limits, read=self._contracts, adapt=adapted)
        if replay is not None:
            server.replay(exchanges_in(Path(replay)))
        self._servers.append(server.start())
        return server

    @overload
    def on(self, method: Callable[P, Coroutine[Any, Any, T]]) -> Told[P, T]: ...
    @overload
    def on(self, method: Callable[P, T]) -> Told[P, T]: ...
    def on(self, method: Callable[P, Any]) -> Told[P, Any]:
        """What tells the server what to answer to ``method``, and what it was asked.

        Args:
            method: A method of a client, such as ``client.get_person``; the client calls one of
                these servers. It may be an asynchronous one.

        Raises:
            TypeError: It is no method of a client that soapgen built.
            ValueError: The client calls none of these servers.
            CallError: The package of the client does not go with its sources.
            SourceError: The sources of the package are no longer there, or cannot be read.
        """
        client = getattr(method, "__self__", None)
        if not inspect.ismethod(method) or client is None:
            raise TypeError("give a method of a client, such as client.get_person")
        half = self._halves.of(client)
        operation = half.operation(method.__name__)
        service = self._service_at(str(client.url))
        return Told(service, operation.xml_name, Messages(half, operation))

    def reset(self) -> None:
        """Let every server answer as it did at first, and forget what was received."""
        for server in self._servers:
            server.reset()

    def close(self) -> None:
        """Stop all servers."""
        while self._servers:
            self._servers.pop().close()
        if self._owns_halves:
            self._halves.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _service_at(self, url: str) -> MockService:
        addresses = []
        for server in self._servers:
            for address, service in zip(server.addresses(), server.services.values(), strict=True):
                if url.rstrip("/") == address.rstrip("/"):
                    return service
                addresses.append(address)
        started = f"those are at {' '.join(addresses)}" if addresses else "none was started"
        raise ValueError(f"the client calls {url}, which is none of these servers: {started}")
