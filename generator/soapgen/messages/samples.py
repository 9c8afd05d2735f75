"""Sample messages of the services in some sources: which operation, which way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from ..contract import Chosen, find_operation, read_all, select
from ..contract.model import Contract, Operation
from ..sources import Documents, Sources, read_all_documents
from .wire import WireStyle


class MessageStyle(Protocol):
    """A way to show the messages of a port."""

    def request(self, operation: Operation) -> str:
        """The request of ``operation``."""

    def response(self, operation: Operation) -> str:
        """The response of ``operation``; empty where there is none."""


MakeStyle = Callable[[Chosen, Documents, Contract], MessageStyle]
"""Makes what shows the messages of a service, from what was read of its source."""


def on_the_wire(timestamp: str) -> MakeStyle:
    """Messages as they go over the wire; ``timestamp`` stands for every date and time."""

    def make(chosen: Chosen, documents: Documents, contract: Contract) -> MessageStyle:
        return WireStyle(contract.types, chosen.service, chosen.port, timestamp)

    return make


class Samples:
    """The sample messages of the services in ``sources``.

    Args:
        sources: The WSDLs.
        style: How the messages are shown.
        services: The services, by name; by default the first of each WSDL.

    Raises:
        SourceError: A WSDL, or something that it imports, cannot be read or is not sound.
    """

    def __init__(self, sources: Sources, style: MakeStyle, services: tuple[str, ...] = ()) -> None:
        documents = read_all_documents(sources)
        contracts = read_all(documents)
        self._nested = sources.nested
        self._services = select(contracts, services)
        self._styles = [
            style(item, documents[item.position], contracts[item.position])
            for item in self._services
        ]

    def request(self, name: str) -> str:
        """The request of the operation ``name``, or ``Service.Operation``.

        Raises:
            SourceError: There is no such operation, or there are several.
            UnsupportedError: The message uses something that cannot be generated yet.
        """
        position, operation = find_operation(self._services, name)
        return self._styles[position].request(operation)

    def response(self, name: str) -> str:
        """The response of the operation, empty where nothing comes back; raises the same."""
        position, operation = find_operation(self._services, name)
        return self._styles[position].response(operation)

    def all(self) -> Iterator[tuple[str, str]]:
        """Every message, with the path of a file for it; several services have a folder each."""
        for service, style in zip(self._services, self._styles, strict=True):
            folder = f"{service.name}/" if self._nested else ""
            for operation in service.port.binding.operations:
                yield f"{folder}{operation.name}.request.xml", style.request(operation)
                if operation.output is not None:
                    yield f"{folder}{operation.name}.response.xml", style.response(operation)
