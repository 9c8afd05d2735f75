"""The plan of packages, as data: one for each service, and the family of all."""

from __future__ import annotations

from dataclasses import dataclass

from .. import namespaces, naming
from ..secret_names import shown_address
from . import sentences
from .faults import Fault, FaultSet
from .json_names import JsonClass, JsonModule, json_classes
from .members import Choice
from .modules import RuntimeModule, SharedModule, choice_classes
from .names import Namespace, Source
from .operations import FailureCheck, Header, HeaderClass, Operation, Record
from .types import Entity, Functions
from .values import Enumeration

JSON = "json"
"""The extra with which there is JSON of models."""
PROTOCOL = "protocol"
"""The extra with which there are protocols of clients."""

# The extras that are HTTP libraries; the modules for them have names that are not theirs.
_HTTP_LIBRARIES = frozenset({"aiohttp", "urllib3"})


@dataclass(frozen=True, slots=True)
class Package:
    """What is generated for one service: a single package, or one in the package of a family.

    Attributes:
        name: The package's name: in a family, that of its folder.
        source: The file name of the WSDL.
        service: The name of the service.
        client: The class of the client that blocks.
        asynchronous_client: The class of the asynchronous client.
        address: The address in the contract, or empty.
        soap_versions: ``1.1``, ``1.2`` or both; its builders write the first.
        documentation: The documentation of the service, or empty.
        action_base: What all SOAP actions begin with, or empty.
        written_namespaces: The namespaces that its envelopes declare.
        read_namespaces: The namespaces that its parsers need constants for.
        enumerations: Its enumerations, without those in shared modules.
        entities: Its dataclasses, without those in shared modules.
        choices: Its choices of elements, without those in shared modules.
        records: The dataclasses for messages of several members.
        written: The types that its builders write.
        read: The types that its parsers read.
        shared_names: The classes of types that it uses from shared modules.
        request_headers: The class for the headers of requests; None where there are none.
        response_headers: The same for responses.
        faults: The faults that its operations declare.
        fault_sets: The sets of faults that operations declare together.
        addressing: Whether its requests have the headers of WS-Addressing.
        operations: Its operations.
        runtime: The runtime modules for shapes that it has and others may not have.
        called: The functions of the runtime that its types call.
        server: Whether it also reads requests and writes responses.
        vendor: The runtime module for what its vendor does beyond SOAP; None for none.
        raise_failure: The function of that module that raises an error if response headers report
            a failure, or empty.
        encoding: The namespace of the encoding that its messages are in; empty for literal ones.
        secrets: The names that clients mask, beside those that say it themselves.
        failure: What clients examine in the headers of responses, as a user says; or None.
    """

    name: Source
    source: str
    service: str
    client: Source
    asynchronous_client: Source
    address: str
    soap_versions: tuple[Source, ...]
    documentation: str
    action_base: str
    written_namespaces: tuple[Namespace, ...]
    read_namespaces: tuple[Namespace, ...]
    enumerations: tuple[Enumeration, ...]
    entities: tuple[Entity, ...]
    choices: tuple[Choice, ...]
    records: tuple[Record, ...]
    written: Functions
    read: Functions
    shared_names: tuple[Source, ...]
    request_headers: HeaderClass | None
    response_headers: HeaderClass | None
    faults: tuple[Fault, ...]
    fault_sets: tuple[FaultSet, ...]
    addressing: bool
    operations: tuple[Operation, ...]
    runtime: frozenset[str]
    called: frozenset[Source]
    server: bool
    vendor: RuntimeModule | None = None
    raise_failure: Source = ""
    encoding: str = ""
    secrets: tuple[str, ...] = ()
    failure: FailureCheck | None = None

    @property
    def soap_version(self) -> str:
        """The version of SOAP that its builders write."""
        return self.soap_versions[0]

    @property
    def shown_address(self) -> str:
        """The address in the contract, without what may be secret in it; or empty."""
        return shown_address(self.address) if self.address else ""

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
    def response_headers_annotation(self) -> str:
        """The annotation of the SOAP headers that its clients read."""
        return self.response_headers.class_name if self.response_headers else "None"

    @property
    def own_header_classes(self) -> tuple[HeaderClass, ...]:
        """The classes for headers that its module of models defines."""
        both = (self.request_headers, self.response_headers)
        return tuple(headers for headers in both if headers and not headers.is_shared)

    @property
    def shared_header_classes(self) -> tuple[str, ...]:
        """The names of the classes for headers that it uses from shared modules."""
        both = (self.request_headers, self.response_headers)
        return tuple(headers.class_name for headers in both if headers and headers.is_shared)

    @property
    def written_header_classes(self) -> tuple[HeaderClass, ...]:
        """The classes for headers that its builders write."""
        both = (self.request_headers, self.response_headers)
        return tuple(headers for headers in both if headers and headers.sets)

    @property
    def read_header_classes(self) -> tuple[HeaderClass, ...]:
        """The classes for headers that its parsers read."""
        request = self.request_headers if self.server else None
        return tuple(headers for headers in (request, self.response_headers) if headers)

    @property
    def own_faults(self) -> tuple[Fault, ...]:
        """The faults whose classes its module of faults defines."""
        return tuple(fault for fault in self.faults if not fault.is_shared)

    @property
    def shared_fault_names(self) -> tuple[str, ...]:
        """The classes of faults that it uses from the module that services share."""
        return tuple(fault.class_name for fault in self.faults if fault.is_shared)

    @property
    def faults_description(self) -> str:
        """What its module of faults is."""
        return sentences.faults(self.service)

    @property
    def own_classes(self) -> tuple[str, ...]:
        """The classes that its module of models defines."""
        return (
            *(item.class_name for item in self.enumerations),
            *(item.class_name for item in self.entities),
            *choice_classes(self.choices),
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
                arguments=tuple(
                    sentences.client_arguments(
                        headers, has_address=bool(self.address), versions=self.soap_versions
                    )
                ),
            ),
            ClientClass(
                self.asynchronous_client,
                is_asynchronous=True,
                description=sentences.asynchronous_client(self.service, self.client),
                connect_description=sentences.connect(self.client),
            ),
        )

    @property
    def protocols_description(self) -> str:
        """What its module of protocols is."""
        return sentences.protocols(self.service)

    @property
    def protocols(self) -> tuple[ProtocolClass, ProtocolClass]:
        """The protocols of the two clients."""
        return (
            ProtocolClass(
                naming.protocol(self.client),
                is_asynchronous=False,
                description=sentences.protocol(self.client),
            ),
            ProtocolClass(
                naming.protocol(self.asynchronous_client),
                is_asynchronous=True,
                description=sentences.protocol(self.asynchronous_client),
            ),
        )


