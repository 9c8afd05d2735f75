"""A small WSDL to vary: one operation, one schema."""

from __future__ import annotations

SCHEMA = """
      <xs:complexType name="Person">
        <xs:sequence>
          <xs:element name="Name" type="xs:string"/>
          <xs:element name="Age" type="xs:int" minOccurs="0"/>
        </xs:sequence>
      </xs:complexType>
      <xs:element name="Find">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="Name" type="xs:string"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="FindResponse">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="Person" type="tns:Person" minOccurs="0"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
"""

EVERYTHING = """
      <xs:element name="Limit" type="xs:int"/>
      <xs:simpleType name="Code">
        <xs:restriction base="xs:string">
          <xs:pattern value="[A-Z]+"/><xs:maxLength value="9"/>
        </xs:restriction>
      </xs:simpleType>
      <xs:simpleType name="Codes"><xs:list itemType="tns:Code"/></xs:simpleType>
      <xs:simpleType name="Few">
        <xs:restriction base="tns:Codes"><xs:maxLength value="2"/></xs:restriction>
      </xs:simpleType>
      <xs:simpleType name="Either"><xs:union memberTypes="xs:int tns:Code"/></xs:simpleType>
      <xs:simpleType name="Colour">
        <xs:restriction base="tns:Code">
          <xs:enumeration value="RED"/><xs:enumeration value="BLUE"/>
        </xs:restriction>
      </xs:simpleType>
      <xs:simpleType name="Same"><xs:restriction base="tns:Colour"/></xs:simpleType>
      <xs:simpleType name="Flags"><xs:list itemType="tns:Colour"/></xs:simpleType>
      <xs:group name="Pair">
        <xs:sequence>
          <xs:element name="Left" type="xs:int"/>
          <xs:element name="Right" type="xs:int" minOccurs="0"/>
        </xs:sequence>
      </xs:group>
      <xs:attributeGroup name="Unused"><xs:attribute name="A" type="tns:Code"/></xs:attributeGroup>
      <xs:complexType name="Attributed">
        <xs:simpleContent>
          <xs:extension base="xs:string"><xs:attributeGroup ref="tns:Unused"/></xs:extension>
        </xs:simpleContent>
      </xs:complexType>
      <xs:complexType name="Animal" abstract="true">
        <xs:sequence><xs:element name="Name" type="tns:Code" default="CAT"/></xs:sequence>
      </xs:complexType>
      <xs:complexType name="Dog">
        <xs:complexContent>
          <xs:extension base="tns:Animal">
            <xs:sequence>
              <xs:element name="Colour" type="tns:Same" nillable="true"/>
              <xs:element name="Flags" type="tns:Flags" minOccurs="0"/>
            </xs:sequence>
          </xs:extension>
        </xs:complexContent>
      </xs:complexType>
      <xs:complexType name="ArrayOfAnimal">
        <xs:sequence>
          <xs:element name="Animal" type="tns:Animal" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence>
      </xs:complexType>
      <xs:complexType name="Counts">
        <xs:annotation><xs:appinfo>
          <IsDictionary xmlns="http://schemas.microsoft.com/2003/10/Serialization/">true
          </IsDictionary>
        </xs:appinfo></xs:annotation>
        <xs:sequence>
          <xs:element name="Count" minOccurs="0" maxOccurs="unbounded">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="Key" type="xs:string"/>
                <xs:element name="Value" type="xs:int"/>
              </xs:sequence>
            </xs:complexType>
          </xs:element>
        </xs:sequence>
      </xs:complexType>
      <xs:element name="Zoo" type="tns:ArrayOfAnimal"/>
      <xs:element name="Find">
        <xs:complexType>
          <xs:sequence>
            <xs:group ref="tns:Pair"/>
            <xs:choice>
              <xs:element name="Either" type="tns:Either"/>
              <xs:element name="Few" type="tns:Few"/>
            </xs:choice>
            <xs:element name="Box" minOccurs="0">
              <xs:complexType>
                <xs:all><xs:element name="Size" type="xs:double"/></xs:all>
              </xs:complexType>
            </xs:element>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="FindResponse">
        <xs:complexType>
          <xs:sequence>
            <xs:element ref="tns:Zoo"/>
            <xs:element name="Counts" type="tns:Counts" minOccurs="0"/>
            <xs:element name="Anything" type="xs:anyType" minOccurs="0"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
"""
"""What a schema may consist of and soapgen generates, with a little that it does not reach."""


def wsdl(
    schema: str = SCHEMA,
    *,
    qualified: bool = True,
    soap: str = "http://schemas.xmlsoap.org/wsdl/soap/",
    service: bool = True,
    response_header: str = "",
) -> str:
    """A WSDL with the operation Find and the given content of its schema.

    Args:
        schema: What its schema declares.
        qualified: Whether the schema qualifies local elements.
        soap: The namespace of the SOAP binding.
        service: Whether there is a service, or the WSDL is there to be imported.
        response_header: The element that answers have in their SOAP header, if it is given.
    """
    form = "qualified" if qualified else "unqualified"
    port = """
  <wsdl:service name="PeopleService">
    <wsdl:port name="PeoplePort" binding="tns:PeopleBinding">
      <soap:address location="http://localhost/people"/>
    </wsdl:port>
  </wsdl:service>"""
    message = header = ""
    if response_header:
        part = f'<wsdl:part name="header" element="tns:{response_header}"/>'
        message = f'\n  <wsdl:message name="FindHeader">{part}</wsdl:message>'
        header = '<soap:header message="tns:FindHeader" part="header" use="literal"/>'
    return f"""<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions name="People" targetNamespace="urn:example:people"
    xmlns:tns="urn:example:people" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:soap="{soap}" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/">
  <wsdl:types>
    <xs:schema targetNamespace="urn:example:people" elementFormDefault="{form}">{schema}
    </xs:schema>
  </wsdl:types>
  <wsdl:message name="FindRequest"><wsdl:part name="body" element="tns:Find"/></wsdl:message>
  <wsdl:message name="FindResponse">
    <wsdl:part name="body" element="tns:FindResponse"/>
  </wsdl:message>{message}
  <wsdl:portType name="People">
    <wsdl:operation name="Find">
      <wsdl:input message="tns:FindRequest"/>
      <wsdl:output message="tns:FindResponse"/>
    </wsdl:operation>
  </wsdl:portType>
  <wsdl:binding name="PeopleBinding" type="tns:People">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="Find">
      <soap:operation soapAction="urn:example:people:Find"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output>{header}<soap:body use="literal"/></wsdl:output>
    </wsdl:operation>
  </wsdl:binding>{port if service else ""}
</wsdl:definitions>
"""


def changed(text: str, *changes: tuple[str, str]) -> str:
    """``text`` with ``changes``: what becomes what, once."""
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text
