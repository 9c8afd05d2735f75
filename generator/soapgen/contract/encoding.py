"""Types as a schema has them → the same as SOAP's encoding writes and reads them.

SOAP 1.1, section 5, and SOAP 1.2 part 2, section 3. Members have no namespace, their order does not
count, arrays have items of any name, and what is no number may be nil anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from lxml import etree

from .. import namespaces
from ..errors import Place
from ..sources import XSD
from . import lexical
from .builtins import ANY_TYPE, SCALARS, STRING
from .members import elements
from .model import (
    AnyParticle,
    ArrayOf,
    ArrayType,
    ChoiceType,
    ComplexType,
    ElementParticle,
    EnumType,
    Group,
    ListType,
    MapType,
    Particle,
    QName,
    ScalarType,
    Type,
    TypeReference,
    UnionType,
)
from .services import Fault, Message, Operation

_RANK = f"{{{namespaces.WSDL}}}arrayType"
_ITEM = f"{{{namespaces.WSDL}}}itemType"

# The values of these are plain ones in the languages that such services are written in: never nil.
_NEVER_NIL = frozenset(
    QName(namespaces.XSD, name)
    for name in (
        "boolean byte short int long unsignedByte unsignedShort unsignedInt unsignedLong float "
        "double"
    ).split()
)


def array_of(definition: etree._Element) -> ArrayOf | None:
    """What the array that the element ``definition`` of a schema defines consists of, if it is one.

    WSDL 1.1, 2.2, says it in an attribute ``wsdl:arrayType`` of the one that it restricts; for the
    encoding of SOAP 1.2, tools do so in ``wsdl:itemType``.
    """
    if definition.tag != f"{XSD}complexType":
        return None
    for attribute in definition.iterfind(f"{XSD}complexContent/*/{XSD}attribute"):
        name, mark, sizes = attribute.get(_RANK, "").strip().partition("[")
        if mark:
            rank = "".join(letter for letter in f"[{sizes}" if letter in "[],")
            return ArrayOf(lexical.qualified(attribute, name), rank)
        if attribute.get(_ITEM) is not None:
            return ArrayOf(lexical.reference(attribute, _ITEM), "[]")
    return None


def items_of(array: ArrayType) -> ArrayOf:
    """What the items of an array of the encoding are: their type and, for arrays, their rank."""
    rank, inner = "", items_in(array).type
    while isinstance(inner, ArrayType):
        rank, inner = f"[{',' * (inner.dimensions - 1)}]{rank}", items_in(inner).type
    assert isinstance(inner, QName), "no other type of items is anonymous"
    return ArrayOf(inner, rank)


def items_in(array: ArrayType) -> ElementParticle:
    """The items of an array of the encoding; behind those of each dimension but the last."""
    item = array.item
    for _ in range(array.dimensions - 1):
        assert isinstance(item.type, ArrayType), "each dimension is a list of the next"
        item = item.type.item
    return item


class Encoding:
    """Gives types as SOAP's encoding has them.

    Args:
        types: The named types of a contract, as their schemas have them.
    """

    def __init__(self, types: Mapping[QName, Type]) -> None:
        self._declared = types

    @cached_property
    def types(self) -> dict[QName, Type]:
        """The named types."""
        return {name: self._type(type_) for name, type_ in self._declared.items()}

    def operation(self, operation: Operation) -> Operation:
        """``operation`` with its messages."""
        output = operation.output
        return replace(
            operation,
            input=self._message(operation.input),
            output=None if output is None else self._message(output),
            faults=tuple(map(self._fault, operation.faults)),
        )

    def _message(self, message: Message) -> Message:
        parts = tuple(
            replace(part, element=self._with_own_name(part.element)) if part.element else part
            for part in message.parts
        )
        headers = tuple(
            replace(part, element=self._with_own_name(part.element)) for part in message.headers
        )
        return replace(message, parts=parts, headers=headers)

    def _fault(self, fault: Fault) -> Fault:
        return replace(fault, element=self._with_own_name(fault.element))

    def _with_own_name(self, element: ElementParticle) -> ElementParticle:
        return replace(element, type=self._reference(element.type))

    def _type(self, type_: Type) -> Type:
        if isinstance(type_, ComplexType):
            array = self._array(type_)
            return array or replace(type_, content=self._group(type_.content))
        if isinstance(type_, ArrayType):
            return replace(type_, item=self._element(type_.item))
        if isinstance(type_, MapType):
            key, value = self._element(type_.key), self._element(type_.value)
            entry = QName("", type_.entry.local)
            return replace(type_, entry=entry, key=key, value=value)
        if isinstance(type_, ChoiceType):
            return replace(type_, alternatives=tuple(map(self._element, type_.alternatives)))
        return type_

    def _array(self, type_: ComplexType) -> ArrayType | None:
        """``type_`` as an array, if it restricts that of the encoding; at first hand, as a rule."""
        base: Type | None = type_
        while isinstance(base, ComplexType) and base.array is None and base.base is not None:
            if _is_of_encoding(base.base, "Array"):
                break
            base = self._declared.get(base.base)
        if not isinstance(base, ComplexType):
            return None
        is_array = base.base is not None and _is_of_encoding(base.base, "Array")
        if base.array is None and not is_array:
            return None
        named = next(elements(type_.content), None)
        of = base.array or ArrayOf(ANY_TYPE, "[]")
        if base.array is None and named is not None and isinstance(named.type, QName):
            of = ArrayOf(named.type, "[]")
        local = "item" if named is None else named.name.local
        return self._array_of(type_.name or QName("", ""), of, local, type_.place)

    def _array_of(
        self, name: QName, of: ArrayOf, local: str, place: Place | None = None
    ) -> ArrayType:
        """The array ``name``; its items may be arrays in turn, whose ranks come first.

        One of several dimensions has lists with one less, as its values have in Python.
        """
        inner, _, own = of.rank.rpartition("[")
        dimensions = own.count(",") + 1
        item: TypeReference = self._reference(of.item)
        rank = f"{inner}[{own.removeprefix(',')}" if dimensions > 1 else inner
        if rank:
            within = QName(name.namespace, f"{name.local}/{local}")
            item = self._array_of(within, ArrayOf(of.item, rank), local, place)
        particle = ElementParticle(QName("", local), item, nillable=self._is_text(item))
        return ArrayType(name, particle, place, dimensions)

    def _group(self, group: Group) -> Group:
        return replace(group, particles=tuple(map(self._particle, group.particles)))

    def _particle(self, particle: Particle) -> Particle:
        if isinstance(particle, ElementParticle):
            return self._element(particle)
        if isinstance(particle, AnyParticle):
            return particle
        return self._group(particle)

    def _element(self, element: ElementParticle) -> ElementParticle:
        """``element`` as a member: without a namespace, and nil unless it is a plain value."""
        type_ = self._reference(element.type)
        occurrence = element.occurrence
        may_be_nil = occurrence.minimum > 0 and self._builtin(type_) not in _NEVER_NIL
        if occurrence.repeats:
            may_be_nil = self._is_text(type_)
        return replace(
            element,
            name=QName("", element.name.local),
            type=type_,
            nillable=element.nillable or may_be_nil,
        )

    def _reference(self, reference: TypeReference) -> TypeReference:
        """``reference``; a type of the encoding's own is the one of XML Schema that it extends."""
        if not isinstance(reference, QName):
            return self._type(reference)
        if reference.namespace not in namespaces.ENCODINGS:
            return reference
        if reference.local == "Array":
            return self._array_of(reference, ArrayOf(ANY_TYPE, "[]"), "item")
        local = "base64Binary" if reference.local == "base64" else reference.local
        builtin = QName(namespaces.XSD, local)
        return builtin if builtin in SCALARS else reference

    def _is_text(self, reference: TypeReference) -> bool:
        """Whether values are texts, which may be nil, other than those of numbers."""
        builtin = self._builtin(reference)
        return builtin is not None and builtin not in _NEVER_NIL

    def _builtin(self, reference: TypeReference) -> QName | None:
        """The built-in type that has the texts of a simple type; None for one with elements."""
        type_ = self._declared.get(reference) if isinstance(reference, QName) else reference
        if type_ is None and isinstance(reference, QName):
            return reference
        if isinstance(type_, ScalarType):
            return type_.builtin
        return STRING if isinstance(type_, EnumType | ListType | UnionType) else None


def _is_of_encoding(name: QName, local: str) -> bool:
    return name.local == local and name.namespace in namespaces.ENCODINGS
