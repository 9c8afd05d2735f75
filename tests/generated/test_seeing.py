"""What can be seen of calls: the log, what a client is, and what came with a result."""

from __future__ import annotations

import asyncio
import logging
import re
import textwrap
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.generated.test_calling import Recorder
from tests.generated.test_errors import GOOD, URL, answer, enveloped
from tests.support.packages import Built, build_package
from tests.support.small import wsdl
from tests.support.typing import mypy

LOGGER = "email_both"
HEADERS = enveloped("<GetEMailResponse/>", "<Succeeded>true</Succeeded>")
FAULT = b"""<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
<faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault></s:Body></s:Envelope>"""


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda seconds: None)


def lines(caplog: pytest.LogCaptureFixture, level: int) -> list[str]:
    """What was logged at ``level``, with the time taken out."""
    return [
        re.sub(r"\d+\.\d ms", "N ms", record.getMessage())
        for record in caplog.records
        if record.name == LOGGER and record.levelno == level
    ]


# --- the log -------------------------------------------------------------------------------------


def test_a_call_is_a_line(email: Built, caplog: pytest.LogCaptureFixture) -> None:
    server = Recorder()
    with caplog.at_level(logging.INFO, LOGGER):
        server.client(email).get_email(1)
    sent = len(server.requests[0].content)
    line = f"EMail.GetEMail: 200 in N ms, {sent} bytes sent, {len(GOOD)} received, 1 try"
    assert lines(caplog, logging.INFO) == [line]
    assert lines(caplog, logging.DEBUG) == []


def test_a_call_that_is_repeated_is_one_line(
    email: Built, caplog: pytest.LogCaptureFixture
) -> None:
    busy = answer(b"", 503)
    with caplog.at_level(logging.INFO, LOGGER):
        Recorder(busy, busy, answer(GOOD)).client(email, retries=2).get_email(1)
    (line,) = lines(caplog, logging.INFO)
    assert line.startswith("EMail.GetEMail: 200 in ")
    assert line.endswith(", 3 tries")


def test_a_call_that_fails_says_how(email: Built, caplog: pytest.LogCaptureFixture) -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with caplog.at_level(logging.INFO, LOGGER):
        for handler in (answer(FAULT, 500), broken):
            with pytest.raises(email.errors.CallError):
                Recorder(handler).client(email).get_email(1)
        with pytest.raises(email.errors.InvalidValue):
            Recorder().client(email).get_email("one")
    fault, lost, refused = lines(caplog, logging.INFO)
    assert fault.startswith("EMail.GetEMail: 500 SoapFault in ")
    assert lost.startswith("EMail.GetEMail: NotConnected in ")
    assert lost.endswith(" 0 received, 2 tries")
    assert refused == "EMail.GetEMail: InvalidValue in N ms, 0 bytes sent, 0 received, 0 tries"


def test_an_exchange_is_there_to_debug_and_has_no_secret(
    email: Built, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, LOGGER):
        Recorder().client(email, ticket="7T:secret").get_email(1)
    (exchange,) = lines(caplog, logging.DEBUG)
    assert exchange.startswith("EMail.GetEMail sent\n<")
    assert "<crm:Ticket>***</crm:Ticket>" in exchange or ">***</" in exchange
    assert "\nand received\n<" in exchange
    assert "7T:secret" not in caplog.text


def test_nothing_is_masked_or_copied_where_nobody_looks(
    email: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*arguments: object, **others: object) -> None:
        raise AssertionError("somebody looked")

    client = Recorder().client(email)
    secrets = email.module("_secrets").Secrets
    monkeypatch.setattr(secrets, "masked", never)
    monkeypatch.setattr(email.module("_log").copy, "copy", never)
    client.get_email(1)
    with pytest.raises(AssertionError, match="somebody looked"):
        client.with_options()


def test_the_asynchronous_client_logs_too(email: Built, caplog: pytest.LogCaptureFixture) -> None:
    async def call() -> None:
        transport = httpx.MockTransport(Recorder())
        async with httpx.AsyncClient(transport=transport) as http:
            await email.client.AsyncEMailClient(URL, http=http).get_email(1)

    with caplog.at_level(logging.INFO, LOGGER):
        asyncio.run(call())
    assert lines(caplog, logging.INFO)[0].startswith("EMail.GetEMail: 200 in ")


# --- what a client is ----------------------------------------------------------------------------


def test_a_client_says_what_it_is_and_no_secret(email: Built) -> None:
    url = "https://me:secret@crm.example/EMail.svc?token=abc"
    client = email.client.EMailClient(url, ticket="7T:secret")
    assert repr(client) == (
        "<EMailClient at https://crm.example/EMail.svc?token=***, SOAP 1.1, without a log-in>"
    )
    assert repr(client.with_login(object())).endswith(", SOAP 1.1, with a log-in>")


# --- what came with a result ---------------------------------------------------------------------


def test_a_result_with_its_headers_and_its_exchange(email: Built) -> None:
    server = Recorder(answer(HEADERS))
    client = server.client(email, ticket="7T:1")
    response = client.with_response(client.get_email, 1)
    assert response.value == client.get_email(1)
    assert response.headers == email.models.ResponseHeaders(succeeded=True)
    assert response.exchange.operation == "GetEMail"
    assert response.exchange.received == HEADERS
    assert server.tickets() == ["7T:1", "7T:1"]


def test_arguments_by_name_and_the_options_of_the_client(email: Built) -> None:
    seen: list[Any] = []
    client = Recorder().client(email).with_options(after=seen.append)
    response = client.with_response(client.get_email, id=1)
    assert seen == [response.exchange]


def test_the_exchange_of_the_last_attempt(email: Built) -> None:
    client = Recorder(answer(b"", 503), answer(GOOD)).client(email, retries=1)
    assert client.with_response(client.get_email, 1).exchange.status == 200


def test_an_asynchronous_call(email: Built) -> None:
    async def call() -> Any:
        transport = httpx.MockTransport(answer(HEADERS))
        async with httpx.AsyncClient(transport=transport) as http:
            client = email.client.AsyncEMailClient(URL, http=http)
            return await client.with_response(client.get_email, 1)

    assert asyncio.run(call()).headers.succeeded is True


def test_a_method_of_another_client(email: Built) -> None:
    client, other = (Recorder().client(email) for _ in range(2))
    for method in (other.get_email, lambda number: number):
        with pytest.raises(email.errors.InvalidValue, match="a method of this client"):
            client.with_response(method, 1)
    with pytest.raises(email.errors.InvalidValue, match="the method called no operation"):
        client.with_response(client.close)


USE = """
from typing import assert_type

from people_client import AsyncPeopleClient, PeopleClient
from people_client.models import Person
from people_client.responses import Response


def call(client: PeopleClient) -> None:
    response = client.with_response(client.find, "Eva")
    assert_type(response, Response[Person | None, None])
    client.with_response(client.find, name="Eva")


async def wait(client: AsyncPeopleClient) -> None:
    assert_type((await client.with_response(client.find, "Eva")).value, Person | None)
"""
WRONG = """
from people_client import PeopleClient


def call(client: PeopleClient) -> None:
    client.with_response(client.find, 7)
"""


@pytest.mark.slow
def test_type_checkers_know_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "people.wsdl").write_text(wsdl(), encoding="utf-8")
    build_package(tmp_path / "people.wsdl", tmp_path, name="people_client")
    for text, errors in ((USE, 0), (WRONG, 1)):
        (tmp_path / "use.py").write_text(textwrap.dedent(text), encoding="utf-8")
        found = mypy("use.py", cwd=tmp_path)
        assert found.count("error:") == errors, found
