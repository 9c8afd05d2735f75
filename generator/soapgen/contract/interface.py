"""A port → its interface: what its messages and headers consist of, and all that they reach."""

from __future__ import annotations

from collections.abc import Mapping

from .. import naming
from .model import Message, Operation, Port, QName, Service, Type
from .reach import Body, Reach, Use


class Interface:
    """What ``port`` of ``service`` sends and receives.

    Attributes:
        name: What the service is called in Python names.
        source: The file name of the WSDL.
        reach: The types that the messages reach.
        bodies: What the request and the response of each operation carry.
        headers: Every header of a request by its element, in the order of first use. One that
            holds nothing but one scalar is used as that scalar.
        response_headers: The same for responses.
        faults: What the details of faults may hold, by its element.
    """

    def __init__(
        self, types: Mapping[QName, Type], service: Service, port: Port, source: str
    ) -> None:
        """Add every message of ``port`` to a reach over ``types``.

        Raises:
            UnsupportedError: The contract uses something that cannot be generated yet.
        """
        self.service = service
        self.port = port
        self.source = source
        self.name = naming.service(port.binding.port_type.local, service.name.local)
        self.reach = Reach(types)
        self.bodies = [self._bodies(operation) for operation in port.binding.operations]
        self.headers = self._headers([item.input for item in port.binding.operations])
        self.response_headers = self._headers(
            [item.output for item in port.binding.operations if item.output is not None]
        )
        self.faults = {
            fault.element.name: self.reach.root(fault.element)
            for operation in port.binding.operations
            for fault in operation.faults
        }

    def _bodies(self, operation: Operation) -> tuple[Body, Body | None]:
        wrapped = self.reach.is_wrapped(operation)
        request = self.reach.body(operation, operation.input, wrapped=wrapped)
        if operation.output is None:
            return request, None
        return request, self.reach.body(operation, operation.output, wrapped=wrapped)

    def _headers(self, messages: list[Message]) -> dict[QName, Use]:
        found: dict[QName, Use] = {}
        for element in (part.element for message in messages for part in message.headers):
            if element.name not in found:
                found[element.name] = self.reach.only_scalar(element) or self.reach.root(element)
        return found

    def starts(self) -> tuple[list[QName], list[QName]]:
        """The types that requests, headers among them, and responses begin with."""
        sent = [use.type for use in self.headers.values()]
        received = [use.type for use in (*self.response_headers.values(), *self.faults.values())]
        for request, response in self.bodies:
            sent += [use.type for use in request.uses]
            received += [use.type for use in response.uses] if response else []
        return sent, received

    @property
    def main_namespace(self) -> str:
        """The namespace of the messages."""
        for request, _ in self.bodies:
            for element in (request.wrapper, *(use.element for use in request.uses)):
                if element is not None:
                    return element.name.namespace
        return self.port.binding.port_type.namespace

    def namespaces(self) -> set[str]:
        """The namespaces of everything that the messages name; empty for none."""
        names = {*self.headers, *self.response_headers, *self.faults}
        for uses in (self.headers, self.response_headers):
            names |= {use.element.name for use in uses.values()}
        for body in (body for pair in self.bodies for body in pair if body is not None):
            names |= {use.element.name for use in body.uses}
            names |= {body.wrapper.name} if body.wrapper else set()
        return {name.namespace for name in names} | self.reach.namespaces(self.reach.uses)
