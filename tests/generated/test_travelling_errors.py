"""Errors travel to other processes, with all that they say and without secrets."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest

from tests.support.packages import Built, make_importable

SECRET = "7T:very-secret"

TRAVELS = [copy.copy, copy.deepcopy] + [
    lambda error, protocol=protocol: pickle.loads(pickle.dumps(error, protocol))
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)  # earlier ones know no slots
]


def kinds(error: Any) -> Iterator[Any]:
    """``error`` and all that is derived from it, except what other tests made."""
    yield error
    for kind in error.__subclasses__():
        if kind.__module__ == error.__module__:
            yield from kinds(kind)


def made(kind: Any, package: Built) -> Any:
    """An error of ``kind``, with a value for each of its parameters."""
    known = {
        "message": "what went wrong", "status": 503, "reason": "the reason", "retry_after": 1.5,
        "code": "s:Server", "actor": "urn:me", "detail": "<detail/>", "type": "SomeException",
        "value": package.models.SoCredentials(ticket="***"), "parameters": {"table": "email"},
        "exception": package.errors.ExceptionDetail("T", "m", "at x"),
    }  # fmt: skip
    signature = inspect.signature(kind.__init__)
    arguments = {name: known[name] for name in signature.parameters if name in known}
    error = kind(**arguments) if arguments else kind("what went wrong")
    if isinstance(error, package.errors.CallError):
        error.operation, error.url = "GetEMail", "http://localhost/"
        error.exchange = package.errors.Exchange(
            "GetEMail", "http://localhost/", 500, "text/xml", 0.5,
            f"<a><Ticket>{SECRET}</Ticket></a>".encode(),
            f'<?xml version="1.0" encoding="utf-16"?><a>ü {SECRET}</a>'.encode("utf-16"),
            frozenset({"Odd"}), frozenset({"known-secret"}),
        )  # fmt: skip
    error.add_note("a note")
    return error


@pytest.mark.parametrize("travel", TRAVELS)
def test_every_error_travels(travel: Callable[[Any], Any], principal: Built) -> None:
    found = list(kinds(principal.errors.SoapError))
    assert len(found) > 15
    for kind in found:
        error = made(kind, principal)
        there = travel(error)
        assert type(there) is kind
        assert (str(there), there.args) == (str(error), error.args)
        exchanges = [vars(item).pop("exchange", None) for item in (error, there)]
        assert vars(there) == vars(error)
        if exchanges[0] is not exchanges[1]:  # a shallow copy shares it
            assert_masked(*exchanges)


def assert_masked(exchange: Any, there: Any) -> None:
    for name in ("operation", "url", "status", "content_type", "seconds", "secrets"):
        assert getattr(there, name) == getattr(exchange, name)
    assert (there.request, there.response) == (exchange.request, exchange.response)
    assert there.response == "<a>ü ***</a>"
    assert SECRET.encode() in exchange.sent
    assert SECRET.encode() not in there.sent + there.received
    assert there.known == frozenset()
    assert b"very-secret" not in pickle.dumps(exchange)


def raise_a_fault(path: Any, name: str) -> None:
    """In another process: raise an error of the package ``name`` that is in ``path``."""
    make_importable(path)
    errors = __import__(f"{name}.errors", fromlist=["errors"])
    raise errors.SoapFault("s:Server", "no", markup="<detail/>")


@pytest.mark.slow
def test_a_process_pool_gives_back_the_error(principal: Built) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        future = pool.submit(raise_a_fault, principal.path, principal.plan.name)
        with pytest.raises(principal.errors.SoapFault) as caught:
            future.result()
    assert (caught.value.code, caught.value.reason) == ("s:Server", "no")
