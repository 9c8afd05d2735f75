"""Calls, beside the HTTP library alone: one and many at a time, by threads and by tasks.

Each tool calls from a process of its own, a server in another answers at once.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.request import urlopen

import aiohttp
import httpx
import requests
import urllib3
import zeep
import zeep.transports
from rich.table import Table

from . import commands
from .measured import Case, shown
from .values import summary, tree

_AT_ONCE = (1, 20, 100)
_MOST = max(_AT_ONCE)
_CALLS = 300
"""So many calls are a round; each number of calls at a time divides it."""

_TOOLS = {
    ("threads", "httpx"): ("bare", "soapgen", "soapgen over it"),
    ("threads", "urllib3"): ("bare", "soapgen"),
    ("threads", "requests"): ("bare", "zeep"),
    ("tasks", "httpx"): ("bare", "soapgen", "soapgen over it", "zeep"),
    ("tasks", "aiohttp"): ("bare", "soapgen"),
}
"""What calls by each library; zeep can do so by one of each kind.

Soapgen is given the library, but for httpx: by that it sends without being given a client, too.
"""

# As many connections as calls, which stay open.
_LIMITS = httpx.Limits(
    max_connections=_MOST, max_keepalive_connections=_MOST, keepalive_expiry=None
)

_PACKAGE = "bench_calls"
_WITH = ("--with", "urllib3", "--with", "aiohttp")
"""The options of a build whose package can call by each library."""

_HEADERS = {
    "Content-Type": "text/xml; charset=utf-8",
    "SOAPAction": '"http://www.superoffice.net/ws/crm/NetServer/Services86/EMail/GetEMail"',
}
_ANSWER = b"""\
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header>\
<Succeeded xmlns="http://www.superoffice.net/ws/crm/NetServer/Services86">true</Succeeded>\
</s:Header><s:Body><GetEMailResponse xmlns="http://www.superoffice.net/ws/crm/NetServer/Services86"\
><Response><Subject>Quarterly meeting in Z\xc3\xbcrich</Subject><From><ContactId>17</ContactId>\
<ContactName>R&amp;D AS</ContactName><PersonId>42</PersonId><PersonName>Anna Berg</PersonName>\
<AssociateId>3</AssociateId><Address>anna@example.com</Address><EmailId>5</EmailId></From>\
<Sent>2024-03-01T09:30:00Z</Sent><Size>2048</Size><Priority>High</Priority><Flags>Seen</Flags>\
<MessageID>1234@example.com</MessageID><PlainBody>We meet on Thursday at ten.</PlainBody>\
<IsSent>true</IsSent><ServerId>7</ServerId><FolderName>Inbox</FolderName>\
<EmailItemId>99</EmailItemId><AccountId>12</AccountId><ReceivedAt>2024-03-01T09:31:00Z</ReceivedAt>\
<RepliedAt>2024-03-02T10:00:00Z</RepliedAt></Response></GetEMailResponse></s:Body></s:Envelope>"""


@dataclass(slots=True)
class Calls:
    """What the calls by a library took, so many at a time.

    Attributes:
        processor: The processor time of a call, of the client.
        elapsed: The time for all calls, by their number.
    """

    processor: Case
    elapsed: Case = field(default_factory=lambda: Case("", base="bare"))

    def as_data(self) -> dict[str, Any]:
        """Both for JSON."""
        return {"processor": self.processor.as_data(), "elapsed": self.elapsed.as_data()}


def run(work: Path, wsdl: Path, rounds: int, told: Any) -> Iterator[Calls]:
    """Run the cases, with a package built in ``work``."""
    build = [commands.BIN / "soapgen", "build", wsdl, "--quiet", "--out", work, "--name", _PACKAGE]
    commands.timed([*build, *_WITH], work, keep=True)
    with _processes([("serve",)]) as (server,):
        url = f"http://127.0.0.1:{server(0)}/"
        for (kind, library), tools in _TOOLS.items():
            told(f"calls by {library}, {kind}")
            yield from _by_library(kind, library, tools, (url, str(work), str(wsdl)), rounds)


def _by_library(
    kind: str, library: str, tools: tuple[str, ...], where: tuple[str, str, str], rounds: int
) -> Iterator[Calls]:
    with _processes([(kind, library, tool, *where) for tool in tools]) as started:
        workers = dict(zip(tools, started, strict=True))
        apart = _apart(workers)
        for at_once in _AT_ONCE:
            one = kind.removesuffix("s") if at_once == 1 else kind
            found = Calls(Case(f"{library}, {at_once} {one}", base="bare", apart=apart))
            found.elapsed.apart = apart
            for worker in workers.values():
                worker(at_once)
            for _ in range(rounds):
                for tool, worker in workers.items():
                    processor, elapsed = worker(at_once)
                    found.processor.seconds.setdefault(tool, []).append(processor)
                    found.elapsed.seconds.setdefault(tool, []).append(elapsed)
            yield found


def _apart(workers: dict[str, Any]) -> set[str]:
    """The tools that sent another request than the HTTP library, or read other values."""
    expected = workers["bare"](0)
    return {tool for tool, worker in workers.items() if worker(0) != expected}


def table(found: list[Calls]) -> Table:
    """What was measured, for people; ratios are to the library alone."""
    shape = Table(
        "calls", "tool", "processor time", "ratio", "from … to",
        "calls a second", "ratio", "from … to",
    )  # fmt: skip
    for calls in found:
        *_, last = calls.processor.seconds
        for tool in calls.processor.seconds:
            rate = f"{1 / calls.elapsed.median(tool):,.0f}"
            shape.add_row(
                calls.processor.name if tool == "bare" else "", tool,
                shown(calls.processor.median(tool)), *_ratios(calls.processor, tool),
                rate, *_ratios(calls.elapsed, tool, inverse=True), end_section=tool == last,
            )  # fmt: skip
    return shape


def _ratios(case: Case, tool: str, *, inverse: bool = False) -> tuple[str, str]:
    if tool == case.base:
        return "", ""
    if not case.did_the_same(tool):
        return "not the same", ""
    middle, least, most = case.ratios(tool)
    if inverse:
        middle, least, most = 1 / middle, 1 / most, 1 / least
    return f"{middle:.2f}×", f"{least:.2f} … {most:.2f}"


@contextmanager
def _processes(arguments: list[tuple[str, ...]]) -> Iterator[list[Callable[[int], Any]]]:
    """A process of this module for each of ``arguments``: what asks it, by a number."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.calls", *each],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for each in arguments
    ]  # fmt: skip

    def asks(process: subprocess.Popen[str], number: int) -> Any:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{number}\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    try:
        yield [partial(asks, process) for process in started]
    finally:
        for process in started:
            process.kill()
            process.wait()


