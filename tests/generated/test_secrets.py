"""Secrets are masked in errors and exchanges, whatever form a message has them in."""

from __future__ import annotations

import base64
import json
import logging
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.graph import texts_from
from tests.support.packages import Built
from tests.support.small import wsdl
from tests.support.store import Store

URL = "http://localhost/SoPrincipal.svc"
CRM = "http://www.superoffice.net/ws/crm/NetServer/Services86"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"

# With all that has another form in XML, in JSON, in an address or in Python.
HARD = "p&q<r\"s't\r\nü\\%"

Handler = Callable[[httpx.Request], httpx.Response]


def enveloped(body: str, header: str = "") -> str:
    return (
        f'<s:Envelope xmlns:s="{SOAP}" xmlns="{CRM}">'
        f"<s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    )


def fault(reason: str, detail: str = "") -> str:
    return enveloped(
        f"<s:Fault xmlns=''><faultcode>s:Server</faultcode><faultstring>{reason}</faultstring>"
        f"<detail>{detail}</detail></s:Fault>"
    )


def answering(
    content: str | bytes, status: int = 500, kind: str = "text/xml; charset=utf-8"
) -> Handler:
    found = content.encode() if isinstance(content, str) else content
    return lambda _: httpx.Response(status, content=found, headers={"Content-Type": kind})


def client_of(package: Built, handler: Handler, url: str = URL, **options: Any) -> Any:
    http = httpx.Client(transport=httpx.MockTransport(handler), **options)
    return package.client.SoPrincipalClient(url, http=http)


def failure(package: Built, client: Any, password: str = HARD) -> Any:
    with pytest.raises(package.errors.CallError) as caught:
        client.authenticate_username_password("me", password)
    return caught.value


def shown(error: Any) -> list[str]:
    """All that somebody may see of an error."""
    exchange = error.exchange
    lines = traceback.format_exception(error)
    return [
        *texts_from(error), exchange.request, exchange.response, exchange.url,
        # Without the lines of source code, which are those of this test.
        *(line for line in lines if not line.startswith("  File")),
    ]  # fmt: skip


def assert_hidden(error: Any, *secrets: str) -> None:
    for text in shown(error):
        for secret in secrets:
            assert secret not in text


@pytest.mark.parametrize(
    "form",
    [
        escape(HARD),
        escape(HARD, {'"': "&quot;", "\r": "&#13;"}),
        escape(json.dumps(HARD)),
        escape(repr(HARD)),
        quote(HARD, safe=""),
        quote(HARD, safe="").lower(),
        base64.b64encode(HARD.encode()).decode(),
        f"<![CDATA[{HARD}]]>",
        "".join(f"&#{ord(letter)};" for letter in HARD),
    ],
    ids="escaped quoted json repr url url-lower base64 cdata numbers".split(),
)
def test_an_answer_that_repeats_a_password(form: str, principal: Built) -> None:
    detail = f'<x:Told by="{escape(form, {chr(34): "&quot;"})}" xmlns:x="urn:x">{form}</x:Told>'
    if form.startswith("<!"):
        detail = f'<x:Told xmlns:x="urn:x">{form}</x:Told>'
    error = failure(principal, client_of(principal, answering(fault(f"bad: {form}!", detail))))
    assert type(error) is principal.errors.SoapFault
    assert "***" in error.reason
    assert "***" in error.markup
    hidden = {HARD, HARD.replace("\r\n", "\n"), escape(HARD), quote(HARD, safe="")}
    assert_hidden(error, *hidden, json.dumps(HARD)[1:-1], base64.b64encode(HARD.encode()).decode())


@pytest.mark.slow
@settings(max_examples=60)
@given(password=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=5, max_size=20))
def test_any_password_is_hidden(principal: Built, password: str) -> None:
    password = f"{password}x9"  # so that it is no part of the message around it
    client = client_of(principal, answering(fault(f"no: {escape(password)}")))
    error = failure(principal, client, password)
    assert error.reason == "no: ***"
    assert_hidden(error, password)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "utf-16-le", "utf-16-be"])
