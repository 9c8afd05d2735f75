"""A sample message as it goes over the wire: valid, complete, and indented."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from xml.sax.saxutils import quoteattr

from ..contract import (
    LIMITS,
    Body,
    Encoding,
    Interface,
    Use,
    children_of,
    deep_recursion,
    encoding_of,
    prefixes_of,
    read_interface,
)
from ..contract.model import QName
from ..contract.services import Contract, Fault, Operation, Port, Service
from ..errors import UnsupportedError
from ..namespaces import ENVELOPES, XSI
from .elements import ElementSampler

_START = re.compile("<[^ />]+")


class WireStyle:
    """Writes sample messages of ``port``.

    Args:
        contract: The contract, with the types that the messages refer to.
        service: The service.
        port: Its port, whose binding defines the messages.
        timestamp: The value of every ``xs:dateTime``.
    """

    def __init__(self, contract: Contract, service: Service, port: Port, timestamp: str) -> None:
        types = contract.types
        self._types = types
        self._children = children_of(types)
        self._encoding = Encoding(types)
        self._service = service
        self._port = port
        self._timestamp = timestamp
        self._declared = contract.empty_elements

    def request(self, operation: Operation) -> str:
        """A request for ``operation``, with every header of its binding.

        Raises:
            UnsupportedError: The message uses something that cannot be generated yet.
        """
        interface = self._interface(operation)
        ((request, _),) = interface.bodies
        return self._message(interface).envelope(request, interface.headers)

    def response(self, operation: Operation) -> str:
        """A response of ``operation``, without headers; empty where there is none.

        Raises:
            UnsupportedError: The message uses something that cannot be generated yet.
        """
        if operation.output is None:
            return ""
        interface = self._interface(operation)
        ((_, response),) = interface.bodies
        return self._message(interface).envelope(response, {}) if response else ""

    def fault(self, operation: Operation, fault: Fault) -> str:
        """The element that ``fault`` of ``operation`` carries, with the namespaces in it.

        Raises:
            UnsupportedError: It uses something that cannot be generated yet.
        """
        interface = self._interface(operation)
        (details,) = interface.faults
        uses = {detail.use.element.name: detail.use for detail in details}
        return self._message(interface).element(uses[fault.element.name])

    def _interface(self, operation: Operation) -> Interface:
        """The interface of ``operation`` alone: others may use something that is not supported."""
        binding = replace(self._port.binding, operations=(operation,))
        port = replace(self._port, binding=binding)
        return read_interface(
            self._types, self._service, port, self._children, encoding=self._encoding
        )

    def _message(self, interface: Interface) -> _Message:
        prefixes = prefixes_of([interface]).of_interface(interface)
        soap = ENVELOPES[self._port.binding.soap_version]
        (operation,) = interface.port.binding.operations
        types = self._encoding.types if interface.encoded else self._types
        encoding = encoding_of(self._port.binding.soap_version) if interface.encoded else ""
        sampler = partial(
            ElementSampler,
            types,
            interface.reach,
            prefixes,
            self._timestamp,
            encoding=encoding,
            declared=self._declared,
        )
        return _Message(sampler, prefixes, soap, operation, encoding)


class _Message:
    """Writes one message by ``sampler`` with the ``prefixes`` of its namespaces.

    ``encoding`` is the namespace of the encoding that it is in; empty for a literal message.
    """

    def __init__(
        self,
        sampler: Callable[[Callable[[int], None]], ElementSampler],
        prefixes: Mapping[str, str],
        soap_namespace: str,
        operation: Operation,
        encoding: str,
    ) -> None:
        self._prefixes = prefixes
        self._soap_namespace = soap_namespace
        self._style = f" s:encodingStyle={quoteattr(encoding)}" if encoding else ""
        self._sampler = sampler(self._count)
        self._operation = operation
        self._elements = 0

    def envelope(self, body: Body, headers: Mapping[QName, Use]) -> str:
        """The message, indented."""
        with deep_recursion():
            return self._envelope(body, headers)

    def _envelope(self, body: Body, headers: Mapping[QName, Use]) -> str:
        header = [line for name, use in headers.items() for line in self._header(name, use)]
        lines = [line for use in body.uses for line in self._sampler.use(use, 6)]
        if body.wrapper is not None:
            tag = self._sampler.name(body.wrapper.name)
            start = f"{tag}{self._style}"
            lines = [f"    <{start}>", *lines, f"    </{tag}>"] if lines else [f"    <{start}/>"]
        else:
            lines = [line[2:] for line in lines]
        text = "\n".join(
            [
                *(["  <s:Header>", *header, "  </s:Header>"] if header else []),
                *(["  <s:Body>", *lines, "  </s:Body>"] if lines else ["  <s:Body/>"]),
                "</s:Envelope>",
            ]
        )
        declared = [f"xmlns:s={quoteattr(self._soap_namespace)}", *self._declared_in(text)]
        margin = "\n            "
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f"<s:Envelope {margin.join(declared)}>\n{text}\n"
        )

    def element(self, use: Use) -> str:
        """The element that is ``use``, which declares the namespaces in it."""
        with deep_recursion():
            text = "\n".join(self._sampler.use(use, 0))
        start = _START.match(text)
        if start is None:
            raise ValueError(f"{use.element.name} has no sample")
        return " ".join([start[0], *self._declared_in(text)]) + text[start.end() :]

    def _declared_in(self, text: str) -> list[str]:
        """The declarations of the namespaces whose prefixes are in ``text``."""
        declared = [f"xmlns:xsi={quoteattr(XSI)}"] if "xsi:" in text else []
        return declared + [
            f"xmlns{f':{prefix}' if prefix else ''}={quoteattr(uri)}"
            for uri, prefix in self._prefixes.items()
            if not prefix or f"{prefix}:" in text
        ]

    def _header(self, name: QName, use: Use) -> list[str]:
        """The header ``name``, which is ``use`` itself or an element around it."""
        if use.element.name == name:
            return self._sampler.use(use, 4)
        return [
            f"    <{self._sampler.name(name)}>",
            *self._sampler.use(use, 6),
            f"    </{self._sampler.name(name)}>",
        ]

    def _count(self, depth: int) -> None:
        """Count an element at ``depth``: types of a few lines make messages without end."""
        self._elements += 1
        for reached, limit, what in (
            (self._elements, LIMITS.sample_elements, "elements"),
            (depth, LIMITS.sample_depth, "levels of elements"),
        ):
            if reached > limit:
                raise UnsupportedError(
                    f"a sample message of operation {self._operation.name} has more than "
                    f"{limit:,} {what}",
                    place=self._operation.place,
                    hint="build the package: it reads and writes such messages",
                )
