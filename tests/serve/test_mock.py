"""The mock of a service: it answers whatever it gets, and keeps no more than it says."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from soapgen.serve import MockService, SoapServer, mock
from soapgen.sources import find_sources

from tests.support.paths import ECHO
from tests.support.small import SCHEMA, wsdl

XSI = "http://www.w3.org/2001/XMLSchema-instance"
FIND = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    f'<Find xmlns="urn:example:people" xmlns:xsi="{XSI}"><Name>Ann</Name></Find>'
    "</s:Body></s:Envelope>"
)


def people(folder: Path, text: str | None = None) -> MockService:
    """The mock of a service with the operation Find."""
    path = folder / "People.wsdl"
    path.write_text(text or wsdl(), encoding="utf-8")
    return SoapServer(find_sources([path])).service


@pytest.fixture
def service(tmp_path: Path) -> MockService:
    return people(tmp_path)


def fault(service: MockService, request: str | bytes) -> tuple[str, str]:
    """The code and the reason of the fault that answers ``request``."""
    content = request if isinstance(request, bytes) else request.encode()
    answer = service.handle(content)
    assert (answer.status, answer.version) == (500, "1.1")
    root = etree.fromstring(answer.content or b"")
    return str(root.findtext(".//faultcode")), str(root.findtext(".//faultstring"))


# --- requests ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("namespace", "attributes"),
    [
        ("http://schemas.xmlsoap.org/soap/envelope/", 's:mustUnderstand="1" s:actor="urn:me"'),
        ("http://www.w3.org/2003/05/soap-envelope", 's:mustUnderstand="true" s:role="urn:me"'),
    ],
)
def test_a_header_has_attributes_of_soap(namespace: str, attributes: str) -> None:
    """GSOAP writes mustUnderstand on every header; the type of the header does not allow it."""
    service = SoapServer(find_sources([ECHO])).service
    request = (
        f'<s:Envelope xmlns:s="{namespace}" xmlns="urn:example:echo"><s:Header>'
        f"<Session {attributes}><Token>t</Token></Session></s:Header>"
        "<s:Body><Fail><How>not at all</How></Fail></s:Body></s:Envelope>"
    )
    answer = service.handle(request.encode())
    assert (answer.status, answer.problem) == (200, "")
    answer = service.handle(request.replace("<Session s:", "<Session other='' s:").encode())
    assert "'other' attribute not allowed" in answer.problem


@pytest.mark.parametrize("name", ["nope:T", "T", "", "a:b:c", "{x}y", "é"])
def test_an_unknown_type_is_a_mistake_of_the_client(name: str, service: MockService) -> None:
    code, reason = fault(service, FIND.replace("<Name>", f'<Name xsi:type="{name}">'))
    assert code == "s:Client"
    assert "the request is not valid: " in reason
    assert f"{name}' not found" in reason


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (FIND.replace("Ann", "<a>" * 1_000_000), "nested more than 128 deep"),
        (FIND.replace("Ann", "<a>" * 200 + "</a>" * 200), "nested more than 128 deep"),
        (f"<!DOCTYPE s>{FIND}", "DOCTYPE"),
        (FIND.encode("utf-16-le"), "not well-formed"),
        (f'<?xml version="1.0" encoding="nope"?>{FIND}', "nope"),
        (FIND + "\0", "not well-formed"),
        (FIND.replace("<Find", "<Find xmlns:a='' "), "not well-formed"),
        (FIND.replace("s:Body>", "s:Boody>"), "there is no operation"),
    ],
)
def test_what_is_no_request_is_a_mistake_of_the_client(
    request_: str | bytes, reason: str, service: MockService
) -> None:
    code, told = fault(service, request_)
    assert code == "s:Client"
    assert reason in told


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_a_request_in_another_encoding(encoding: str, service: MockService) -> None:
    request = f'<?xml version="1.0" encoding="{encoding}"?>{FIND.replace("Ann", "Åse")}'
    assert service.handle(request.encode(encoding)).status == 200


_PIECES = st.sampled_from(
    ["", "<", ">", "&", '"', "\0", "<a>", "</s:Body>", "&lt;", "]]>", "<?a?>", "<!--a-->", "Find"]
    + [f' xsi:{name}="{value}"' for name in ("type", "nil") for value in ("", "a:b", "true")]
    + [' xsi:schemaLocation="a"', ' xmlns="a"', "<s:Header/>", "<Name/>", "xmlns:s=", "\ufeff"]
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(edits=st.lists(st.tuples(st.integers(0, len(FIND)), _PIECES, st.integers(0, 9)), max_size=4))
def test_any_request_has_an_answer(edits: list[tuple[int, str, int]], service: MockService) -> None:
    request = FIND
    for position, piece, cut in edits:
        request = request[:position] + piece + request[position + cut :]
    answer = service.handle(request.encode())
    root = etree.fromstring(answer.content or b"")
    assert str(root.tag).endswith("}Envelope")
    assert (answer.status == 200) == (not answer.problem)


def test_the_reason_of_a_fault_is_bounded(tmp_path: Path) -> None:
    many = SCHEMA.replace('type="xs:string"', 'type="xs:int" maxOccurs="unbounded"')
    service = people(tmp_path, wsdl(many))
    wrong = FIND.replace("<Name>Ann</Name>", f"<Name>{'x' * 100_000}</Name>" * 20)
    answer = service.handle(wrong.encode())
    assert answer.content is not None
    assert b"invalid literal" in answer.content
    assert len(answer.content) < 3_000


# --- what it is told to answer -------------------------------------------------------------------


def _broken(request: bytes) -> Any:
    raise ValueError("Ann\0")


def _failed(request: bytes) -> Any:
    pytest.fail("this call was not expected")


def _text(request: bytes) -> Any:
    return "<text/>"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (_broken, "the reply to Find failed: ValueError: Ann\ufffd"),
        (_failed, "Failed: this call was not expected"),
        (_text, "TypeError: the function returned str, not bytes"),
    ],
)
def test_a_reply_that_fails(
    reply: Any, reason: str, service: MockService, caplog: pytest.LogCaptureFixture
) -> None:
    service.answer("Find", reply)
    code, told = fault(service, FIND)
    assert code == "s:Server"
    assert told.endswith(reason)
    (record,) = caplog.records
    assert (record.name, record.levelno) == ("soapgen.serve", logging.ERROR)
    assert record.exc_info
    service.as_usual()
    assert service.handle(FIND.encode()).status == 200


def test_a_sample_that_cannot_be_made(tmp_path: Path) -> None:
    head = '<xs:element name="Head" type="xs:string" abstract="true"/>'
    response = SCHEMA.replace('type="tns:Person" minOccurs="0"/>', 'type="xs:int"/>')
    response = response.replace(
        '<xs:element name="Person" type="xs:int"/>', '<xs:element ref="tns:Head"/>'
    )
    code, reason = fault(people(tmp_path, wsdl(head + response)), FIND)
    assert code == "s:Server"
    assert "Head is abstract" in reason


def test_a_reply_may_be_empty(service: MockService) -> None:
    service.answer("Find", b"")
    answer = service.handle(FIND.encode())
    assert (answer.status, answer.content) == (200, b"")


@pytest.mark.parametrize("reply", ["<text/>", None, bytearray(b"<bytes/>")])
def test_what_is_no_reply_is_refused(reply: Any, service: MockService) -> None:
    with pytest.raises(TypeError, match="a reply is bytes or a function, not "):
        service.answer("Find", reply)


@pytest.mark.parametrize("mark", ["\0", "\x1b", "\ud800", "\uffff"])
def test_a_reason_that_xml_does_not_allow_is_refused(mark: str, service: MockService) -> None:
    with pytest.raises(ValueError, match=r"the reason of a fault contains .*, which XML does not"):
        service.fault("Find", f"broken{mark}")
    assert service.handle(FIND.encode()).status == 200


@pytest.mark.parametrize(
    "reason", ["a <b> & ]]>", "two\r\nlines\r", "\x85\u2028 \U0001f600", "x" * 9_999]
)
def test_any_other_reason_arrives_as_it_is(reason: str, service: MockService) -> None:
    service.fault("Find", reason)
    assert fault(service, FIND) == ("s:Server", reason)


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -0.1, 86_401])
def test_a_delay_that_makes_no_sense_is_refused(seconds: float, service: MockService) -> None:
    with pytest.raises(ValueError, match="a delay is from 0 to 86400 seconds, not "):
        service.delay("Find", seconds)


# --- what it keeps -------------------------------------------------------------------------------


def test_it_keeps_the_newest_requests(
    service: MockService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mock, "MOST_RECEIVED", 3)
    requests = [FIND.replace("Ann", f"Ann {number}").encode() for number in range(5)]
    for request in requests:
        service.handle(request)
    assert [item.content for item in service.received] == requests[2:]
    assert service.forgotten == 2


def test_it_keeps_so_many_bytes(service: MockService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mock, "MOST_RECEIVED_BYTES", 3 * len(FIND))
    sizes = []
    for factor in (1, 1, 1, 2, 9):
        request = FIND.replace("Ann", "Ann" + " " * (factor - 1) * len(FIND)).encode()
        service.handle(request)
        sizes.append([len(item.content) // len(FIND) for item in service.received])
    assert sizes == [[1], [1, 1], [1, 1, 1], [1, 2], [9]]
    assert service.forgotten == 4
