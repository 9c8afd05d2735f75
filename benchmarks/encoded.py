"""Reading SOAP's encoding, in which each value stands apart and is referred to (rpc/encoded)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from soapgen.namespaces import ENVELOPES, XSD, XSI

from . import commands
from .inprocess import Job, compared
from .measured import Case
from .messages import Way

_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
_URI = "urn:example:encoded"

_WSDL = f"""\
<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
    xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="{XSD}"
    xmlns:tns="{_URI}" targetNamespace="{_URI}">
  <wsdl:types><xs:schema targetNamespace="{_URI}">
    <xs:complexType name="Item"><xs:sequence>
      <xs:element name="Id" type="xs:int"/>
      <xs:element name="Name" type="xs:string"/>
      <xs:element name="Amount" type="xs:double"/>
    </xs:sequence></xs:complexType>
    <xs:complexType name="Items"><xs:sequence>
      <xs:element name="Item" type="tns:Item" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence></xs:complexType>
  </xs:schema></wsdl:types>
  <wsdl:message name="In"/>
  <wsdl:message name="Out"><wsdl:part name="Result" type="tns:Items"/></wsdl:message>
  <wsdl:portType name="Port"><wsdl:operation name="References">
    <wsdl:input message="tns:In"/><wsdl:output message="tns:Out"/>
  </wsdl:operation></wsdl:portType>
  <wsdl:binding name="Binding" type="tns:Port">
    <soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="References">
      <soap:operation soapAction="{_URI}/References"/>
      <wsdl:input>
        <soap:body use="encoded" namespace="{_URI}" encodingStyle="{_ENCODING}"/>
      </wsdl:input>
      <wsdl:output>
        <soap:body use="encoded" namespace="{_URI}" encodingStyle="{_ENCODING}"/>
      </wsdl:output>
    </wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="Encoded"><wsdl:port name="Port" binding="tns:Binding">
    <soap:address location="https://example.com/encoded"/>
  </wsdl:port></wsdl:service>
</wsdl:definitions>
"""

_JOB = Job("read 1,000 values referred to", "References", Way.OUTPUT, 1000, True, "others slower")


def run(work: Path, rounds: int, told: Any) -> Iterator[Case]:
    """Run the case; what the tools generate goes to a folder of its own in ``work``."""
    folder = work / "encoded"
    folder.mkdir()
    wsdl = folder / "encoded.wsdl"
    wsdl.write_text(_WSDL, encoding="utf-8")
    build = [commands.BIN / "soapgen", "build", wsdl, "--quiet", "--out", folder, "--name"]
    commands.timed([*build, "bench_soapgen"], folder, keep=True)
    peer = [commands.BIN / "xsdata", "generate", wsdl, "--package", "bench_xsdata"]
    commands.timed(peer, folder, keep=True)
    yield from compared([_JOB], _answer, folder, wsdl, rounds, told)


def _answer(job: Job) -> bytes:
    numbers = range(job.items)
    references = "".join(f'<Item href="#item{number}"/>' for number in numbers)
    values = "".join(
        f'<multiRef id="item{number}" enc:root="0" s:encodingStyle="{_ENCODING}" '
        f'xsi:type="t:Item"><Id xsi:type="xs:int">{number}</Id>'
        f'<Name xsi:type="xs:string">item {number}</Name>'
        f'<Amount xsi:type="xs:double">{number}.25</Amount></multiRef>'
        for number in numbers
    )
    return (
        f'<s:Envelope xmlns:s="{ENVELOPES["1.1"]}" xmlns:xsi="{XSI}" xmlns:xs="{XSD}" '
        f'xmlns:enc="{_ENCODING}" xmlns:t="{_URI}"><s:Body>'
        f'<t:ReferencesResponse s:encodingStyle="{_ENCODING}">'
        f'<Result xsi:type="t:Items">{references}</Result>'
        f"</t:ReferencesResponse>{values}</s:Body></s:Envelope>"
    ).encode()
