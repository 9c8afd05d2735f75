"""Reading shapes that the contract of EMail has none of: attributes, and a choice that repeats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from soapgen.namespaces import ENVELOPES

from . import commands
from .inprocess import Job, compared
from .measured import Case
from .messages import Way

_WSDL = """\
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:tns="urn:example:shapes" targetNamespace="urn:example:shapes">
  <wsdl:types><xs:schema targetNamespace="urn:example:shapes" elementFormDefault="qualified">
    <xs:element name="Attributes"><xs:complexType><xs:sequence/></xs:complexType></xs:element>
    <xs:element name="Choice"><xs:complexType><xs:sequence/></xs:complexType></xs:element>
    <xs:element name="AttributesResponse"><xs:complexType><xs:sequence>
      <xs:element name="Row" maxOccurs="unbounded"><xs:complexType>
        <xs:attribute name="id" type="xs:int" use="required"/>
        <xs:attribute name="name" type="xs:string"/>
        <xs:attribute name="changed" type="xs:dateTime"/>
        <xs:attribute name="amount" type="xs:decimal"/>
        <xs:attribute name="open" type="xs:boolean"/>
      </xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="ChoiceResponse"><xs:complexType><xs:choice maxOccurs="unbounded">
      <xs:element name="Number" type="xs:int"/>
      <xs:element name="Text" type="xs:string"/>
      <xs:element name="Flag" type="xs:boolean"/>
    </xs:choice></xs:complexType></xs:element>
  </xs:schema></wsdl:types>
  <wsdl:message name="AttributesIn">
    <wsdl:part name="parameters" element="tns:Attributes"/>
  </wsdl:message>
  <wsdl:message name="AttributesOut">
    <wsdl:part name="parameters" element="tns:AttributesResponse"/>
  </wsdl:message>
  <wsdl:message name="ChoiceIn">
    <wsdl:part name="parameters" element="tns:Choice"/>
  </wsdl:message>
  <wsdl:message name="ChoiceOut">
    <wsdl:part name="parameters" element="tns:ChoiceResponse"/>
  </wsdl:message>
  <wsdl:portType name="Port">
    <wsdl:operation name="Attributes">
      <wsdl:input message="tns:AttributesIn"/><wsdl:output message="tns:AttributesOut"/>
    </wsdl:operation>
    <wsdl:operation name="Choice">
      <wsdl:input message="tns:ChoiceIn"/><wsdl:output message="tns:ChoiceOut"/>
    </wsdl:operation>
  </wsdl:portType>
  <wsdl:binding name="Binding" type="tns:Port">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="Attributes">
      <soap:operation soapAction="urn:example:shapes/Attributes"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>
    <wsdl:operation name="Choice">
      <soap:operation soapAction="urn:example:shapes/Choice"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="Shapes"><wsdl:port name="Port" binding="tns:Binding">
    <soap:address location="https://example.com/shapes"/>
  </wsdl:port></wsdl:service>
</wsdl:definitions>
"""

_JOBS = (
    Job("read 1,000 rows of attributes", "Attributes", Way.OUTPUT, 1000, True,
        "others slower"),
    Job("read 3,000 items of a choice", "Choice", Way.OUTPUT, 1000, True,
        "at most 2.0× lxml alone"),
)  # fmt: skip

_ITEMS = {
    "Attributes": (
        '<Row id="{0}" name="Row {0}" changed="2024-03-01T09:30:00Z" amount="{0}.25" open="true"/>'
    ),
    "Choice": "<Number>{0}</Number><Text>text {0}</Text><Flag>true</Flag>",
}


def run(work: Path, rounds: int, told: Any) -> Iterator[Case]:
    """Run the cases; what the tools generate goes to a folder of its own in ``work``."""
    folder = work / "shapes"
    folder.mkdir()
    wsdl = folder / "shapes.wsdl"
    wsdl.write_text(_WSDL, encoding="utf-8")
    build = [commands.BIN / "soapgen", "build", wsdl, "--quiet", "--out", folder, "--name"]
    commands.timed([*build, "bench_soapgen"], folder, keep=True)
    # Otherwise it reads a choice as a list for each element, and loses the order.
    peer = [commands.BIN / "xsdata", "generate", wsdl, "--package", "bench_xsdata"]
    commands.timed([*peer, "--compound-fields"], folder, keep=True)
    yield from compared(_JOBS, _answer, folder, wsdl, rounds, told)


def _answer(job: Job) -> bytes:
    items = "".join(_ITEMS[job.operation].format(number) for number in range(job.items))
    return (
        f'<s:Envelope xmlns:s="{ENVELOPES["1.1"]}"><s:Body><{job.operation}Response '
        f'xmlns="urn:example:shapes">{items}</{job.operation}Response></s:Body></s:Envelope>'
    ).encode()
