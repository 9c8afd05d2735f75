"""Shapes that the contract of EMail has none of: attributes, choices, mixed content, wildcards."""

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
{elements}
  </xs:schema></wsdl:types>
{messages}
  <wsdl:portType name="Port">{port_type}</wsdl:portType>
  <wsdl:binding name="Binding" type="tns:Port">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
{binding}
  </wsdl:binding>
  <wsdl:service name="Shapes"><wsdl:port name="Port" binding="tns:Binding">
    <soap:address location="https://example.com/shapes"/>
  </wsdl:port></wsdl:service>
</wsdl:definitions>
"""

_ELEMENTS = """\
    <xs:element name="{0}"><xs:complexType><xs:sequence/></xs:complexType></xs:element>
    <xs:element name="{0}Response"><xs:complexType>{1}</xs:complexType></xs:element>"""

_MESSAGES = """\
  <wsdl:message name="{0}In"><wsdl:part name="parameters" element="tns:{0}"/></wsdl:message>
  <wsdl:message name="{0}Out">
    <wsdl:part name="parameters" element="tns:{0}Response"/>
  </wsdl:message>"""

_PORT_TYPE = """
    <wsdl:operation name="{0}">
      <wsdl:input message="tns:{0}In"/><wsdl:output message="tns:{0}Out"/>
    </wsdl:operation>"""

_BINDING = """\
    <wsdl:operation name="{0}">
      <soap:operation soapAction="urn:example:shapes/{0}"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>"""

_CONTENTS = {
    "Attributes": """<xs:sequence>
      <xs:element name="Row" maxOccurs="unbounded"><xs:complexType>
        <xs:attribute name="id" type="xs:int" use="required"/>
        <xs:attribute name="name" type="xs:string"/>
        <xs:attribute name="changed" type="xs:dateTime"/>
        <xs:attribute name="amount" type="xs:decimal"/>
        <xs:attribute name="open" type="xs:boolean"/>
      </xs:complexType></xs:element>
    </xs:sequence>""",
    "Choice": """<xs:choice maxOccurs="unbounded">
      <xs:element name="Number" type="xs:int"/>
      <xs:element name="Text" type="xs:string"/>
      <xs:element name="Flag" type="xs:boolean"/>
    </xs:choice>""",
    "Mixed": """<xs:sequence>
      <xs:element name="Remark" maxOccurs="unbounded"><xs:complexType mixed="true">
        <xs:choice minOccurs="0" maxOccurs="unbounded">
          <xs:element name="b" type="xs:string"/>
          <xs:element name="i" type="xs:string"/>
        </xs:choice>
      </xs:complexType></xs:element>
    </xs:sequence>""",
    "Wildcard": """<xs:sequence>
      <xs:element name="Entry" maxOccurs="unbounded"><xs:complexType><xs:sequence>
        <xs:element name="Key" type="xs:int"/>
        <xs:any namespace="##other" processContents="lax"/>
      </xs:sequence></xs:complexType></xs:element>
    </xs:sequence>""",
}
"""What the answer to each operation has."""

_ITEMS = {
    "Attributes": (
        '<Row id="{0}" name="Row {0}" changed="2024-03-01T09:30:00Z" amount="{0}.25" open="true"/>'
    ),
    "Choice": "<Number>{0}</Number><Text>text {0}</Text><Flag>true</Flag>",
    "Mixed": "<Remark>See <b>part {0}</b> of <i>all {0}</i> parts</Remark>",
    "Wildcard": '<Entry><Key>{0}</Key><o:v xmlns:o="urn:example:other">value {0}</o:v></Entry>',
}

_NAMES = {
    "Attributes": "1,000 rows of attributes",
    "Choice": "3,000 items of a choice",
    "Mixed": "1,000 mixed remarks",
    "Wildcard": "1,000 entries with a wildcard",
}

_JOBS = [
    Job(f"{verb} {name}", operation, Way.OUTPUT, 1000, verb == "read", "others slower")
    for verb in ("read", "write")
    for operation, name in _NAMES.items()
]


def wsdl_text() -> str:
    """The contract, with an operation for each shape."""

    def each(template: str) -> str:
        return "\n".join(template.format(*item) for item in _CONTENTS.items())

    return _WSDL.format(
        elements=each(_ELEMENTS), messages=each(_MESSAGES),
        port_type=each(_PORT_TYPE), binding=each(_BINDING),
    )  # fmt: skip


def run(work: Path, rounds: int, told: Any) -> Iterator[Case]:
    """Run the cases; what the tools generate goes to a folder of its own in ``work``."""
    folder = work / "shapes"
    folder.mkdir()
    wsdl = folder / "shapes.wsdl"
    wsdl.write_text(wsdl_text(), encoding="utf-8")
    build = [
        commands.BIN / "soapgen",
        "build",
        wsdl,
        "--quiet",
        "--server",
        "--out",
        folder,
        "--name",
    ]
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
