"""The server to test against: a session of tests with one call each, and a call beside no call."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
from soapgen.messages import on_the_wire, read_samples
from soapgen.serve import SoapServer
from soapgen.sources import find_sources
from soapgen.testing import Contracts, SoapServers

from .measured import Case

_TESTS = 100
_CALLS = 100


def run(wsdl: Path, rounds: int, told: Any) -> Iterator[Case]:
    """Run the cases."""
    samples = read_samples(find_sources([wsdl]), on_the_wire("2000-01-01T00:00:00Z"))
    operation = samples.services[0].port.binding.operations[0]
    request = samples.styles[0].request(operation).encode()
    with httpx.Client(headers={"SOAPAction": f'"{operation.action}"'}) as http:
        told("tests with a server")
        yield _measured(
            Case(f"{_TESTS} tests, a call each", "a WSDL read for each: at least 10×"),
            {
                "soapgen": lambda: _in_a_session(wsdl, http, request),
                "a server for each": lambda: _each_with_its_own(wsdl, http, request),
                "and its WSDL read": lambda: _each_reads(wsdl, http, request),
            },
            # The last one takes so long that more rounds say nothing.
            min(rounds, 3),
        )
        told("calls of a server")
        with SoapServer(find_sources([wsdl])) as server:
            yield _measured(
                Case(f"{_CALLS} calls", "at most 5× of requests that call nothing", base="no call"),
                {
                    "no call": lambda: _timed(lambda: http.get(server.url), _CALLS),
                    "soapgen": lambda: _timed(
                        lambda: http.post(server.url, content=request), _CALLS
                    ),
                },
                rounds,
            )


def _measured(case: Case, tools: dict[str, Callable[[], float]], rounds: int) -> Case:
    for _ in range(rounds):
        for tool, measure in tools.items():
            case.seconds.setdefault(tool, []).append(measure())
    return case


def _timed(call: Callable[[], object], count: int) -> float:
    started = time.perf_counter()
    for _ in range(count):
        call()
    return time.perf_counter() - started


def _in_a_session(wsdl: Path, http: httpx.Client, request: bytes) -> float:
    """What ``session_soap_server`` does."""
    started = time.perf_counter()
    with SoapServers() as servers:
        server = servers(wsdl)
        for _ in range(_TESTS):
            http.post(server.url, content=request)
            servers.reset()
    return time.perf_counter() - started


def _each_with_its_own(wsdl: Path, http: httpx.Client, request: bytes) -> float:
    """What ``soap_server`` does: within a session, a WSDL is read once."""
    started = time.perf_counter()
    contracts = Contracts()
    for _ in range(_TESTS):
        with SoapServers(contracts) as servers:
            http.post(servers(wsdl).url, content=request)
    return time.perf_counter() - started


def _each_reads(wsdl: Path, http: httpx.Client, request: bytes) -> float:
    """What it did before."""
    started = time.perf_counter()
    for _ in range(_TESTS):
        with SoapServer(find_sources([wsdl])) as server:
            http.post(server.url, content=request)
    return time.perf_counter() - started
