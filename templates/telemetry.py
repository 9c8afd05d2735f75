"""Spans of OpenTelemetry for calls, by the semantic conventions for RPC (version 1.37).

For example: ``client = traced(client)``. It needs opentelemetry-api, and without more than that
does nothing: where spans go is for the application to say.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import urlsplit

from opentelemetry import propagate, trace

from ._log import Call
from .errors import CallError
from .options import Outgoing
from .transport import AnyClient

K = TypeVar("K", bound=AnyClient)


def traced(client: K, *, payload: bool = False, provider: trace.TracerProvider | None = None) -> K:
    """A copy of ``client`` whose calls are spans; both use the same connections.

    A span is for a call with all of its repetitions; requests carry its context in HTTP headers,
    such as traceparent. It has the service, the operation, the host, the HTTP status and, where the
    call fails, the class of the error: nothing of what the messages say.

    Args:
        client: A client of this package.
        payload: Whether spans also have the last request, its answer and the message of an error,
            all with their secrets masked.
        provider: Makes the spans; by default the one that the application has set for all.
    """
    tracer = trace.get_tracer(__name__, tracer_provider=provider)

    @contextmanager
    def watch(call: Call) -> Iterator[None]:
        with tracer.start_as_current_span(
            f"{call.service}/{call.operation}",
            kind=trace.SpanKind.CLIENT,
            attributes=_attributes(call),
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield
            except BaseException as error:
                _fails(span, error, payload)
                raise
            finally:
                if call.exchange is not None and span.is_recording():
                    if call.exchange.status is not None:
                        span.set_attribute("http.response.status_code", call.exchange.status)
                    if payload:
                        span.set_attribute("soap.request", call.exchange.request)
                        span.set_attribute("soap.response", call.exchange.response)

    other = copy.copy(client)
    other._watches = (*client._watches, watch)
    other._before = (*client._before, _propagate)
    return other


def _attributes(call: Call) -> dict[str, str | int]:
    attributes: dict[str, str | int] = {
        "rpc.system": "soap",
        "rpc.service": call.service,
        "rpc.method": call.operation,
    }
    # The client has taken the address, so that it can be split.
    parts = urlsplit(call.url)
    if parts.hostname:
        attributes["server.address"] = parts.hostname
        attributes["server.port"] = parts.port or (443 if parts.scheme == "https" else 80)
    return attributes


def _fails(span: trace.Span, error: BaseException, payload: bool) -> None:
    name = type(error).__name__
    span.set_attribute("error.type", name)
    # Errors of calls have their secrets masked, and no others do.
    is_told = payload and isinstance(error, CallError)
    span.set_status(trace.StatusCode.ERROR, str(error) if is_told else name)


def _propagate(outgoing: Outgoing) -> None:
    propagate.inject(outgoing.http_headers)
