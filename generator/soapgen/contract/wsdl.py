"""WSDLs and their schemas → services: port types, bindings, headers and faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from .. import namespaces
from ..errors import Place, SourceError, UnsupportedError
from ..sources import WSDL, Document
from .model import (
    Binding,
    Fault,
    HeaderPart,
    Message,
    Operation,
    Part,
    Port,
    QName,
    Service,
)
from .schemas import SchemaSet

_SOAP_VERSIONS = {
    namespaces.WSDL_SOAP_11: "1.1",
    namespaces.WSDL_SOAP_12: "1.2",
}

_Table = dict[QName, etree._Element]
"""The definitions of one kind, by their qualified names."""


def read_services(wsdls: tuple[Document, ...], schemas: SchemaSet) -> tuple[Service, ...]:
    """The services that ``wsdls`` define, in their order, with their SOAP ports.

    Args:
        wsdls: The WSDL of the source, and those that it imports.
        schemas: The schemas of all of them.

    Raises:
        SourceError: There is no service, or a name refers to something that is not defined.
        UnsupportedError: A message is not literal, or an operation is overloaded.
    """
    defined = list(_definitions(wsdls, "service"))
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
            "no service has a SOAP port",
            place=Place.of(defined[0][1]),
            hint="give a WSDL with a soap:binding or soap12:binding",
        )
    return with_ports


class _Reader:
    def __init__(self, wsdls: tuple[Document, ...], schemas: SchemaSet) -> None:
        self.schemas = schemas
        self.messages: _Table = dict(_definitions(wsdls, "message"))
        self.bindings: _Table = dict(_definitions(wsdls, "binding"))
        self.port_types: _Table = dict(_definitions(wsdls, "portType"))
        self.policies = dict(_policies(wsdls))
        # Many operations have the same headers: each message is read once.
        self.parts: dict[QName, tuple[Part, ...]] = {}

    def service(self, name: QName, element: etree._Element) -> Service:
        ports = tuple(self._ports(element))
        return Service(name, ports, _documentation(element), Place.of(element))

    def _ports(self, service: etree._Element) -> Iterator[Port]:
        for element in service.iterchildren(f"{WSDL}port"):
            name = _reference(element, "binding")
            binding = _definition(self.bindings, name, "binding", element)
            version, soap_binding = soap_child(binding, "binding")
            if soap_binding is None:
                continue
            _, address = soap_child(element, "address")
            yield Port(
                _name(element),
                "" if address is None else address.get("location", ""),
                replace(
                    self._binding(name, binding, version, soap_binding),
                    addressing=self._requires_addressing(binding, element),
                ),
            )

    def _requires_addressing(self, *elements: etree._Element) -> bool:
        """Whether a binding or a port requires WS-Addressing, by itself or by a policy.

        WS-Addressing 1.0 WSDL Binding, 3.1, and Metadata, 3.1.
        """
        extensions = [child for item in elements for child in item.iterchildren(etree.Element)]
        for reference in [item for item in extensions if _local(item) == "PolicyReference"]:
            policy = self.policies.get(reference.get("URI", "").removeprefix("#"))
            extensions += [] if policy is None else policy.iter(etree.Element)
        return any(
            _local(extension) in ("UsingAddressing", "Addressing")
            and "addressing" in str(extension.tag)
            and not _is_optional(extension)
            for extension in extensions
        )

    def _binding(
        self, name: QName, binding: etree._Element, version: str, soap_binding: etree._Element
    ) -> Binding:
        port_type_name = _reference(binding, "type")
        port_type = _definition(self.port_types, port_type_name, "portType", binding)
        declared = {
            _name(element): element for element in port_type.iterchildren(f"{WSDL}operation")
        }
        style = soap_binding.get("style", "document")
        operations: dict[str, Operation] = {}
        for bound in binding.iterchildren(f"{WSDL}operation"):
            operation_name = _name(bound)
            if operation_name not in declared:
                raise SourceError(
                    f"operation {operation_name} is bound but not in portType {port_type_name}",
                    place=Place.of(bound),
                    hint="declare it in the portType, or correct the name",
                )
            if operation_name in operations:
                raise UnsupportedError(
                    f"operation {operation_name} is overloaded",
                    place=Place.of(bound),
                    hint="give each operation a name of its own",
                )
            operations[operation_name] = self._operation(bound, declared[operation_name], style)
        return Binding(name, port_type_name, version, tuple(operations.values()))

    def _operation(self, bound: etree._Element, declared: etree._Element, style: str) -> Operation:
        """The operation ``declared`` in a port type, with what ``bound`` in a binding adds."""
        _, soap_operation = soap_child(bound, "operation")
        action = ""
        if soap_operation is not None:
            action = soap_operation.get("soapAction", "")
            style = soap_operation.get("style", style)
        sent = self._message(bound, declared, "input")
        received = self._message(bound, declared, "output")
        if sent is None:
            raise UnsupportedError(
                f"operation {declared.get('name')} has no input",
                place=Place.of(declared),
                hint="soapgen generates requests and, where there are any, their responses",
            )
        return Operation(
            name=declared.get("name", ""),
            action=action,
            input=sent,
            output=received,
            faults=tuple(self._faults(declared)),
            style=style,
            documentation=_documentation(declared),
            place=Place.of(declared),
        )

    def _message(
        self, bound: etree._Element, declared: etree._Element, direction: str
    ) -> Message | None:
        """The ``input`` or ``output`` of an operation; None where it has none."""
        reference = declared.find(f"{WSDL}{direction}")
        if reference is None:
            return None
        parts = self._parts(reference)
        headers: list[HeaderPart] = []
        binding = bound.find(f"{WSDL}{direction}")
        for element in () if binding is None else binding.iterdescendants(etree.Element):
            if _soap_name(element) == "header":
                headers.append(self._header(element))
            elif _soap_name(element) == "body":
                _require_literal(element)
                names = element.get("parts")
                if names is not None:
                    parts = tuple(part for part in parts if part.name in names.split())
        return Message(parts, tuple(headers))

    def _header(self, header: etree._Element) -> HeaderPart:
        _require_literal(header)
        name = header.get("part", "")
        for part in self._parts(header):
            if part.name == name and part.element is not None:
                return HeaderPart(part.name, part.element)
        raise SourceError(
            f"message {header.get('message')} has no part {name!r} that is an element",
            place=Place.of(header),
            hint="add the part to the message, or correct the name",
        )

    def _faults(self, declared: etree._Element) -> Iterator[Fault]:
        for element in declared.iterchildren(f"{WSDL}fault"):
            for part in self._parts(element)[:1]:
                if part.element is not None:
                    yield Fault(element.get("name", ""), part.element)

    def _parts(self, reference: etree._Element) -> tuple[Part, ...]:
        """The parts of the message that ``reference`` names."""
        name = _reference(reference, "message")
        if name not in self.parts:
            message = _definition(self.messages, name, "message", reference)
            self.parts[name] = tuple(map(self._part, message.iterchildren(f"{WSDL}part")))
        return self.parts[name]

    def _part(self, part: etree._Element) -> Part:
        name = _name(part)
        if part.get("element") is not None:
            target = _reference(part, "element")
            return Part(name, element=self.schemas.element(target, Place.of(part)))
        target = _reference(part, "type")
        if not self.schemas.has_type(target):
            raise SourceError(
                f"type {target} is not defined",
                place=Place.of(part),
                hint="define it in a schema of the WSDL, or correct the name",
            )
        return Part(name, type=target)


def _definitions(wsdls: tuple[Document, ...], kind: str) -> Iterator[tuple[QName, etree._Element]]:
    """The definitions of one kind in all WSDLs, with their qualified names."""
    for document in wsdls:
        namespace = document.root.get("targetNamespace", "")
        for element in document.root.iterchildren(WSDL + kind):
            yield QName(namespace, _name(element)), element


def _policies(wsdls: tuple[Document, ...]) -> Iterator[tuple[str, etree._Element]]:
    """The policies in all WSDLs, with their identifiers (WS-Policy 1.5, 4.2)."""
    for document in wsdls:
        for policy in document.root.iter(etree.Element):
            if _local(policy) == "Policy":
                for name, identifier in policy.attrib.items():
                    if str(name).endswith("}Id"):
                        yield str(identifier), policy


def _definition(table: _Table, name: QName, kind: str, reference: etree._Element) -> etree._Element:
    """The definition ``name``, which ``reference`` refers to."""
    element = table.get(name)
    if element is None:
        raise SourceError(
            f"{kind} {name} is not defined",
            place=Place.of(reference),
            hint=f"define the {kind}, or correct the name",
        )
    return element


def _name(element: etree._Element) -> str:
    """The ``name`` of a definition, which must be an NCName."""
    name = element.get("name", "")
    try:
        etree.QName(name)
    except ValueError:
        raise SourceError(
            f"{name!r} is not a name that XML allows",
            place=Place.of(element),
            hint="start a name with a letter and use letters, digits, '-', '_' and '.' in it",
        ) from None
    return name


def _reference(element: etree._Element, attribute: str) -> QName:
    """The qualified name in ``attribute`` of ``element``."""
    text = element.get(attribute)
    if text is None:
        raise SourceError(
            f"{_local(element)} has no attribute {attribute!r}",
            place=Place.of(element),
            hint=f"say in {attribute!r} which definition is meant",
        )
    prefix, _, name = text.strip().rpartition(":")
    namespace = element.nsmap.get(prefix or None)
    if namespace is None and prefix:
        raise SourceError(
            f"the prefix of {text!r} is not declared",
            place=Place.of(element),
            hint=f"declare xmlns:{prefix}",
        )
    return QName(namespace or "", name)


def _soap_name(element: etree._Element) -> str:
    """The local name of a SOAP extension element, or an empty string for any other."""
    name = etree.QName(element)
    return name.localname if name.namespace in _SOAP_VERSIONS else ""


def soap_child(element: etree._Element, local: str) -> tuple[str, etree._Element | None]:
    """The SOAP extension element ``local`` in ``element``, and the SOAP version that it is of."""
    for namespace, version in _SOAP_VERSIONS.items():
        child = element.find(f"{{{namespace}}}{local}")
        if child is not None:
            return version, child
    return "", None


def _require_literal(element: etree._Element) -> None:
    if element.get("use", "literal") != "literal":
        raise UnsupportedError(
            "a message with use='encoded' is not supported",
            place=Place.of(element),
            hint="soapgen generates literal messages, as WS-I Basic Profile 1.1 demands (R2706)",
        )


def _is_optional(extension: etree._Element) -> bool:
    """Whether ``extension``, of a policy or a WSDL, is marked as optional."""
    attributes = {etree.QName(str(name)).localname: value for name, value in extension.items()}
    return attributes.get("Optional") in ("true", "1") or attributes.get("required") in (
        "false",
        "0",
    )


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _documentation(element: etree._Element) -> str:
    """The documentation with its white space folded, a blank line between paragraphs."""
    documentation = element.find(f"{WSDL}documentation")
    if documentation is None:
        return ""
    paragraphs = "".join(map(str, documentation.itertext())).split("\n\n")
    return "\n\n".join(filter(None, (" ".join(paragraph.split()) for paragraph in paragraphs)))
