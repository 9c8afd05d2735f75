"""A message as SuperOffice's reference pages show it, byte for byte.

The pages differ from the wire, always in the same ways. How they are written is defined only here:
it depends on the contract and on the position in the message, never on the operation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...contract import lineage
from ...contract.model import (
    ArrayType,
    ComplexType,
    ElementParticle,
    EnumType,
    ListType,
    MapType,
    QName,
    Type,
    TypeReference,
)
from ...contract.services import Contract, Operation, Port
from ...contract.slots import slots
from ...namespaces import XSD

_STRING = QName(XSD, "string")

# From this indent on, the pages show nil instead of values.
_DEEP = 10

_ZEROS = {
    "boolean": "false",
    "decimal": "0",
    "double": "0.0",
    "float": "0.0",
    "base64Binary": "",
    "duration": "",
    "guid": "",
    "string": "",
}

_START = """\
<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope
 xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"
 xmlns:SOAP-ENC="http://www.w3.org/2003/05/soap-encoding"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema"
"""


class DocumentedStyle:
    """Writes the messages of ``port`` as its reference pages show them.

    Args:
        contract: The types that the messages refer to.
        port: The port, whose port type gives its name to the prefix of its namespace.
        namespaces: The namespaces of the schemas, in the order of the WSDL.
        timestamp: The value of every ``xs:dateTime``, such as ``2023-02-15T13:13:12Z``.
    """

    def __init__(
        self, contract: Contract, port: Port, namespaces: Sequence[str], timestamp: str
    ) -> None:
        self._types = contract.types
        self._timestamp = timestamp
        self._service = port.binding.port_type.local
        main = port.binding.port_type.namespace
        self._prefixes = {main: self._service, XSD: "xsd"}
        others = [name for name in dict.fromkeys(namespaces) if name not in self._prefixes]
        family = "".join(main.rstrip("/").split("/")[-2:])
        for number, name in enumerate(others, 1):
            self._prefixes[name] = f"{family}{number}"
        # The pages declare the second of the others to the last, then the first, then the main one.
        declared = [*others[1:], *others[:1], main]
        self._start = _START + "\n".join(
            f' xmlns:{self._prefixes[name]}="{name}"' for name in declared
        )

    def request(self, operation: Operation) -> str:
        """The request of ``operation``: headers beside the body, a blank line before its end."""
        service = self._service
        headers = [f"  <{service}:ApplicationToken>1234567-1234-9876</{service}:ApplicationToken>"]
        if any(part.element.name.local == "Credentials" for part in operation.input.headers):
            headers += [
                f"  <{service}:Credentials>",
                f"    <{service}:Ticket>7T:1234abcxyzExample==</{service}:Ticket>",
                f"  </{service}:Credentials>",
            ]
        part = operation.input.parts[0].element if operation.input.parts else None
        return self._envelope(headers, part, 3, [""])

    def response(self, operation: Operation) -> str:
        """The response of ``operation``, without headers."""
        parts = operation.output.parts if operation.output else ()
        return self._envelope([], parts[0].element if parts else None, 2, [])

    def _envelope(
        self, headers: list[str], message: ElementParticle | None, indent: int, end: list[str]
    ) -> str:
        body: list[str] = []
        if message is not None:
            name, margin = self._name(message.name), " " * indent
            body = [f"{margin}<{name}>", f"{margin}</{name}>"]
            body[1:1] = self._members(message.type, indent + 1)
        lines = [
            f"{self._start}>",
            *headers,
            " <SOAP-ENV:Body>",
            *body,
            *end,
            " </SOAP-ENV:Body>",
            "</SOAP-ENV:Envelope>",
            "",
        ]
        return "\n".join(lines) + "\n"

    def _members(self, reference: TypeReference, indent: int) -> list[str]:
        type_ = self._type(reference)
        members = self._elements(type_) if isinstance(type_, ComplexType) else ()
        return [line for member in members for line in self._element(member, indent)]

    def _elements(self, type_: ComplexType) -> Iterator[ElementParticle]:
        """The members that the pages show: all but those that are inherited from Carrier.

        Of a choice, the pages show the first branch.
        """
        for owner in lineage(self._types, type_):
            if owner is not type_ and owner.name is not None and owner.name.local == "Carrier":
                continue
            for slot in slots(owner.content, lambda element: (element.name,)):
                if not slot.is_alternative:
                    yield from slot.elements

    def _element(
        self, element: ElementParticle, indent: int, *, of_array: bool = False, is_key: bool = False
    ) -> list[str]:
        margin, name = " " * indent, self._name(element.name)
        if indent >= _DEEP and (element.type != _STRING or of_array):
            return [f'{margin}<{name} xsi:nil="true"></{name}>']
        named = isinstance(element.type, QName)
        start = f"{margin}<{name}" + (f' xsi:type="{self._name(element.type)}">' if named else ">")
        type_ = self._type(element.type)
        if isinstance(type_, ComplexType):
            inner = self._members(type_, indent + 1)
        elif isinstance(type_, ArrayType):
            is_strings = type_.name.local == "ArrayOfstring"
            inner = self._element(type_.item, indent + 1, of_array=is_strings)
        elif isinstance(type_, MapType):
            entry, inside = self._name(type_.entry), " " * (indent + 1)
            inner = [
                f"{inside}<{entry}>",
                *self._element(type_.key, indent + 2, is_key=True),
                *self._element(type_.value, indent + 2),
                f"{inside}</{entry}>",
            ]
        else:
            return [f"{start}{self._value(element.type, is_key)}</{name}>"]
        return [start, *inner, f"{margin}</{name}>"]

    def _value(self, reference: TypeReference, is_key: bool) -> str:
        type_ = self._type(reference)
        if isinstance(type_, ListType) and isinstance(type_.item, EnumType):
            type_ = type_.item
        if isinstance(type_, EnumType):
            return type_.values[0].value
        name = reference.local if isinstance(reference, QName) else "string"
        if name == "dateTime":
            return "" if is_key else self._timestamp
        return _ZEROS.get(name, "" if name == "anyType" else "0")

    def _type(self, reference: TypeReference) -> Type | None:
        return self._types.get(reference) if isinstance(reference, QName) else reference

    def _name(self, name: TypeReference) -> str:
        assert isinstance(name, QName)
        return f"{self._prefixes[name.namespace]}:{name.local}"
