"""Two messages → the same where they differ and the values of the declared types do not.

XML Schema has several texts for one value (XSD part 2, section 3.2): 1.50 and 1.5, true and 1. The
contract says of which type a text is: of a type that keeps every letter, none is taken for another.
An attribute may be left out that has its default, and a type need not be said that is declared.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from math import isfinite

from lxml import etree

from .. import namespaces
from ..contract import declared_children, effective_attributes, lineage, zero_text
from ..contract.model import (
    Attribute,
    ComplexType,
    ElementParticle,
    EnumType,
    ListType,
    QName,
    ScalarType,
    StructuredType,
    Type,
    TypeReference,
    UnionType,
)

TEXTS = "another_text_of_the_same_value"
DEFAULTS = "defaults_that_are_said"
TYPES = "types_that_are_said"
NIL = "nil_instead_of_nothing"
ZERO = "zero_instead_of_nothing"
LAYOUT = "layout"
"""The names of the rules."""

_XSI_TYPE, _XSI_NIL = (f"{{{namespaces.XSI}}}{name}" for name in ("type", "nil"))
# These keep every letter of a text; others say nothing by white space around it.
_KEPT = frozenset({"string", "normalizedString", "anyType", "anySimpleType"})
_DURATION = re.compile(
    r"(?P<sign>-)?P(?=[T\d])((?P<Y>\d+)Y)?((?P<M>\d+)M)?((?P<D>\d+)D)?"
    r"(T(?=\d)((?P<h>\d+)H)?((?P<m>\d+)M)?((?P<s>\d+(\.\d*)?)S)?)?"
)
_DATE = r"-?\d{4,}-\d\d-\d\d"
_MOMENT = re.compile(
    rf"((?P<date>{_DATE})|(?P<whole>({_DATE}T)?\d\d:\d\d:\d\d)(\.(?P<fraction>\d+))?)"
    r"(?P<zone>Z|[-+]\d\d:\d\d)?"
)
_DECIMAL = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)")
_FLOAT = re.compile(rf"{_DECIMAL.pattern}([eE][-+]?\d+)?")
# A value of these says by its own type which it is.
_OPEN = frozenset({"anyType", "anySimpleType"})
# In .NET, their members cannot be null: one that is missing is zero.
_VALUE_TYPES = frozenset(
    "boolean byte short int long unsignedByte unsignedShort unsignedInt unsignedLong decimal float "
    "double dateTime duration guid char".split()
)


def settle(
    expected: etree._Element,
    actual: etree._Element,
    declared: Mapping[str, ElementParticle],
    types: Mapping[QName, Type],
) -> tuple[str, ...]:
    """Change two envelopes in place where their values are equal; the names of the rules that did.

    Args:
        expected: A message.
        actual: The same, as generated code makes it.
        declared: The elements that may stand in the header and in the body, by their names.
        types: The named types of the contract.
    """
    settler = _Settler(types)
    for section, other in zip(expected, actual, strict=False):
        for block, other_block in zip(section, other, strict=False):
            element = declared.get(str(block.tag))
            if element is not None and block.tag == other_block.tag:
                settler.element(block, other_block, element.type)
    return tuple(settler.rules)


class _Settler:
    def __init__(self, types: Mapping[QName, Type]) -> None:
        self._types = types
        self.rules: dict[str, None] = {}

    def element(
        self, expected: etree._Element, actual: etree._Element, reference: TypeReference
    ) -> None:
        """Settle the attributes, the text and the children of two elements of a type."""
        said = said_type(expected)
        if said == reference and actual.get(_XSI_TYPE) is None:
            del expected.attrib[_XSI_TYPE]
            self.rules[TYPES] = None
        definition = self._definition(said or reference)
        if not isinstance(definition, StructuredType):
            self._text(expected, actual, said or reference)
            is_said = _XSI_TYPE in expected.attrib and _XSI_TYPE not in actual.attrib
            if is_said and not self._is_open(reference):
                # Its text is of this type: it is kept, to the letter or by its value.
                del expected.attrib[_XSI_TYPE]
                self.rules[TYPES] = None
            return
        line = lineage(self._types, definition) if isinstance(definition, ComplexType) else []
        for attribute in effective_attributes(line):
            self._attribute(expected, actual, attribute)
        for type_ in line[::-1]:
            if type_.simple_content is not None:
                self._text(expected, actual, type_.simple_content)
                return
        if not any(type_.mixed for type_ in line):
            self._layout(expected)
            self._layout(actual)
        members = {str(item.name): item for item in declared_children(self._types, definition)}
        if any(type_.data_contract for type_ in line):
            self._nil(expected, actual, members)
            self._zero(expected, actual, members)
        for child, other in _pairs(expected, actual):
            member = members.get(str(child.tag))
            if member is not None:
                self.element(child, other, member.type)

    def _definition(self, reference: TypeReference) -> Type | None:
        return self._types.get(reference) if isinstance(reference, QName) else reference

    def _text(
        self, expected: etree._Element, actual: etree._Element, reference: TypeReference
    ) -> None:
        one, other = expected.text or "", actual.text or ""
        is_text = not len(expected) and not len(actual)
        if one != other and is_text and self._are_equal(reference, one, other):
            actual.text = expected.text
            self.rules[TEXTS] = None

    def _attribute(
        self, expected: etree._Element, actual: etree._Element, attribute: Attribute
    ) -> None:
        name = str(attribute.name)
        one, other = expected.get(name), actual.get(name)
        if one is None and other is not None and other == attribute.default:
            del actual.attrib[name]
            self.rules[DEFAULTS] = None
        elif one is None or other is None or one == other:
            return
        elif self._are_equal(attribute.type, one, other):
            actual.set(name, one)
            self.rules[TEXTS] = None

    def _nil(
        self,
        expected: etree._Element,
        actual: etree._Element,
        members: Mapping[str, ElementParticle],
    ) -> None:
        """Take nil elements away that may be missing: in .NET's data contracts both mean null."""
        for child, _ in _missing(expected, actual, members):
            if child.get(_XSI_NIL) in ("1", "true"):
                expected.remove(child)
                self.rules[NIL] = None

    def _zero(
        self,
        expected: etree._Element,
        actual: etree._Element,
        members: Mapping[str, ElementParticle],
    ) -> None:
        """Take zeros away where there was nothing: in .NET's data contracts both mean zero."""
        for child, member in _missing(actual, expected, members):
            is_plain = not len(child) and not child.attrib and not member.nillable
            if is_plain and (child.text or "") == self._zero_of(member.type):
                actual.remove(child)
                self.rules[ZERO] = None

    def _zero_of(self, reference: TypeReference) -> str | None:
        """The text of the zero of a type whose values cannot be null; None for other types."""
        definition = self._definition(reference)
        if isinstance(definition, EnumType):
            return definition.values[definition.zero].value if definition.has_zero else None
        if isinstance(definition, ListType):
            return "" if definition.is_flags else None
        builtin = definition.builtin if isinstance(definition, ScalarType) else reference
        is_value = isinstance(builtin, QName) and builtin.local in _VALUE_TYPES
        return zero_text(builtin) if is_value and isinstance(builtin, QName) else None

    def _is_open(self, reference: TypeReference) -> bool:
        """Whether a text of the type is another value with another type."""
        is_any = isinstance(reference, QName) and reference.is_builtin and reference.local in _OPEN
        return is_any or isinstance(self._definition(reference), UnionType)

    def _layout(self, element: etree._Element) -> None:
        """Take white space away where no text may be."""
        if element.text and not element.text.strip():
            element.text = None
            self.rules[LAYOUT] = None

    def _are_equal(self, reference: TypeReference, one: str, other: str) -> bool:
        """Whether two different texts are one value of a simple type."""
        definition = self._definition(reference)
        if isinstance(definition, ListType) and definition.is_flags:
            return set(one.split()) == set(other.split())
        if isinstance(definition, ListType):
            pairs = list(zip(one.split(), other.split(), strict=False))
            same_length = len(one.split()) == len(other.split())
            return same_length and all(
                first == second or self._are_equal(definition.item, first, second)
                for first, second in pairs
            )
        builtin = reference if isinstance(reference, QName) else None
        if isinstance(definition, ScalarType):
            builtin = definition.read_as
        elif isinstance(definition, EnumType):
            builtin = definition.builtin
        if builtin is None or not builtin.is_builtin or builtin.local in _KEPT:
            return False
        one, other = " ".join(one.split()), " ".join(other.split())
        same = _EQUAL.get(builtin.local)
        return one == other or (same is not None and same(one, other))


