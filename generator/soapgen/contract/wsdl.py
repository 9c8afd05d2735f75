"""Documents → contract: port types, bindings, headers and faults, with the types from xsd.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from .. import namespaces
from ..errors import SourceError, UnsupportedError
from ..sources.documents import WSDL, Document, Documents
from .model import (
    Binding,
    Contract,
    ElementParticle,
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


def contract(documents: Documents, schemas: SchemaSet | None = None) -> Contract:
    """What ``documents`` say, as data.

    Args:
        documents: What was read.
        schemas: Their schemas, if they are built already.

    Raises:
        SourceError: There is no service, or something refers to what is not defined.
        UnsupportedError: A message is not literal, or an operation is overloaded.
    """
    schemas = schemas or SchemaSet(documents.schemas)
    reader = _Reader(documents, schemas)
    return Contract(services=tuple(reader.services()), types=schemas.types())


_Table = dict[QName, tuple[Document, etree._Element]]


class _Reader:
    def __init__(self, documents: Documents, schemas: SchemaSet) -> None:
        self.main = documents.wsdls[0]
        self.schemas = schemas
        self.services_found = list(_components(documents, "service"))
        self.messages = _table(documents, "message")
        self._parts_of: dict[QName, tuple[Part, ...]] = {}
        self.bindings = _table(documents, "binding")
        self.port_types = _table(documents, "portType")
        self.policies = {
            identifier: policy
            for document in documents.wsdls
            for policy in document.root.iter(etree.Element)
            if _local(policy) == "Policy"
            for name, identifier in policy.attrib.items()
            if str(name).endswith("}Id")
        }

    def services(self) -> Iterator[Service]:
        if not self.services_found:
            raise SourceError(
                "the WSDL has no service",
                place=self.main.place(self.main.root),
                hint="give the WSDL that holds wsdl:service, not one that it imports",
            )
        found = False
        for name, document, element in self.services_found:
            ports = tuple(self._ports(document, element))
            if ports:
                found = True
                yield Service(name, ports, _documentation(element), document.place(element))
        if not found:
            raise SourceError(
                "no service has a SOAP port",
                place=self.services_found[0][1].place(self.services_found[0][2]),
                hint="give a WSDL with a soap:binding or soap12:binding",
            )

    def _ports(self, document: Document, service: etree._Element) -> Iterator[Port]:
        for element in service.iterchildren(f"{WSDL}port"):
            name = _reference(document, element, "binding")
            binding_document, binding = self._find(
                self.bindings, name, "binding", document, element
            )
            version, soap_binding = soap_child(binding, "binding")
            if soap_binding is None:
                continue
            _, address = soap_child(element, "address")
            yield Port(
                _name(document, element),
                "" if address is None else address.get("location", ""),
                replace(
                    self._binding(name, binding_document, binding, version, soap_binding),
                    addressing=self._requires_addressing(binding, element),
                ),
            )

    def _requires_addressing(self, *elements: etree._Element) -> bool:
        """Whether a binding or a port requires WS-Addressing, by itself or by a policy.

        WS-Addressing 1.0 WSDL Binding, 3.1, and Metadata, 3.1.
        """
        said = [child for element in elements for child in element.iterchildren(etree.Element)]
        for reference in [child for child in said if _local(child) == "PolicyReference"]:
            policy = self.policies.get(reference.get("URI", "").removeprefix("#"))
            said += [] if policy is None else policy.iter(etree.Element)
        return any(
            _local(child) in ("UsingAddressing", "Addressing")
            and "addressing" in str(child.tag)
            and not _is_optional(child)
            for child in said
        )

    def _binding(
        self,
        name: QName,
        document: Document,
        binding: etree._Element,
        version: str,
        soap_binding: etree._Element,
    ) -> Binding:
        port_type_name = _reference(document, binding, "type")
        port_type_document, port_type = self._find(
            self.port_types, port_type_name, "portType", document, binding
        )
        declared = {
            _name(port_type_document, element): element
            for element in port_type.iterchildren(f"{WSDL}operation")
        }
        operations: dict[str, Operation] = {}
        for bound in binding.iterchildren(f"{WSDL}operation"):
            operation_name = _name(document, bound)
            if operation_name not in declared:
                raise SourceError(
                    f"operation {operation_name} is bound but not in portType {port_type_name}",
                    place=document.place(bound),
                    hint="declare it in the portType, or correct the name",
                )
            if operation_name in operations:
                raise UnsupportedError(
                    f"operation {operation_name} is overloaded",
                    place=document.place(bound),
                    hint="give each operation a name of its own",
                )
            operations[operation_name] = self._operation(
                document,
                bound,
                port_type_document,
                declared[operation_name],
                soap_binding.get("style", "document"),
            )
        return Binding(name, port_type_name, version, tuple(operations.values()))

    def _operation(
        self,
        document: Document,
        bound: etree._Element,
        port_type_document: Document,
        declared: etree._Element,
        style: str,
    ) -> Operation:
        _, soap_operation = soap_child(bound, "operation")
        action = ""
        if soap_operation is not None:
            action = soap_operation.get("soapAction", "")
            style = soap_operation.get("style", style)
        messages = {
            side: self._message(document, bound, port_type_document, declared, side)
            for side in ("input", "output")
        }
        if messages["input"] is None:
            raise UnsupportedError(
                f"operation {declared.get('name')} has no input",
                place=port_type_document.place(declared),
                hint="soapgen generates requests and, where there are any, their responses",
            )
        return Operation(
            name=declared.get("name", ""),
            action=action,
            input=messages["input"],
            output=messages["output"],
            faults=tuple(self._faults(port_type_document, declared)),
            style=style,
            documentation=_documentation(declared),
            place=port_type_document.place(declared),
        )

    def _message(
        self,
        document: Document,
        bound: etree._Element,
        port_type_document: Document,
        declared: etree._Element,
        side: str,
    ) -> Message | None:
        reference = declared.find(f"{WSDL}{side}")
        if reference is None:
            return None
        parts = self._parts(port_type_document, reference)
        headers: list[HeaderPart] = []
        bound_side = bound.find(f"{WSDL}{side}")
        if bound_side is not None:
            for element in bound_side.iterdescendants(etree.Element):
                if _soap_name(element) == "header":
                    headers.append(self._header(document, element))
                elif _soap_name(element) == "body":
                    _require_literal(document, element)
                    named = element.get("parts")
                    if named is not None:
                        parts = tuple(part for part in parts if part.name in named.split())
        return Message(parts, tuple(headers))

    def _header(self, document: Document, header: etree._Element) -> HeaderPart:
        _require_literal(document, header)
        wanted = header.get("part", "")
        for part in self._parts(document, header):
            if part.name == wanted:
                if part.element is None:
                    break
                return HeaderPart(part.name, part.element)
        raise SourceError(
            f"message {header.get('message')} has no part {wanted!r} that is an element",
            place=document.place(header),
            hint="add the part to the message, or correct the name",
        )

    def _faults(self, document: Document, declared: etree._Element) -> Iterator[Fault]:
        for element in declared.iterchildren(f"{WSDL}fault"):
            for part in self._parts(document, element)[:1]:
                if part.element is not None:
                    yield Fault(element.get("name", ""), part.element)

    def _parts(self, document: Document, reference: etree._Element) -> tuple[Part, ...]:
        name = _reference(document, reference, "message")
        if name not in self._parts_of:
            document, message = self._find(self.messages, name, "message", document, reference)
            parts = message.iterchildren(f"{WSDL}part")
            self._parts_of[name] = tuple(self._part(document, part) for part in parts)
        return self._parts_of[name]

    def _part(self, document: Document, part: etree._Element) -> Part:
        name = _name(document, part)
        if part.get("element") is not None:
            target = _reference(document, part, "element")
            element: ElementParticle = self.schemas.element(target, document.place(part))
            return Part(name, element=element)
        target = _reference(document, part, "type")
        if not self.schemas.has_type(target):
            raise SourceError(
                f"type {target} is not defined",
                place=document.place(part),
                hint="define it in a schema of the WSDL, or correct the name",
            )
        return Part(name, type=target)

    @staticmethod
    def _find(
        table: _Table,
        name: QName,
        kind: str,
        document: Document,
        element: etree._Element,
    ) -> tuple[Document, etree._Element]:
        found = table.get(name)
        if found is None:
            raise SourceError(
                f"{kind} {name} is not defined",
                place=document.place(element),
                hint=f"define the {kind}, or correct the name",
            )
        return found


def _components(
    documents: Documents, kind: str
) -> Iterator[tuple[QName, Document, etree._Element]]:
    """The definitions of one kind in all WSDLs, under their qualified names."""
    for document in documents.wsdls:
        namespace = document.root.get("targetNamespace", "")
        for element in document.root.iterchildren(WSDL + kind):
            yield QName(namespace, _name(document, element)), document, element


def _table(documents: Documents, kind: str) -> _Table:
    return {name: (document, found) for name, document, found in _components(documents, kind)}


def _name(document: Document, element: etree._Element) -> str:
    """The ``name`` of a definition, which must be an NCName."""
    name = element.get("name", "")
    try:
        etree.QName(name)
    except ValueError:
        raise SourceError(
            f"{name!r} is not a name that XML allows",
            place=document.place(element),
            hint="start a name with a letter and use letters, digits, '-', '_' and '.' in it",
        ) from None
    return name


def _reference(document: Document, element: etree._Element, attribute: str) -> QName:
    """The qualified name that ``attribute`` of ``element`` holds."""
    text = element.get(attribute)
    local = etree.QName(element).localname
    if text is None:
        raise SourceError(
            f"{local} has no attribute {attribute!r}",
            place=document.place(element),
            hint=f"say in {attribute!r} which definition is meant",
        )
    prefix, _, name = text.strip().rpartition(":")
    namespace = element.nsmap.get(prefix or None)
    if namespace is None and prefix:
        raise SourceError(
            f"the prefix of {text!r} is not declared",
            place=document.place(element),
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
        found = element.find(f"{{{namespace}}}{local}")
        if found is not None:
            return version, found
    return "", None


def _require_literal(document: Document, element: etree._Element) -> None:
    if element.get("use", "literal") != "literal":
        raise UnsupportedError(
            "a message with use='encoded' is not supported",
            place=document.place(element),
            hint="soapgen generates literal messages, as WS-I Basic Profile 1.1 demands (R2706)",
        )


def _is_optional(extension: etree._Element) -> bool:
    """Whether a policy or a WSDL says that what ``extension`` asks for can be left out."""
    said = {etree.QName(str(name)).localname: value for name, value in extension.items()}
    return said.get("Optional") in ("true", "1") or said.get("required") in ("false", "0")


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _documentation(element: etree._Element) -> str:
    found = element.find(f"{WSDL}documentation")
    if found is None:
        return ""
    paragraphs = "".join(map(str, found.itertext())).split("\n\n")
    return "\n\n".join(filter(None, (" ".join(paragraph.split()) for paragraph in paragraphs)))
