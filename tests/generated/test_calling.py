"""How calls are made: options for a call, hooks, repeating, and being let in."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import etree

from tests.generated.test_errors import CRM, GOOD, URL, Handler, answer, enveloped, failing
from tests.support.packages import Built, build_package
from tests.support.small import wsdl

NS = f"{{{CRM}}}"
NOT_AUTHENTICATED = "SuperOffice.Exceptions.SoSessionException"


class Recorder:
    """Answers with each of ``answers`` in turn, then with the last of them again."""

    def __init__(self, *answers: Callable[[httpx.Request], httpx.Response]) -> None:
        """Answer with ``answers``, or with a good one."""
        self.answers = list(answers) or [answer(GOOD)]
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answers[min(len(self.requests), len(self.answers)) - 1](request)

    def client(self, package: Built, **options: Any) -> Any:
        """A client that it answers."""
        http = httpx.Client(transport=httpx.MockTransport(self))
        return package.client.EMailClient(URL, http=http, **options)

    def tickets(self) -> list[str | None]:
        """The ticket in each request."""
        return [
            etree.fromstring(request.content).findtext(f".//{NS}Ticket")
            for request in self.requests
        ]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses between repetitions take no time, and are kept."""
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    return pauses


# --- options -------------------------------------------------------------------------------------


def test_other_headers_and_timeout_for_one_call(email: Built) -> None:
    server = Recorder()
    client = server.client(email, ticket="7T:1", timeout=7.0)
    other = client.with_options(
        soap_headers=email.models.RequestHeaders(ticket="7T:2"), timeout=1.5
    )
    other.get_email(1)
    client.get_email(1)
    assert server.tickets() == ["7T:2", "7T:1"]
    timeouts = [request.extensions["timeout"]["read"] for request in server.requests]
    assert timeouts == [1.5, 7.0]


def test_a_client_has_the_timeout_of_the_one_that_was_given(email: Built) -> None:
    server = Recorder()
    http = httpx.Client(transport=httpx.MockTransport(server), timeout=7.0)
    email.client.EMailClient(URL, http=http).get_email(1)
    email.client.EMailClient(URL, http=http, timeout=3.0).get_email(1)
    timeouts = [request.extensions["timeout"]["read"] for request in server.requests]
    assert timeouts == [7.0, 3.0]


def test_the_connections_of_an_http_that_is_given_are_not_closed(email: Built) -> None:
    given = httpx.Client()
    with email.client.EMailClient(URL, http=given):
        pass
    assert not given.is_closed
    given.close()


# --- hooks ---------------------------------------------------------------------------------------


def test_what_goes_out_can_be_changed_and_what_comes_in_is_told(email: Built) -> None:
    content = enveloped(
        "<GetEMailResponse/>",
        "<ExtraInfo><ExtraInfoNameValuePair><Key>took</Key><Value>3 ms</Value>"
        "</ExtraInfoNameValuePair></ExtraInfo><Succeeded>true</Succeeded>",
    )
    server = Recorder(answer(content))
    exchanges: list[Any] = []

    def sign(outgoing: Any) -> None:
        assert (outgoing.operation, outgoing.action) == ("GetEMail", f"{CRM}/EMail/GetEMail")
        outgoing.http_headers["X-Trace"] = "1"
        outgoing.envelope = outgoing.envelope.replace(b"<Id>1<", b"<Id>2<")

    client = server.client(email)
    client.with_options(before=sign, after=exchanges.append).get_email(1)
    client.get_email(1)
    first, second = server.requests
    assert first.headers["X-Trace"] == "1"
    assert "X-Trace" not in second.headers
    assert b"<Id>2</Id>" in first.content
    assert b"<Id>1</Id>" in second.content
    (exchange,) = exchanges
    assert (exchange.operation, exchange.status) == ("GetEMail", 200)
    headers = email.parsers.parse_response_headers(exchange.received)
    assert headers == email.models.ResponseHeaders(extra_info={"took": "3 ms"}, succeeded=True)


