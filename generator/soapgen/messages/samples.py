"""Sample messages of the services in some sources, by operation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from .. import naming
from ..contract import (
    Chosen,
    find_operation,
    left_out,
    obstacles_of,
    read_all,
    repairs_of,
    select,
)
from ..contract.services import Contract, Operation
from ..errors import LeftOut, Repair
from ..sources import Documents, Sources, read_all_documents
from .wire import WireStyle


class MessageStyle(Protocol):
    """Writes sample messages of a port in one style."""

    def request(self, operation: Operation) -> str:
        """The request of ``operation``."""

    def response(self, operation: Operation) -> str:
        """The response of ``operation``; empty where there is none."""


MakeStyle = Callable[[Chosen, Documents, Contract], MessageStyle]
"""Makes the style for a service, from the documents and the contract of its source."""


Adapt = Callable[[Chosen, Operation, str], str]
"""A service, an operation and a sample of its response → one that clients of the vendor accept."""


def on_the_wire(timestamp: str) -> MakeStyle:
    """Messages as they go over the wire; ``timestamp`` is the value of every ``xs:dateTime``."""

    def make(chosen: Chosen, documents: Documents, contract: Contract) -> MessageStyle:
        return WireStyle(contract, chosen.service, chosen.port, timestamp)

    return make


def read_samples(sources: Sources, style: MakeStyle, services: tuple[str, ...] = ()) -> Samples:
    """The sample messages of the services in ``sources``.

    Args:
        sources: The WSDLs.
        style: Makes the style that writes the messages.
        services: The services, by name; by default the first of each WSDL.

    Raises:
        SourceError: A WSDL, or something that it imports, cannot be read or is not sound.
    """
    documents = read_all_documents(sources)
    contracts = read_all(documents)
    selected = select(contracts, services)
    styles = [style(item, documents[item.position], contracts[item.position]) for item in selected]
    return Samples(
        tuple(selected),
        tuple(styles),
        sources.nested or len(selected) > 1,
        left_out(contracts, selected, everything=not services),
        repairs_of(contracts, selected),
        obstacles_of(contracts, selected),
    )


@dataclass(frozen=True, slots=True)
class Samples:
    """The sample messages of some services.

    Attributes:
        services: The services.
        styles: For each service, what writes its messages.
        nested: Whether files of each service go into a folder of its own.
        left_out: What was asked for and the contracts do not have.
        repairs: What is mended in the sources.
        obstacles: What a build would leave out beyond that.
    """

    services: tuple[Chosen, ...]
    styles: tuple[MessageStyle, ...]
    nested: bool
    left_out: tuple[LeftOut, ...] = ()
    repairs: tuple[Repair, ...] = ()
    obstacles: tuple[LeftOut, ...] = ()

    def request(self, name: str) -> str:
        """The request of the operation ``name``, or ``Service.Operation``.

        Raises:
            SourceError: There is no such operation, or there are several.
            UnsupportedError: The message uses something that cannot be generated yet.
        """
        position, operation = find_operation(self.services, name)
        return self.styles[position].request(operation)

    def response(self, name: str) -> str:
        """The response of the operation ``name``, empty if there is none; raises the same."""
        position, operation = find_operation(self.services, name)
        return self.styles[position].response(operation)

    def all(self) -> Iterator[tuple[str, str]]:
        """Every message: the path of a file for it, and its text.

        If the sources make several packages, each service has a folder of its own. No two paths
        are the same, even where small letters and capitals are.
        """
        folders = naming.Names(for_files=True)
        for service, style in zip(self.services, self.styles, strict=True):
            name = naming.file_stem(service.name)
            folder = f"{folders.take(name)}/" if self.nested else ""
            files = naming.Names(for_files=True)
            for operation in service.port.binding.operations:
                path = folder + files.take(naming.file_stem(operation.name))
                yield f"{path}.request.xml", style.request(operation)
                if operation.output is not None:
                    yield f"{path}.response.xml", style.response(operation)
