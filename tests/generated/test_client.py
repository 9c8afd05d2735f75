"""The clients over real HTTP: a server made of the other half of the package answers them."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from tests.support.packages import Built
from tests.support.paths import WSDL
from tests.support.samples import sample_arguments
from tests.support.schemas import bindings


class Server:
    """Answers every operation with its sample response, and keeps the arguments of the last."""

    def __init__(self, package: Built) -> None:
        """Serve ``package`` on a free port of this machine."""
        self.package = package
        self.received: tuple[Any, ...] = ()
        self.headers: dict[str, str] = {}
        self.operations = {item.action: item.name for item in package.plan.operations}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                outer.headers = dict(self.headers)
                answer = outer.answer(self.headers["SOAPAction"].strip('"'), content)
                self.send_response(200)
                self.send_header("Content-Type", "text/xml; charset=utf-8")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/EMail.svc"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def answer(self, action: str, content: bytes) -> bytes:
        operation = self.operations[action]
        self.received = self.package.parse_request(operation, content)
        return self.package.build_response(operation, *self.response(operation))

    def response(self, operation: str) -> tuple[Any, ...]:
        build = getattr(self.package.builders, f"build_{operation}_response")
        return tuple(sample_arguments(build).values())


@pytest.fixture(scope="module")
def server(email: Built) -> Iterator[Server]:
    server = Server(email)
    yield server
    server.http.shutdown()


@pytest.mark.slow
def test_every_operation(server: Server, email: Built) -> None:
    actions = bindings(WSDL / "EMail.wsdl")
    with email.client.EMailClient(server.url, ticket="7T:1", application_token="app") as client:
        for operation in email.plan.operations:
            method = getattr(client, operation.method)
            arguments = sample_arguments(method)
            result = method(**arguments)
            expected = server.response(operation.name)
            assert server.received == tuple(arguments.values())
            assert result == (expected[0] if expected else None)
            action, _ = actions[operation.xml_name]
            assert server.headers["SOAPAction"] == f'"{action}"'


@pytest.mark.slow
def test_every_operation_without_blocking(server: Server, email: Built) -> None:
    async def call() -> None:
        async with email.client.AsyncEMailClient(server.url, ticket="7T:1") as client:
            for operation in email.plan.operations:
                method = getattr(client, operation.method)
                arguments = sample_arguments(method)
                result = await method(**arguments)
                expected = server.response(operation.name)
                assert server.received == tuple(arguments.values())
                assert result == (expected[0] if expected else None)

    asyncio.run(call())


def test_the_twins_have_the_same_methods(email: Built) -> None:
    plain, twin = email.client.EMailClient, email.client.AsyncEMailClient
    for operation in email.plan.operations:
        signatures = [inspect.signature(getattr(kind, operation.method)) for kind in (plain, twin)]
        assert signatures[0] == signatures[1]


def test_what_goes_over_the_wire(server: Server, email: Built) -> None:
    with email.client.EMailClient(server.url) as client:
        client.get_current_account_id()
    assert server.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert server.headers["SOAPAction"] == (
        '"http://www.superoffice.net/ws/crm/NetServer/Services86/EMail/GetCurrentAccountId"'
    )


def answering(email: Built, content: bytes, status: int = 200) -> Any:
    transport = httpx.MockTransport(lambda request: httpx.Response(status, content=content))
    return email.client.EMailClient("http://localhost/", http=httpx.Client(transport=transport))


def test_a_fault(email: Built) -> None:
    fault = b"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
      <faultcode>s:Client</faultcode><faultstring>No &lt;ticket&gt;</faultstring>
      </s:Fault></s:Body></s:Envelope>"""
    with pytest.raises(email.errors.SoapFault) as caught:
        answering(email, fault, status=500).get_current_account_id()
    assert (caught.value.code, caught.value.reason) == ("s:Client", "No <ticket>")