@dataclass(frozen=True, slots=True)
class ProtocolClass:
    """The class of a protocol.

    Attributes:
        class_name: The class.
        is_asynchronous: Whether it is that of the asynchronous client.
        description: What it is, for its docstring.
    """

    class_name: Source
    is_asynchronous: bool
    description: str


@dataclass(frozen=True, slots=True)
class ClientClass:
    """The class of a client.

    Attributes:
        class_name: The class.
        is_asynchronous: Whether it is the asynchronous client.
        description: What it is, for its docstring.
        connect_description: What making an instance does, for the docstring of ``__init__``.
        arguments: Name and description of each parameter of ``__init__``, for the same docstring.
    """

    class_name: Source
    is_asynchronous: bool
    description: str
    connect_description: str
    arguments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """Everything that one build generates.

    Attributes:
        name: The name of the package that is built.
        packages: A package for each service; a single one, of the same name, unless ``nested``.
        shared: The modules that services share, each after those that it refers to.
        nested: Whether each service has a package of its own within the package that is built.
        types: How many types of the contracts are reached, each counted once.
        faults: The faults that two or more services declare.
        extras: The optional runtime modules that the options ask for.
    """

    name: Source
    packages: tuple[Package, ...]
    shared: tuple[SharedModule, ...]
    nested: bool
    types: int
    faults: tuple[Fault, ...] = ()
    extras: frozenset[Source] = frozenset()

    @property
    def vendors(self) -> tuple[RuntimeModule, ...]:
        """The runtime modules for what vendors do beyond SOAP, each once."""
        modules = (package.vendor for package in self.packages)
        return tuple(dict.fromkeys(module for module in modules if module is not None))

    @property
    def optional_modules(self) -> frozenset[str]:
        """The optional runtime modules that these packages need for their operations."""
        read = [
            message
            for package in self.packages
            for operation in package.operations
            for message in (operation.response, operation.request if package.server else None)
            if message is not None
        ]
        needed = {
            "_faults": any(package.faults for package in self.packages),
            "_stream": any(message.item for message in read),
            "addressing": any(package.addressing for package in self.packages),
        }
        wanted = {f"http_{name}" if name in _HTTP_LIBRARIES else name for name in self.extras}
        return frozenset(name for name, is_needed in needed.items() if is_needed) | wanted

    @property
    def runtime(self) -> frozenset[str]:
        """The runtime modules for shapes that these packages have and others may not have."""
        parts: tuple[Package | SharedModule, ...] = (*self.packages, *self.shared)
        has_choices = any(entity.one_of for part in parts for entity in part.entities)
        shapes = frozenset(name for package in self.packages for name in package.runtime)
        takes_away = any(item.taken_away for part in parts for item in part.written.entities)
        checks = {"_one_of": has_choices, "_none_of": takes_away}
        return shapes | {name for name, is_needed in checks.items() if is_needed}

    @property
    def called(self) -> frozenset[str]:
        """The functions of the runtime that the types of these packages call."""
        return frozenset().union(*(package.called for package in self.packages))

    @property
    def has_protocols(self) -> bool:
        """Whether there are protocols of its clients."""
        return PROTOCOL in self.extras

    @property
    def has_json(self) -> bool:
        """Whether there is JSON of its models."""
        return JSON in self.extras

    @property
    def json_classes(self) -> list[JsonClass]:
        """Its dataclasses, with the names of their members in JSON."""
        shared = [
            JsonModule(
                f"{naming.COMMON}.models.{module.name}",
                module.entities,
                module.choices,
                headers=(module.header_class,) if module.header_class else (),
            )
            for module in self.shared
        ]
        own = [
            JsonModule(
                f"{package.name}.models" if self.nested else "models",
                package.entities,
                package.choices,
                package.records,
                package.own_header_classes,
            )
            for package in self.packages
        ]
        entities = {item.class_name: item for module in shared for item in module.entities}
        return json_classes([*shared, *own], entities)

    @property
    def own_faults(self) -> tuple[Fault, ...]:
        """The faults whose classes its module of shared faults defines."""
        return self.faults

    @property
    def faults_description(self) -> str:
        """What its module of shared faults is."""
        return sentences.shared_faults()

    @property
    def operations(self) -> int:
        """How many operations there are."""
        return sum(len(package.operations) for package in self.packages)

    @property
    def source(self) -> str:
        """The name of its WSDL, or how many there are, for the first line of each file."""
        sources = {package.source for package in self.packages}
        return f"{len(sources)} WSDLs" if len(sources) > 1 else min(sources)

    @property
    def description(self) -> str:
        """What the package of several services is for."""
        first = self.packages[0]
        return sentences.family(
            self.name, len(self.packages), first.name, first.client, is_shared=bool(self.shared)
        )
