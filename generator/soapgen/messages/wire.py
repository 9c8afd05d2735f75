"""A sample message as it goes over the wire: valid, complete, and indented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from ..contract import (
    LIMITS,
    Body,
    Interface,
    Reach,
    Use,
    children_of,
    prefixes_of,
    read_interface,
    zero_text,
)
from ..contract.model import (
    ArrayType,
    ComplexType,
    EnumType,
    ListType,
    MapType,
    Operation,
    Port,
    QName,
    Service,
    Type,
)
from ..errors import UnsupportedError
from ..namespaces import ENVELOPES, XSI


class WireStyle:
    """Writes sample messages of ``port``.

    Args:
        types: The types that the messages refer to.
        service: The service.
        port: Its port, whose binding defines the messages.
        timestamp: The value of every ``xs:dateTime``.
    """

    def __init__(
        self, types: Mapping[QName, Type], service: Service, port: Port, timestamp: str
    ) -> None:
        self._types = types
        self._children = children_of(types)
        self._service = service
        self._port = port
        self._timestamp = timestamp

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

    def _interface(self, operation: Operation) -> Interface:
        """The interface of ``operation`` alone: others may use something that is not supported."""
        binding = replace(self._port.binding, operations=(operation,))
        port = replace(self._port, binding=binding)
        return read_interface(self._types, self._service, port, self._children)

    def _message(self, interface: Interface) -> _Message:
        prefixes = prefixes_of([interface]).of_interface(interface)
        soap = ENVELOPES[self._port.binding.soap_version]
        (operation,) = interface.port.binding.operations
        return _Message(interface.reach, prefixes, soap, self._timestamp, operation)


class _Message:
    """Writes one message with the types in ``reach`` and the ``prefixes`` of their namespaces."""

    def __init__(
        self,
        reach: Reach,
        prefixes: Mapping[str, str],
        soap_namespace: str,
        timestamp: str,
        operation: Operation,
    ) -> None:
        self._reach = reach
        self._prefixes = prefixes
        self._soap_namespace = soap_namespace
        self._timestamp = timestamp
        self._operation = operation
        self._elements = 0

    def envelope(self, body: Body, headers: Mapping[QName, Use]) -> str:
        """The message, indented."""
        header = [line for name, use in headers.items() for line in self._header(name, use)]
        lines = [line for use in body.uses for line in self._element(use, 6, ())]
        if body.wrapper is not None:
            tag = self._name(body.wrapper.name)
            lines = [f"    <{tag}>", *lines, f"    </{tag}>"] if lines else [f"    <{tag}/>"]
        else:
            lines = [line[2:] for line in lines]
        text = "\n".join(
            [
                *(["  <s:Header>", *header, "  </s:Header>"] if header else []),
                *(["  <s:Body>", *lines, "  </s:Body>"] if lines else ["  <s:Body/>"]),
                "</s:Envelope>",
            ]
        )
        declared = [f"xmlns:s={quoteattr(self._soap_namespace)}"]
        declared += [f"xmlns:xsi={quoteattr(XSI)}"] if "xsi:" in text else []
        declared += [
            f"xmlns{f':{prefix}' if prefix else ''}={quoteattr(uri)}"
            for uri, prefix in self._prefixes.items()
            if not prefix or f"{prefix}:" in text
        ]
        margin = "\n            "
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f"<s:Envelope {margin.join(declared)}>\n{text}\n"
        )

    def _header(self, name: QName, use: Use) -> list[str]:
        """The header ``name``, which is ``use`` itself or an element around it."""
        if use.element.name == name:
            return self._element(use, 4, ())
        return [
            f"    <{self._name(name)}>",
            *self._element(use, 6, ()),
            f"    </{self._name(name)}>",
        ]

    def _element(self, use: Use, indent: int, within: tuple[QName, ...]) -> list[str]:
        """The element with a sample of its type; ``within`` are the types around it."""
        if use.is_alternative:
            return []
        self._count(len(within))
        margin, name = " " * indent, self._name(use.element.name)
        type_ = self._reach.types.get(use.type)
        if type_ is None or not isinstance(type_, ComplexType | ArrayType | MapType):
            return [f"{margin}<{name}>{escape(self._scalar(use.type))}</{name}>"]
        concrete = self._concrete(use.type)
        if concrete is None or concrete in within:
            # No type is concrete, or the type contains itself and the sample has to end.
            return [] if use.is_optional else [f'{margin}<{name} xsi:nil="true"/>']
        attribute = "" if concrete == use.type else f' xsi:type="{self._name(concrete)}"'
        within = (*within, concrete)
        if isinstance(type_, MapType):
            entry, inside = self._name(type_.entry), " " * (indent + 2)
            pair = [
                line
                for member in self._reach.uses[use.type]
                for line in self._element(member, indent + 4, within)
            ]
            inner = [f"{inside}<{entry}>", *pair, f"{inside}</{entry}>"]
        else:
            inner = [
                line
                for member in self._reach.all_uses(concrete)
                for line in self._element(member, indent + 2, within)
            ]
        if not inner:
            return [f"{margin}<{name}{attribute}/>"]
        return [f"{margin}<{name}{attribute}>", *inner, f"{margin}</{name}>"]

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

    def _concrete(self, name: QName) -> QName | None:
        """``name`` or, if it is abstract, the first concrete type derived from it."""
        for candidate in (name, *reversed(self._reach.descendants(name))):
            type_ = self._reach.types[candidate]
            if not isinstance(type_, ComplexType) or not type_.abstract:
                return candidate
        return None

    def _scalar(self, name: QName) -> str:
        # A list has one item, a union is its first member.
        while name in self._reach.parts:
            name = self._reach.parts[name][0]
        type_ = self._reach.types.get(name)
        if isinstance(type_, ListType) and isinstance(type_.item, EnumType):
            type_ = type_.item
        if isinstance(type_, EnumType):
            text = type_.values[0].value
            # The message declares no prefix for a name that is a text.
            return text.rpartition(":")[2] if type_.is_of_names else text
        return self._timestamp if name.local == "dateTime" else zero_text(name)

    def _name(self, name: QName) -> str:
        prefix = self._prefixes.get(name.namespace, "")
        return f"{prefix}:{name.local}" if prefix else name.local