def test_an_answer_in_another_encoding(encoding: str, principal: Built) -> None:
    declared = encoding.removesuffix("-le").removesuffix("-be")
    content = f'<?xml version="1.0" encoding="{declared}"?>'
    body = fault("no: pässword", "<Ticket>7T:new</Ticket>")
    kind = f"text/xml; charset={encoding}"
    handler = answering((content + body).encode(encoding), kind=kind)
    error = failure(principal, client_of(principal, handler), "pässword")
    assert_hidden(error, "pässword", "7T:new", "p\0ä\0s\0s")
    assert "<Ticket" in error.exchange.response


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("<a><Ticket>s1</Ticket></a>", "<a><Ticket>***</Ticket></a>"),
        ('<a><Ticket b="s1">s1\nb</Ticket><c/></a>', '<a><Ticket b="***">***</Ticket><c/></a>'),
        ("<a><Ticket><![CDATA[s1</Ticket>]]></Ticket></a>", "<a><Ticket>***</Ticket></a>"),
        ("<a><Ticket>s1<!-- </Ticket> -->s2</Ticket></a>", "<a><Ticket>***</Ticket></a>"),
        ("<a><Ticket>s1", "<a><Ticket>***</Ticket></a>"),
        ("<a><TicketId>1</TicketId></a>", "<a><TicketId>1</TicketId></a>"),
        ("<a><HasPassword>true</HasPassword></a>", "<a><HasPassword>true</HasPassword></a>"),
        ('<a password="s1" b="2"/>', '<a password="***" b="2"/>'),
        ("<a><Token><Value>s1</Value></Token></a>", "<a><Token><Value>***</Value></Token></a>"),
        ("<a><Ticket><Title>t</Title></Ticket></a>", "<a><Ticket><Title>t</Title></Ticket></a>"),
        (
            "<a><Credentials><Login>s1</Login>s2</Credentials></a>",
            "<a><Credentials><Login>***</Login>***</Credentials></a>",
        ),
        (
            "<a><Key>apiKey</Key><Value>s1</Value></a>",
            "<a><Key>apiKey</Key><Value>***</Value></a>",
        ),
        ('<a><p name="pin" value="s1"/></a>', '<a><p name="pin" value="***"/></a>'),
        ('<a><p name="pin">s1</p></a>', '<a><p name="pin">***</p></a>'),
        (
            "<a><GetTokenResult>s1</GetTokenResult></a>",
            "<a><GetTokenResult>***</GetTokenResult></a>",
        ),
        ("<a><Url>http://u:s1@h/?token=s1</Url></a>", "<a><Url>http://h/?token=***</Url></a>"),
        ("<a><Ticket>long-one</Ticket>its long-one</a>", "<a><Ticket>***</Ticket>its ***</a>"),
        ("<a><Ticket>on</Ticket>come on</a>", "<a><Ticket>***</Ticket>come on</a>"),
        ("<a><Ticket>on</Ticket><b>on</b></a>", "<a><Ticket>***</Ticket><b>***</b></a>"),
        ('<!DOCTYPE a [<!ENTITY e "s1">]><a><Pin>&e;s2</Pin></a>', "<a><Pin>***</Pin></a>"),
        ('<html><input name="token" value="s1"><br>x</html>', '<input name="token" value="***">'),
        ("no markup", "no markup"),
        ("", ""),
    ],
)
def test_masking(text: str, masked: str, principal: Built) -> None:
    secrets = principal.module("_secrets").Secrets()
    found = secrets.masked(text.encode())
    assert masked in found
    assert secrets.masked(found.encode()) == found


def test_the_values_of_a_dictionary_of_credentials(principal: Built) -> None:
    client = client_of(principal, answering(fault("Kerberos:abcdefgh is not known")))
    with pytest.raises(principal.errors.SoapFault) as caught:
        client.authenticate_generic({"provider": "Kerberos:abcdefgh", "magic": HARD})
    assert_hidden(caught.value, "abcdefgh", HARD)
    assert "provider</" in caught.value.exchange.request
    assert "magic</" in caught.value.exchange.request


