"""The server and its fixture: a service to test against, called by clients and by zeep."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zeep
from lxml import etree
from soapgen.errors import SourceError
from soapgen.serve import SoapServer

from tests.generated.test_zeep import OPERATIONS, as_zeep
from tests.support.packages import Built
from tests.support.paths import SHAPES, SHOP, WSDL
from tests.support.samples import sample_arguments
from tests.support.small import wsdl

Start = Callable[..., SoapServer]


@pytest.mark.slow
def test_the_generated_client_gets_samples(soap_server: Start, email: Built) -> None:
    server = soap_server(WSDL / "EMail.wsdl")
    with email.client.EMailClient(server.url, ticket="7T:1") as client:
        for operation in email.plan.operations:
            method = getattr(client, operation.method)
            method(**sample_arguments(method))
    names = [item.operation for item in server.service.received]
    assert names == [operation.xml_name for operation in email.plan.operations]


@pytest.mark.slow
@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_zeep_calls_it_in_both_soap_versions(
    version: str, soap_server: Start, email: Built, tmp_path: Path
) -> None:
    source = tmp_path / "EMail.wsdl"
    text = (WSDL / "EMail.wsdl").read_text(encoding="utf-8")
    if version == "1.2":
        old, new = (
            "http://schemas.xmlsoap.org/wsdl/soap/",
            "http://schemas.xmlsoap.org/wsdl/soap12/",
        )
        assert old in text
        text = text.replace(old, new)
    source.write_text(text, encoding="utf-8")
    (tmp_path / "Headers.wsdl").write_bytes((WSDL / "Headers.wsdl").read_bytes())
    (tmp_path / "types").mkdir()
    for path in (WSDL / "types").iterdir():
        (tmp_path / "types" / path.name).write_bytes(path.read_bytes())
    server = soap_server(source)
    peer = zeep.Client(f"{server.url}?wsdl").service
    assert len(OPERATIONS) >= 10
    for name in OPERATIONS:
        operation = next(item for item in email.plan.operations if item.xml_name == name)
        arguments = sample_arguments(getattr(email.builders, f"build_{operation.name}"))
        values = {
            member.tag.local: as_zeep(value, member.value.write, email)
            for member, value in zip(operation.request.members, arguments.values(), strict=True)
        }
        peer[name](**values, _soapheaders={"ApplicationToken": "app"})
        received = server.service.received[-1]
        assert received.operation == name
        assert email.parse_request(operation.name, received.content) == tuple(arguments.values())
        soap = "soap-envelope" if version == "1.2" else "soap/envelope/"
        assert soap.encode() in received.content


def test_a_request_that_is_not_valid_is_refused(soap_server: Start, email: Built) -> None:
    server = soap_server(WSDL / "EMail.wsdl")

    def spoil(outgoing: Any) -> None:
        outgoing.envelope = outgoing.envelope.replace(b"<Id>1</Id>", b"<Id>one</Id>")

    with email.client.EMailClient(server.url) as client:
        with pytest.raises(email.errors.SoapFault, match="the request is not valid") as caught:
            client.with_options(before=spoil).get_email(1)
        assert caught.value.code == "s:Client"
        assert "invalid literal" in caught.value.reason
        client.get_email(1)


@pytest.mark.slow
def test_requests_that_make_no_sense(soap_server: Start, email: Built) -> None:
    server = soap_server(WSDL / "EMail.wsdl")
    for content, reason in (
        (b"", "the file is empty"),
        (b"<html/>", "expected a SOAP envelope"),
        (b"<!DOCTYPE a><a/>", "DOCTYPE"),
        (
            email.build("get_current_account_id").replace(b"GetCurrent", b"NoCurrent"),
            "no operation",
        ),
    ):
        request = urllib.request.Request(server.url, content, {"Content-Type": "text/xml"})
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request)
        assert caught.value.code == 500
        assert reason in caught.value.read().decode()


@pytest.mark.slow
def test_it_does_what_it_is_told(soap_server: Start, email: Built) -> None:
    server = soap_server(WSDL / "EMail.wsdl")
    service = server.service
    with email.client.EMailClient(server.url, timeout=5) as client:
        service.fault("GetEMail", "The disk <is> full")
        with pytest.raises(email.errors.SoapFault, match="s:Server: The disk <is> full"):
            client.get_email(1)
        service.drop("GetEMail")
        with pytest.raises(email.errors.ConnectionLost):
            client.get_email(1)
        service.as_usual()
        service.delay("GetEMail", 1.0)
        with pytest.raises(email.errors.TimedOut):
            client.with_options(timeout=0.1).get_email(1)
        service.as_usual()
        made = email.models.EMailEntity(subject="Mine")
        service.answer("GetEMail", email.build_response("get_email", made))
        assert client.get_email(1) == made
        service.answer("GetEMail", lambda request: request)
        with pytest.raises(email.errors.WrongMessage):
            client.get_email(1)
    with pytest.raises(SourceError, match="did you mean GetEMail"):
        service.drop("GetMail")


@pytest.mark.slow
def test_a_log_in_of_netserver_succeeds(soap_server: Start, principal: Built) -> None:
    """A sample would be a refused log-in, and one without a ticket."""
    server = soap_server(WSDL / "SoPrincipal.wsdl")
    with principal.client.SoPrincipalClient(server.url, application_token="app") as client:
        for log_in in (client.authenticate_username_password, client.authenticate_implicit):
            result = log_in(**sample_arguments(log_in))
            assert principal.netserver.ticket_of(result) == "7T:made-up"
    assert "made-up" not in repr(result)
    assert all(b"made-up" not in item.content for item in server.service.received)


def test_its_documents_lead_to_itself(soap_server: Start) -> None:
    server = soap_server(WSDL / "EMail.wsdl")
    with urllib.request.urlopen(f"{server.url}?WSDL") as answer:
        root = etree.fromstring(answer.read())
    wsdl = "{http://schemas.xmlsoap.org/wsdl/}"
    (address,) = root.findall(f"{wsdl}service/{wsdl}port/*")
    assert address.get("location") == server.url
    imports = [str(element.get("location")) for element in root.findall(f"{wsdl}import")]
    assert imports == [f"{server.url}?file=Headers.wsdl"]
    with urllib.request.urlopen(imports[0]) as answer:
        assert b"types/common.xsd" in answer.read()
    for path in ("?file=../pyproject.toml", "?file=nothing.xsd", "?file=", "nothing", ""):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{server.url}{path}")


def test_several_services(soap_server: Start) -> None:
    server = soap_server(SHOP)
    assert server.addresses() == [f"{server.url}/Orders", f"{server.url}/Stock"]
    for address in server.addresses():
        with urllib.request.urlopen(f"{address}?wsdl") as answer:
            assert b"definitions" in answer.read()
    assert set(server.services) == {"Orders", "Stock"}


def test_two_services_of_one_name_are_refused(soap_server: Start, tmp_path: Path) -> None:
    text = wsdl()
    (tmp_path / "a.wsdl").write_text(text, encoding="utf-8")
    (tmp_path / "b.wsdl").write_text(text.replace("PeopleService", "Others"), encoding="utf-8")
    with pytest.raises(SourceError, match=r"there are several services People; .*--service Others"):
        soap_server(tmp_path)
    assert soap_server(tmp_path, services=("Others",)).addresses()


def test_soap_12_and_one_way(soap_server: Start, shapes: Built) -> None:
    server = soap_server(SHAPES)
    with shapes.client.ShapesClient(server.url) as client:
        assert client.close_() is None
        assert client.ring("once") is None
        server.service.fault("Close", "No")
        with pytest.raises(shapes.errors.SoapFault, match="s:Receiver: No"):
            client.close_()
    assert [item.operation for item in server.service.received] == ["Close", "Ring", "Close"]


def test_connections_are_reused(
    soap_server: Start, email: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = soap_server(WSDL / "EMail.wsdl")
    connections: list[Any] = []
    accept = socket.socket.accept

    def counted(self: socket.socket) -> Any:
        connections.append(accept(self))
        return connections[-1]

    monkeypatch.setattr(socket.socket, "accept", counted)
    with email.client.EMailClient(server.url) as client:
        for number in range(5):
            client.get_email(number)
            client.with_options(timeout=3.0).get_email(number)
    assert len(connections) == 1
