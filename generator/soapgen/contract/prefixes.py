"""Interfaces → the prefix of each namespace in their messages: the only code that chooses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from .. import naming
from ..namespaces import SOAP_11_ENCODING, SOAP_12_ENCODING, XML, XSD
from .interface import Interface
from .model import QName
from .uses import element_uses

# The usual prefixes of those namespaces that encoded messages have beside their own.
_USUAL = {XSD: "xsd", SOAP_11_ENCODING: "soapenc", SOAP_12_ENCODING: "enc"}


@dataclass(frozen=True, slots=True)
class Prefixes:
    """The prefixes of the namespaces that some interfaces use.

    Attributes:
        default: The default namespace of the elements that all of them share; empty for none.
        by_namespace: The prefix of each namespace, empty for the default.
        writes_faults: Whether faults are written, too.
    """

    default: str
    by_namespace: Mapping[str, str]
    writes_faults: bool = False

    def of_shared(self, namespaces: Set[str]) -> dict[str, str]:
        """The prefixes of ``namespaces`` in elements that several interfaces have."""
        return {uri: self.by_namespace[uri] for uri in sorted(namespaces - {""})}

    def of_interface(self, interface: Interface, shared: Set[str] = frozenset()) -> dict[str, str]:
        """The prefixes in messages of ``interface``; its main namespace is the default if possible.

        It is not the default if some elements have no namespace, because a default would give them
        one, nor if attributes are in it or there are names in texts, for which a default does not
        count (Namespaces in XML 1.0, 6.2), nor if it is one of the namespaces ``shared`` with other
        interfaces, because all interfaces write shared elements with the same prefixes.
        """
        main = main_namespace(interface)
        used = used_namespaces(interface, writes_faults=self.writes_faults)
        reach = interface.reach
        prefixes = {uri: self.by_namespace[uri] for uri in sorted((used | {main}) - {""})}
        is_prefixed = main in reach.attribute_namespaces() or reach.has_names or interface.encoded
        if "" not in used and main not in shared and not is_prefixed:
            prefixes[main] = ""
        return prefixes


def prefixes_of(interfaces: Sequence[Interface], *, writes_faults: bool = False) -> Prefixes:
    """The prefix of each namespace, the same in all ``interfaces`` except their main namespaces.

    Args:
        interfaces: The interfaces.
        writes_faults: Whether faults are written, too, as a server does.
    """
    mains = {main_namespace(interface) for interface in interfaces}
    used = {
        uri
        for interface in interfaces
        for uri in used_namespaces(interface, writes_faults=writes_faults)
    }
    # If the main namespaces differ, none of them is the default of shared elements.
    attributes = {uri for interface in interfaces for uri in interface.reach.attribute_namespaces()}
    has_names = any(item.reach.has_names or item.encoded for item in interfaces)
    is_prefixed = bool(mains & attributes) or has_names
    default = min(mains) if len(mains) == 1 and "" not in used and not is_prefixed else ""
    # The prefix of this one is the same everywhere (Namespaces in XML 1.0, 3).
    by_namespace = {XML: "xml"} if XML in used else {}
    if any(interface.encoded for interface in interfaces):
        by_namespace |= {uri: prefix for uri, prefix in _USUAL.items() if uri in used}
    others = (used | mains) - {"", *by_namespace}
    by_namespace |= naming.prefixes(others, default, by_namespace.values())
    return Prefixes(default, by_namespace, writes_faults)


def encoding_of(soap_version: str) -> str:
    """The namespace of SOAP's encoding in a version of SOAP."""
    return SOAP_11_ENCODING if soap_version == "1.1" else SOAP_12_ENCODING


def main_namespace(interface: Interface) -> str:
    """The namespace of the messages: that of the first element in a request's body."""
    for request in interface.requests:
        for element in (request.wrapper, *(use.element for use in request.uses)):
            if element is not None:
                return element.name.namespace
    return interface.port.binding.port_type.namespace


def used_namespaces(interface: Interface, *, writes_faults: bool = False) -> set[str]:
    """The namespaces of all elements and types in the messages; an empty text for none.

    With ``writes_faults``, those of the elements of declared faults are among them: in SOAP 1.1
    they have no namespace (section 4.4).
    """
    names = {*interface.headers, *interface.response_headers}
    names |= {fault.use.element.name for fault in interface.all_faults}
    for uses in (interface.headers, interface.response_headers):
        names |= {use.element.name for use in uses.values()}
    for body in (*interface.requests, *interface.responses):
        names |= {use.element.name for use in body.uses}
        names |= {body.wrapper.name} if body.wrapper else set()
    namespaces = {""} if writes_faults and _has_bare_faults(interface) else set()
    if interface.encoded:
        members = (use for uses in interface.reach.uses.values() for use in element_uses(uses))
        declared = (use.element.type for use in (*interface.uses(), *members))
        names |= interface.reach.types.keys()
        names |= {name for name in declared if isinstance(name, QName)}
        namespaces |= {XSD, encoding_of(interface.port.binding.soap_version)}
    return (
        namespaces
        | {name.namespace for name in names}
        | interface.reach.namespaces(interface.reach.uses)
    )


def _has_bare_faults(interface: Interface) -> bool:
    return bool(interface.all_faults) and interface.port.binding.soap_version == "1.1"
