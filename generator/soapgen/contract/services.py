"""What WSDLs say, as data, and the contract with all of it: XML names, never Python names.

Contracts are equal if their messages are the same: comparisons leave out documentation and places.

Contract
├── Service ── Port ── Binding ── Operation ── Message ── Part, HeaderPart, Attachment
└── types, by QName
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..errors import LeftOut, Place, Repair
from .model import ElementParticle, QName, Type, TypeReference


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message, by an element or a type (WSDL 1.1, 2.3).

    In a message that is bound, a part with a type is one that says what is in the body itself: any
    element.
    """

    name: str
    element: ElementParticle | None = None
    type: TypeReference | None = None


@dataclass(frozen=True, slots=True)
class HeaderPart:
    """An element that a binding places in the SOAP header (WSDL 1.1, 3.7)."""

    name: str
    element: ElementParticle


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of a message that a binding places beside the envelope (WSDL 1.1, 5.11).

    ``content_type`` is its MIME type, the first where the binding allows several.
    """

    name: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Message:
    """A request or a response: its parts in the body, in the header and beside the envelope.

    ``encoded`` says that they are written in SOAP's encoding, not as their schema says. ``unbound``
    are its parts that the binding puts nowhere: they are not sent.
    """

    parts: tuple[Part, ...]
    headers: tuple[HeaderPart, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    encoded: bool = False
    unbound: tuple[LeftOut, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that an operation declares: ``element`` is in its detail or, if so, in a header."""

    name: str
    element: ElementParticle
    in_header: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of a port type, with what its binding adds."""

    name: str
    action: str
    input: Message
    output: Message | None
    faults: tuple[Fault, ...] = ()
    style: str = "document"
    documentation: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False)

    @property
    def encoded(self) -> bool:
        """Whether its messages are written in SOAP's encoding."""
        return self.input.encoded

    @property
    def unbound(self) -> tuple[LeftOut, ...]:
        """The parts of its messages that are not sent."""
        return self.input.unbound + (self.output.unbound if self.output else ())


@dataclass(frozen=True, slots=True)
class Binding:
    """A port type bound to SOAP 1.1 or 1.2 over HTTP.

    ``addressing`` says that it requires WS-Addressing. ``left_out`` is what the WSDL has of it and
    ``operations`` have not.
    """

    name: QName
    port_type: QName
    soap_version: str
    operations: tuple[Operation, ...]
    addressing: bool = False
    left_out: tuple[LeftOut, ...] = field(default=(), compare=False)

    def is_like(self, other: Binding) -> bool:
        """Whether both send the same messages, but for the version of SOAP and the actions.

        Encoded ones differ by that version: each has an encoding of its own.
        """
        if self.soap_version != other.soap_version and any(it.encoded for it in self.operations):
            return False
        ours, theirs = (
            tuple(replace(operation, action="") for operation in binding.operations)
            for binding in (self, other)
        )
        return self.port_type == other.port_type and ours == theirs


@dataclass(frozen=True, slots=True)
class Port:
    """A binding at an address."""

    name: str
    address: str
    binding: Binding


@dataclass(frozen=True, slots=True)
class Service:
    """A service and its SOAP ports, in the order of the WSDL; ``left_out`` are its other ports."""

    name: QName
    ports: tuple[Port, ...]
    documentation: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False)
    left_out: tuple[LeftOut, ...] = field(default=(), compare=False)

    def soap_versions(self, port: Port) -> tuple[str, ...]:
        """The versions of SOAP in which the service takes what ``port`` takes, its own first.

        ``port`` may have fewer operations than the service's own of that name.
        """
        whole = next((item for item in self.ports if item.name == port.name), port)
        alike = (other.binding for other in self.ports if other.binding.is_like(whole.binding))
        own = port.binding.soap_version
        return tuple(dict.fromkeys((own, *(binding.soap_version for binding in alike))))


@dataclass(frozen=True, slots=True)
class Contract:
    """The content of a set of documents: its services, and every named type, by name.

    ``left_out`` is what the documents have and the contract has not; ``repairs`` is what was wrong
    in them and is mended. ``empty_elements`` are global elements that are valid with nothing in
    them, the first of each namespace, if there are wildcards that want declared elements.
    """

    services: tuple[Service, ...]
    types: Mapping[QName, Type]
    left_out: tuple[LeftOut, ...] = field(default=(), compare=False)
    repairs: tuple[Repair, ...] = field(default=(), compare=False)
    empty_elements: tuple[QName, ...] = field(default=(), compare=False)
