"""A port → its interface: the content of its messages and headers, and the types they reach.

Anonymous types get a name from their path, groups become the list of their elements, and what
cannot be generated yet is refused here, with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..errors import UnsupportedError
from .collector import Collector
from .encoding import Encoding
from .model import ElementParticle, QName, Type
from .reach import Reach
from .services import Attachment, Message, Operation, Port, Service
from .uses import Use


@dataclass(frozen=True, slots=True)
class Body:
    """The content of the body of a message.

    ``uses`` are the members of the element ``wrapper`` or, if that is None, the body's elements
    themselves; an empty body has none. ``data_contract`` is that of the wrapper's type. The
    ``attachments`` are beside the envelope. ``is_open`` says that any elements may be in the body.
    """

    wrapper: ElementParticle | None
    uses: tuple[Use, ...]
    data_contract: bool = False
    attachments: tuple[Attachment, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class FaultDetail:
    """What a fault carries: an element in its detail or, if so, in a header.

    It is the same fault wherever an element of the same name and type is declared; what the error
    for it is named after is ``name``.
    """

    use: Use
    name: str = field(compare=False)
    in_header: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Interface:
    """What a port of a service sends and receives: the messages of its operations.

    Attributes:
        name: The name of the service in generated code.
        service: The service.
        port: The port.
        bodies: The body of the request and of the response of each operation.
        headers: Every header of the requests, by its element, in the order of first use. If the
            only member of a header is a scalar, that member takes its place.
        response_headers: The same for responses.
        faults: The faults that each operation declares.
        reach: The types that all of these reach.
        encoded: Whether its messages are in SOAP's encoding.
    """

    name: str
    service: Service
    port: Port
    bodies: tuple[tuple[Body, Body | None], ...]
    headers: Mapping[QName, Use]
    response_headers: Mapping[QName, Use]
    faults: tuple[tuple[FaultDetail, ...], ...]
    reach: Reach
    encoded: bool = False

    @property
    def requests(self) -> tuple[Body, ...]:
        """The body of each request."""
        return tuple(request for request, _ in self.bodies)

    @property
    def responses(self) -> tuple[Body, ...]:
        """The body of each response; one-way operations have none."""
        return tuple(response for _, response in self.bodies if response is not None)

    @property
    def all_faults(self) -> tuple[FaultDetail, ...]:
        """The faults of all operations, each once, in the order of first use."""
        return tuple(dict.fromkeys(fault for faults in self.faults for fault in faults))

    def uses(self) -> list[Use]:
        """The outermost uses of all messages, headers and fault details included."""
        uses = [*self.headers.values(), *self.response_headers.values()]
        uses += [fault.use for fault in self.all_faults]
        return uses + [use for body in (*self.requests, *self.responses) for use in body.uses]

    def sent_uses(self) -> list[Use]:
        """The outermost uses in requests, headers included."""
        return [*self.headers.values(), *(use for body in self.requests for use in body.uses)]

    def sent(self) -> list[QName]:
        """The types of the outermost uses in requests, headers included."""
        return [use.type for use in self.sent_uses()]

    def received(self) -> list[QName]:
        """The types of the outermost uses in responses, headers and fault details included."""
        uses = [*self.response_headers.values(), *(fault.use for fault in self.all_faults)]
        uses += [use for body in self.responses for use in body.uses]
        return [use.type for use in uses]


def read_interface(
    types: Mapping[QName, Type],
    service: Service,
    port: Port,
    children: Mapping[QName, tuple[QName, ...]] | None = None,
    *,
    name: str = "",
    encoding: Encoding | None = None,
) -> Interface:
    """What ``port`` of ``service`` sends and receives.

    Args:
        types: The named types that its messages refer to.
        service: The service.
        port: One of its ports.
        children: The types that directly extend each of ``types``, where that is known already.
        name: The name of the service in generated code.
        encoding: The types as SOAP's encoding has them, where they were made already.

    Raises:
        UnsupportedError: The contract uses something that cannot be generated yet, or some of the
            operations are encoded and others are not.
    """
    operations = port.binding.operations
    for operation in of_another_use(operations):
        raise UnsupportedError(
            f"operation {operation.name} is {use_of(operation)}, operation {operations[0].name} is "
            f"{use_of(operations[0])}",
            place=operation.place,
            hint="select operations of one use with --operation",
        )
    encoded = any(operation.encoded for operation in operations)
    if encoded:
        encoding = encoding or Encoding(types)
        types, operations = encoding.types, tuple(map(encoding.operation, operations))
    collector = Collector(types, children)
    bodies = tuple(_bodies(collector, operation) for operation in operations)
    headers = _headers(collector, (operation.input for operation in operations))
    response_headers = _headers(
        collector, (operation.output for operation in operations if operation.output is not None)
    )
    faults = tuple(_faults(collector, operation) for operation in operations)
    return Interface(
        name=name,
        service=service,
        port=port,
        bodies=bodies,
        headers=headers,
        response_headers=response_headers,
        faults=faults,
        reach=collector.reach(),
        encoded=encoded,
    )


def use_of(operation: Operation) -> str:
    """How the messages of ``operation`` are written (WSDL 1.1, 3.5)."""
    return "encoded" if operation.encoded else "literal"


def of_another_use(operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """Those of ``operations`` that are not literal, or not encoded, as the first one is.

    One package has one way to write each type.
    """
    return tuple(item for item in operations if item.encoded is not operations[0].encoded)


def _bodies(collector: Collector, operation: Operation) -> tuple[Body, Body | None]:
    """The bodies of the request and the response of ``operation``."""
    wrapped = _is_wrapped(collector, operation)
    request = _body(collector, operation.input, wrapped=wrapped)
    if operation.output is None:
        return request, None
    return request, _body(collector, operation.output, wrapped=wrapped)


def _body(collector: Collector, message: Message, *, wrapped: bool) -> Body:
    elements = [part.element for part in message.parts if part.element is not None]
    content = collector.plain_sequence(elements[0]) if wrapped and len(elements) == 1 else None
    if content is None:
        uses = tuple(map(collector.add_element, elements))
        is_open = len(elements) < len(message.parts)
        return Body(None, uses, attachments=message.attachments, is_open=is_open)
    uses = collector.add_content_of(elements[0], content)
    return Body(elements[0], uses, content.data_contract, message.attachments)


def _faults(collector: Collector, operation: Operation) -> tuple[FaultDetail, ...]:
    """The faults of ``operation``, each once.

    Raises:
        UnsupportedError: Two of them cannot be told apart in a message.
    """
    found: dict[QName, FaultDetail] = {}
    for fault in operation.faults:
        element = fault.element
        # The element for a part with a type has the part's name, such as fault: that says little.
        is_of_schema = element.name.namespace and not operation.encoded
        name = element.name.local if is_of_schema else fault.name
        detail = FaultDetail(collector.add_element(element), name, fault.in_header)
        if found.setdefault(element.name, detail) != detail:
            raise UnsupportedError(
                f"two faults of operation {operation.name} have the element {element.name}, of "
                "different types",
                place=operation.place,
                hint="give the parts of their messages different names",
            )
    return tuple(found.values())


def _is_wrapped(collector: Collector, operation: Operation) -> bool:
    """Whether the members of the input are the parameters (the wrapped convention).

    They are if its element has the name of the operation and is a plain sequence; that of an
    operation of the style rpc is by definition.
    """
    if operation.style == "rpc":
        return True
    parts = operation.input.parts
    if not parts:
        return True
    element = parts[0].element
    if len(parts) > 1 or element is None:
        return False
    return element.name.local == operation.name and collector.plain_sequence(element) is not None


def _headers(collector: Collector, messages: Iterable[Message]) -> dict[QName, Use]:
    headers: dict[QName, Use] = {}
    for message in messages:
        for part in message.headers:
            if part.element.name not in headers:
                headers[part.element.name] = collector.add_header(part.element)
    return headers
