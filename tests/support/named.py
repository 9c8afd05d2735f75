"""A contract that uses given names everywhere: for types, members, operations, headers and more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import cycle
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

# Types of many ways in which a value is annotated, written and read, and of large numbers.
TYPES = (
    "string boolean short int long unsignedShort unsignedInt unsignedLong integer positiveInteger "
    "nonNegativeInteger decimal double dateTime date time base64Binary hexBinary anyType"
).split()


def wsdl_named(
    names: Iterable[str],
    *,
    service: str = "People",
    headers: bool = True,
    namespaces: Sequence[str] = (),
    faults: bool = True,
) -> str:
    """A WSDL that uses each of ``names`` for a type, a member, a value, an operation and a header.

    Args:
        names: The names, which XML must allow.
        service: The name of its service.
        headers: Whether requests have SOAP headers of these names, and responses too.
        namespaces: The names of more namespaces, each with a type and an element.
        faults: Whether it declares faults.
    """
    listed = list(dict.fromkeys(names))
    typed = list(zip(listed, cycle(TYPES), strict=False))
    elements = "".join(
        f'<xs:element name="{name}" type="xs:{kind}" minOccurs="0"/>' for name, kind in typed
    )
    required = "".join(f'<xs:element name="{name}" type="xs:{kind}"/>' for name, kind in typed)
    values = "".join(f'<xs:enumeration value="{name}"/>' for name in listed)
    # Each type has two members: one of its own name, one of the enumeration.
    types = "".join(f"""
  <xs:complexType name="{name}"><xs:sequence>
    <xs:element name="{name}" type="tns:{name}" minOccurs="0"/>
    <xs:element name="values." type="tns:Values_" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType>
  <xs:element name="h.{name}" type="xs:{kind}"/>
  <xs:element name="f.{name}" type="tns:{name}"/>
  <xs:element name="{name}"><xs:complexType><xs:sequence>
    <xs:element name="{name}" type="tns:{name}" minOccurs="0"/>
    <xs:element name="all." type="tns:All_" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="{name}Response"><xs:complexType><xs:sequence>
    <xs:element name="{name}" type="tns:{name}" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>""" for name, kind in typed)
    schemas = "".join(
        f"""<xs:schema targetNamespace={quoteattr(uri)} elementFormDefault="qualified">
  <xs:complexType name="Other{number}"><xs:sequence>
    <xs:element name="part." type="xs:int"/>
  </xs:sequence></xs:complexType></xs:schema>""" for number, uri in enumerate(namespaces)
    )
    others = "".join(
        f'<xs:element name="other.{number}" type="n{number}:Other{number}" minOccurs="0"/>'
        for number, _ in enumerate(namespaces)
    )
    prefixes = "".join(
        f" xmlns:n{number}={quoteattr(uri)}" for number, uri in enumerate(namespaces)
    )
    imports = "".join(f"<xs:import namespace={quoteattr(uri)}/>" for uri in namespaces)
    bodies = "".join(_messages(name, f"tns:{name}", f"tns:{name}Response") for name in listed)
    head = "".join(f'<wsdl:part name="{name}" element="tns:h.{name}"/>' for name in listed)
    fault = "".join(
        f'<wsdl:message name="f.{name}"><wsdl:part name="f" element="tns:f.{name}"/></wsdl:message>'
        for name in listed
    )
    used = "".join(
        f'<soap:header message="tns:head." part="{name}" use="literal"/>' for name in listed
    )
    used = used if headers else ""
    operations = [*listed, "All_"]
    port = "".join(
        _operation(name, listed if faults and name == "All_" else ()) for name in operations
    )
    bound = "".join(_bound(name, "", ()) for name in listed)
    bound += _bound("All_", used, listed if faults else ())
    return f"""<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions name="People" targetNamespace="urn:example:people"
    xmlns:tns="urn:example:people" xmlns:xs="http://www.w3.org/2001/XMLSchema"{prefixes}
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/">
  <wsdl:types>{schemas}
    <xs:schema targetNamespace="urn:example:people" elementFormDefault="qualified">{imports}
  <xs:simpleType name="Values_">
    <xs:restriction base="xs:string">{values}</xs:restriction>
  </xs:simpleType>
  <xs:complexType name="All_"><xs:sequence>{elements}{others}</xs:sequence></xs:complexType>
  <xs:element name="All_">
    <xs:complexType><xs:sequence>{required}</xs:sequence></xs:complexType>
  </xs:element>
  <xs:element name="All_Response">
    <xs:complexType><xs:sequence>{elements}</xs:sequence></xs:complexType>
  </xs:element>
  {types}
    </xs:schema>
  </wsdl:types>
  {bodies}{_messages("All_", "tns:All_", "tns:All_Response")}{fault}
  <wsdl:message name="head.">{head}</wsdl:message>
  <wsdl:portType name="{service}">{port}</wsdl:portType>
  <wsdl:binding name="Binding" type="tns:{service}">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>{bound}
  </wsdl:binding>
  <wsdl:service name="{service}"><wsdl:port name="Port" binding="tns:Binding">
    <soap:address location="http://localhost/people"/></wsdl:port></wsdl:service>
</wsdl:definitions>
"""


def _messages(name: str, request: str, response: str) -> str:
    return (
        f'<wsdl:message name="{name}"><wsdl:part name="b" element="{request}"/></wsdl:message>'
        f'<wsdl:message name="r.{name}"><wsdl:part name="b" element="{response}"/></wsdl:message>'
    )


def _operation(name: str, faults: Iterable[str]) -> str:
    found = "".join(f'<wsdl:fault name="{fault}" message="tns:f.{fault}"/>' for fault in faults)
    return (
        f'<wsdl:operation name="{name}"><wsdl:input message="tns:{name}"/>'
        f'<wsdl:output message="tns:r.{name}"/>{found}</wsdl:operation>'
    )


def _bound(name: str, headers: str, faults: Iterable[str]) -> str:
    found = "".join(
        f'<wsdl:fault name="{fault}"><soap:fault name="{fault}" use="literal"/></wsdl:fault>'
        for fault in faults
    )
    return (
        f'<wsdl:operation name="{name}"><soap:operation soapAction="urn:{quote(name)}"/>'
        f'<wsdl:input>{headers}<soap:body use="literal"/></wsdl:input>'
        f'<wsdl:output>{headers}<soap:body use="literal"/></wsdl:output>{found}</wsdl:operation>'
    )
