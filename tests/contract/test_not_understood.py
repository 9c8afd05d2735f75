"""What a contract asks for beyond operations: extensions, policies, other bindings and kinds."""

from __future__ import annotations

from pathlib import Path

import pytest
from soapgen.errors import LeftOut, NothingLeftError, SoapgenError, SourceError, UnsupportedError

from tests.support.packages import generated
from tests.support.small import changed, wsdl

BINDING = '<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>'
SERVICE = '<wsdl:service name="PeopleService">'
SECURITY = 'xmlns:sp="http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702"'
POLICY = 'xmlns:wsp="http://schemas.xmlsoap.org/ws/2004/09/policy"'
IDENTIFIER = (
    'xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"'
)
TOKENS = f"<sp:SupportingTokens {SECURITY}/>"
MTOM = (
    '<m:OptimizedMimeSerialization xmlns:m="http://schemas.xmlsoap.org/ws/2004/09/policy/'
    'optimizedmimeserialization"/>'
)
HTTP = """
  <wsdl:binding name="Plain" type="tns:People" xmlns:http="http://schemas.xmlsoap.org/wsdl/http/">
    <http:binding verb="{}"/>
  </wsdl:binding>
"""
PORT = '<wsdl:port name="PlainPort" binding="tns:Plain"/>'


def left_out(folder: Path, text: str) -> tuple[LeftOut, ...]:
    path = folder / "People.wsdl"
    path.write_text(text, encoding="utf-8")
    return generated(path, name="people").left_out


def with_policy(assertions: str, *, referred: bool) -> str:
    alternative = f"<wsp:ExactlyOne><wsp:All>{assertions}</wsp:All></wsp:ExactlyOne>"
    if not referred:
        policy = f"<wsp:Policy {POLICY}>{alternative}</wsp:Policy>"
        return changed(wsdl(), (BINDING, BINDING + policy))
    policy = f'<wsp:Policy {POLICY} {IDENTIFIER} wsu:Id="asked">{alternative}</wsp:Policy>'
    reference = f'<wsp:PolicyReference {POLICY} URI="#asked"/>'
    return changed(
        wsdl(), ("  <wsdl:types>", policy + "  <wsdl:types>"), (BINDING, BINDING + reference)
    )


@pytest.mark.parametrize("referred", [True, False])
@pytest.mark.parametrize(
    ("assertion", "name", "way"),
    [
        (TOKENS, "SupportingTokens", "--with security"),
        (MTOM, "OptimizedMimeSerialization", "with_options(mtom=True)"),
        ('<x:Odd xmlns:x="urn:x"/>', "it asks for Odd of urn:x", "ask whoever runs the service"),
    ],
)
def test_what_a_policy_asks_for_is_named(
    assertion: str, name: str, way: str, referred: bool, tmp_path: Path
) -> None:
    (found,) = left_out(tmp_path, with_policy(assertion, referred=referred))
    assert found.what == "a policy of port PeoplePort of service PeopleService"
    assert name in found.reason
    assert way in found.hint
    assert found.place is not None
    assert found.place.line is not None
    assert not found.is_wanted


@pytest.mark.parametrize(
    "assertions",
    [
        f"<sp:TransportBinding {SECURITY}/><sp:Wss11 {SECURITY}/>",
        TOKENS.replace("/>", f' {POLICY} wsp:Optional="true"/>'),
        TOKENS.replace("/>", f' {POLICY} wsp:Ignorable="1"/>'),
        f"<wsp:ExactlyOne><wsp:All>{TOKENS}</wsp:All><wsp:All/></wsp:ExactlyOne>",
    ],
)
def test_what_a_policy_does_not_require_is_not(assertions: str, tmp_path: Path) -> None:
    assert left_out(tmp_path, with_policy(assertions, referred=False)) == ()


def test_a_policy_that_nothing_refers_to_is_ignored(tmp_path: Path) -> None:
    text = with_policy(TOKENS, referred=True).replace('URI="#asked"', 'URI="#other"')
    assert left_out(tmp_path, text) == ()


@pytest.mark.parametrize("before", [BINDING, SERVICE])
def test_an_extension_that_is_not_required_is_ignored(before: str, tmp_path: Path) -> None:
    for required in ("", ' wsdl:required="false"'):
        extension = f'<x:hint xmlns:x="urn:x"{required}/>'
        assert left_out(tmp_path, changed(wsdl(), (before, before + extension))) == ()


@pytest.mark.parametrize("before", [BINDING, SERVICE])
def test_an_extension_that_is_required_is_named(before: str, tmp_path: Path) -> None:
    text = changed(wsdl(), (before, f'{before}<x:hint xmlns:x="urn:x" wsdl:required="true"/>'))
    with pytest.raises(UnsupportedError) as caught:
        left_out(tmp_path, text)
    assert "extension hint of urn:x is required and not supported" in caught.value.message
    assert 'wsdl:required="false"' in caught.value.hint
    assert caught.value.place is not None
    assert caught.value.place.line is not None


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_binding_to_http_without_soap(verb: str, tmp_path: Path) -> None:
    plain = HTTP.format(verb)
    text = changed(
        wsdl(), ("  <wsdl:service", plain + "  <wsdl:service"), (SERVICE, SERVICE + PORT)
    )
    (found,) = left_out(tmp_path, text)
    assert found.what == "port PlainPort of service PeopleService"
    assert found.reason == f"its binding is not one to SOAP, but to HTTP {verb}"
    assert "call it with an HTTP client" in found.hint
    alone = changed(text, (BINDING, '<x:binding xmlns:x="urn:x"/>'))
    with pytest.raises(SourceError, match="no service has a SOAP port"):
        left_out(tmp_path, alone)


def test_wsdl_2_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        left_out(tmp_path, '<description xmlns="http://www.w3.org/ns/wsdl"/>')
    assert caught.value.message == "this is a WSDL 2.0 document"
    assert "at ?wsdl, not ?wsdl2" in caught.value.hint


INPUT, OUTPUT = (
    f'<wsdl:{it}put message="tns:Find{of}"/>' for it, of in (("in", "Request"), ("out", "Response"))
)


@pytest.mark.parametrize(
    ("messages", "kind"),
    [
        (OUTPUT, "it is a notification"),
        (OUTPUT + INPUT, "it is a solicit-response operation"),
        ("", "it is an operation without messages"),
    ],
)
def test_an_operation_that_the_service_begins(messages: str, kind: str, tmp_path: Path) -> None:
    text = changed(wsdl(), (f"{INPUT}\n      {OUTPUT}", messages))
    with pytest.raises(NothingLeftError) as caught:
        left_out(tmp_path, text)
    error: SoapgenError = caught.value
    assert kind in error.message
    assert "turn input and output around" in error.hint
    assert str(error.place).startswith(str(tmp_path / "People.wsdl"))
