"""How documented messages differ from the wire: a rule for each difference, which takes it out.

SuperOffice's reference pages differ from the wire, always in the same ways; a message without these
differences is left as it is. A rule depends on the contract and on the message, never on the
operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from ... import namespaces
from ...contract import SCALARS, elements, lineage, zero_text
from ...contract.model import (
    ArrayType,
    ComplexType,
    ElementParticle,
    EnumType,
    ListType,
    MapType,
    QName,
    ScalarType,
    Type,
)
from ...contract.services import Port

_NIL = f"{{{namespaces.XSI}}}nil"
_TYPE = f"{{{namespaces.XSI}}}type"

# The types whose empty elements .NET reads as zero.
_EMPTY_IS_ZERO = frozenset({"dateTime", "duration", "guid"})


@dataclass(frozen=True, slots=True)
class Visit:
    """An element of a message, with its declaration in the contract.

    Attributes:
        element: The element.
        declared: The particle that declares it.
        type: Its type, unless that is a built-in one or restricts one.
        scalar: Its type if that is a built-in one, or the built-in type that its type restricts.
        is_item: Whether it is an item of a list or a dictionary, which cannot be left out even if
            it is nil.
        has_zero: Whether its absence means zero, as in .NET's data contracts.
    """

    element: etree._Element
    declared: ElementParticle
    type: Type | None
    scalar: QName | None
    is_item: bool
    has_zero: bool

    @property
    def is_nil(self) -> bool:
        """Whether ``xsi:nil`` is true."""
        return self.element.get(_NIL) in ("true", "1")

    @property
    def may_be_missing(self) -> bool:
        """Whether the element can be left out."""
        return self.declared.occurrence.minimum == 0 and not self.is_item

    @property
    def zero(self) -> str | None:
        """The text of its type's zero; None for a type that has none."""
        if self.scalar is not None:
            return zero_text(self.scalar)
        if isinstance(self.type, EnumType):
            return self.type.values[self.type.zero].value
        return "" if isinstance(self.type, ListType) else None


