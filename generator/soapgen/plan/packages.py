"""The plan of packages: one for each service, and the modules that services share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .. import namespaces
from . import sentences
from .operations import Fault, Header, HeaderClass, Operation, Record
from .types import Entity, Enumeration, Functions, Namespace


@dataclass(frozen=True, slots=True)
class SharedModule:
    """What services share and use together: a module each of models, of writers and of readers.

    Attributes:
        name: The name of the three modules.
        services: Those that use it.
        enumerations: Its enumerations.
        entities: Its dataclasses.
        written: The types that a function writes.
        read: The types that a function reads.
        header_class: A class for headers, in the module for it.
        read_namespaces: Those that its readers know.
    """

    name: str
    services: tuple[str, ...]
    enumerations: tuple[Enumeration, ...]
    entities: tuple[Entity, ...]
    written: Functions
    read: Functions
    header_class: HeaderClass | None
    read_namespaces: tuple[Namespace, ...]

    @property
    def class_names(self) -> tuple[str, ...]:
        """The classes that it defines."""
        enumerations = (item.class_name for item in self.enumerations)
        entities = (item.class_name for item in self.entities)
        headers = (self.header_class.class_name,) if self.header_class else ()
        return (*enumerations, *entities, *headers)

    @property
    def models_description(self) -> str:
        """What its module of models is."""
        return sentences.shared_models(sentences.users(self.services))

    @property
    def readers_description(self) -> str:
        """What its module of readers is."""
        return sentences.shared_readers(sentences.users(self.services))

    @property
    def writers_description(self) -> str:
        """What its module of writers is."""
        return sentences.shared_writers(sentences.users(self.services))


@dataclass(frozen=True, slots=True)
class Package:
    """What is generated for one service: a package by itself, or one in the package of a family.

    Attributes:
        name: The package's name; that of the folder within the family's.
        source: The file name of the WSDL.
        service: What the service is called.
        client: The client that blocks.
        asynchronous_client: The client that awaits.
        address: The address in the contract, or empty.
        soap_version: ``1.1`` or ``1.2``.
        documentation: What the contract says of the service.
        action_base: What all SOAP actions begin with, or empty.
        written_namespaces: Those that envelopes declare.
        read_namespaces: Those that parsers know.
        enumerations: Its own; those that it shares are in a shared module.
        entities: Its own.
        records: The dataclasses for messages of several members.
        written: The types that a function writes.
        read: The types that a function reads.
        shared_names: The classes that it uses and shares with others.
        types: How many types of the contract it reaches.
        request_headers: The class for the headers of requests; None where there are none.
        response_headers: The same for responses.
        faults: The details of faults that the contract declares.
        secrets: The local names of the elements whose text must not be shown.
        addressing: Whether its requests have the headers of WS-Addressing.
        operations: Its operations.
        anytype: Whether it has values of xs:anyType, which a module of their own writes and reads.
        server: Whether it also reads requests and writes responses.
        vendor: The runtime module for what its vendor does beyond SOAP; None for none.
        raise_failure: The function that raises an error if response headers report one, or empty.
    """

    name: str
    source: str
    service: str
    client: str
    asynchronous_client: str
    address: str
    soap_version: str
    documentation: str
    action_base: str
    written_namespaces: tuple[Namespace, ...]
    read_namespaces: tuple[Namespace, ...]
    enumerations: tuple[Enumeration, ...]
    entities: tuple[Entity, ...]
    records: tuple[Record, ...]
    written: Functions
    read: Functions
    shared_names: tuple[str, ...]
    types: int
    request_headers: HeaderClass | None
    response_headers: HeaderClass | None
    faults: tuple[Fault, ...]
    secrets: tuple[str, ...]
    addressing: bool
    operations: tuple[Operation, ...]
    anytype: bool
    server: bool
    vendor: RuntimeModule | None = None
    raise_failure: str = ""

    @property
    def soap_namespace(self) -> str:
        """The namespace of the envelope (SOAP 1.1, section 3; SOAP 1.2 part 1, section 5.1)."""
        return namespaces.ENVELOPES[self.soap_version]

    @property
    def headers(self) -> tuple[Header, ...]:
        """The SOAP headers that its clients send."""
        return self.request_headers.headers if self.request_headers else ()

    @property
    def headers_annotation(self) -> str:
        """The annotation of the SOAP headers that its clients send."""
        return self.request_headers.class_name if self.request_headers else "None"

    @property
    def own_header_classes(self) -> tuple[HeaderClass, ...]:
        """The classes for headers that it defines itself."""
        both = (self.request_headers, self.response_headers)
        return tuple(found for found in both if found and not found.is_shared)

    @property
    def shared_header_classes(self) -> tuple[str, ...]:
        """The names of the classes for headers that it shares with others."""
        both = (self.request_headers, self.response_headers)
        return tuple(found.class_name for found in both if found and found.is_shared)

    @property
    def written_header_classes(self) -> tuple[HeaderClass, ...]:
        """The classes for headers that it writes."""
        both = (self.request_headers, self.response_headers)
        return tuple(found for found in both if found and found.sets)

    @property
    def read_header_classes(self) -> tuple[HeaderClass, ...]:
        """The classes for headers that it reads."""
        request = self.request_headers if self.server else None
        return tuple(found for found in (request, self.response_headers) if found)

    @property
    def own_classes(self) -> tuple[str, ...]:
        """The classes that its module of models defines."""
        return (
            *(item.class_name for item in self.enumerations),
            *(item.class_name for item in self.entities),
            *(item.class_name for item in self.records),
            *(item.class_name for item in self.own_header_classes),
        )

    @property
    def description(self) -> str:
        """What the package is for."""
        return sentences.package(self.service, self.client, self.asynchronous_client)

    @property
    def models_description(self) -> str:
        """What its module of models is."""
        return sentences.models(self.service)

    @property
    def builders_description(self) -> str:
        """What its module of builders is."""
        return sentences.builders(self.service)

    @property
    def parsers_description(self) -> str:
        """What its module of parsers is."""
        return sentences.parsers(self.service)

    @property
    def clients_description(self) -> str:
        """What its module of clients is."""
        return sentences.clients(self.service)

    @property
    def client_classes(self) -> tuple[ClientClass, ClientClass]:
        """The two clients."""
        headers = self.request_headers.descriptions if self.request_headers else []
        return (
            ClientClass(
                self.client,
                is_asynchronous=False,
                description=sentences.client(self.service, self.documentation),
                connect_description=sentences.connect(),
                arguments=tuple(sentences.client_arguments(self.address, headers)),
            ),
            ClientClass(
                self.asynchronous_client,
                is_asynchronous=True,
                description=sentences.asynchronous_client(self.service, self.client),
                connect_description=sentences.connect(self.client),
            ),
        )


@dataclass(frozen=True, slots=True)
class ClientClass:
    """A client: what its docstrings say, and whether it awaits."""

    class_name: str
    is_asynchronous: bool
    description: str
    connect_description: str
    arguments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RuntimeModule:
    """A module that is copied into a package: its name, and its file among the templates."""

    name: str
    template: Path


@dataclass(frozen=True, slots=True)
class Family:
    """All that one build generates.

    Attributes:
        name: The name of the whole.
        packages: One for each service; the only one is the whole, unless ``nested``.
        shared: What the services share, each module after those that it refers to.
        nested: Whether each service has a package of its own within the whole.
        types: How many types of the contracts are reached, each counted once.
        extras: The modules that were asked for beside those that are needed.
    """

    name: str
    packages: tuple[Package, ...]
    shared: tuple[SharedModule, ...]
    nested: bool
    types: int
    extras: frozenset[str] = frozenset()

    @property
    def vendors(self) -> tuple[RuntimeModule, ...]:
        """The runtime modules for what vendors do beyond SOAP, each once."""
        modules = (package.vendor for package in self.packages)
        return tuple(dict.fromkeys(module for module in modules if module is not None))

    @property
    def optional_modules(self) -> frozenset[str]:
        """Which runtime modules are needed, of those that not every package needs."""
        operations = [item for package in self.packages for item in package.operations]
        needed = {
            "_anytype": any(package.anytype for package in self.packages),
            "_stream": any(item.response and item.response.item for item in operations),
            "addressing": any(package.addressing for package in self.packages),
        }
        return frozenset(name for name, is_needed in needed.items() if is_needed) | self.extras

    @property
    def operations(self) -> int:
        """How many operations there are."""
        return sum(len(package.operations) for package in self.packages)

    @property
    def source(self) -> str:
        """What it is generated from, for the first line of each file."""
        sources = {package.source for package in self.packages}
        return f"{len(sources)} WSDLs" if self.nested else min(sources)

    @property
    def description(self) -> str:
        """What the package of several services is for."""
        first = self.packages[0]
        return sentences.family(
            self.name, len(self.packages), first.name, first.client, is_shared=bool(self.shared)
        )
