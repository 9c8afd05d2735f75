"""A replay: what was recorded is answered again, and all else is a fault that says what is near."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from soapgen.errors import SourceError
from soapgen.serve import SoapServer, exchanges_in
from soapgen.sources import find_sources

from tests.support.paths import SHAPES, SHOP, corpus
from tests.support.small import wsdl

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"


def envelope(body: str, soap: str = SOAP_11, head: str = "") -> str:
    return f'<s:Envelope xmlns:s="{soap}">{head}<s:Body>{body}</s:Body></s:Envelope>'


def find(name: str) -> str:
    return f'<Find xmlns="urn:example:people"><Name>{name}</Name></Find>'


def found(name: str) -> str:
    return (
        '<FindResponse xmlns="urn:example:people"><Person><Name>'
        f"{name}</Name></Person></FindResponse>"
    )


def record(folder: Path, number: int, request: str, response: str | None) -> None:
    """What a client writes of an exchange."""
    folder.mkdir(exist_ok=True)
    stem = f"{number:04}-Find"
    (folder / f"{stem}-request.xml").write_text(request, encoding="utf-8")
    if response is not None:
        (folder / f"{stem}-response.xml").write_text(response, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recorded"


def replayed(folder: Path) -> SoapServer:
    source = folder.parent / "People.wsdl"
    source.write_text(wsdl(), encoding="utf-8")
    server = SoapServer(find_sources([source]))
    assert server.replay(exchanges_in(folder)) == []
    return server


def asked(server: SoapServer, request: str) -> str:
    """The name that is found, or the reason of a fault."""
    answer = server.service.handle(request.encode())
    root = etree.fromstring(answer.content or b"")
    reason = root.findtext(".//faultstring")
    assert answer.status == (200 if reason is None else 500)
    return str(reason or root.findtext(".//{*}Person/{*}Name"))


def test_each_request_gets_the_answer_that_was_recorded(folder: Path) -> None:
    record(folder, 1, envelope(find("Ann")), envelope(found("Ann Lee")))
    record(folder, 2, envelope(find("Bob")), envelope(found("Bob Ray")))
    server = replayed(folder)
    assert asked(server, envelope(find("Bob"))) == "Bob Ray"
    assert asked(server, envelope(find("Ann"))) == "Ann Lee"
    assert [item.operation for item in server.service.received] == ["Find", "Find"]


@pytest.mark.parametrize(
    "request_",
    [
        envelope('<p:Find xmlns:p="urn:example:people"><p:Name>Ann</p:Name></p:Find>'),
        envelope(find("Ann").replace("<Name>", "\n  <Name>").replace("</Find>", "\n</Find>")),
        envelope(find("Ann"), head="<s:Header><Time xmlns='urn:x'>12:00</Time></s:Header>"),
        envelope(find("Ann"), soap=SOAP_12),
        envelope(find("<!-- her name -->Ann")),
    ],
)
def test_prefixes_indentation_and_headers_do_not_count(request_: str, folder: Path) -> None:
    record(folder, 1, envelope(find("Ann")), envelope(found("Ann Lee")))
    assert asked(replayed(folder), request_) == "Ann Lee"


def test_what_is_masked_may_be_anything(folder: Path) -> None:
    record(folder, 1, envelope(find("key *** of Ann")), envelope(found("***")))
    server = replayed(folder)
    assert asked(server, envelope(find("key 7T:x/2 of Ann"))) == "***"
    assert asked(server, envelope(find("key 7T:x/2 of Bob"))).startswith("no exchange")


def test_alike_requests_are_answered_in_their_order(folder: Path) -> None:
    for number, name in enumerate(["first", "second", "third"], 9):
        record(folder, number, envelope(find("Ann")), envelope(found(name)))
    server = replayed(folder)
    answers = [asked(server, envelope(find("Ann"))) for _ in range(4)]
    assert answers == ["first", "second", "third", "third"]
    server.reset()
    assert server.service.received == []
    assert asked(server, envelope(find("Ann"))) == "first"


def test_what_was_not_recorded_is_a_fault_that_names_the_nearest(folder: Path) -> None:
    far = find("Zoe").replace("<Name>", "<Name a='1' b='2'>")
    record(folder, 1, envelope(far + far), envelope(found("Zoe")))
    record(folder, 2, envelope(find("Ann")), envelope(found("Ann Lee")))
    assert asked(replayed(folder), envelope(find("Bob"))) == (
        "no exchange of Find was recorded with such a request; the nearest is 0002-Find, which "
        "differs at Body/Find/Name: expected text 'Ann', got 'Bob'"
    )


def test_a_secret_of_a_request_is_not_in_the_fault(folder: Path) -> None:
    request = find("Ann").replace("</Find>", "<Password>***</Password></Find>")
    record(folder, 1, envelope(request), envelope(found("Ann Lee")))
    reason = asked(
        replayed(folder), envelope(request.replace("***", "hunter2").replace("Ann", "X"))
    )
    assert "got 'X'" in reason
    assert "hunter2" not in reason


def test_faults_are_repeated_with_their_status(folder: Path) -> None:
    soap_11 = "<s:Fault><faultcode>s:Client</faultcode><faultstring>No</faultstring></s:Fault>"
    soap_12 = (
        "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason>"
        '<s:Text xml:lang="en">No</s:Text></s:Reason></s:Fault>'
    )
    record(folder, 1, envelope(find("Ann")), envelope(soap_11))
    record(folder, 2, envelope(find("Bob")), envelope(soap_12, SOAP_12))
    service = replayed(folder).service
    answers = [service.handle(envelope(find(name)).encode()) for name in ("Ann", "Bob")]
    assert [(item.status, item.version) for item in answers] == [(500, "1.1"), (400, "1.2")]


def test_an_answer_that_is_told_goes_before_a_replay(folder: Path) -> None:
    record(folder, 1, envelope(find("Ann")), envelope(found("Ann Lee")))
    server = replayed(folder)
    server.service.answer("Find", envelope(found("told")).encode())
    assert asked(server, envelope(find("Ann"))) == "told"
    server.service.as_usual()
    assert asked(server, envelope(find("Ann"))) == "Ann Lee"


def test_operations_that_were_not_recorded(folder: Path) -> None:
    folder.mkdir()
    (folder / "0001-Other-request.xml").write_text(envelope("<View xmlns='urn:example:shapes'/>"))
    (folder / "0001-Other-response.xml").write_text(
        envelope("<Seen xmlns='urn:example:shapes'>1</Seen>"), encoding="utf-8"
    )
    (folder / "0002-Ring-request.xml").write_text(
        envelope("<Ring xmlns='urn:example:shapes'>a</Ring>"), encoding="utf-8"
    )
    server = SoapServer(find_sources([SHAPES]))
    (left,) = server.replay(exchanges_in(folder))
    assert left.name == "0001-Other", "the element of View is another one"
    ring = server.service.handle(envelope("<Ring xmlns='urn:example:shapes'>a</Ring>").encode())
    assert (ring.status, ring.content) == (202, b""), "a one-way operation"
    answer = server.service.handle(envelope("<Close xmlns='urn:example:shapes'/>").encode())
    assert "no exchange of Close was recorded; there are those of Ring" in answer.problem


def test_a_response_alone_answers_every_request(folder: Path) -> None:
    folder.mkdir()
    (folder / "people-ann.response.xml").write_text(envelope(found("Ann Lee")), encoding="utf-8")
    server = replayed(folder)
    assert [asked(server, envelope(find(name))) for name in ("Ann", "Bob")] == ["Ann Lee"] * 2


@pytest.mark.parametrize(
    ("request_", "response", "message"),
    [
        (envelope(find("Ann")), "<html/>", "expected a SOAP envelope, got html"),
        ("<html/>", envelope(found("Ann")), "expected a SOAP envelope, got html"),
        ("<Find", envelope(found("Ann")), "not well-formed"),
        (
            envelope("<Seek/>").replace("Find", "Seek"),
            envelope("<Sought/>"),
            "",
        ),
    ],
)
def test_what_cannot_be_replayed(
    request_: str, response: str | None, message: str, folder: Path
) -> None:
    record(folder, 1, request_, response)
    if not message:
        for path in folder.iterdir():
            path.rename(path.with_name(path.name.replace("Find", "Seek")))
        message = "no recorded message is of an operation that is served"
    with pytest.raises(SourceError) as caught:
        replayed(folder)
    assert message in str(caught.value)


@pytest.mark.parametrize("response", [None, " "])
def test_a_call_that_had_no_answer(response: str | None, folder: Path) -> None:
    record(folder, 1, envelope(find("Ann")), response)
    reason = asked(replayed(folder), envelope(find("Ann")))
    assert reason == "0001-Find has no response: none was recorded"


@pytest.mark.slow
def test_answers_of_the_corpus_are_replayed() -> None:
    """Their names say a little more than the operation, and there are no requests."""
    folder = corpus() / "traffic" / "economic"
    recorded = exchanges_in(folder / "messages")
    assert {item.request for item in recorded} == {None}
    server = SoapServer(find_sources([next((folder / "wsdl").rglob("*.wsdl"))]))
    assert server.replay(recorded) == []
    request = '<Account_GetAll xmlns="http://e-conomic.com"/>'
    answer = server.service.handle(envelope(request).encode())
    wanted = (folder / "messages" / "account_get_all-multiple.response.xml").read_bytes()
    assert answer.content == wanted


def test_several_services_share_a_recording(folder: Path) -> None:
    folder.mkdir()
    for number, one in enumerate(("orders", "stock"), 1):
        for message, element in (("request", "Find"), ("response", "FindResponse")):
            content = envelope(f'<{element} xmlns="urn:example:shop:{one}"/>')
            (folder / f"{number:04}-Find-{message}.xml").write_text(content, encoding="utf-8")
    server = SoapServer(find_sources([SHOP]))
    assert server.replay(exchanges_in(folder)) == []
    for name, service in server.services.items():
        namespace = f"urn:example:shop:{name.lower()}"
        answer = service.handle(envelope(f'<Find xmlns="{namespace}"/>').encode())
        assert answer.status == 200
        assert f'FindResponse xmlns="{namespace}"' in (answer.content or b"").decode()