class _Connection(asyncio.Protocol):
    """Answers each request at once with the same bytes, and GET with the last request."""

    last = b""
    transport: asyncio.Transport

    def __init__(self) -> None:
        self.there = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.there += data
        head, end, content = self.there.partition(b"\r\n\r\n")
        found = re.search(rb"(?i)\ncontent-length: *(\d+)", head)
        if not end or len(content) < (size := int(found[1]) if found else 0):
            return
        self.there = content[size:]
        answer = _ANSWER
        if head.startswith(b"GET"):
            answer = _Connection.last
        else:
            _Connection.last = content[:size]
        self.transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (len(answer), answer)
        )


async def _serve() -> None:
    """Tell the port, and serve until nobody is there to tell more."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Connection, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await asyncio.to_thread(sys.stdin.read)


def _in_threads(call: Callable[[], Any], at_once: int) -> tuple[float, float]:
    """The processor time and the time of a call, with so many threads."""
    started: list[tuple[float, float]] = []
    # The clock starts when all threads have.
    barrier = Barrier(at_once, action=lambda: started.append(_clocks()))

    def several(_: int) -> None:
        barrier.wait()
        for _ in range(_CALLS // at_once):
            call()

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(several, range(at_once)))
    return _since(started[0])


async def _in_tasks(call: Callable[[], Awaitable[Any]], at_once: int) -> tuple[float, float]:
    """The same, with so many tasks."""

    async def several() -> None:
        for _ in range(_CALLS // at_once):
            await call()

    started = _clocks()
    await asyncio.gather(*(several() for _ in range(at_once)))
    return _since(started)


def _clocks() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def _since(started: tuple[float, float]) -> tuple[float, float]:
    processor, elapsed = (now - then for now, then in zip(_clocks(), started, strict=True))
    return processor / _CALLS, elapsed / _CALLS


def _blocking(library: str, tool: str, url: str, wsdl: str) -> Callable[[], Any]:
    """What makes a call, and blocks: bytes by a library alone, values by a tool over it."""
    http: Any
    if library == "httpx":
        http = httpx.Client(limits=_LIMITS)
    elif library == "urllib3":
        http = urllib3.PoolManager(maxsize=_MOST)
    else:
        http = requests.Session()
        http.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=_MOST))
    if tool == "zeep":
        return _zeep(zeep.Client(wsdl, transport=zeep.Transport(session=http)), url)
    request = _request()
    if tool.startswith("soapgen"):
        if library == "urllib3":
            http = _package("http_urllib3").Urllib3Http(http)
        elif tool == "soapgen":
            http = None
        client = _package("client").EMailClient(url, http=http)
        return lambda: client.get_email(1)
    if library == "httpx":
        return lambda: http.post(url, content=request, headers=_HEADERS).content
    if library == "urllib3":
        return lambda: http.request("POST", url, body=request, headers=_HEADERS).data
    return lambda: http.post(url, data=request, headers=_HEADERS).content


async def _awaiting(library: str, tool: str, url: str, wsdl: str) -> Callable[[], Awaitable[Any]]:
    """The same, and awaits."""
    http: Any
    if library == "httpx":
        http = httpx.AsyncClient(limits=_LIMITS)
    else:
        connector = aiohttp.TCPConnector(limit=_MOST)
        http = aiohttp.ClientSession(connector=connector, auto_decompress=False)
    if tool == "zeep":
        transport = zeep.transports.AsyncTransport(client=http)
        return _zeep(zeep.AsyncClient(wsdl, transport=transport), url)
    request = _request()
    if tool.startswith("soapgen"):
        if library == "aiohttp":
            http = _package("http_aiohttp").AiohttpHttp(http)
        elif tool == "soapgen":
            http = None
        client = _package("client").AsyncEMailClient(url, http=http)
        return lambda: client.get_email(1)

    async def by_httpx() -> bytes:
        answer = await http.post(url, content=request, headers=_HEADERS)
        content: bytes = answer.content
        return content

    async def by_aiohttp() -> bytes:
        async with http.post(url, data=request, headers=_HEADERS) as answer:
            content: bytes = await answer.read()
            return content

    return by_httpx if library == "httpx" else by_aiohttp


def _zeep(client: Any, url: str) -> Callable[[], Any]:
    # `create_service` would make one that blocks of an AsyncClient, too.
    client.service._binding_options["address"] = url
    # It would add headers of WS-Addressing; soapgen does if they are required or asked for.
    client.service._binding.get("GetEMail").abstract.wsa_action = None
    return lambda: client.service.GetEMail(Id=1, IncludeAttachments=False)


def _request() -> bytes:
    request: bytes = _package("builders").build_get_email(1)
    return request


def _package(module: str) -> Any:
    return importlib.import_module(f"{_PACKAGE}.{module}")


def _checked(url: str, value: Any) -> tuple[str, str]:
    """Hashes of the request that was sent last, and of the values of its answer."""
    with urlopen(url) as last:
        sent = tree(last.read())
    if isinstance(value, bytes):
        value = _package("parsers").parse_get_email(value)
    return sent, summary(getattr(value, "body", value))[0]


def _work(kind: str, library: str, tool: str, url: str, folder: str, wsdl: str) -> None:
    """Answer each number of calls at a time with what a call took, 0 with what it came to."""
    sys.path.insert(0, folder)
    if kind == "threads":
        call = _blocking(library, tool, url, wsdl)
        for at_once in map(int, sys.stdin):
            _tell(_in_threads(call, at_once) if at_once else _checked(url, call()))
        return
    asyncio.run(_work_in_tasks(library, tool, url, wsdl))


async def _work_in_tasks(library: str, tool: str, url: str, wsdl: str) -> None:
    call = await _awaiting(library, tool, url, wsdl)
    # Nothing else is to go on while it waits to be told.
    for at_once in map(int, sys.stdin):
        _tell(await _in_tasks(call, at_once) if at_once else _checked(url, await call()))


def _tell(found: tuple[Any, Any]) -> None:
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        asyncio.run(_serve())
    else:
        _work(*sys.argv[1:])
