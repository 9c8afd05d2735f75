"""WSDLs and their schemas → services: port types, bindings and their operations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import NoReturn

from lxml import etree

from .. import namespaces
from ..errors import (
    LeftOut,
    LimitError,
    NothingLeftError,
    Place,
    Repair,
    SoapgenError,
    SourceError,
    UnsupportedError,
)
from ..sources import WSDL, Document
from . import lexical
from .lexical import joined
from .model import QName
from .pairs import Pairs
from .policies import left_to_callers
from .schemas import SchemaSet
from .services import Binding, Operation, Port, Service
from .tables import AbsentError, Table, named_children, require_understood
from .wsdl_messages import MessageReader, soap_child

_SOAP_12 = "http://www.w3.org/2003/05/soap/"
# The transports of HTTP: WSDL 1.1, 3.3, and what SOAP 1.2 calls it itself.
_HTTP = ("", "http://schemas.xmlsoap.org/soap/http", f"{_SOAP_12}bindings/HTTP/")

# What begins with the service (WSDL 1.1, 2.4.3 and 2.4.4).
_OTHER_KINDS = {
    ("output",): "a notification",
    ("output", "input"): "a solicit-response operation",
}
_ALREADY_HTTP = "call it with an HTTP client: its parameters are in the address or in a form"


def read_services(
    wsdls: tuple[Document, ...], schemas: SchemaSet
) -> tuple[tuple[Service, ...], tuple[Repair, ...]]:
    """The services that ``wsdls`` define, in their order, with their SOAP ports; what is mended.

    An operation or a port that cannot be read is left out, as long as there is another one.

    Args:
        wsdls: The WSDL of the source, and those that it imports.
        schemas: The schemas of all of them.

    Raises:
        SourceError: There is no SOAP port, and no SOAP binding that no port names.
        UnsupportedError: Something must be understood and is not.
        NothingLeftError: Every operation would be left out.
    """
    require_understood(*(document.root for document in wsdls))
    defined = list(Table(wsdls, "service").items())
    reader = _Reader(wsdls, schemas)
    services = tuple(reader.service(name, element) for name, element in defined)
    first = defined[0][1] if defined else wsdls[0].root
    repairs: list[Repair] = []
    if not any(service.ports for service in services) and not reader.has_faulty_ports:
        made = tuple(reader.services_of_bindings())
        services += made
        if made:
            missing = "no service has a port whose binding is" if defined else "no service is"
            what = f"{missing} defined; each SOAP binding is taken as a port without an address"
            repairs.append(Repair("no-service", what, Place.of(first)))
        elif not defined:
            raise SourceError(
                "the WSDL has no service, and no SOAP binding for HTTP",
                place=Place.of(first),
                hint="give the WSDL that contains wsdl:service, not one that it imports",
            )
    if not any(port.binding.operations for service in services for port in service.ports):
        _raise_nothing_left(services, first)
    tables = (reader.bindings, reader.port_types, reader.messages.messages)
    repairs += chain.from_iterable(table.repairs for table in tables)
    return services, tuple(repairs)


def _raise_nothing_left(services: tuple[Service, ...], first: etree._Element) -> NoReturn:
    found = [item for service in services for item in service.left_out]
    found += [
        item for service in services for port in service.ports for item in port.binding.left_out
    ]
    obstacles = tuple(dict.fromkeys(item for item in found if item.is_wanted))
    if obstacles:
        raise NothingLeftError(obstacles)
    if any(service.ports for service in services):
        raise SourceError(
            "no service has an operation",
            place=Place.of(first),
            hint="give a WSDL whose bindings have operations",
        )
    raise SourceError(
        "no service has a SOAP port for HTTP",
        place=Place.of(first),
        hint="give a WSDL with a soap:binding or soap12:binding to HTTP",
    )


class _Reader:
    def __init__(self, wsdls: tuple[Document, ...], schemas: SchemaSet) -> None:
        self.wsdls = wsdls
        self.messages = MessageReader(wsdls, schemas)
        self.bindings = Table(wsdls, "binding")
        self.port_types = Table(wsdls, "portType")
        self.addressing_policies = set(_addressing_policies(wsdls))
        # Many ports may have the same binding: each is read once.
        self.read_bindings: dict[QName, Binding] = {}
        self.named_bindings: set[QName] = set()
        self.has_faulty_ports = False

    def service(self, name: QName, element: etree._Element) -> Service:
        require_understood(element)
        ports: list[Port] = []
        left_out: list[LeftOut] = []
        for port_name, port in named_children(element, "port").items():
            what = f"port {port_name} of service {name.local}"
            try:
                binding_name = self.bindings.named(port, "binding")
                self.named_bindings.add(binding_name)
                binding = self.bindings[binding_name]
                if (reason := _no_soap_over_http(binding)) is not None:
                    hint = _ALREADY_HTTP if _http_method(binding) else ""
                    left_out.append(LeftOut(what, reason, Place.of(port), hint, is_wanted=False))
                else:
                    ports.append(self._port(port_name, port, binding_name))
                    left_out += left_to_callers(what, (port, binding), self.wsdls)
            except LimitError:
                raise
            except SoapgenError as error:
                left_out.append(LeftOut.because(what, error))
                self.has_faulty_ports |= not isinstance(error, AbsentError)
        documentation, place = _documentation(element), Place.of(element)
        return Service(name, tuple(ports), documentation, place, tuple(left_out))

    def services_of_bindings(self) -> Iterator[Service]:
        """A service for each port type that SOAP bindings which no port names are of."""
        names: dict[QName, list[QName]] = {}
        for name, binding in self.bindings.items():
            if name not in self.named_bindings and _no_soap_over_http(binding) is None:
                names.setdefault(self.port_types.named(binding, "type"), []).append(name)
        for port_type, bindings in names.items():
            ports: list[Port] = []
            left_out: list[LeftOut] = []
            for name in bindings:
                what = f"binding {name.local}"
                try:
                    ports.append(Port(name.local, "", self._read(name)))
                    left_out += left_to_callers(what, (self.bindings[name],), self.wsdls)
                except LimitError:
                    raise
                except SoapgenError as error:
                    left_out.append(LeftOut.because(what, error))
            place = Place.of(self.bindings[bindings[0]])
            yield Service(port_type, tuple(ports), "", place, tuple(left_out))

    def _port(self, name: str, element: etree._Element, binding: QName) -> Port:
        require_understood(element)
        _, address = soap_child(element, "address")
        location = "" if address is None else address.get("location", "")
        return Port(name, location, self._read(binding, element))

    def _read(self, name: QName, *port: etree._Element) -> Binding:
        """The SOAP binding ``name``, which the element ``port`` may be for."""
        binding = self.bindings[name]
        if name not in self.read_bindings:
            self.read_bindings[name] = self._binding(name, binding)
        addressing = self._requires_addressing(binding, *port)
        return replace(self.read_bindings[name], addressing=addressing)

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

    def _binding(self, binding_name: QName, binding: etree._Element) -> Binding:
        version, soap_binding = soap_child(binding, "binding")
        assert soap_binding is not None, "it is one to SOAP"
        port_type_name = self.port_types.named(binding, "type")
        port_type = self.port_types[port_type_name]
        require_understood(binding, port_type)
        style = soap_binding.get("style", "document")
        pairs = Pairs(port_type, binding)
        operations: list[Operation] = []
        left_out = [*pairs.left_out(port_type_name, binding_name)]
        for name, declared, bound in pairs:
            try:
                operations.append(self._operation(name, bound, declared, style))
            except LimitError:
                raise
            except SoapgenError as error:
                left_out.append(LeftOut.of_operation(name, error))
        return Binding(
            binding_name, port_type_name, version, tuple(operations), left_out=tuple(left_out)
        )

    def _operation(
        self, name: str, bound: etree._Element, declared: etree._Element, style: str
    ) -> Operation:
        """The operation ``declared`` in a port type, with what ``bound`` in a binding adds."""
        require_understood(bound, declared)
        _, soap_operation = soap_child(bound, "operation")
        action = ""
        if soap_operation is not None:
            action = soap_operation.get("soapAction", "")
            style = soap_operation.get("style", style)
        if style not in ("document", "rpc"):
            raise UnsupportedError(
                f"operation {name} is of style {style!r}",
                place=Place.of(bound),
                hint="use document or rpc (WSDL 1.1, 3.3)",
            )
        directions = [
            lexical.local(child) for child in declared.iterchildren(f"{WSDL}input", f"{WSDL}output")
        ]
        if directions[:1] != ["input"]:
            kind = _OTHER_KINDS.get(tuple(directions), "an operation without messages")
            raise UnsupportedError(
                f"operation {declared.get('name')} does not begin with an input: it is {kind}",
                place=Place.of(declared),
                hint="only the service itself can begin it (WSDL 1.1, 2.4); to generate what "
                "receives it, turn input and output around in a WSDL of your own",
            )
        sent = self.messages.message(bound, declared, "input", style)
        assert sent is not None, "there is an input"
        return Operation(
            name=name,
            action=action,
            input=sent,
            output=self.messages.message(bound, declared, "output", style),
            faults=tuple(self.messages.faults(bound, declared)),
            style=style,
            documentation=_documentation(declared),
            place=Place.of(declared),
        )


def _no_soap_over_http(binding: etree._Element) -> str | None:
    """Why ``binding`` is none to SOAP over HTTP; None if it is."""
    _, soap_binding = soap_child(binding, "binding")
    if soap_binding is None:
        method = _http_method(binding)
        return "its binding is not one to SOAP" + (f", but to HTTP {method}" if method else "")
    transport = soap_binding.get("transport", "").strip()
    return None if transport in _HTTP else f"its transport is {transport}, not HTTP"


def _http_method(binding: etree._Element) -> str:
    """GET or POST, if ``binding`` is one to HTTP without SOAP (WSDL 1.1, 4); else empty."""
    found = binding.find(f"{{{namespaces.WSDL_HTTP}}}binding")
    return "" if found is None else found.get("verb", "without SOAP")


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
    return joined(["".join(map(str, documentation.itertext()))])
