"""A contract with one of each thing that may change."""

# ruff: noqa: E501  # it is read best with each definition in one line

from __future__ import annotations

SCHEMA = """
<xs:annotation><xs:documentation>Schemas say this.</xs:documentation></xs:annotation>
<xs:simpleType name="Code">
  <xs:restriction base="xs:string">
    <xs:minLength value="2"/><xs:maxLength value="9"/><xs:pattern value="[A-Z]+"/>
  </xs:restriction>
</xs:simpleType>
<xs:simpleType name="Share">
  <xs:restriction base="xs:decimal">
    <xs:minInclusive value="0"/><xs:maxInclusive value="100"/>
    <xs:totalDigits value="5"/><xs:fractionDigits value="2"/>
  </xs:restriction>
</xs:simpleType>
<xs:simpleType name="Size">
  <xs:restriction base="xs:double">
    <xs:minExclusive value="0"/><xs:maxExclusive value="10"/>
  </xs:restriction>
</xs:simpleType>
<xs:simpleType name="Plate"><xs:restriction base="xs:string"><xs:length value="7"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Colour">
  <xs:restriction base="xs:string">
    <xs:enumeration value="RED"><xs:annotation><xs:documentation>Warm.</xs:documentation></xs:annotation></xs:enumeration>
    <xs:enumeration value="BLUE"/>
  </xs:restriction>
</xs:simpleType>
<xs:simpleType name="Codes"><xs:list itemType="tns:Code"/></xs:simpleType>
<xs:simpleType name="Either"><xs:union memberTypes="xs:int xs:boolean"/></xs:simpleType>
<xs:complexType name="Animal">
  <xs:annotation><xs:documentation>It lives.</xs:documentation></xs:annotation>
  <xs:sequence>
    <xs:element name="Name" type="xs:string"/>
    <xs:element name="Age" type="xs:int" minOccurs="0"/>
    <xs:element name="Phone" type="xs:string" minOccurs="2" maxOccurs="3"/>
    <xs:element name="Kind" type="xs:string" default="cat"/>
    <xs:element name="Unit" type="xs:string" fixed="kg"/>
    <xs:element name="Colour" type="tns:Colour" nillable="true"/>
    <xs:element name="Code" type="tns:Code"/>
    <xs:element name="Share" type="tns:Share"/>
    <xs:element name="Size" type="tns:Size"/>
    <xs:element name="Plate" type="tns:Plate"/>
    <xs:element name="Codes" type="tns:Codes"/>
    <xs:element name="Either" type="tns:Either"/>
    <xs:element name="Inner"><xs:complexType><xs:sequence>
      <xs:element name="Deep" type="xs:int"/>
    </xs:sequence></xs:complexType></xs:element>
    <xs:choice>
      <xs:element name="Left" type="xs:int"/>
      <xs:element name="Right" type="xs:int"/>
    </xs:choice>
    <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
  </xs:sequence>
  <xs:attribute name="mark" type="xs:string" default="x"/>
  <xs:attribute name="sign" type="xs:string"/>
  <xs:attribute name="need" type="xs:string" use="required"/>
</xs:complexType>
<xs:complexType name="Dog">
  <xs:complexContent><xs:extension base="tns:Animal">
    <xs:sequence><xs:element name="Bark" type="xs:string"/></xs:sequence>
  </xs:extension></xs:complexContent>
</xs:complexType>
<xs:complexType name="Note" mixed="true">
  <xs:sequence><xs:element name="Bold" type="xs:string" minOccurs="0"/></xs:sequence>
</xs:complexType>
<xs:complexType name="Money">
  <xs:simpleContent><xs:extension base="xs:decimal">
    <xs:attribute name="currency" type="xs:string"/>
  </xs:extension></xs:simpleContent>
</xs:complexType>
<xs:complexType name="ArrayOfMoney"><xs:sequence>
  <xs:element name="Money" type="tns:Money" minOccurs="0" maxOccurs="unbounded"/>
</xs:sequence></xs:complexType>
<xs:complexType name="Counts">
  <xs:annotation><xs:appinfo>
    <IsDictionary xmlns="http://schemas.microsoft.com/2003/10/Serialization/">true</IsDictionary>
  </xs:appinfo></xs:annotation>
  <xs:sequence><xs:element name="Count" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
    <xs:element name="Key" type="xs:string"/><xs:element name="Value" type="xs:int"/>
  </xs:sequence></xs:complexType></xs:element></xs:sequence>
</xs:complexType>
<xs:complexType name="Unused"><xs:sequence><xs:element name="A" type="xs:string"/></xs:sequence></xs:complexType>
<xs:element name="Ticket" type="xs:string"/>
<xs:element name="Session" type="xs:string"/>
<xs:element name="NotFound" type="xs:string"/>
<xs:element name="Missing" type="xs:string"/>
<xs:element name="Put"><xs:complexType><xs:sequence>
  <xs:element name="Animal" type="tns:Animal"/>
  <xs:element name="Note" type="tns:Note" minOccurs="0"/>
  <xs:element name="Prices" type="tns:ArrayOfMoney" minOccurs="0"/>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="PutResponse"><xs:complexType><xs:sequence>
  <xs:element name="Counts" type="tns:Counts" minOccurs="0"/>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="Ping"><xs:complexType><xs:sequence/></xs:complexType></xs:element>
<xs:element name="PingResponse"><xs:complexType><xs:sequence/></xs:complexType></xs:element>
"""