def test_response_headers_that_are_missing(email: Built) -> None:
    missing = email.models.ResponseHeaders()
    assert email.parsers.parse_response_headers(GOOD) == missing
    bare = GOOD.replace(b"<s:Header></s:Header>", b"")
    assert email.parsers.parse_response_headers(bare) == missing
    with pytest.raises(email.errors.NotSoap):
        email.parsers.parse_response_headers(b"<html/>")
    with pytest.raises(email.errors.NotSoap, match="DOCTYPE"):
        email.parsers.parse_response_headers(b"<!DOCTYPE a>" + bare)


# --- repeating -----------------------------------------------------------------------------------

DOWN = answer(b"", 503)


def test_nothing_is_repeated_unasked(email: Built, no_waiting: list[float]) -> None:
    for failure in (DOWN, answer(b"", 429), failing(httpx.ReadTimeout), failing(httpx.ReadError)):
        server = Recorder(failure, answer(GOOD))
        with pytest.raises(email.errors.CallError):
            server.client(email).get_email(1)
        assert len(server.requests) == 1
    assert no_waiting == []


def test_a_request_that_was_never_sent_is_sent_once_more(email: Built) -> None:
    server = Recorder(failing(httpx.ConnectError), answer(GOOD))
    assert server.client(email).get_email(1).subject == "Hi"
    server = Recorder(failing(httpx.ConnectError), failing(httpx.ConnectError), answer(GOOD))
    with pytest.raises(email.errors.NotConnected):
        server.client(email).get_email(1)
    assert len(server.requests) == 2


def test_what_can_be_read_only_once_is_sent_again(email: Built) -> None:
    server = Recorder(failing(httpx.ConnectError), answer(enveloped("<MarkAsReadResponse/>")))
    numbers = (number for number in (17, 18))
    server.client(email).mark_as_read(None, numbers, read=True)
    first, second = (request.content for request in server.requests)
    assert first == second
    assert b">17<" in second
    assert b">18<" in second


def test_repeating_with_back_off(email: Built, no_waiting: list[float]) -> None:
    server = Recorder(DOWN, failing(httpx.ReadTimeout), DOWN, answer(GOOD))
    assert server.client(email, retries=3).get_email(1).subject == "Hi"
    assert no_waiting == [0.5, 1.0, 2.0]
    with pytest.raises(email.errors.ServerError):
        Recorder(DOWN).client(email, retries=2).get_email(1)
    assert no_waiting == [0.5, 1.0, 2.0, 0.5, 1.0]


def test_a_server_that_says_how_long_to_wait(email: Built, no_waiting: list[float]) -> None:
    headers = {"Retry-After": "7"}
    server = Recorder(answer(b"", 429, **headers), answer(GOOD))
    server.client(email, retries=1).get_email(1)
    assert no_waiting == [7.0]
    long = Recorder(answer(b"", 429, **{"Retry-After": "3600"}), answer(GOOD))
    with pytest.raises(email.errors.TooManyRequests) as caught:
        long.client(email, retries=1).get_email(1)
    assert caught.value.retry_after == 3600
    dated = {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}
    past = Recorder(answer(b"", 503, **dated), answer(GOOD))
    past.client(email, retries=1).get_email(1)
    assert no_waiting == [7.0, 0.5]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500])
def test_what_repeating_does_not_help(email: Built, status: int) -> None:
    server = Recorder(answer(b"", status), answer(GOOD))
    with pytest.raises(email.errors.HttpError):
        server.client(email, retries=3).get_email(1)
    assert len(server.requests) == 1


def test_other_rules_for_some_calls(email: Built, no_waiting: list[float]) -> None:
    server = Recorder(answer(b"", 500), answer(GOOD))
    retries = email.options.Retries(most=1, wait=0.1, statuses=frozenset({500}))
    server.client(email).with_options(retries=retries).get_email(1)
    assert no_waiting == [0.1]


# --- being let in --------------------------------------------------------------------------------


