"""Messages and how a binding carries them → their parts in the body and in headers, and faults.

Each part of a message is carried, refused, or named as one that the binding puts nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace

from lxml import etree

from .. import namespaces
from ..errors import LeftOut, Place, SourceError, UnsupportedError
from ..sources import Document
from . import lexical
from .model import ComplexType, Compositor, ElementParticle, Group, QName
from .schemas import SchemaSet
from .services import Attachment, Fault, HeaderPart, Message, Part
from .tables import Table, named_children, only_child, require_understood
from .use import is_encoded, require_use

_SOAP_VERSIONS = {
    namespaces.WSDL_SOAP_11: "1.1",
    namespaces.WSDL_SOAP_12: "1.2",
}
_BODIES, _HEADERS = ([f"{{{uri}}}{name}" for uri in _SOAP_VERSIONS] for name in ("body", "header"))
# What follows the name of an operation in that of the element around its parts, for the style rpc
# (WS-I Basic Profile 1.1, R2729).
_SUFFIXES = {"input": "", "output": "Response"}
_CONTENT, _MIME_XML = (f"{{{namespaces.WSDL_MIME}}}{name}" for name in ("content", "mimeXml"))


# It is written into the headers of a part (RFC 2045, section 5.1).
_MIME_TYPE = re.compile("[!-~]+/[ -~]+")


class MessageReader:
    """Reads the messages of operations.

    Args:
        wsdls: The WSDLs.
        schemas: The schemas of all of them.
    """

    def __init__(self, wsdls: tuple[Document, ...], schemas: SchemaSet) -> None:
        self.schemas = schemas
        self.messages = Table(wsdls, "message")
        # Many operations have the same headers: each message is read once.
        self.parts: dict[etree._Element, dict[str, Part]] = {}

    def message(
        self, bound: etree._Element, declared: etree._Element, direction: str, style: str
    ) -> Message | None:
        """The ``input`` or ``output`` of an operation; None where it has none.

        Args:
            bound: The operation in a binding.
            declared: The operation in the port type.
            direction: Which of the two.
            style: ``document`` or ``rpc``.

        Raises:
            SourceError: A name refers to something that is not defined.
            UnsupportedError: A part of the message is in a place or a form that is not supported.
        """
        reference = only_child(declared, direction)
        binding = only_child(bound, direction)
        if reference is None:
            # Some published WSDLs bind the response of a one-way operation: it has nothing to lose
            # unless there are headers.
            for header in [] if binding is None else _soap_elements(binding, "header"):
                raise SourceError(
                    f"operation {declared.get('name')} has no {direction}, whose header is bound "
                    "here",
                    place=Place.of(header),
                    hint="declare it in the portType, or take it out of the binding",
                )
            return None
        require_understood(reference)
        parts = self._parts(reference)
        wrapper = "" if style != "rpc" else lexical.name_of(declared) + _SUFFIXES[direction]
        if binding is None:
            return Message(self._in_body(parts, wrapper, bound))
        require_understood(binding)
        bodies, header_elements = _bodies_and_headers(binding)
        headers = self._headers(header_elements)
        if not bodies:
            for element in binding.iterdescendants(_CONTENT):
                raise UnsupportedError(
                    f"part {element.get('part')} is attached to a message without an envelope",
                    place=Place.of(element),
                    hint="add a soap:body to the binding",
                )
            return Message(self._in_body(parts, wrapper, binding), headers)
        attachments = _attachments(binding, parts)
        attached = {item.name for item in attachments}
        message = self.messages.referred_to(reference, "message")
        in_headers = {
            header.get("part", "")
            for header in header_elements
            if self.messages.referred_to(header, "message") is message
        }
        in_body = self._body_parts(bodies, parts, in_headers | attached)
        # A body with nothing in it was not meant: the parts are in both places.
        if not in_body and not wrapper and bodies[0].get("parts") is None:
            in_body = self._body_parts(bodies, parts, attached)
        unbound = tuple(
            LeftOut(
                f"part {name} of the {direction} of operation {declared.get('name')}",
                "the binding puts it neither in the body nor in a header, so it is not sent",
                Place.of(bodies[0]),
                "to send it, name it in the parts of soap:body",
                is_wanted=False,
            )
            for name in parts
            if name not in in_body and name not in in_headers | attached
        )
        encoded = is_encoded(bodies[0])
        if encoded and not wrapper:
            raise UnsupportedError(
                "a message of style document is encoded, which is not supported",
                place=Place.of(bodies[0]),
                hint="use the style rpc, or make it literal",
            )
        for element in header_elements:
            require_use(element, bodies[0])
        body = self._in_body(in_body, wrapper, bodies[0])
        return Message(body, headers, attachments, encoded, unbound)

    def _in_body(
        self, parts: Mapping[str, Part], wrapper: str, body: etree._Element
    ) -> tuple[Part, ...]:
        """What is in a body: an element for each part or, for the style rpc, one around them.

        A message of the style document whose only part has a type of wildcards alone, as .NET's
        ``Message``, says what is in the body itself (WSDL 1.1, 3.5): that part stays as it is.
        """
        if wrapper:
            return _around(parts, wrapper, body)
        for part in parts.values():
            if len(parts) == 1 and isinstance(part.type, QName) and self.schemas.is_open(part.type):
                return (part,)
        return tuple(Part(part.name, _as_element(part, body)) for part in parts.values())

    def _body_parts(
        self, bodies: list[etree._Element], parts: Mapping[str, Part], elsewhere: Set[str]
    ) -> Mapping[str, Part]:
        """Those of ``parts`` that are in the body.

        Unless ``soap:body`` names some, these are all but those that the binding places
        ``elsewhere``, in a header or beside the envelope.
        """
        body = bodies[0]
        if len(bodies) > 1:
            raise UnsupportedError(
                "several bodies for one message are not supported",
                place=Place.of(bodies[1]),
                hint="bind the message once",
            )
        if body.get("parts") is None:
            return {name: part for name, part in parts.items() if name not in elsewhere}
        names = body.get("parts", "").split()
        for name in names:
            if name not in parts:
                raise SourceError(
                    f"the message has no part {name!r}",
                    place=Place.of(body),
                    hint="add the part to the message, or correct the name",
                )
        return {name: part for name, part in parts.items() if name in names}

    def _headers(self, elements: list[etree._Element]) -> tuple[HeaderPart, ...]:
        headers: dict[QName, HeaderPart] = {}
        for element in elements:
            header = self._header(element)
            if header.element.name in headers:
                raise UnsupportedError(
                    f"the header {header.element.name} is bound twice",
                    place=Place.of(element),
                    hint="bind it once",
                )
            headers[header.element.name] = header
        return tuple(headers.values())

    def _header(self, header: etree._Element) -> HeaderPart:
        name = header.get("part", "")
        part = self._parts(header).get(name)
        if part is None:
            raise SourceError(
                f"message {header.get('message')} has no part {name!r}",
                place=Place.of(header),
                hint="add the part to the message, or correct the name",
            )
        return HeaderPart(part.name, _as_element(part, header, header.get("namespace", "")))

    def faults(self, bound: etree._Element, declared: etree._Element) -> Iterator[Fault]:
        """The faults that an operation declares, bound or not; raises what ``message`` raises."""
        faults = named_children(declared, "fault")
        # Encoded, the element for a part is in the namespace that the binding gives.
        within: dict[str, str] = {}
        for name, element in named_children(bound, "fault").items():
            require_understood(element)
            for soap_fault in _soap_elements(element, "fault"):
                if is_encoded(soap_fault):
                    within[name] = soap_fault.get("namespace", "")
            if name not in faults:
                raise SourceError(
                    f"fault {name} is bound but not in the operation of the portType",
                    place=Place.of(element),
                    hint="declare it there, or correct the name",
                )
        for name, element in faults.items():
            parts = [*self._parts(element).values()]
            if len(parts) > 1:
                raise UnsupportedError(
                    f"the message of fault {name} has several parts",
                    place=Place.of(element),
                    hint="give the message one part (WSDL 1.1, 3.6)",
                )
            for part in parts:
                yield Fault(name, _as_element(part, element, within.get(name, "")))
        messages = (only_child(bound, "input"), only_child(bound, "output"))
        for message in (item for item in messages if item is not None):
            for header_fault in _soap_elements(message, "headerfault"):
                for body in _soap_elements(message, "body"):
                    require_use(header_fault, body)
                header = self._header(header_fault)
                yield Fault(header.name, header.element, in_header=True)

    def _parts(self, reference: etree._Element) -> Mapping[str, Part]:
        """The parts of the message that ``reference`` names, by their names."""
        message = self.messages.referred_to(reference, "message")
        if message not in self.parts:
            require_understood(message)
            parts = named_children(message, "part").items()
            self.parts[message] = {name: self._part(name, part) for name, part in parts}
        return self.parts[message]

    def _part(self, name: str, part: etree._Element) -> Part:
        if part.get("element") is not None:
            if part.get("type") is not None:
                raise SourceError(
                    f"part {name} has both an element and a type",
                    place=Place.of(part),
                    hint="keep one of the two",
                )
            target = lexical.reference(part, "element")
            return Part(name, element=self.schemas.element(target, Place.of(part)))
        target = lexical.reference(part, "type")
        self.schemas.require_type(target, Place.of(part))
        return Part(name, type=target)


def _around(parts: Mapping[str, Part], wrapper: str, body: etree._Element) -> tuple[Part, ...]:
    """The element around ``parts`` in the style rpc.

    It is named after the operation, and in the namespace of ``soap:body``. Each part is an
    element in it, in no namespace (WSDL 1.1, 3.5; WS-I Basic Profile 1.1, R2735).

    Args:
        parts: The parts of the message that are in the body.
        wrapper: The local name of the element around them.
        body: The ``soap:body``, or what it would be in.
    """
    encoded = is_encoded(body)
    for part in parts.values():
        if part.element is not None and not encoded:
            raise UnsupportedError(
                f"part {part.name} of a message of style rpc has an element",
                place=Place.of(body),
                hint="give it a type (WS-I Basic Profile 1.1, R2203)",
            )
    # Encoded, a part with an element has the type of that and a name of its own (SOAP 1.1, 7.1).
    members = tuple(
        replace(_as_element(part, body), name=QName("", part.name)) for part in parts.values()
    )
    element = ElementParticle(
        QName(body.get("namespace", ""), wrapper),
        ComplexType(None, Group(Compositor.SEQUENCE, members), place=Place.of(body)),
        place=Place.of(body),
    )
    return (Part(wrapper, element),)


def _as_element(part: Part, around: etree._Element, namespace: str = "") -> ElementParticle:
    """What ``part`` is in a message: its element or, for a type, one of its name.

    Args:
        part: The part.
        around: What the WSDL says that it is in, for the place of an element that it gives.
        namespace: The namespace of that element.
    """
    if part.type is None:
        assert part.element is not None
        return part.element
    return ElementParticle(QName(namespace, part.name), part.type, place=Place.of(around))


def _soap_elements(binding: etree._Element, local: str) -> list[etree._Element]:
    """The SOAP extension elements ``local`` in the binding of a message, at any depth."""
    return list(binding.iterdescendants(*(f"{{{uri}}}{local}" for uri in _SOAP_VERSIONS)))


def _bodies_and_headers(
    binding: etree._Element,
) -> tuple[list[etree._Element], list[etree._Element]]:
    """The elements ``soap:body`` and ``soap:header`` in the binding of a message.

    Raises:
        UnsupportedError: It carries parts outside of the envelope.
    """
    bodies: list[etree._Element] = []
    headers: list[etree._Element] = []
    for element in binding.iterdescendants(etree.Element):
        tag = str(element.tag)
        if tag in _BODIES:
            bodies.append(element)
        elif tag in _HEADERS:
            headers.append(element)
        elif tag == _MIME_XML:
            raise UnsupportedError(
                f"part {element.get('part')} is an XML document of its own, which is not supported",
                place=Place.of(element),
                hint="carry it in the envelope, or bind it with mime:content",
            )
    return bodies, headers


def _attachments(binding: etree._Element, parts: Mapping[str, Part]) -> tuple[Attachment, ...]:
    """The parts of a message that its binding places beside the envelope (WSDL 1.1, 5.11).

    Several ``mime:content`` of one part are alternatives: the first has its usual type.

    Raises:
        SourceError: The message has no such part.
    """
    attachments: dict[str, Attachment] = {}
    for element in binding.iterdescendants(_CONTENT):
        name = element.get("part", next(iter(parts)) if len(parts) == 1 else "")
        if name not in parts:
            raise SourceError(
                f"the message has no part {name!r}",
                place=Place.of(element),
                hint="add the part to the message, or correct the name",
            )
        kind = element.get("type", "*/*")
        if _MIME_TYPE.fullmatch(kind) is None:
            raise SourceError(
                f"{kind!r} is no MIME type",
                place=Place.of(element),
                hint="correct it, or leave it out",
            )
        attachments.setdefault(
            name, Attachment(name, "application/octet-stream" if "*" in kind else kind)
        )
    return tuple(attachments.values())


def soap_child(element: etree._Element, local: str) -> tuple[str, etree._Element | None]:
    """The SOAP extension element ``local`` in ``element``, and the SOAP version that it is of."""
    found = [
        (version, child)
        for namespace, version in _SOAP_VERSIONS.items()
        for child in element.iterchildren(f"{{{namespace}}}{local}")
    ]
    if len(found) > 1:
        raise SourceError(
            f"{lexical.local(element)} has several SOAP extensions {local}",
            place=Place.of(found[1][1]),
            hint="keep one of them",
        )
    return found[0] if found else ("", None)
