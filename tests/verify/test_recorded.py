"""``soapgen verify`` with what a client recorded: a day's traffic is a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from soapgen.sources import find_sources
from soapgen.verify import Verdict, examples_in, verify

from tests.generated.test_errors import FAULT, GOOD, URL, answer, enveloped
from tests.support.packages import Built, build_package
from tests.support.paths import WSDL
from tests.support.small import wsdl
from tests.support.store import Store

SCHEMA = """
      <xs:simpleType name="Pin">
        <xs:restriction base="xs:string"><xs:pattern value="[0-9]{4}"/></xs:restriction>
      </xs:simpleType>
      <xs:complexType name="Card">
        <xs:sequence>
          <xs:element name="Password" type="xs:base64Binary"/>
          <xs:element name="Owner" type="xs:string"/>
        </xs:sequence>
        <xs:attribute name="Token" type="xs:unsignedInt"/>
      </xs:complexType>
      <xs:element name="Find">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="Pin" type="tns:Pin"/>
            <xs:element name="Secret" type="xs:string"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="FindResponse">
        <xs:complexType>
          <xs:sequence><xs:element name="Card" type="tns:Card" minOccurs="0"/></xs:sequence>
        </xs:complexType>
      </xs:element>
"""


def held(source: Path, folder: Path) -> Verdict:
    return verify(find_sources([source]), examples_in(folder))


def problems(verdict: Verdict) -> list[str]:
    return [problem for result in verdict.results for _, problem in result.problems]


@pytest.fixture(scope="module")
def recorded(store: Store) -> Built:
    """The EMail package with the module that records."""
    return store.package(WSDL / "EMail.wsdl", name="email_recorded", extras=("recording",))


def recording(package: Built, folder: Path, handler: Any, kind: str = "EMailClient") -> Any:
    http = httpx.Client(transport=httpx.MockTransport(handler))
    client = getattr(package.client, kind)(URL, http=http)
    return client.with_options(after=package.module("recording").record(folder))


@pytest.mark.slow
def test_what_a_client_sends_and_reads_is_what_verify_finds(
    recorded: Built, tmp_path: Path
) -> None:
    body = "<GetEMailResponse><Response><Size>007</Size></Response></GetEMailResponse>"
    good = enveloped(body, "<Succeeded>true</Succeeded>")
    recording(recorded, tmp_path, answer(good)).with_options(
        soap_headers=recorded.models.RequestHeaders(ticket="7T:secret")
    ).get_email(1)
    with pytest.raises(recorded.errors.SoapFault):
        recording(recorded, tmp_path, answer(enveloped(FAULT), 500)).get_email(2)
    verdict = held(WSDL / "EMail.wsdl", tmp_path)
    assert not problems(verdict)
    assert verdict.matches == len(verdict.results) == 3
    assert verdict.reasons == {"a SOAP fault": 1}


@pytest.mark.slow
def test_what_is_not_as_the_contract_says_is_found(recorded: Built, tmp_path: Path) -> None:
    recording(recorded, tmp_path, answer(GOOD)).get_email(1)
    path = tmp_path / "0001-GetEMail-response.xml"
    path.write_text(path.read_text("utf-8").replace("Subject", "Sujet"), encoding="utf-8")
    verdict = held(WSDL / "EMail.wsdl", tmp_path)
    assert [result.matches for result in verdict.results] == [True, False]
    assert "Sujet" in "".join(problems(verdict))


@pytest.mark.slow
def test_masks_are_no_differences_whatever_they_stand_for(tmp_path: Path) -> None:
    source = tmp_path / "cards.wsdl"
    source.write_text(wsdl(SCHEMA), encoding="utf-8")
    package = build_package(source, tmp_path, name="cards_client", extras=("recording",))
    card = package.models.Card(password=b"abcdef", owner="Eva", token=77123)
    content = package.builders.build_find_response(card)
    client = recording(package, tmp_path / "traffic", answer(content), "PeopleClient")
    client.find("4711", "sesame")
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "traffic").iterdir())
    assert text.count("***") == 4
    verdict = held(source, tmp_path / "traffic")
    assert not problems(verdict)
    assert verdict.matches == 2
    assert verdict.rules["masked_secrets"] == 2


@pytest.mark.slow
def test_binaries_that_are_not_there_are_told(tmp_path: Path) -> None:
    source = tmp_path / "people.wsdl"
    source.write_text(wsdl(), encoding="utf-8")
    (tmp_path / "0001-Find-request.xml").write_text(
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Find>'
        '<Name><i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:1"/></Name>'
        "</Find></s:Body></s:Envelope>",
        encoding="utf-8",
    )
    assert held(source, tmp_path).reasons == {
        "binaries beside the envelope, which are not there": 1
    }
