"""What a message may have by SOAP that its values do not tell: it is taken out, and named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from ..contract import elements
from ..contract.model import ComplexType, ElementParticle, Occurrence, QName, Type
from ..contract.services import Operation
from ..namespaces import ENVELOPES


class SoapRules:
    """The rules for services of no vendor that has rules of its own.

    - ``layout``: white space between elements.
    - ``headers that are not declared``: any header may come with a message (SOAP 1.1, section 4.2);
      the values of a message have those that the binding declares.
    - ``headers without a value``: a header whose only member is missing says nothing; typed headers
      have that member, and none if it is missing.
    - ``empty header``: an envelope may have a header with nothing in it, or none.
    - ``order of headers``: it does not count (SOAP 1.1, section 4.2).
    - ``attributes of headers``: those that SOAP itself has for them, such as mustUnderstand, which
      concern how a message is processed.
    - ``attributes of the envelope``: an envelope, its header and its body may have any, such as a
      name for a signature (SOAP 1.1, section 4).
    - ``soap version``: the envelope of the other version of SOAP than that of the port.

    Args:
        operations: The operations of the port.
        soap_version: Its version of SOAP.
        types: The named types of the contract.
    """

    def __init__(
        self,
        operations: Iterable[Operation],
        soap_version: str,
        types: Mapping[QName, Type] = MappingProxyType({}),
    ) -> None:
        self._soap = f"{{{ENVELOPES[soap_version]}}}"
        # In the order in which messages are made.
        headers = [
            header.element
            for operation in operations
            for message in (operation.input, operation.output)
            if message is not None
            for header in message.headers
        ]
        self._declared = {str(item.name): place for place, item in enumerate(headers)}
        self._may_say_nothing = {
            str(item.name) for item in headers if _has_one_optional_member(item, types)
        }

    def take_out(
        self, envelope: etree._Element, message: ElementParticle | None
    ) -> tuple[str, ...]:
        """Change ``envelope`` in place, and return the names of the rules that changed it."""
        rules = ["layout"] if without_layout(envelope) else []
        rules += ["soap_version"] if self._of_other_version(envelope) else []
        for node in (envelope, *envelope):
            if node.attrib:
                node.attrib.clear()
                rules.append("attributes_of_the_envelope")
        for header in _headers(envelope):
            others = [item for item in header if item.tag not in self._declared]
            for item in others:
                header.remove(item)
            if others:
                rules.append("headers_that_are_not_declared")
            names = [f"{{{uri}}}" for uri in ENVELOPES.values()]
            for block in header:
                for name in [key for key in map(str, block.attrib) if key.startswith(tuple(names))]:
                    del block.attrib[name]
                    rules.append("attributes_of_headers")
            for block in list(header):
                says_nothing = (
                    not len(block) and not block.attrib and not (block.text or "").strip()
                )
                if says_nothing and block.tag in self._may_say_nothing:
                    header.remove(block)
                    others.append(block)
                    rules.append("headers_without_a_value")
            blocks = sorted(header, key=lambda block: self._declared[str(block.tag)])
            if blocks != list(header):
                header[:] = blocks
                rules.append("order_of_headers")
            if not len(header):
                envelope.remove(header)
                rules += [] if others else ["empty_header"]
        return tuple(dict.fromkeys(rules))

    def _of_other_version(self, envelope: etree._Element) -> bool:
        """Give ``envelope`` the version of the port; whether it had the other one."""
        soap = str(envelope.tag).removesuffix("Envelope")
        if soap == self._soap or soap.strip("{}") not in ENVELOPES.values():
            return False
        for node in (envelope, *envelope):
            node.tag = str(node.tag).replace(soap, self._soap)
        return True


def _headers(envelope: etree._Element) -> Iterator[etree._Element]:
    for namespace in ENVELOPES.values():
        yield from envelope.findall(f"{{{namespace}}}Header")


def _has_one_optional_member(element: ElementParticle, types: Mapping[QName, Type]) -> bool:
    """Whether the type of ``element`` has a single member, which may be missing."""
    type_ = types.get(element.type) if isinstance(element.type, QName) else element.type
    if not isinstance(type_, ComplexType) or type_.base is not None or type_.attributes:
        return False
    members = list(elements(type_.content))
    return len(members) == 1 and members[0].occurrence == Occurrence(0, 1)


def without_layout(envelope: etree._Element) -> bool:
    """Take white space between elements away; whether there was any."""
    changed = False
    for element in envelope.iter(etree.Element):
        if len(element) and element.text and not element.text.strip():
            element.text, changed = None, True
        if element.tail and not element.tail.strip():
            element.tail, changed = None, True
    return changed