def _missing(
    here: etree._Element, there: etree._Element, members: Mapping[str, ElementParticle]
) -> list[tuple[etree._Element, ElementParticle]]:
    """The elements of ``here`` that ``there`` does without and may, with what declares them."""
    tags = {child.tag for child in there}
    return [
        (child, members[str(child.tag)])
        for child in here
        if child.tag not in tags
        and str(child.tag) in members
        and members[str(child.tag)].occurrence.minimum == 0
    ]


def said_type(element: etree._Element) -> QName | None:
    """The type that ``element`` says that it is of."""
    name = element.get(_XSI_TYPE)
    if name is None:
        return None
    prefix, _, local = name.strip().rpartition(":")
    return QName(element.nsmap.get(prefix or None) or "", local)


def _pairs(
    expected: etree._Element, actual: etree._Element
) -> Iterator[tuple[etree._Element, etree._Element]]:
    for one, other in zip(expected, actual, strict=False):
        if one.tag == other.tag:
            yield one, other


def _same_number(one: str, other: str) -> bool:
    both = _DECIMAL.fullmatch(one) and _DECIMAL.fullmatch(other)
    return both is not None and Decimal(one) == Decimal(other)


def _same_float(one: str, other: str) -> bool:
    both = _FLOAT.fullmatch(one) and _FLOAT.fullmatch(other)
    return both is not None and isfinite(float(one)) and float(one) == float(other)