ENVELOPE = (
    b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
    b' xmlns="http://www.superoffice.net/ws/crm/NetServer/Services86">'
    b"<s:Body>%s</s:Body></s:Envelope>"
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected a SOAP envelope, got no XML"),
        (b"Service unavailable", "expected a SOAP envelope, got no XML"),
        (b"<html><body>Proxy</body></html>", "expected a SOAP envelope, got html"),
        (ENVELOPE[:90], "expected a SOAP envelope, got a part of one"),
        (ENVELOPE % b"", "in a SOAP body, got an empty body"),
        (ENVELOPE % b"<SendResponse/>", "GetCurrentAccountIdResponse in a SOAP body, got"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + ENVELOPE % b"&b;", "a document with a DOCTYPE"),
        (
            ENVELOPE
            % b"<GetCurrentAccountIdResponse><Response>x</Response></GetCurrentAccountIdResponse>",
            "Envelope/Body/GetCurrentAccountIdResponse/Response: expected an integer, got 'x'",
        ),
    ],
)
def test_an_answer_that_is_not_what_was_expected(
    email: Built, content: bytes, message: str
) -> None:
    with pytest.raises(email.errors.UnexpectedResponse) as caught:
        answering(email, content).get_current_account_id()
    assert message in str(caught.value)


def test_what_a_newer_server_adds_is_ignored_and_kept(email: Built) -> None:
    content = ENVELOPE % (
        b"<GetEMailAccountResponse><New/><Response><Newer>1</Newer><AccountStatus>2</AccountStatus>"
        b"<Newest><Inner/></Newest></Response></GetEMailAccountResponse>"
    )
    account = answering(email, content).get_email_account(1)
    assert account == email.models.EMailAccount(account_status=2)

    envelope = ENVELOPE % (
        b"<GetEMailFromIdResponse><Response><Priority>Utmost</Priority></Response>"
        b"</GetEMailFromIdResponse>"
    )
    message = answering(email, envelope).get_email_from_id(message_server_id=1)
    assert message.priority == "Utmost"
    assert b"<Priority>Utmost</Priority>" in email.build("save", message)


def test_dates_as_dotnet_writes_them(email: Built) -> None:
    from datetime import UTC, datetime
    from decimal import Decimal

    fine = email.module("_times").FineDatetime
    sent = b"<Sent>%s</Sent>"
    for text, expected in (
        (b"2026-01-02T03:04:05", datetime(2026, 1, 2, 3, 4, 5)),
        (
            b"2026-01-02T03:04:05.1234567",
            fine(2026, 1, 2, 3, 4, 5, 123456, beyond=Decimal("0.7")),
        ),
        (b"2026-01-02T03:04:05.5Z", datetime(2026, 1, 2, 3, 4, 5, 500000, UTC)),
        (b"0001-01-01T00:00:00", datetime.min),
    ):
        content = ENVELOPE % (
            b"<GetEMailResponse><Response>" + sent % text + b"</Response></GetEMailResponse>"
        )
        assert answering(email, content).get_email(1).sent == expected


def test_a_large_attachment_is_read(email: Built) -> None:
    stream = b"x" * 12_000_000
    content = email.build_response("get_attachment", email.models.EMailAttachment(stream=stream))
    assert answering(email, content).get_attachment(message_server_id=1).stream == stream


def test_secrets_are_not_shown(email: Built) -> None:
    headers = email.models.RequestHeaders(ticket="7T:secret", application_token="secret")
    info = email.models.EMailConnectionInfo(user_name="me", password="secret")
    assert "secret" not in repr(headers)
    assert "secret" not in repr(info)


def test_nil_items_keep_their_places(email: Built) -> None:
    """A nil item is an empty one that says so, and goes back as nil until somebody fills it."""
    content = ENVELOPE % (
        b'<FindAddressResponse xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Response>'
        b'<EMailAddress><Name>a</Name></EMailAddress><EMailAddress i:nil="true"/></Response>'
        b"</FindAddressResponse>"
    )
    first, second = answering(email, content).find_address("a")
    is_nil = email.values.is_nil
    assert (is_nil(first), is_nil(second)) == (False, True)
    assert second.name is None
    assert isinstance(second, email.models.EMailAddress)
    assert b'<EMailAddress xsi:nil="true"/>' in email.build_response("find_address", [second])
    second.name = "b"
    assert b"<Name>b</Name>" in email.build_response("find_address", [second])


def test_white_space_does_not_fill_what_is_nil(email: Built) -> None:
    """Not valid, but servers that indent what they send do it."""
    content = ENVELOPE % (
        b'<GetEMailEnvelopesResponse xmlns:i="http://www.w3.org/2001/XMLSchema-instance">'
        b'<Response><EMailEnvelope><From i:nil="true"> </From><To i:nil="true">\n</To>'
        b'</EMailEnvelope><EMailEnvelope i:nil="true">\n</EMailEnvelope></Response>'
        b"</GetEMailEnvelopesResponse>"
    )
    first, second = email.parsers.parse_get_email_envelopes(content)
    assert (first.from_, first.to) == (None, None)
    assert email.values.is_nil(second)