def test_what_a_message_is_called_hides_nothing_in_it(principal: Built) -> None:
    """AuthenticateUsernamePassword ends like the name of a secret."""
    error = failure(principal, client_of(principal, answering(b"")))
    assert ">me</" in error.exchange.request


def test_names_that_a_user_adds(principal: Built) -> None:
    detail = "<Hobby>knitting</Hobby><Oddity a='strange'/>"
    handler = answering(fault("the user grandmother", detail))
    client = client_of(principal, handler).with_options(secrets={"Hobby"})
    client = client.with_options(secrets={"UserName", "a"})
    with pytest.raises(principal.errors.SoapFault) as caught:
        client.authenticate_username_password("grandmother", "s1")
    assert caught.value.reason == "the user ***"
    assert_hidden(caught.value, "knitting", "grandmother", "strange")


@pytest.mark.parametrize("digest", [False, True])
def test_what_ws_security_adds(digest: bool, shapes: Built) -> None:
    token = shapes.module("security").username_token("someone", HARD, digest=digest)
    sent: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.content)
        secret = request.content.decode().partition("<wsse:Password")[2].partition(">")[2]
        return answering(fault(f"no: {secret.partition('</')[0]}"))(request)

    http = httpx.Client(transport=httpx.MockTransport(answer))
    client = shapes.client.ShapesClient(URL, http=http).with_options(before=token)
    with pytest.raises(shapes.errors.SoapFault) as caught:
        client.close_()
    assert caught.value.reason == "no: ***"
    assert "someone" in caught.value.exchange.request
    assert caught.value.exchange.request.count("***") == 1 + digest
    assert_hidden(caught.value, HARD, escape(HARD))


def test_the_secrets_of_an_address_and_of_http_headers(principal: Built) -> None:
    def add(outgoing: Any) -> None:
        outgoing.http_headers["Authorization"] = "Bearer bear-er-bear"
        outgoing.http_headers["X-Odd"] = "very-odd"
        assert "hid" not in repr(outgoing)

    told = "bear-er-bear, basic-word, cookie-value, very-odd, hidden-one, hid%20den"
    handler = answering(fault(told))
    url = "http://me:hidden-one@localhost/x?apikey=hid%20den"
    client = client_of(principal, handler, url, cookies={"a": "cookie-value"})
    error = failure(principal, client.with_options(before=add, secrets=["X-Odd"]))
    assert error.reason == "***, basic-word, ***, ***, ***, ***"
    assert error.url == error.exchange.url == "http://localhost/x?apikey=***"
    assert_hidden(error, *(told.split(", ")[:1] + told.split(", ")[2:]))

    basic = client_of(principal, handler, auth=("me", "basic-word"))
    assert "***" in failure(principal, basic).reason


def test_a_user_in_the_address_is_not_sent_on(principal: Built, shapes: Built) -> None:
    outgoing = shapes.options.Outgoing(
        "Close", "urn:close", "http://me:hidden@localhost/x",
        f'<s:Envelope xmlns:s="{SOAP}"><s:Body/></s:Envelope>'.encode(), {},
    )  # fmt: skip
    shapes.module("addressing").address(outgoing)
    assert b"hidden" not in outgoing.envelope
    assert b"http://localhost/x</a:To>" in outgoing.envelope


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ReadTimeout, httpx.ReadError])
@pytest.mark.parametrize("cookies", [{}, {"session": "cookie-value"}])
def test_a_transport_error_leads_to_no_request(
    kind: type[httpx.RequestError], cookies: dict[str, str], principal: Built
) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise kind(f"cannot reach {request.url} {HARD}", request=request) from OSError("low")

    url = "http://me:hidden-one@localhost/x?token=tok-value"
    error = failure(principal, client_of(principal, fail, url, cookies=cookies))
    assert type(error.__cause__) is kind
    assert str(error.__cause__) == "cannot reach http://localhost/x?token=*** ***"
    assert error.__context__ is None
    with pytest.raises(RuntimeError):
        error.__cause__.request  # noqa: B018
    assert_hidden(error, HARD, "hidden-one", "tok-value", "cookie-value")