class Quirks:
    """Takes out of documented messages of ``port`` what differs from the wire.

    Args:
        port: The port, whose binding has the SOAP version.
        types: The types of the contract.
    """

    def __init__(self, port: Port, types: Mapping[QName, Type]) -> None:
        self._soap = f"{{{namespaces.ENVELOPES[port.binding.soap_version]}}}"
        self._types = types

    def take_out(
        self, envelope: etree._Element, message: ElementParticle | None
    ) -> tuple[str, ...]:
        """Change ``envelope`` into what would go over the wire, in place.

        Args:
            envelope: The documented message.
            message: The declaration of the element in the body; None if the body is empty.

        Returns:
            The names of the rules that changed something.
        """
        applied = []
        for outer in (self.other_soap_version, self.headers_beside_the_body):
            if outer(envelope):
                applied.append(outer.__name__)
        rules: tuple[Callable[[list[Visit]], bool], ...] = (
            self.types_that_are_declared,
            self.nil_where_there_must_be_a_value,
            self.nil_instead_of_nothing,
            self.empty_where_there_must_be_a_value,
        )
        for rule in rules:
            if rule(list(self._visits(envelope, message))):
                applied.append(rule.__name__)
        if self.layout(envelope, list(self._visits(envelope, message))):
            applied.append(self.layout.__name__)
        return tuple(applied)

    # --- the rules -----------------------------------------------------------------------------

    def other_soap_version(self, envelope: etree._Element) -> bool:
        """The pages show SOAP 1.2; the binding may be one of SOAP 1.1."""
        changed = False
        others = {f"{{{uri}}}" for uri in namespaces.ENVELOPES.values()} - {self._soap}
        for element in (envelope, *envelope.iterchildren(etree.Element)):
            namespace, brace, local = str(element.tag).partition("}")
            if namespace + brace in others:
                element.tag = self._soap + local
                changed = True
        return changed

    def headers_beside_the_body(self, envelope: etree._Element) -> bool:
        """The pages show headers beside the body; they belong in the envelope's header."""
        own = (f"{self._soap}Header", f"{self._soap}Body")
        beside = [child for child in envelope.iterchildren(etree.Element) if child.tag not in own]
        if not beside:
            return False
        header = envelope.find(own[0])
        if header is None:
            header = etree.Element(own[0])
            envelope.insert(0, header)
        header.extend(beside)
        return True

    @staticmethod
    def types_that_are_declared(visits: list[Visit]) -> bool:
        """The pages give every element an ``xsi:type``; the wire only where the type is derived."""
        changed = False
        for visit in visits:
            named = _named_type(visit.element)
            if named is not None and named == _type_name(visit.declared):
                del visit.element.attrib[_TYPE]
                changed = True
        return changed

    @staticmethod
    def nil_where_there_must_be_a_value(visits: list[Visit]) -> bool:
        """From a certain depth on, the pages show nil where the wire has to have a zero."""
        changed = False
        for visit in visits:
            needed = visit.has_zero or not visit.may_be_missing
            if visit.is_nil and not visit.declared.nillable and needed and visit.zero is not None:
                del visit.element.attrib[_NIL]
                visit.element.text, changed = visit.zero, True
        return changed

    @staticmethod
    def nil_instead_of_nothing(visits: list[Visit]) -> bool:
        """The pages show nil for members that the wire leaves out: both mean no value."""
        nil = [visit.element for visit in visits if visit.is_nil and visit.may_be_missing]
        for element in nil:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
        return bool(nil)

    @staticmethod
    def empty_where_there_must_be_a_value(visits: list[Visit]) -> bool:
        """The pages show empty durations, GUIDs and, as keys, dates: .NET reads them as zero."""
        changed = False
        for visit in visits:
            empty = not visit.element.text and not len(visit.element) and not visit.is_nil
            if empty and visit.scalar is not None and visit.scalar.local in _EMPTY_IS_ZERO:
                visit.element.text, changed = visit.zero, True
        return changed

    def layout(self, envelope: etree._Element, visits: list[Visit]) -> bool:
        """The pages are indented, with a blank line before the end of a request's body."""
        changed = False
        containers = {visit.element for visit in visits if visit.zero is None}
        containers |= {envelope, *envelope.iterchildren(etree.Element)}
        for element in envelope.iter(etree.Element):
            is_container = element in containers or len(element) > 0
            if is_container and element.text and not element.text.strip():
                element.text, changed = None, True
            if element.tail and not element.tail.strip():
                element.tail, changed = None, True
        return changed

    # --- the elements and their declarations ---------------------------------------------------

    def _visits(self, envelope: etree._Element, message: ElementParticle | None) -> Iterator[Visit]:
        """Every element in the body that the contract declares, parents before children."""
        body = envelope.find(f"{self._soap}Body")
        root = None if body is None else next(body.iterchildren(etree.Element), None)
        if message is not None and root is not None and root.tag == str(message.name):
            yield from self._visit(root, message, is_item=False, has_zero=False)

    def _visit(
        self, element: etree._Element, declared: ElementParticle, *, is_item: bool, has_zero: bool
    ) -> Iterator[Visit]:
        scalar, type_ = self._type(element, declared)
        yield Visit(element, declared, type_, scalar, is_item, has_zero)
        if isinstance(type_, MapType):
            for entry in element.iterchildren(str(type_.entry)):
                inner = {str(part.name): part for part in (type_.key, type_.value)}
                for child in entry.iterchildren(etree.Element):
                    if child.tag in inner:
                        yield from self._visit(
                            child, inner[str(child.tag)], is_item=True, has_zero=False
                        )
            return
        members = {str(member.name): member for member in self._members(type_)}
        zeros = isinstance(type_, ComplexType) and type_.data_contract
        for child in list(element.iterchildren(etree.Element)):
            if child.tag in members:
                member = members[str(child.tag)]
                repeats = member.occurrence.repeats
                yield from self._visit(child, member, is_item=repeats, has_zero=zeros)

    def _type(
        self, element: etree._Element, declared: ElementParticle
    ) -> tuple[QName | None, Type | None]:
        """The type of ``element``: a built-in one, or one of the contract; the other is None."""
        reference = declared.type
        named = _named_type(element)
        if named in self._types:
            reference = named or reference
        if isinstance(reference, QName):
            if reference in SCALARS:
                return reference, None
            reference = self._types[reference]
        if isinstance(reference, ScalarType):
            return reference.builtin, None
        return None, reference

    def _members(self, type_: Type | None) -> Iterator[ElementParticle]:
        if isinstance(type_, ArrayType):
            yield type_.item
        elif isinstance(type_, ComplexType):
            for owner in lineage(self._types, type_):
                yield from elements(owner.content)


def _named_type(element: etree._Element) -> QName | None:
    """The type that the ``xsi:type`` of ``element`` names; None if it has none."""
    text = element.get(_TYPE)
    if text is None:
        return None
    prefix, _, local = text.strip().rpartition(":")
    return QName(element.nsmap.get(prefix or None) or "", local)


def _type_name(declared: ElementParticle) -> QName | None:
    return declared.type if isinstance(declared.type, QName) else declared.type.name
