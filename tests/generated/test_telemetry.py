"""Spans of OpenTelemetry: one for a call, by the semantic conventions for RPC."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx
import pytest

from tests.generated.test_calling import Recorder
from tests.generated.test_errors import EMPTY, GOOD, answer, enveloped
from tests.support.packages import Built
from tests.support.paths import WSDL
from tests.support.store import Store
from tests.support.typing import mypy

sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="needs opentelemetry-sdk")
memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")

URL = "https://crm.example:8443/EMail.svc"
FAULT = enveloped(
    "<s:Fault xmlns=''><faultcode>s:Server</faultcode>"
    "<faultstring>no 7T:secret</faultstring></s:Fault>"
)


@pytest.fixture(scope="module")
def traced(store: Store) -> Built:
    """The EMail package with the module for OpenTelemetry."""
    return store.package(WSDL / "EMail.wsdl", name="email_traced", extras=("telemetry",))


class Spans:
    """The spans that were ended."""

    def __init__(self) -> None:
        """Collect them in memory."""
        self.exporter = memory.InMemorySpanExporter()
        self.provider = sdk.TracerProvider()
        self.provider.add_span_processor(sdk.export.SimpleSpanProcessor(self.exporter))

    def one(self) -> Any:
        (span,) = self.exporter.get_finished_spans()
        return span


@pytest.fixture
def spans() -> Spans:
    return Spans()


def client(package: Built, server: Recorder, spans: Spans, **options: Any) -> Any:
    """A client that ``server`` answers, and whose calls are ``spans``."""
    http = httpx.Client(transport=httpx.MockTransport(server))
    made = package.client.EMailClient(URL, ticket="7T:secret", http=http, retries=1)
    return package.module("telemetry").traced(made, provider=spans.provider, **options)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda seconds: None)


def test_a_call_is_a_span_without_a_payload(traced: Built, spans: Spans) -> None:
    server = Recorder(answer(b"", 503), answer(GOOD))
    assert client(traced, server, spans).get_email(1).subject == "Hi"
    span = spans.one()
    assert (span.name, span.kind.name) == ("EMail/GetEMail", "CLIENT")
    assert dict(span.attributes) == {
        "rpc.system": "soap",
        "rpc.service": "EMail",
        "rpc.method": "GetEMail",
        "server.address": "crm.example",
        "server.port": 8443,
        "http.response.status_code": 200,
    }
    assert span.status.status_code.name == "UNSET"
    trace = format(span.context.trace_id, "032x")
    assert [request.headers["traceparent"].split("-")[1] for request in server.requests] == [
        trace,
        trace,
    ]


def test_a_call_that_fails(traced: Built, spans: Spans) -> None:
    with pytest.raises(traced.errors.SoapFault):
        client(traced, Recorder(answer(FAULT, 500)), spans).get_email(1)
    span = spans.one()
    assert span.attributes["error.type"] == "SoapFault"
    assert span.attributes["http.response.status_code"] == 500
    assert (span.status.status_code.name, span.status.description) == ("ERROR", "SoapFault")
    assert not span.events


def test_a_payload_that_is_asked_for_is_masked(traced: Built, spans: Spans) -> None:
    with pytest.raises(traced.errors.SoapFault):
        client(traced, Recorder(answer(FAULT, 500)), spans, payload=True).get_email(1)
    span = spans.one()
    assert "Ticket>***</" in span.attributes["soap.request"]
    assert "<faultstring>no ***</faultstring>" in span.attributes["soap.response"]
    assert span.status.description.endswith("s:Server: no ***")
    assert "7T:secret" not in span.to_json()


def test_what_is_wrong_before_anything_is_sent(traced: Built, spans: Spans) -> None:
    with pytest.raises(traced.errors.InvalidValue):
        client(traced, Recorder(), spans, payload=True).get_email("one")
    assert spans.one().status.description == "InvalidValue"


def test_a_task_that_is_cancelled_ends_its_span(traced: Built, spans: Spans) -> None:
    async def wait(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        raise AssertionError("not cancelled")

    async def call() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(wait)) as http:
            made = traced.client.AsyncEMailClient(URL, http=http)
            made = traced.module("telemetry").traced(made, provider=spans.provider)
            task = asyncio.create_task(made.get_email(1))
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert spans.one().attributes["error.type"] == "CancelledError"

    asyncio.run(call())


def test_without_the_sdk_calls_are_made_as_ever(traced: Built) -> None:
    http = httpx.Client(transport=httpx.MockTransport(Recorder(answer(EMPTY))))
    made = traced.client.EMailClient(URL, http=http)
    assert traced.module("telemetry").traced(made).get_email(1) is None


@pytest.mark.slow
def test_it_is_typed(traced: Built) -> None:
    module = f"{traced.plan.name}.telemetry"
    found = mypy("-m", module, cwd=traced.path.parent)
    assert found.startswith("Success: no issues found"), found