class TicketOffice:
    """A server that lets in whoever has the latest ticket, and gives out tickets."""

    def __init__(self) -> None:
        """Start with a ticket that nobody has."""
        self.given = 0
        self.good = ""
        self.lock = threading.Lock()
        self.answered: Counter[str] = Counter()

    def log_in(self) -> str:
        with self.lock:
            self.given += 1
            self.good = f"7T:{self.given}"
            return self.good

    def __call__(self, request: httpx.Request) -> httpx.Response:
        ticket = etree.fromstring(request.content).findtext(f".//{NS}Ticket")
        good = ticket == self.good
        with self.lock:
            self.answered["good" if good else "expired"] += 1
        header = (
            ""
            if good
            else (
                "<ExceptionInfo><Message>The ticket has expired</Message>"
                f"<ExceptionType>{NOT_AUTHENTICATED}</ExceptionType></ExceptionInfo>"
                "<Succeeded>false</Succeeded>"
            )
        )
        body = GOOD if good else enveloped("<GetEMailResponse/>", header)
        return answer(body)(request)


def test_twenty_threads_and_an_expired_ticket(email: Built) -> None:
    office = TicketOffice()
    tickets = email.netserver.Tickets(office.log_in)
    http = httpx.Client(transport=httpx.MockTransport(office))
    client = email.client.EMailClient(URL, http=http).with_login(tickets)
    assert client.get_email(1).subject == "Hi"
    office.good = "another"  # the ticket has expired
    start = threading.Barrier(20)

    def call(number: int) -> str:
        start.wait()
        subject: str = client.get_email(number).subject
        return subject

    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(call, range(20))) == ["Hi"] * 20
    assert office.given == 2
    assert office.answered["good"] == 21


def test_twenty_tasks_and_an_expired_ticket(email: Built) -> None:
    office = TicketOffice()

    async def log_in() -> str:
        await asyncio.sleep(0)
        return office.log_in()

    async def run() -> list[str]:
        http = httpx.AsyncClient(transport=httpx.MockTransport(office))
        tickets = email.netserver.AsyncTickets(log_in)
        client = email.client.AsyncEMailClient(URL, http=http).with_login(tickets)
        await client.get_email(1)
        office.good = "another"
        found = await asyncio.gather(*(client.get_email(number) for number in range(20)))
        return [message.subject for message in found]

    assert asyncio.run(run()) == ["Hi"] * 20
    assert office.given == 2


def test_a_ticket_that_is_refused_again_is_an_error(email: Built) -> None:
    office = TicketOffice()
    http = httpx.Client(transport=httpx.MockTransport(office))
    client = email.client.EMailClient(URL, http=http).with_login(
        email.netserver.Tickets(lambda: "7T:never good")
    )
    with pytest.raises(email.errors.ServerFailure, match="The ticket has expired"):
        client.get_email(1)
    assert office.answered["expired"] == 2


def test_a_ticket_from_soprincipal(email: Built, principal: Built) -> None:
    reply = (
        "<AuthenticateResponse><Credentials><Ticket>7T:from a log-in</Ticket></Credentials>"
        "<AuthenticationSucceeded>true</AuthenticationSucceeded></AuthenticateResponse>"
    )
    door = Recorder(answer(enveloped(reply)))
    http = httpx.Client(transport=httpx.MockTransport(door))
    so_principal = principal.client.SoPrincipalClient(URL, http=http)
    ticket_of = principal.netserver.ticket_of
    server = Recorder()
    for log_in in (
        lambda: ticket_of(so_principal.authenticate_username_password("me", "secret")),
        lambda: ticket_of(so_principal.authenticate_with_access_token("token")),
        lambda: ticket_of(so_principal.authenticate_implicit()),
    ):
        server.client(email).with_login(email.netserver.Tickets(log_in)).get_email(1)
    assert server.tickets() == ["7T:from a log-in"] * 3
    assert len(door.requests) == 3


def test_a_log_in_that_is_refused(email: Built) -> None:
    def refuse() -> str:
        raise email.errors.LoginRefused("no")

    server = Recorder()
    client = server.client(email).with_login(email.netserver.Tickets(refuse))
    with pytest.raises(email.errors.LoginRefused):
        client.get_email(1)
    assert server.requests == []


