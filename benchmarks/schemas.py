"""Made-up contracts: of many types, of the kinds that schemas have most, and of many members."""

from __future__ import annotations

from collections.abc import Iterator

_WSDL = """\
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:tns="urn:example:types" targetNamespace="urn:example:types">
  <wsdl:types><xs:schema targetNamespace="urn:example:types" elementFormDefault="qualified">
{definitions}
    <xs:element name="Exchange"><xs:complexType><xs:sequence>
      <xs:element name="Sent" type="tns:Type0"/>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="ExchangeResponse"><xs:complexType><xs:sequence>
      <xs:element name="Received" type="tns:Type0"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:schema></wsdl:types>
  <wsdl:message name="In"><wsdl:part name="parameters" element="tns:Exchange"/></wsdl:message>
  <wsdl:message name="Out">
    <wsdl:part name="parameters" element="tns:ExchangeResponse"/>
  </wsdl:message>
  <wsdl:portType name="Port"><wsdl:operation name="Exchange">
    <wsdl:input message="tns:In"/><wsdl:output message="tns:Out"/>
  </wsdl:operation></wsdl:portType>
  <wsdl:binding name="Binding" type="tns:Port">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="Exchange">
      <soap:operation soapAction="urn:example:types/Exchange"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="Types"><wsdl:port name="Port" binding="tns:Binding">
    <soap:address location="https://example.com/types"/>
  </wsdl:port></wsdl:service>
</wsdl:definitions>
"""

_GROUP = 5
"""So many types come one after the other: a base, a list, one with a choice, a plain one, and one
that extends the base."""


def many_types(count: int) -> str:
    """A WSDL with ``count`` complex types and a fifth as many enumerations.

    Its operation reaches them all: each type has members of two later ones, down to the last.
    """
    return _WSDL.format(definitions="\n".join(_definitions(count)))


def many_members(count: int) -> str:
    """A WSDL with a complex type of ``count`` members of four built-in types."""
    kinds = ("xs:string", "xs:int", "xs:dateTime", "xs:decimal")
    members = "".join(
        _element(f"Member{number}", kinds[number % len(kinds)]) for number in range(count)
    )
    content = f"<xs:sequence>{members}</xs:sequence>"
    return _WSDL.format(definitions=f'<xs:complexType name="Type0">{content}</xs:complexType>')


def _definitions(count: int) -> Iterator[str]:
    for number in range(count):
        kind = number % _GROUP
        if kind == 0:
            values = "".join(f'<xs:enumeration value="Value{number}_{i}"/>' for i in range(4))
            restriction = f'<xs:restriction base="xs:string">{values}</xs:restriction>'
            yield f'<xs:simpleType name="Kind{number}">{restriction}</xs:simpleType>'
        content = f"<xs:sequence>{''.join(_elements(number, count))}</xs:sequence>"
        content += f'<xs:attribute name="id{number}" type="xs:int" use="required"/>'
        content += f'<xs:attribute name="note{number}" type="xs:string"/>'
        if kind == _GROUP - 1:
            base = f"tns:Type{number - kind}"
            content = f'<xs:extension base="{base}">{content}</xs:extension>'
            content = f"<xs:complexContent>{content}</xs:complexContent>"
        yield f'<xs:complexType name="Type{number}">{content}</xs:complexType>'


def _elements(number: int, count: int) -> Iterator[str]:
    kind = number % _GROUP
    yield _element(f"Name{number}", "xs:string", "")
    yield _element(f"Changed{number}", "xs:dateTime")
    yield _element(f"Kind{number}", f"tns:Kind{number - kind}")
    if kind == 1:
        yield _element(f"Amount{number}", "xs:decimal", 'minOccurs="0" maxOccurs="unbounded"')
    if kind == 2:
        alternatives = (
            _element(f"{name}{number}", type_, "")
            for name, type_ in (("Number", "xs:int"), ("Text", "xs:string"), ("Flag", "xs:boolean"))
        )
        yield f"<xs:choice>{''.join(alternatives)}</xs:choice>"
    for later in (2 * number + 1, 2 * number + 2):
        if later < count:
            yield _element(f"Child{later}", f"tns:Type{later}")


def _element(name: str, type_: str, occurrence: str = 'minOccurs="0"') -> str:
    return f'<xs:element name="{name}" type="{type_}" {occurrence}/>'
