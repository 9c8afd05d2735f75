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