def failure(message: str, kind: str = "") -> Handler:
    """A failure that NetServer reports in the SOAP header."""
    info = f"<Message>{message}</Message><ExceptionType>{kind}</ExceptionType>"
    header = f"<ExceptionInfo>{info}</ExceptionInfo><Succeeded>false</Succeeded>"
    return answer(enveloped("<GetEMailResponse/>", header))


def fault(kind: str) -> Handler:
    """A fault with the exception that it came from, as .NET includes it."""
    exception = (
        '<ExceptionDetail xmlns="http://schemas.datacontract.org/2004/07/System.ServiceModel">'
        f"<Message>Authentication failed!</Message><Type>{kind}</Type></ExceptionDetail>"
    )
    content = (
        "<s:Fault xmlns=''><faultcode>s:Server</faultcode><faultstring>No ticket</faultstring>"
        f"<detail>{exception}</detail></s:Fault>"
    )
    return answer(enveloped(content), 500)


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(failure("Authentication failed!", NOT_AUTHENTICATED), id="failure"),
        pytest.param(failure("Mislykket", "SoSessionException"), id="another language"),
        pytest.param(fault(NOT_AUTHENTICATED), id="fault"),
        pytest.param(answer(b"", 401), id="401"),
    ],
)
def test_a_log_in_that_is_no_longer_good(email: Built, refusal: Handler) -> None:
    server = Recorder(refusal, answer(GOOD))
    given = iter(("7T:1", "7T:2"))
    client = server.client(email).with_login(email.netserver.Tickets(lambda: next(given)))
    assert client.get_email(1).subject == "Hi"
    assert server.tickets() == ["7T:1", "7T:2"]


@pytest.mark.parametrize(
    "failed",
    [
        pytest.param(failure("Ticket 17 does not exist"), id="a ticket that is a record"),
        pytest.param(failure("The ticket has expired", "SoTicketException"), id="another type"),
        pytest.param(failure("Authentication failed", "SoException"), id="a text about it"),
        pytest.param(
            # .NET raises this when a mail server that the operation calls has a bad certificate.
            failure(
                "Authentication failed", "System.Security.Authentication.AuthenticationException"
            ),
            id="authentication within the operation",
        ),
        pytest.param(failure("SoSessionException", "SoSentryException"), id="named in the message"),
        pytest.param(fault("System.InvalidOperationException"), id="fault"),
        pytest.param(answer(b"", 403), id="403"),
    ],
)
def test_a_failure_of_the_operation_is_not_repeated(email: Built, failed: Handler) -> None:
    """The server may have acted."""
    server = Recorder(failed, answer(GOOD))
    log_ins: list[str] = []

    def log_in() -> str:
        log_ins.append("7T:1")
        return "7T:1"

    client = server.client(email).with_login(email.netserver.Tickets(log_in))
    with pytest.raises(email.errors.CallError):
        client.get_email(1)
    assert (len(server.requests), len(log_ins)) == (1, 1)


def test_users_may_know_more_about_what_means_that_a_ticket_has_expired(email: Built) -> None:
    server = Recorder(failure("Ticket is gone"), answer(GOOD))
    tickets = email.netserver.Tickets(lambda: "7T", expired=lambda error: "gone" in str(error))
    assert server.client(email).with_login(tickets).get_email(1).subject == "Hi"


@pytest.mark.slow
def test_an_operation_without_headers_is_not_repeated_for_a_log_in(tmp_path: Path) -> None:
    """It carries no credentials, so new ones would change nothing."""
    source = tmp_path / "People.wsdl"
    source.write_text(wsdl(), encoding="utf-8")
    people: Any = build_package(source, tmp_path, name="people_without_headers")
    server = Recorder(answer(b"", 401))
    http = httpx.Client(transport=httpx.MockTransport(server))
    client = people.client.PeopleClient(URL, http=http).with_login(Refused())
    with pytest.raises(people.errors.Unauthorized):
        client.find("Bo")
    assert len(server.requests) == 1


