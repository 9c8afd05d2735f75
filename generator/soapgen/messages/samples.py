"""Sample messages of the services in some sources: which style, which operation, which way."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.model import Contract
from ..contract.select import Chosen, chosen, find_operation
from ..project.generate import read
from ..sources.documents import Documents
from ..sources.find import Sources
from ..vendors.superoffice.pages import DocumentedStyle
from .styles import Style
from .wire import WireStyle


class Samples:
    """The sample messages of the services in ``sources``.

    Args:
        sources: The WSDLs.
        style: How the messages are shown.
        timestamp: What stands for every date and time.
        services: The services, by name; by default the first of each WSDL.

    Raises:
        SourceError: A WSDL, or something that it imports, cannot be read or is not sound.
    """

    def __init__(
        self, sources: Sources, style: Style, timestamp: str, services: tuple[str, ...] = ()
    ) -> None:
        documents, contracts = read(sources)
        self._nested = sources.nested
        self._services = chosen(contracts, services)
        self._styles = [
            _written(style, item, documents[item.position], contracts[item.position], timestamp)
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


def _written(
    style: Style, service: Chosen, documents: Documents, contract: Contract, timestamp: str
) -> WireStyle | DocumentedStyle:
    if style is Style.WIRE:
        return WireStyle(contract, service.port, timestamp)
    namespaces = [schema.namespace for schema in documents.schemas]
    return DocumentedStyle(contract, service.port, namespaces, timestamp)