CONTRACT = f"""<wsdl:definitions name="Zoo" targetNamespace="urn:example:zoo/1"
    xmlns:tns="urn:example:zoo/1" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/"
    xmlns:wsaw="http://www.w3.org/2006/05/addressing/wsdl"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/">
<wsdl:types><xs:schema targetNamespace="urn:example:zoo/1" elementFormDefault="qualified">
{SCHEMA}</xs:schema></wsdl:types>
<wsdl:message name="PutIn"><wsdl:part name="body" element="tns:Put"/></wsdl:message>
<wsdl:message name="PutOut"><wsdl:part name="body" element="tns:PutResponse"/></wsdl:message>
<wsdl:message name="PingIn"><wsdl:part name="body" element="tns:Ping"/></wsdl:message>
<wsdl:message name="PingOut"><wsdl:part name="body" element="tns:PingResponse"/></wsdl:message>
<wsdl:message name="Head"><wsdl:part name="head" element="tns:Ticket"/></wsdl:message>
<wsdl:message name="Gone"><wsdl:part name="gone" element="tns:NotFound"/></wsdl:message>
<wsdl:portType name="Zoo">
  <wsdl:operation name="Put">
    <wsdl:documentation>Puts it in.</wsdl:documentation>
    <wsdl:input message="tns:PutIn"/><wsdl:output message="tns:PutOut"/>
    <wsdl:fault name="Gone" message="tns:Gone"/>
  </wsdl:operation>
  <wsdl:operation name="Ping"><wsdl:input message="tns:PingIn"/><wsdl:output message="tns:PingOut"/></wsdl:operation>
</wsdl:portType>
<wsdl:binding name="ZooBinding" type="tns:Zoo">
  <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
  <wsdl:operation name="Put">
    <soap:operation soapAction="urn:put"/>
    <wsdl:input><soap:header message="tns:Head" part="head" use="literal"/><soap:body use="literal"/></wsdl:input>
    <wsdl:output><soap:body use="literal"/></wsdl:output>
    <wsdl:fault name="Gone"><soap:fault name="Gone" use="literal"/></wsdl:fault>
  </wsdl:operation>
  <wsdl:operation name="Ping">
    <soap:operation soapAction="urn:ping"/>
    <wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output>
  </wsdl:operation>
</wsdl:binding>
<wsdl:service name="ZooService">
  <wsdl:documentation>Animals.</wsdl:documentation>
  <wsdl:port name="ZooPort" binding="tns:ZooBinding"><soap:address location="http://localhost/zoo"/></wsdl:port>
</wsdl:service>
</wsdl:definitions>
"""