class Refused:
    """A log-in that takes any error for an expired one, and must not be asked."""

    def soap_headers(self, soap_headers: Any) -> Any:
        raise AssertionError("there are no headers")

    def is_expired(self, error: Exception) -> bool:
        return True

    def renew(self, soap_headers: Any) -> None:
        raise AssertionError("there are no headers")


@pytest.mark.parametrize("is_asynchronous", [False, True])
def test_the_error_of_a_log_in_names_the_call_that_needed_it(
    email: Built, is_asynchronous: bool
) -> None:
    def refuse() -> str:
        raise email.errors.LoginRefused("no")

    async def refuse_later() -> str:
        return refuse()

    def call() -> None:
        if is_asynchronous:
            tickets = email.netserver.AsyncTickets(refuse_later)
            client = email.client.AsyncEMailClient(URL).with_login(tickets)
            asyncio.run(client.get_email(1))
        else:
            tickets = email.netserver.Tickets(refuse)
            email.client.EMailClient(URL).with_login(tickets).get_email(1)

    with pytest.raises(email.errors.LoginRefused) as caught:
        call()
    assert (caught.value.operation, caught.value.url) == ("GetEMail", URL)


# --- what is told about waiting ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        ("99999999999999999999", 1e20),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 21 Oct 99999 07:28:00 GMT", None),
        ("Wed, 21 Oct 99999999999999999999 07:28:00 GMT", None),
        ("Wed, 21 Oct 2015 07:28:00 +99999999999999", None),
        ("inf", None),
        ("nan", None),
        ("-1", None),
        ("²", None),
        ("", None),
    ],
)
def test_how_long_the_server_asks_to_wait(email: Built, text: str, seconds: float | None) -> None:
    headers = [(b"Retry-After", text.encode("latin-1"))]
    server = Recorder(lambda request: httpx.Response(503, headers=headers))
    with pytest.raises(email.errors.ServerError) as caught:
        server.client(email, retries=0).get_email(1)
    assert caught.value.retry_after == seconds


@pytest.mark.slow
def test_many_repetitions(email: Built, no_waiting: list[float]) -> None:
    """Waits that double for long enough are too large for a float."""
    with pytest.raises(email.errors.ServerError):
        Recorder(DOWN).client(email, retries=1100).get_email(1)
    assert len(no_waiting) == 1100
    assert max(no_waiting) == 30.0


# --- arguments that are no options ---------------------------------------------------------------

NAN = float("nan")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "name"),
    [
        *(({"timeout": value}, "timeout") for value in (-1, 0, NAN, float("inf"), 1e300, "1")),
        *(({"retries": value}, "retries") for value in (-1, NAN, 1.5, "1")),
        *(({"largest_answer": value}, "largest_answer") for value in (-1, 0, NAN, "1")),
    ],
)
def test_an_option_that_means_nothing(email: Built, options: dict[str, Any], name: str) -> None:
    with pytest.raises(email.errors.InvalidValue, match=f"{name}: expected"):
        email.client.EMailClient(URL).with_options(**options)
    if name != "largest_answer":
        for client in (email.client.EMailClient, email.client.AsyncEMailClient):
            with pytest.raises(email.errors.InvalidValue, match=f"{name}: expected"):
                client(URL, **options)


@pytest.mark.parametrize("values", [{"wait": NAN}, {"wait": -1.0}, {"longest": float("inf")}])
def test_a_rule_for_repeating_that_means_nothing(email: Built, values: dict[str, float]) -> None:
    with pytest.raises(email.errors.InvalidValue):
        email.options.Retries(most=1, **values)


@pytest.mark.parametrize("url", [None, 17, b"http://localhost/", "http://a:b/", "\0"])
def test_an_address_that_is_none(email: Built, url: Any) -> None:
    for client in (email.client.EMailClient, email.client.AsyncEMailClient):
        with pytest.raises(email.errors.InvalidValue, match="url: "):
            client(url)
