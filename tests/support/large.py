"""Contracts that are large in one way each: short to describe, long to work on."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.small import wsdl


def _element(name: str, type_: str = "xs:int", **attributes: str) -> str:
    shown = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<xs:element name="{name}" type="{type_}"{shown}/>'


def _sequence(*particles: str) -> str:
    return f"<xs:sequence>{''.join(particles)}</xs:sequence>"


def _type(name: str, *particles: str, base: str = "") -> str:
    content = _sequence(*particles)
    if base:
        content = f'<xs:extension base="tns:{base}">{content}</xs:extension>'
        content = f"<xs:complexContent>{content}</xs:complexContent>"
    return f'<xs:complexType name="{name}">{content}</xs:complexType>'


def _message(name: str, *particles: str) -> str:
    content = _sequence(*particles)
    return f'<xs:element name="{name}"><xs:complexType>{content}</xs:complexType></xs:element>'


def contract(definitions: str, *parameters: str) -> str:
    """A WSDL whose operation Find takes ``parameters``, elements of ``definitions``."""
    return wsdl(definitions + _message("Find", *parameters) + _message("FindResponse"))


def members(count: int) -> str:
    """A type with many members."""
    return contract("", *(_element(f"m{i}", minOccurs="0") for i in range(count)))


def alternatives(count: int) -> str:
    """A choice of many elements."""
    return contract(
        "", f"<xs:choice>{''.join(_element(f'm{i}') for i in range(count))}</xs:choice>"
    )


def types(count: int) -> str:
    """Many types, each with a member of the next one."""
    following = (
        _type(f"T{i}", _element("m", f"tns:T{i + 1}"), _element("n")) for i in range(count)
    )
    return contract("".join(following) + _type(f"T{count}"), _element("A", "tns:T0"))


def derived(count: int) -> str:
    """Many types that extend the same one."""
    extending = (_type(f"T{i}", _element(f"m{i}"), base="T0") for i in range(1, count))
    return contract(_type("T0", _element("m0")) + "".join(extending), _element("A", "tns:T0"))


def lineage(count: int) -> str:
    """Many types that extend one another, the last one first."""
    extending = [_type(f"T{i}", _element(f"m{i}"), base=f"T{i - 1}") for i in range(1, count)]
    return contract(
        "".join(reversed(extending)) + _type("T0", _element("m0")), _element("A", "tns:T0")
    )


def values(count: int) -> str:
    """An enumeration of many values."""
    listed = "".join(f'<xs:enumeration value="v{i}"/>' for i in range(count))
    restriction = f'<xs:restriction base="xs:string">{listed}</xs:restriction>'
    return contract(
        f'<xs:simpleType name="E">{restriction}</xs:simpleType>', _element("A", "tns:E")
    )


def operations(count: int) -> str:
    """Many operations, each with messages, elements and a type of its own."""
    elements, messages, declared, bound = "", "", "", ""
    for i in range(count):
        elements += _type(f"T{i}", _element("x")) + _message(f"Op{i}", _element("A", f"tns:T{i}"))
        messages += (
            f'<wsdl:message name="M{i}"><wsdl:part name="p" element="tns:Op{i}"/></wsdl:message>'
        )
        declared += (
            f'<wsdl:operation name="Op{i}"><wsdl:input message="tns:M{i}"/></wsdl:operation>'
        )
        body = '<wsdl:input><soap:body use="literal"/></wsdl:input>'
        action = f'<soap:operation soapAction="urn:{i}"/>'
        bound += f'<wsdl:operation name="Op{i}">{action}{body}</wsdl:operation>'
    text = contract(elements)
    for before, more in (
        ("</wsdl:portType>", declared),
        ("</wsdl:binding>", bound),
        ("<wsdl:portType ", messages),
    ):
        text = text.replace(before, more + before, 1)
    return text


def schemas(count: int) -> str:
    """Many schemas of a namespace each."""
    more = "".join(f'<xs:schema targetNamespace="urn:example:{i}"/>' for i in range(count))
    return contract("").replace("</wsdl:types>", more + "</wsdl:types>")


def groups(depth: int) -> str:
    """Groups that contain the next one twice: the last element stands there 2**depth times."""
    last = f'<xs:group name="g{depth}">{_sequence(_element("e"))}</xs:group>'
    twice = (_sequence(*[f'<xs:group ref="tns:g{i}"/>'] * 2) for i in range(1, depth + 1))
    doubling = (f'<xs:group name="g{i}">{content}</xs:group>' for i, content in enumerate(twice))
    return contract("".join(doubling) + last, '<xs:group ref="tns:g0"/>')


def references(depth: int) -> str:
    """Elements of anonymous types that refer to the next two, both of which refer on."""
    doubling = "".join(
        _message(
            f"{letter}{i}", f'<xs:element ref="tns:a{i + 1}"/>', f'<xs:element ref="tns:b{i + 1}"/>'
        )
        for i in range(depth)
        for letter in "ab"
    )
    last = _element(f"a{depth}") + _element(f"b{depth}")
    return contract(doubling + last, '<xs:element ref="tns:a0"/>')


def boxes(depth: int, width: int) -> str:
    """Types with ``width`` members of the next type, which each message contains in full."""
    inner = (
        _type(f"T{i}", *(_element(f"m{j}", f"tns:T{i + 1}") for j in range(width)))
        for i in range(depth)
    )
    return contract("".join(inner) + _type(f"T{depth}"), _element("A", "tns:T0"))


def lists(depth: int) -> str:
    """Lists of lists of lists."""
    inner = (
        _type(f"T{i}", _element("m", f"tns:T{i + 1}", maxOccurs="unbounded")) for i in range(depth)
    )
    return contract("".join(inner) + _type(f"T{depth}"), _element("A", "tns:T0"))


def attributed(count: int) -> str:
    """Many types with attributes, each of which a member of the message has."""
    attributes = '<xs:attribute name="a" type="xs:int"/><xs:attribute name="b" use="required"/>'
    owners = (
        f'<xs:complexType name="T{i}">{_sequence(_element("m"))}{attributes}</xs:complexType>'
        for i in range(count)
    )
    return contract("".join(owners), *(_element(f"A{i}", f"tns:T{i}") for i in range(count)))


def choosing(count: int) -> str:
    """Many types, each with a choice of elements that stands once, and one that repeats."""
    once = f"<xs:choice>{_element('a')}{_element('b', 'xs:string')}</xs:choice>"
    often = f'<xs:choice maxOccurs="unbounded">{_element("c")}{_element("d")}</xs:choice>'
    owners = (_type(f"T{i}", once, often) for i in range(count))
    return contract("".join(owners), *(_element(f"A{i}", f"tns:T{i}") for i in range(count)))


def substituting(count: int) -> str:
    """Many substitution groups of three elements, each of which has a place in the message."""
    groups_ = "".join(
        _element(f"Head{i}", f"tns:T{i}")
        + _element(f"First{i}", f"tns:T{i}", substitutionGroup=f"tns:Head{i}")
        + _element(f"Second{i}", f"tns:T{i}", substitutionGroup=f"tns:Head{i}")
        + _type(f"T{i}", _element("m"))
        for i in range(count)
    )
    return contract(groups_, *(f'<xs:element ref="tns:Head{i}"/>' for i in range(count)))


def extended(count: int) -> str:
    """Many types, each with one that extends it and an element of it in the message."""
    pairs = "".join(
        _type(f"T{i}", _element(f"m{i}")) + _type(f"D{i}", _element(f"n{i}"), base=f"T{i}")
        for i in range(count)
    )
    return contract(pairs, *(_element(f"A{i}", f"tns:T{i}") for i in range(count)))


GROWING: tuple[Callable[[int], str], ...] = (
    members,
    alternatives,
    types,
    derived,
    values,
    operations,
)
"""Contracts that are as much work as their text is long."""

GROWING_IN_TYPES: tuple[Callable[[int], str], ...] = (
    attributed,
    choosing,
    substituting,
    extended,
)
"""Contracts of many types of one shape, which are as much work as their text is long."""
