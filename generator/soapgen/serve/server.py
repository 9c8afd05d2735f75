"""Sources → a server on this machine, which answers for every service in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from ..contract import (
    find_operation,
    left_out,
    obstacles_of,
    read_with_schemas,
    repairs_of,
    select,
)
from ..contract.services import Contract
from ..errors import LeftOut, Place, SourceError
from ..messages import Adapt
from ..sources import Documents, Sources, read_all_documents
from .application import Application, Endpoint, Log
from .exchanges import Recorded
from .http import HttpServer, Limits
from .mock import MockService
from .published import Published

if TYPE_CHECKING:
    from ..contract.schemas import SchemaSet

Read = Callable[[Documents], "tuple[Contract, SchemaSet]"]
"""What reads the documents of a source: as ``soapgen.contract.read_with_schemas`` does."""


class SoapServer:
    """Serves the services in ``sources`` from :meth:`start` to :meth:`close`, or in a ``with``.

    Args:
        sources: The WSDLs. They are read at once.
        services: The services, by name; by default the first of each WSDL.
        host: The host to listen on; the default can be reached from this machine only.
        port: The port to listen on; by default any that is free.
        log: Called with a line for each request.
        limits: What the server takes from its clients.
        read: What reads the documents of each source.
        adapt: What makes of a sample what clients accept.

    Raises:
        SourceError: A WSDL cannot be read or is not sound, or two services have the same name.

    Attributes:
        services: The mock of each service, by the name of the service. They may be told what to
            answer at any time.
        left_out: What was asked for and is not served.
        repairs: What is mended in the sources.
    """

    def __init__(
        self,
        sources: Sources,
        services: tuple[str, ...] = (),
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        log: Log = lambda line: None,
        limits: Limits | None = None,
        read: Read = read_with_schemas,
        adapt: Adapt = lambda service, operation, sample: sample,
    ) -> None:
        self._documents = read_all_documents(sources)
        contracts = [read(item) for item in self._documents]
        found = [contract for contract, _ in contracts]
        self._chosen = select(found, services)
        self.left_out = left_out(found, self._chosen, everything=not services)
        self.repairs = repairs_of(found, self._chosen)
        self._contracts = found
        self.services: dict[str, MockService] = {}
        for item in self._chosen:
            if item.name in self.services:
                raise SourceError(
                    f"there are several services {item.name}",
                    place=item.service.place,
                    hint=f"serve this one alone with --service {item.service.name.local}",
                )
            contract, schemas = contracts[item.position]
            self.services[item.name] = MockService(contract, item, schemas, adapt)
        self._host, self._port, self._log = host, port, log
        self._limits = limits or Limits()
        self._http: HttpServer | None = None

    @cached_property
    def obstacles(self) -> tuple[LeftOut, ...]:
        """What a build would leave out beyond ``left_out``: found when it is asked for."""
        return tuple(obstacles_of(self._contracts, self._chosen))

    @property
    def url(self) -> str:
        """The address of the only service, or the start of the addresses of all."""
        return self._running.address + ("/" if len(self._chosen) == 1 else "")

    def addresses(self) -> list[str]:
        """The address of each service."""
        return [self._running.address + quote(path) for path in self._paths()]

    @property
    def service(self) -> MockService:
        """The only service."""
        (service,) = self.services.values()
        return service

    def service_of(self, operation: str) -> MockService:
        """The mock of the service that has ``operation``, which may be ``Service.Operation``.

        Raises:
            SourceError: There is none, or there are several.
        """
        position, _ = find_operation(self._chosen, operation)
        return self.services[self._chosen[position].name]

    def replay(self, recorded: Sequence[Recorded]) -> list[Recorded]:
        """Answer with the responses in ``recorded`` from now on, instead of with samples.

        :meth:`MockService.replay` says how.

        Returns:
            The exchanges that are of no operation that is served.

        Raises:
            SourceError: A recorded message is no SOAP message, or no exchange is of an operation
                that is served.
        """
        others = list(recorded)
        for service in self.services.values():
            others = service.replay(others)
        if recorded and len(others) == len(recorded):
            raise SourceError(
                "no recorded message is of an operation that is served",
                place=Place(recorded[0].document),
                hint="name the folder that was recorded of this service",
            )
        return others

    def reset(self) -> None:
        """Let every service answer as it did at first, and forget what was received."""
        for service in self.services.values():
            service.reset()

    def start(self) -> Self:
        """Start to serve.

        Raises:
            OutputError: The server cannot listen, for instance because the port is in use.
        """
        if self._http is not None:
            raise RuntimeError("the server was started already")
        self._http = http = HttpServer(self._host, self._port, self._limits)
        endpoints = {}
        for path, address, item in zip(self._paths(), self.addresses(), self._chosen, strict=True):
            published = Published(self._documents[item.position], address)
            endpoints[path] = Endpoint(item.name, self.services[item.name], published)
        http.start(Application(endpoints, self._log, http.closing))
        return self

    def wait(self) -> None:
        """Wait until the server is closed, or the process is interrupted."""
        self._running.wait()

    def close(self) -> None:
        """Stop serving: end every delay, and close every connection. A second time does nothing."""
        if self._http is not None:
            self._http.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _running(self) -> HttpServer:
        if self._http is None:
            raise RuntimeError("the server was not started: use it in a with, or call start()")
        return self._http

    def _paths(self) -> list[str]:
        """The path of each service that was chosen."""
        return ["/"] if len(self._chosen) == 1 else [f"/{item.name}" for item in self._chosen]
