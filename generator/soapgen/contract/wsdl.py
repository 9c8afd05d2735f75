"""WSDLs and their schemas → services: port types, bindings and their operations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ..errors import Place, SourceError, UnsupportedError
from ..sources import WSDL, Document
from . import lexical
from .model import Binding, Operation, Port, QName, Service
from .schemas import SchemaSet
from .tables import Table, named_children, require_understood
from .wsdl_messages import MessageReader, soap_child

_SOAP_12 = "http://www.w3.org/2003/05/soap/"
# The transports of HTTP: WSDL 1.1, 3.3, and what SOAP 1.2 calls it itself.
_HTTP = ("", "http://schemas.xmlsoap.org/soap/http", f"{_SOAP_12}bindings/HTTP/")


def read_services(wsdls: tuple[Document, ...], schemas: SchemaSet) -> tuple[Service, ...]:
    """The services that ``wsdls`` define, in their order, with their SOAP ports.

    Args:
        wsdls: The WSDL of the source, and those that it imports.
        schemas: The schemas of all of them.

    Raises:
        SourceError: There is no service, or a name refers to something that is not defined.
        UnsupportedError: A message is not literal, or an operation is overloaded.
    """
    require_understood(*(document.root for document in wsdls))
    defined = list(Table(wsdls, "service").items())
    if not defined:
        raise SourceError(
            "the WSDL has no service",
            place=Place.of(wsdls[0].root),
            hint="give the WSDL that contains wsdl:service, not one that it imports",
        )
    reader = _Reader(wsdls, schemas)
    services = (reader.service(name, element) for name, element in defined)
    with_ports = tuple(service for service in services if service.ports)
    if not with_ports:
        raise SourceError(
            "no service has a SOAP port for HTTP",
            place=Place.of(defined[0][1]),
            hint="give a WSDL with a soap:binding or soap12:binding to HTTP",
        )
    return with_ports


class _Reader:
    def __init__(self, wsdls: tuple[Document, ...], schemas: SchemaSet) -> None:
        self.messages = MessageReader(wsdls, schemas)
        self.bindings = Table(wsdls, "binding")
        self.port_types = Table(wsdls, "portType")
        self.addressing_policies = set(_addressing_policies(wsdls))
        # Many ports may have the same binding: each is read once.
        self.read_bindings: dict[etree._Element, Binding] = {}

    def service(self, name: QName, element: etree._Element) -> Service:
        require_understood(element)
        ports = tuple(self._ports(element))
        return Service(name, ports, _documentation(element), Place.of(element))

    def _ports(self, service: etree._Element) -> Iterator[Port]:
        for name, element in named_children(service, "port").items():
            binding = self.bindings.referred_to(element, "binding")
            version, soap_binding = soap_child(binding, "binding")
            if soap_binding is None or soap_binding.get("transport", "").strip() not in _HTTP:
                continue
            require_understood(element)
            _, address = soap_child(element, "address")
            if binding not in self.read_bindings:
                binding_name = lexical.reference(element, "binding")
                read = self._binding(binding_name, binding, version, soap_binding)
                self.read_bindings[binding] = read
            yield Port(
                name,
                "" if address is None else address.get("location", ""),
                replace(
                    self.read_bindings[binding],
                    addressing=self._requires_addressing(binding, element),
                ),
            )

    def _requires_addressing(self, *elements: etree._Element) -> bool:
        """Whether a binding or a port requires WS-Addressing, by itself or by a policy.

        WS-Addressing 1.0 WSDL Binding, 3.1, and Metadata, 3.1.
        """
        return any(
            (
                extension.get("URI", "").removeprefix("#") in self.addressing_policies
                if lexical.local(extension) == "PolicyReference"
                else _is_addressing(extension)
            )
            for element in elements
            for extension in element.iterchildren(etree.Element)
        )

    def _binding(
        self,
        binding_name: QName,
        binding: etree._Element,
        version: str,
        soap_binding: etree._Element,
    ) -> Binding:
        port_type_name = lexical.reference(binding, "type")
        port_type = self.port_types.referred_to(binding, "type")
        require_understood(binding, port_type)
        declared = _operations(port_type)
        bound = _operations(binding)
        style = soap_binding.get("style", "document")
        for name, element in bound.items():
            if name not in declared:
                raise SourceError(
                    f"operation {name} is bound but not in portType {port_type_name}",
                    place=Place.of(element),
                    hint="declare it in the portType, or correct the name",
                )
        for name, element in declared.items():
            if name not in bound:
                raise SourceError(
                    f"operation {name} is not bound by {binding_name}",
                    place=Place.of(element),
                    hint="bind it, or take it out of the portType (WS-I Basic Profile 1.1, R2718)",
                )
        operations = tuple(
            self._operation(element, declared[name], style) for name, element in bound.items()
        )
        return Binding(binding_name, port_type_name, version, operations)

    def _operation(self, bound: etree._Element, declared: etree._Element, style: str) -> Operation:
        """The operation ``declared`` in a port type, with what ``bound`` in a binding adds."""
        require_understood(bound, declared)
        _, soap_operation = soap_child(bound, "operation")
        action = ""
        if soap_operation is not None:
            action = soap_operation.get("soapAction", "")
            style = soap_operation.get("style", style)
        directions = [
            lexical.local(child) for child in declared.iterchildren(f"{WSDL}input", f"{WSDL}output")
        ]
        if directions[:1] != ["input"]:
            raise UnsupportedError(
                f"operation {declared.get('name')} does not begin with an input",
                place=Place.of(declared),
                hint="soapgen generates requests and, where there are any, their responses",
            )
        sent = self.messages.message(bound, declared, "input")
        assert sent is not None, "there is an input"
        return Operation(
            name=lexical.name_of(declared),
            action=action,
            input=sent,
            output=self.messages.message(bound, declared, "output"),
            faults=tuple(self.messages.faults(bound, declared)),
            style=style,
            documentation=_documentation(declared),
            place=Place.of(declared),
        )


def _operations(owner: etree._Element) -> dict[str, etree._Element]:
    """The operations of a port type or of a binding, by their names."""
    found: dict[str, etree._Element] = {}
    for element in owner.iterchildren(f"{WSDL}operation"):
        name = lexical.name_of(element)
        if name in found:
            raise UnsupportedError(
                f"operation {name} is overloaded",
                place=Place.of(element),
                hint="give each operation a name of its own",
            )
        found[name] = element
    return found


def _addressing_policies(wsdls: tuple[Document, ...]) -> Iterator[str]:
    """The identifiers of the policies that require WS-Addressing (WS-Policy 1.5, 4.2)."""
    for document in wsdls:
        for extension in filter(_is_addressing, document.root.iter(etree.Element)):
            for policy in extension.iterancestors():
                if lexical.local(policy) == "Policy":
                    for name, identifier in policy.items():
                        if str(name).endswith("}Id"):
                            yield str(identifier)


def _is_addressing(extension: etree._Element) -> bool:
    """Whether ``extension``, of a policy or a WSDL, requires WS-Addressing."""
    return (
        lexical.local(extension) in ("UsingAddressing", "Addressing")
        and "addressing" in str(extension.tag)
        and not _is_optional(extension)
    )


def _is_optional(extension: etree._Element) -> bool:
    """Whether ``extension``, of a policy or a WSDL, is marked as optional."""
    attributes = {etree.QName(str(name)).localname: value for name, value in extension.items()}
    return attributes.get("Optional") in ("true", "1") or attributes.get("required") in (
        "false",
        "0",
    )


def _documentation(element: etree._Element) -> str:
    """The documentation with its white space folded, a blank line between paragraphs."""
    documentation = element.find(f"{WSDL}documentation")
    if documentation is None:
        return ""
    paragraphs = "".join(map(str, documentation.itertext())).split("\n\n")
    return "\n\n".join(filter(None, (" ".join(paragraph.split()) for paragraph in paragraphs)))