def test_the_walk_would_find_a_request() -> None:
    request = httpx.Request("POST", URL, content=HARD.encode(), headers={"Cookie": "cookie-value"})
    try:
        try:
            raise httpx.ReadError("read", request=request)
        except httpx.ReadError:
            raise ValueError("later")  # noqa: B904
    except ValueError as error:
        found = "".join(texts_from(error))
    assert HARD in found
    assert "cookie-value" in found


@pytest.mark.parametrize(
    "content",
    [
        enveloped("<AuthenticateResponse><Credentials><Ticket>7T:new</Ticket>"),
        enveloped("<AuthenticateResponse><Ticket>7T:new</Ticket>").partition("</s:Body>")[0],
        f"<?xml version='1.0'?><oops>{escape(HARD)}<Ticket>7T:new",
        f'{{"error": {json.dumps(HARD)}}}',
        f"<html><p>{escape(HARD)}<br><input name=token value='7T:new'></html>",
        f"plainly {HARD}",
        enveloped(f"<Odd><Ticket>7T:new</Ticket>{escape(HARD)}</Odd>"),
    ],
    ids="envelope truncated broken json page text other".split(),
)
@pytest.mark.parametrize("status", [200, 500])
def test_an_answer_that_is_none(content: str, status: int, principal: Built) -> None:
    for kind in ("text/xml", "text/html", "application/json"):
        handler = answering(content, status, kind)
        error = failure(principal, client_of(principal, handler))
        assert_hidden(error, HARD, "7T:new", json.dumps(HARD)[1:-1], escape(HARD))
        assert error.exchange.received == content.encode()


def test_what_is_not_read_is_not_told(principal: Built) -> None:
    """The text of a number that is none is in the message of the error, and in its context."""
    content = enveloped(
        "<AuthenticateResponse><Credentials><Ticket>7T:new-secret</Ticket></Credentials>"
        "<AuthenticationSucceeded>7T:new-secret</AuthenticationSucceeded></AuthenticateResponse>"
    )
    client = client_of(principal, answering(content, 200))
    with pytest.raises(principal.errors.UnexpectedResponse) as caught:
        client.authenticate_implicit()
    assert "***" in str(caught.value)
    assert_hidden(caught.value, "7T:new-secret")


def test_the_values_of_faults_and_failures(principal: Built, shapes: Built) -> None:
    errors, models = principal.errors, principal.models
    secrets = principal.module("_secrets").Secrets(["Odd"], ["a-secret"])
    value = models.SoCredentials(ticket="7T:new")
    inner = errors.ExceptionDetail(type="T", message="told a-secret")
    error = shapes.module("_faults").DeclaredFault(
        "c", "a-secret", actor="a-secret", markup="<Pin>1234</Pin>", detail=[value],
        exception=errors.ExceptionDetail("T", "m", stack_trace="at a-secret", inner=inner),
    )  # fmt: skip
    error.conceal(secrets)
    assert (error.reason, error.actor, error.markup) == ("***", "***", "<Pin>***</Pin>")
    assert error.detail == [models.SoCredentials(ticket="***")]
    assert error.exception.stack_trace == "at ***"
    assert error.exception.inner.message == "told ***"
    failed = errors.ServerFailure("m a-secret", parameters={"ApiKey": "x", "odd": "y", "b": "z"})
    failed.conceal(secrets)
    assert failed.parameters == {"ApiKey": "***", "odd": "***", "b": "z"}
    assert_none = [text for text in texts_from(failed) if "a-secret" in text]
    assert not assert_none


@settings(max_examples=200)
@given(content=st.binary(max_size=60), html=st.booleans())
def test_anything_can_be_masked(principal: Built, content: bytes, html: bool) -> None:
    secrets = principal.module("_secrets").Secrets([], ["long-secret"])
    start = b"<html xmlns:a='long-secret'><p @a=long-secret>" if html else b"<a b='long-secret'>"
    for message in (content, start + content, start + content + b"long-secret</a>"):
        assert "long-secret" not in secrets.masked(message)


