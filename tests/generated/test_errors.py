"""What a call ends with instead of its result: one error for each kind of failure."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import httpx
import pytest

from tests.support.packages import Built

URL = "http://localhost/EMail.svc"
CRM = "http://www.superoffice.net/ws/crm/NetServer/Services86"
SECRET = "7T:very-secret"

Handler = Callable[[httpx.Request], httpx.Response]


def enveloped(body: str, header: str = "") -> bytes:
    return (
        f'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="{CRM}">'
        f"<s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    ).encode()


GOOD = enveloped("<GetEMailResponse><Response><Subject>Hi</Subject></Response></GetEMailResponse>")
FAULT = (
    "<s:Fault xmlns=''><faultcode>s:Server</faultcode><faultstring>No such e-mail</faultstring>"
    "<faultactor>urn:me</faultactor><detail>"
    '<ExceptionDetail xmlns="http://schemas.datacontract.org/2004/07/System.ServiceModel">'
    "<HelpLink/><InnerException><Message>inner</Message><Type>System.Inner</Type></InnerException>"
    "<Message>outer</Message><StackTrace>at Some.Method()</StackTrace><Type>System.Outer</Type>"
    "</ExceptionDetail></detail></s:Fault>"
)
FAILED = (
    "<ExceptionInfo><Message>No access</Message><FriendlyText>Sorry</FriendlyText>"
    "<ExceptionType>SoAccessException</ExceptionType><Parameters>"
    "<SoExceptionInfoParametersKeyValuePair><Key>table</Key><Value>email</Value>"
    "</SoExceptionInfoParametersKeyValuePair></Parameters></ExceptionInfo>"
    "<Succeeded>false</Succeeded>"
)


def answer(content: bytes, status: int = 200, kind: str = "text/xml", **headers: str) -> Handler:
    found = {"Content-Type": f"{kind}; charset=utf-8", **headers}
    return lambda request: httpx.Response(status, content=content, headers=found)


def failing(error: type[httpx.RequestError]) -> Handler:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error("what went wrong", request=request)

    return fail


def called(package: Built, handler: Handler, **options: Any) -> Any:
    """The result of a call that ``handler`` answers."""
    http = httpx.Client(transport=httpx.MockTransport(handler))
    client = package.client.EMailClient(URL, ticket=SECRET, http=http, **options)
    return client.get_email(1)


def called_without_blocking(package: Built, handler: Handler, **options: Any) -> Any:
    async def call() -> Any:
        http = httpx.AsyncClient(transport=httpx.MockTransport(handler))
        client = package.client.AsyncEMailClient(URL, ticket=SECRET, http=http, **options)
        return await client.get_email(1)

    return asyncio.run(call())


EMPTY = enveloped("<GetEMailResponse/>")
KINDS = [
    pytest.param(failing(httpx.ConnectError), "NotConnected", "no connection", id="connection"),
    pytest.param(failing(httpx.ConnectTimeout), "NotConnected", "no connection", id="connecting"),
    pytest.param(failing(httpx.PoolTimeout), "NotConnected", "no connection", id="pool"),
    pytest.param(failing(httpx.ReadTimeout), "TimedOut", "no answer in time", id="timeout"),
    pytest.param(failing(httpx.WriteTimeout), "TimedOut", "no answer in time", id="write timeout"),
    pytest.param(failing(httpx.ReadError), "ConnectionLost", "broke", id="broken"),
    pytest.param(failing(httpx.RemoteProtocolError), "ConnectionLost", "broke", id="hung up"),
    pytest.param(failing(httpx.DecodingError), "ConnectionLost", "broke", id="not decodable"),
    pytest.param(answer(b"", 401), "Unauthorized", "HTTP status 401 Unauthorized", id="401"),
    pytest.param(answer(b"", 403), "Forbidden", "HTTP status 403", id="403"),
    pytest.param(answer(b"", 404), "NotFound", "HTTP status 404", id="404"),
    pytest.param(answer(b"", 421), "Misdirected", "HTTP status 421", id="421"),
    pytest.param(answer(b"", 429), "TooManyRequests", "HTTP status 429", id="429"),
    pytest.param(answer(b"", 500), "ServerError", "HTTP status 500", id="500"),
    pytest.param(answer(b"<a>", 503, "text/html"), "ServerError", "HTTP status 503", id="503"),
    pytest.param(answer(GOOD, 500), "ServerError", "HTTP status 500", id="500 and no fault"),
    pytest.param(answer(b"", 302), "HttpError", "HTTP status 302", id="302"),
    pytest.param(answer(enveloped(FAULT), 500), "SoapFault", "s:Server: No such", id="fault"),
    pytest.param(answer(enveloped(FAULT)), "SoapFault", "No such e-mail", id="fault with 200"),
    pytest.param(
        answer(enveloped("<GetEMailResponse/>", FAILED)), "ServerFailure",
        "SoAccessException: No access", id="failure",
    ),
    pytest.param(
        answer(enveloped("<GetEMailResponse/>", "<Succeeded>false</Succeeded>")), "ServerFailure",
        "does not say why", id="Succeeded=false",
    ),
    pytest.param(
        answer(enveloped("<GetEMailResponse/>", FAILED.replace("false", "true"))), "ServerFailure",
        "No access", id="ExceptionInfo",
    ),
    pytest.param(
        answer(b"<html><body>Proxy</body></html>", kind="text/html"), "NotSoap", "text/html",
        id="a page",
    ),
    pytest.param(answer(b"<html/>"), "NotSoap", "got html", id="a page as XML"),
    pytest.param(answer(b""), "NotSoap", "no XML", id="empty"),
    pytest.param(answer(GOOD[:150]), "Truncated", "a part of one", id="truncated"),
    pytest.param(answer(enveloped("<SendResponse/>")), "WrongMessage", "SendResponse", id="other"),
    pytest.param(answer(enveloped("")), "WrongMessage", "an empty body", id="empty body"),
    pytest.param(answer(GOOD, kind="application/json"), "NotSoap", "application/json", id="type"),
    pytest.param(
        answer(enveloped(
            "<GetEMailResponse><Response><Size>x</Size></Response></GetEMailResponse>"
        )),
        "UnexpectedResponse", "Response/Size: expected an integer", id="not a number",
    ),
]  # fmt: skip


@pytest.mark.parametrize("call", [called, called_without_blocking])
@pytest.mark.parametrize(("handler", "kind", "message"), KINDS)
def test_a_failure(
    handler: Handler, kind: str, message: str, call: Callable[..., Any], email: Built
) -> None:
    errors = email.errors
    with pytest.raises(errors.CallError) as caught:
        call(email, handler)
    error = caught.value
    assert type(error) is getattr(errors, kind)
    assert message in str(error)
    assert str(error).startswith(f"GetEMail at {URL}: ")
    assert (error.operation, error.url) == ("GetEMail", URL)
    assert "<Credentials><Ticket>***</Ticket></Credentials>" in error.exchange.request
    if kind in ("NotConnected", "TimedOut", "ConnectionLost"):
        assert isinstance(error.__cause__, httpx.RequestError)
        assert (error.exchange.status, error.exchange.response) == (None, "")
    else:
        assert error.exchange.status is not None
    shown = [
        str(error),
        repr(error),
        repr(error.exchange),
        "".join(traceback.format_exception(error)),
    ]
    assert not [text for text in shown if SECRET in text]


def test_what_a_fault_tells(email: Built) -> None:
    with pytest.raises(email.errors.SoapFault) as caught:
        called(email, answer(enveloped(FAULT), 500))
    fault = caught.value
    assert (fault.code, fault.reason, fault.actor) == ("s:Server", "No such e-mail", "urn:me")
    assert "<Message>outer</Message>" in fault.markup
    detail = email.errors.ExceptionDetail
    inner = detail(type="System.Inner", message="inner")
    assert fault.exception == detail(
        type="System.Outer", message="outer", stack_trace="at Some.Method()", inner=inner
    )


def test_what_a_failure_tells(email: Built) -> None:
    with pytest.raises(email.errors.ServerFailure) as caught:
        called(email, answer(enveloped("<GetEMailResponse/>", FAILED)))
    failure = caught.value
    assert (failure.type, failure.message) == ("SoAccessException", "No access")
    assert failure.parameters == {"table": "email"}


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_the_detail_that_a_contract_declares(version: str, shapes: Built) -> None:
    detail = '<x:Refusal xmlns:x="urn:example:shapes"><until>2026-01-02</until></x:Refusal>'
    if version == "1.1":
        soap = "http://schemas.xmlsoap.org/soap/envelope/"
        inner = (
            f"<faultcode>e:Server</faultcode><faultstring>No</faultstring><detail>{detail}</detail>"
        )
    else:
        soap = "http://www.w3.org/2003/05/soap-envelope"
        inner = (
            "<e:Code><e:Value>e:Receiver</e:Value></e:Code><e:Reason><e:Text>No</e:Text></e:Reason>"
            f"<e:Role>urn:me</e:Role><e:Detail>{detail}</e:Detail>"
        )
    content = (
        f'<e:Envelope xmlns:e="{soap}"><e:Body><e:Fault>{inner}</e:Fault></e:Body></e:Envelope>'
    )
    http = httpx.Client(transport=httpx.MockTransport(answer(content.encode(), 500)))
    with pytest.raises(shapes.module("faults").RefusalError) as caught:
        shapes.client.ShapesClient(URL, http=http).close_()
    assert caught.value.detail == shapes.models.Refusal(until=date(2026, 1, 2))
    assert caught.value.reason == "No"


def test_a_refused_log_in_in_a_successful_reply(principal: Built) -> None:
    content = enveloped(
        "<AuthenticateResponse><AuthenticationSucceeded>false</AuthenticationSucceeded>"
        "</AuthenticateResponse>"
    )
    http = httpx.Client(transport=httpx.MockTransport(answer(content)))
    client = principal.client.SoPrincipalClient(URL, http=http)
    password = "pass" + "-secret"  # so that the line of the call in the traceback has it not
    with pytest.raises(principal.errors.LoginRefused) as caught:
        client.authenticate_username_password("me", password)
    assert "<Password>***</Password>" in caught.value.exchange.request
    assert password not in "".join(traceback.format_exception(caught.value))


def test_secrets_in_an_answer_are_masked(principal: Built) -> None:
    content = enveloped(
        "<AuthenticateResponse><Credentials><Ticket>7T:new-secret</Ticket></Credentials>"
        "<AuthenticationSucceeded>maybe</AuthenticationSucceeded></AuthenticateResponse>"
    )
    http = httpx.Client(transport=httpx.MockTransport(answer(content)))
    with pytest.raises(principal.errors.UnexpectedResponse) as caught:
        principal.client.SoPrincipalClient(URL, http=http).authenticate_implicit()
    assert "<Ticket>***</Ticket>" in caught.value.exchange.response
    assert "7T:new-secret" not in caught.value.exchange.response


def test_a_server_that_repeats_a_secret(email: Built) -> None:
    fault = FAULT.replace("No such e-mail", f"{SECRET} is no ticket").replace("outer", SECRET)
    with pytest.raises(email.errors.SoapFault) as caught:
        called(email, answer(enveloped(fault), 500))
    error = caught.value
    assert error.reason == "*** is no ticket"
    shown = [str(error), repr(error), error.markup, error.exchange.response]
    assert not [text for text in shown if SECRET in text]
    assert SECRET not in repr(error.exception)


def test_nothing_secret_is_logged(email: Built, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(email.errors.HttpError):
        called(email, answer(b"", 500))
    assert SECRET not in caplog.text


def test_an_address_with_a_password_is_shown_without(email: Built) -> None:
    http = httpx.Client(transport=httpx.MockTransport(answer(b"", 404)))
    client = email.client.EMailClient("http://me:hidden@localhost/x", http=http)
    with pytest.raises(email.errors.NotFound, match="GetEMail at http://localhost/x: ") as caught:
        client.get_email(1)
    assert "hidden" not in repr(caught.value.exchange)


# --- over real connections -----------------------------------------------------------------------


@contextmanager
def peer(behave: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of a server that does with each connection what ``behave`` says."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    behave(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_a_connection_that_breaks(email: Built) -> None:
    def hang_up(connection: socket.socket) -> None:
        connection.recv(100)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<s:Env")

    with peer(hang_up) as url, pytest.raises(email.errors.ConnectionLost):
        email.client.EMailClient(url).get_email(1)


def test_a_server_that_does_not_answer(email: Built) -> None:
    release = threading.Event()

    def wait(connection: socket.socket) -> None:
        release.wait(5)

    with peer(wait) as url, pytest.raises(email.errors.TimedOut):
        email.client.EMailClient(url, timeout=0.1).get_email(1)
    release.set()


def test_nobody_listens(email: Built) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(email.errors.NotConnected):
        email.client.EMailClient(f"http://127.0.0.1:{port}/").get_email(1)