def _same_boolean(one: str, other: str) -> bool:
    return {one, other} in ({"true", "1"}, {"false", "0"})


def _same_moment(one: str, other: str) -> bool:
    """Whether two moments differ in zeros of a fraction, or in how they write UTC, alone."""
    first, second = map(_moment, (one, other))
    return first is not None and first == second


def _moment(text: str) -> tuple[str, str, str] | None:
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    zone = "Z" if found["zone"] in ("Z", "+00:00", "-00:00") else found["zone"] or ""
    return found["date"] or found["whole"], (found["fraction"] or "").rstrip("0"), zone


def _same_duration(one: str, other: str) -> bool:
    first, second = map(_duration, (one, other))
    return first is not None and first == second


def _duration(text: str) -> tuple[Decimal, Decimal] | None:
    """The months and the seconds of a duration, which XML Schema keeps apart."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    sign = -1 if found["sign"] else 1
    years, months, days, hours, minutes, seconds = (
        Decimal(found[name] or 0) * sign for name in ("Y", "M", "D", "h", "m", "s")
    )
    return years * 12 + months, ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def _same_base64(one: str, other: str) -> bool:
    try:
        first, second = (
            base64.b64decode("".join(text.split()), validate=True) for text in (one, other)
        )
    except binascii.Error:
        return False
    return first == second


def _same_hex(one: str, other: str) -> bool:
    return one.lower() == other.lower()


_INTEGERS = (
    "integer nonPositiveInteger negativeInteger nonNegativeInteger positiveInteger long int short "
    "byte unsignedLong unsignedInt unsignedShort unsignedByte"
).split()
_EQUAL: dict[str, Callable[[str, str], bool]] = {
    **dict.fromkeys([*_INTEGERS, "decimal"], _same_number),
    **dict.fromkeys(["float", "double"], _same_float),
    **dict.fromkeys(["dateTime", "time", "date"], _same_moment),
    "boolean": _same_boolean,
    "duration": _same_duration,
    "base64Binary": _same_base64,
    "hexBinary": _same_hex,
}