def test_models_do_not_show_secrets(principal: Built, email: Built) -> None:
    models = principal.models
    credentials = models.SoCredentials(ticket="s1")
    assert repr(credentials) == "SoCredentials()"
    login = models.AuthenticateResult(authentication_succeeded=True, credentials=credentials)
    assert "s1" not in repr(login)
    connection = email.models.EMailConnectionInfo(user_name="me", password="s1")
    assert "user_name='me'" in repr(connection)
    assert "s1" not in repr(connection)


def test_many_secrets_do_not_take_long(principal: Built) -> None:
    """No more than a hundred values are looked for in the rest of a message."""
    module = principal.module("_secrets")
    many = "".join(f"<Token>token-{number}</Token>" for number in range(5_000))
    secrets = module.Secrets()
    assert secrets.masked(f"<a>{many}</a>".encode()).count("***") == 5_000
    assert len(secrets.texts) == 100


def test_nothing_secret_is_logged(principal: Built, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        failure(principal, client_of(principal, answering(fault(escape(HARD)))))
    assert HARD not in caplog.text


def test_a_reason_that_begins_like_markup_is_kept(principal: Built) -> None:
    secrets = principal.module("_secrets").Secrets(texts=["a-secret"])
    assert secrets.hidden("<b>no</b> a-secret & more") == "<b>no</b> *** & more"
    assert secrets.hidden("<b>&amp;<Pin>17</Pin></b>") == "<b>&amp;<Pin>***</Pin></b>"


MEMBERS = """
      <xs:simpleType name="Kind">
        <xs:restriction base="xs:string"><xs:enumeration value="s1"/></xs:restriction>
      </xs:simpleType>
      <xs:complexType name="ArrayOfString">
        <xs:sequence>
          <xs:element name="string" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence>
      </xs:complexType>
      <xs:complexType name="Token">
        <xs:sequence>
          <xs:element name="Value" type="xs:string" minOccurs="0"/>
          <xs:element name="Note" type="xs:string" minOccurs="0"/>
        </xs:sequence>
      </xs:complexType>
      <xs:complexType name="Login">
        <xs:sequence>
          <xs:element name="Pin" type="xs:int" minOccurs="0"/>
          <xs:element name="PasswordKind" type="tns:Kind" minOccurs="0"/>
          <xs:element name="HasPassword" type="xs:boolean" minOccurs="0"/>
          <xs:element name="LastSession" type="xs:date" minOccurs="0"/>
          <xs:element name="Secret" type="xs:base64Binary" minOccurs="0"/>
          <xs:element name="ApiKeys" type="tns:ArrayOfString" minOccurs="0"/>
          <xs:element name="Token" type="tns:Token" minOccurs="0"/>
          <xs:element name="Credentials" type="tns:Token" minOccurs="0"/>
          <xs:element name="Ticket" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence>
      </xs:complexType>
      <xs:element name="Find">
        <xs:complexType>
          <xs:sequence><xs:element name="Login" type="tns:Login" minOccurs="0"/></xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="FindResponse"><xs:complexType><xs:sequence/></xs:complexType></xs:element>
"""


def test_the_members_that_a_dataclass_shows(tmp_path: Path, store: Store) -> None:
    (tmp_path / "Logins.wsdl").write_text(wsdl(MEMBERS))
    models = store.package(tmp_path / "Logins.wsdl", name="logins_with_secrets").models
    token = models.Token(value="s1", note="told")
    assert repr(token) == "Token(note='told')"
    login = models.Login(
        pin=1234, has_password=True, last_session=date(2026, 1, 2), secret=b"s1",
        api_keys=["s1"], token=token, credentials=token, ticket=["s1"],
    )  # fmt: skip
    assert repr(login) == (
        "Login(password_kind=None, has_password=True, last_session=datetime.date(2026, 1, 2), "
        "token=Token(note='told'))"
    )
