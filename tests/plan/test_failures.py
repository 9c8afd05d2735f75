"""Response headers that report failure, as a user says: what clients raise for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from soapgen.errors import GivenError
from soapgen.given import Failure, Overlay
from soapgen.serve import SoapServer
from soapgen.sources import find_sources

from tests.support.packages import Built, generated, planned, written
from tests.support.small import SCHEMA, wsdl

STATUS = """
      <xs:simpleType name="Outcome">
        <xs:restriction base="xs:string">
          <xs:enumeration value="Done"/><xs:enumeration value="Refused"/>
        </xs:restriction>
      </xs:simpleType>
      <xs:complexType name="Base">
        <xs:sequence><xs:element name="Outcome" type="tns:Outcome" minOccurs="0"/></xs:sequence>
      </xs:complexType>
      <xs:complexType name="Reason">
        <xs:sequence>
          <xs:element name="Text" type="xs:string"/>
          <xs:element name="Hint" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence>
      </xs:complexType>
      <xs:element name="Status">
        <xs:complexType>
          <xs:complexContent>
            <xs:extension base="tns:Base">
              <xs:sequence>
                <xs:element name="Good" type="xs:boolean" minOccurs="0"/>
                <xs:element name="Code" type="xs:int" minOccurs="0"/>
                <xs:element name="When" type="xs:date" minOccurs="0"/>
                <xs:element name="Reason" type="tns:Reason" minOccurs="0"/>
              </xs:sequence>
              <xs:attribute name="kind" type="xs:string"/>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
      </xs:element>
"""

GOOD = Failure(succeeded="Status.Good", message="Status.Reason.Text", type="Status.@kind")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("failures") / "People.wsdl"
    path.write_text(wsdl(SCHEMA + STATUS, response_header="Status"), encoding="utf-8")
    return path


def built(source: Path, folder: Path, failure: Failure) -> Built:
    name = f"failing_{abs(hash(failure))}"
    made = generated(source, name=name, overlay=Overlay(failure=failure))
    return Built(made.plan, written(made, folder))


def reply(status: str) -> bytes:
    header = f"<s:Header>{status}</s:Header>" if status else ""
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
        f'xmlns="urn:example:people">{header}<s:Body><FindResponse><Person><Name>Ada</Name>'
        "</Person></FindResponse></s:Body></s:Envelope>"
    ).encode()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("failure", "status", "raised"),
    [
        (GOOD, "", None),
        (GOOD, "<Status/>", None),
        (GOOD, "<Status><Good>true</Good></Status>", None),
        (
            GOOD,
            '<Status kind="Busy"><Good>0</Good><Reason><Text>Later</Text></Reason></Status>',
            ("Busy", "Later"),
        ),
        (GOOD, "<Status><Good>false</Good></Status>", ("", "the server does not say why")),
        (Failure("Status.Code", ("0", "-1")), "<Status><Code>00</Code></Status>", None),
        (Failure("Status.Code", ("0", "-1")), "<Status><Code>-1</Code></Status>", None),
        (
            Failure("Status.Code", ("0",), type="Status.Code"),
            "<Status><Code>7</Code></Status>",
            ("7", "the server does not say why"),
        ),
        (
            Failure("Status.Outcome", ("Done",)),
            "<Status><Outcome>Done</Outcome></Status>",
            None,
        ),
        (
            Failure("Status.Outcome", ("Done",), type="Status.Outcome"),
            "<Status><Outcome>Lost</Outcome></Status>",
            ("Lost", "the server does not say why"),
        ),
        (Failure(message="Status.Reason.Text"), "<Status/>", None),
        (
            Failure(message="Status.Reason.Text"),
            "<Status><Reason><Text>Later</Text></Reason></Status>",
            ("", "Later"),
        ),
    ],
)
def test_a_failure_that_headers_report(
    source: Path,
    tmp_path: Path,
    failure: Failure,
    status: str,
    raised: tuple[str, str] | None,
) -> None:
    package = built(source, tmp_path, failure)
    with SoapServer(find_sources([source])) as server:
        server.service.answer("Find", reply(status))
        with package.client.PeopleClient(server.url) as client:
            if raised is None:
                assert client.find("Ada").name == "Ada"
                return
            with pytest.raises(package.errors.ServerFailure) as caught:
                client.find("Ada")
    assert (caught.value.type, caught.value.message) == raised
    assert caught.value.operation == "Find"
    assert caught.value.exchange.status == 200


@pytest.mark.slow
def test_the_asynchronous_client_raises_the_same(source: Path, tmp_path: Path) -> None:
    import asyncio

    package = built(source, tmp_path, GOOD)

    async def find(url: str) -> Any:
        async with package.client.AsyncPeopleClient(url) as client:
            return await client.find("Ada")

    with SoapServer(find_sources([source])) as server:
        server.service.answer("Find", reply("<Status><Good>false</Good></Status>"))
        with pytest.raises(package.errors.ServerFailure):
            asyncio.run(find(server.url))


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (
            Failure("State.Good"),
            "failure.succeeded: no response has a header 'State'; did you mean Status?",
        ),
        (
            Failure("Status.God"),
            "failure.succeeded: there is no 'Status.God' in the headers of responses; "
            "did you mean Status.Good",
        ),
        (
            Failure("Status.Good", message="Status.Reason"),
            "failure.message: 'Status.Reason' is no single value; say which is meant: "
            "Status.Reason.Text or Status.Reason.Hint",
        ),
        (
            Failure(message="Status.Reason.Hint"),
            "failure.message: 'Status.Reason.Hint' is no single value",
        ),
        (
            Failure("Status.Code"),
            "failure.succeeded: what tells success is neither true nor false; say which values "
            'mean success: success = ["OK"]',
        ),
        (Failure("Status.Code", ("OK",)), "failure.success: 'OK' is no number"),
        (
            Failure("Status.Outcome", ("Dine",)),
            "failure.success: 'Dine' is none of its values; did you mean Done?",
        ),
        (
            Failure("Status.When", ("2026-01-01",)),
            "failure.succeeded: no value of date can tell success; name a text, a number, an "
            "enumeration, or what is true or false",
        ),
    ],
)
def test_what_cannot_report_a_failure(source: Path, failure: Failure, message: str) -> None:
    with pytest.raises(GivenError) as caught:
        planned(source, overlay=Overlay(failure=failure))
    assert message in str(caught.value)


def test_a_package_without_it_has_no_module_for_it(source: Path) -> None:
    paths = {file.path for file in generated(source, name="plain").files}
    assert "_failures.py" not in paths


def test_a_header_that_is_said_by_its_only_member(tmp_path: Path) -> None:
    one = """
      <xs:element name="Status">
        <xs:complexType>
          <xs:sequence><xs:element name="Good" type="xs:boolean"/></xs:sequence>
        </xs:complexType>
      </xs:element>
"""
    path = tmp_path / "People.wsdl"
    path.write_text(wsdl(SCHEMA + one, response_header="Status"), encoding="utf-8")
    for name in ("Status", "Status.Good"):
        (package,) = planned(path, overlay=Overlay(failure=Failure(name))).packages
        assert package.failure is not None
        assert package.failure.succeeded is not None
        (member,) = package.failure.succeeded.names
        assert package.response_headers is not None
        assert member in [item.member.name for item in package.response_headers.headers]
