"""How the vendor's documented messages differ from the wire: a function for each difference.

Each takes the envelope of a documented message and takes one difference out of it, in place. What
they know is the contract and the message; none knows which operation it is looking at.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from tests.support.schemas import SOAP, XSI, children

_SOAP_12 = "{http://www.w3.org/2003/05/soap-envelope}"
_ZERO = {
    "boolean": "false",
    "double": "0.0",
    "dateTime": "0001-01-01T00:00:00",
}


def use_the_soap_11_envelope(envelope: etree._Element, schema: Any) -> None:
    """The documents show a SOAP 1.2 envelope; the binding is one of SOAP 1.1."""
    for element in (envelope, *envelope):
        if str(element.tag).startswith(_SOAP_12):
            element.tag = SOAP + etree.QName(element).localname


def put_the_headers_into_a_header(envelope: etree._Element, schema: Any) -> None:
    """The documents show the headers as children of the envelope, beside the body."""
    body = envelope.find(f"{SOAP}Body")
    headers = [child for child in envelope if child is not body]
    if not headers:
        return
    header = etree.Element(f"{SOAP}Header")
    header.extend(headers)
    envelope.insert(0, header)


def leave_out_the_declared_types(envelope: etree._Element, schema: Any) -> None:
    """The documents show ``xsi:type`` everywhere; on the wire it marks derived types alone."""
    for element in envelope.iter(etree.Element):
        element.attrib.pop(f"{XSI}type", "")


def leave_out_the_layout(envelope: etree._Element, schema: Any) -> None:
    """The documents are indented, with a blank line before the end of a request's body."""
    for element in envelope.iter(etree.Element):
        if len(element) and not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None
    for wrapper in envelope.findall(f"{SOAP}Body/*"):
        if not len(wrapper) and not (wrapper.text or "").strip():
            wrapper.text = None


def give_value_types_their_zero(envelope: etree._Element, schema: Any) -> None:
    """From a certain depth the documents show nil where the schema has a value that cannot be."""

    def visit(element: etree._Element, declared: Any) -> None:
        if element.get(f"{XSI}nil") == "true" and not declared.nillable:
            del element.attrib[f"{XSI}nil"]
            element.text = _zero(declared.type)
        inner = children(declared)
        for child in element:
            if child.tag in inner:
                visit(child, inner[str(child.tag)])

    for message in envelope.findall(f"{SOAP}Body/*"):
        visit(message, schema.maps.elements[message.tag])


def leave_out_members_that_are_nil(envelope: etree._Element, schema: Any) -> None:
    """A nillable member that is nil means the same as one that is left out: no value."""

    def visit(element: etree._Element, declared: Any) -> None:
        inner = children(declared)
        for child in list(element):
            found = inner.get(str(child.tag))
            if found is None:
                continue
            is_item = found.max_occurs is None
            if child.get(f"{XSI}nil") == "true" and found.min_occurs == 0 and not is_item:
                element.remove(child)
            else:
                visit(child, found)

    for message in envelope.findall(f"{SOAP}Body/*"):
        visit(message, schema.maps.elements[message.tag])


def _zero(xsd_type: Any) -> str:
    if xsd_type.enumeration:
        return str(xsd_type.enumeration[0])
    return _ZERO.get(str(xsd_type.root_type.local_name), "0")


QUIRKS: tuple[Callable[[etree._Element, Any], None], ...] = (
    use_the_soap_11_envelope,
    put_the_headers_into_a_header,
    leave_out_the_declared_types,
    leave_out_the_layout,
    give_value_types_their_zero,
    leave_out_members_that_are_nil,
)


def on_the_wire(documented: bytes, schema: Any) -> etree._Element:
    """The documented message as it would go over the wire."""
    envelope = etree.fromstring(documented)
    for take_out in QUIRKS:
        take_out(envelope, schema)
    return envelope
