"""Whatever a server answers, a call returns or raises an error of the package, with its place."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from tests.generated.test_errors import CRM, FAILED, FAULT, GOOD, URL, Handler, enveloped, peer
from tests.generated.test_sending import LIBRARIES, blocks, over_http, request_from, sent_by
from tests.support.packages import Built
from tests.support.samples import sample_arguments

# The operations are one with a record, one with a list, and one with nothing in its answer.
OPERATIONS = ("get_email", "get_email_envelopes", "delete_email_account")

Change = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def answers(email: Built) -> list[bytes]:
    """Good answers, failures and faults."""
    found = [GOOD, enveloped(FAULT), enveloped("<GetEMailResponse/>", FAILED)]
    for operation in OPERATIONS:
        build = getattr(email.builders, f"build_{operation}_response")
        found.append(email.build_response(operation, *sample_arguments(build).values()))
    return found


def nested(tag: bytes) -> Callable[[int, float], Change]:
    """The change that puts many elements ``tag`` within each other somewhere."""

    def change(levels: int, place: float) -> Change:
        def apply(content: bytes) -> bytes:
            at = content.find(b">", int(place * len(content))) + 1
            start, end = b"<%b>" % tag, b"</%b>" % tag.split()[0]
            return content[:at] + start * levels + end * levels + content[at:]

        return apply

    return change


def flipped(place: float, bit: int) -> Change:
    def apply(content: bytes) -> bytes:
        at = int(place * len(content))
        return (
            content[:at]
            + bytes(byte ^ 1 << bit for byte in content[at : at + 1])
            + content[at + 1 :]
        )

    return apply


def cut(place: float) -> Change:
    return lambda content: content[: int(place * len(content))]


def doubled(first: float, last: float) -> Change:
    """A part of it is there twice, such as an element or half of one."""

    def apply(content: bytes) -> bytes:
        start, end = sorted(int(place * len(content)) for place in (first, last))
        return content[:end] + content[start:end] + content[end:]

    return apply


def element_doubled(place: float) -> Change:
    """The element that starts next is there twice, whole if it has no other of its name."""

    def apply(content: bytes) -> bytes:
        start = content.find(b"<", int(place * len(content)))
        name = content[start + 1 :].partition(b">")[0].split()[:1]
        end = content.find(b"</%b>" % name[0], start) if name else -1
        if start < 0 or end < 0:
            return content
        end = content.index(b">", end) + 1
        return content[:end] + content[start:end] + content[end:]

    return apply


def replaced(old: bytes, new: bytes) -> Change:
    return lambda content: content.replace(old, new)


def inserted(place: float, text: bytes) -> Change:
    def apply(content: bytes) -> bytes:
        at = int(place * len(content))
        return content[:at] + text + content[at:]

    return apply


def encoded(encoding: str, declared: str) -> Change:
    """In another encoding, with a declaration of that or of another one."""

    def apply(content: bytes) -> bytes:
        text = content.decode("utf-8", errors="replace").partition("?>")[2] or content.decode(
            "utf-8", errors="replace"
        )
        declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
        return (declaration + text).encode(encoding, errors="replace")

    return apply


# More exceptions within each other than Python's stack has room for.
WITHIN = replaced(
    b"<Message>inner", b"<InnerException>" * 1500 + b"</InnerException>" * 1500 + b"<Message>inner"
)

PLACES = st.floats(0, 1)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp037", "utf-7"]
SOAP = b"http://schemas.xmlsoap.org/soap/envelope/"
NAMES = [
    (SOAP, b"http://www.w3.org/2003/05/soap-envelope"),
    (SOAP, b"urn:other"),
    (CRM.encode(), b"urn:other"),
    (b"s:", b"t:"),
    (b"xmlns:s=", b"xmlns:t="),
    (b"<s:Header", b"<Header"),
    (b"s:Body", b"s:Header"),
    (b"Response", b"Body"),
]
TEXTS = [
    b"\0",
    b"\xff\xfe",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"&#0;",
    b"]]>",
    b"<!-- <s:Body> -->",
    b"<?xml version='1.0' encoding='x'?>",
    b" xsi:nil='true'",
    b" " + b" ".join(b"a%d='1'" % number for number in range(2000)),
    b"9" * 5000,
    b"1e999999999",
    "²٣\U0001f600".encode(),
]
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(flipped, PLACES, st.integers(0, 7)),
    st.builds(cut, PLACES),
    st.builds(doubled, PLACES, PLACES),
    st.builds(element_doubled, PLACES),
    st.just(WITHIN),
    st.sampled_from(NAMES).map(lambda names: replaced(*names)),
    st.builds(inserted, PLACES, st.sampled_from(TEXTS) | st.binary(max_size=20)),
    st.builds(encoded, st.sampled_from(ENCODINGS), st.sampled_from(["", "x\xe9", *ENCODINGS])),
    st.builds(nested(b"a"), st.sampled_from([10, 250, 300, 3000]), PLACES),
    st.builds(nested(b"Response"), st.sampled_from([10, 250, 300, 3000]), PLACES),
)
CONTENT_TYPES = [
    "text/xml; charset=utf-8",
    "text/xml; charset=no-such-charset",
    "text/xml; charset=utf-16",
    "application/soap+xml",
    "text/html",
    ";;;=",
    "",
    "\xff",
]
HEADERS = [
    ("X", "1"),
    ("Retry-After", "99999999999999999999"),
    ("Retry-After", "\xb2"),
    ("Content-Encoding", "br"),
    ("Location", "http://["),
    ("Set-Cookie", "a=\xff; expires=99999"),
]


@pytest.mark.slow
@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    chosen=st.integers(0, 5),
    operation=st.sampled_from(OPERATIONS),
    changes=st.lists(CHANGES, max_size=4),
    status=st.sampled_from([200, 200, 200, 202, 204, 302, 401, 429, 500, 503, 599]),
    content_type=st.sampled_from(CONTENT_TYPES),
    header=st.sampled_from(HEADERS),
    is_asynchronous=st.booleans(),
)
@example(1, "get_email", [WITHIN], 500, "text/xml", ("X", "1"), False)
@example(1, "get_email", [], 503, "text/xml", ("Retry-After", "\xb2"), True)
@example(0, "get_email", [inserted(0.25, b"\x01")], 200, "text/html", ("X", "1"), True)
def test_every_call_returns_or_raises_an_error_of_the_package(
    email: Built,
    answers: list[bytes],
    chosen: int,
    operation: str,
    changes: list[Change],
    status: int,
    content_type: str,
    header: tuple[str, str],
    is_asynchronous: bool,
) -> None:
    content = answers[chosen]
    for change in changes:
        content = change(content)
    headers = [("Content-Type", content_type), header]
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]

    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, stream=Whole(content), headers=raw)

    error = raised(email, lambda: call(email, operation, handler, is_asynchronous))
    if error is not None:
        assert error.operation
        assert error.url == URL
        assert error.exchange.status == status
        assert error.operation in str(error)
        assert error.exchange.response is not None
    for read in readers(email, operation):
        raised(email, partial(read, content))


# What may happen to all that comes over a connection: the line of the status, HTTP headers, body.
ON_THE_WAY: st.SearchStrategy[Change] = st.one_of(
    st.builds(flipped, PLACES, st.integers(0, 7)),
    st.builds(cut, PLACES),
    st.builds(doubled, PLACES, PLACES),
    st.sampled_from(
        [
            replaced(b"HTTP/1.1", b"HTTP/9.9"),
            replaced(b" 200 ", b" 101 "),
            replaced(b" 200 ", b" 99999 "),
            replaced(b"Content-Length", b"Transfer-Encoding: chunked\r\nX"),
            replaced(b"Content-Length: ", b"Content-Length: -"),
            replaced(b"Content-Length: ", b"Content-Length: 9"),
            replaced(b"Content-Length: ", b"Content-Length: 1, "),
            replaced(b"\r\n", b"\n"),
            replaced(b"\r\n\r\n", b"\r\n" + b"X: " + b"x" * 200_000 + b"\r\n\r\n"),
            replaced(b"\r\n\r\n", b"\r\nX: 1" * 500 + b"\r\n\r\n"),
            replaced(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n"),
            replaced(b"\r\n\r\n", b"\r\nSet-Cookie: =;\xff; path=\0\r\n\r\n"),
            replaced(b"\r\n\r\n", b"\r\nSet-Cookie: a=\xff; expires=99999\r\n\r\n"),
            replaced(b"\r\n\r\n", b"\r\nLocation: http://[\r\n\r\n"),
        ]
    ),
    st.builds(inserted, st.floats(0, 0.1), st.binary(max_size=5)),
)


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(LIBRARIES),
    chosen=st.integers(0, 5),
    changes=st.lists(CHANGES, max_size=1),
    on_the_way=st.lists(ON_THE_WAY, max_size=2),
)
def test_so_it_is_over_a_connection(
    email: Built,
    answers: list[bytes],
    kind: str,
    chosen: int,
    changes: list[Change],
    on_the_way: list[Change],
) -> None:
    """By whatever a client sends; the second call gets a good answer, over whichever connection."""
    content = answers[chosen]
    for change in changes:
        content = change(content)
    spoilt = over_http(content)
    for change in on_the_way:
        spoilt = change(spoilt)
    # An httpx client keeps a cookie that it cannot send.
    assume(b"\xff" not in spoilt or not kind.startswith("httpx"))
    replies, is_over = iter([spoilt, over_http(GOOD)]), Event()

    def behave(connection: socket.socket) -> None:
        with suppress(OSError):
            request_from(connection)
            connection.sendall(next(replies))
            connection.shutdown(socket.SHUT_RDWR)
        is_over.set()

    def twice(client: Any) -> Any:
        if blocks(kind):
            first = raised(email, lambda: client.get_email(1))
            is_over.wait(10)
            return first, client.get_email(1)

        async def later() -> Any:
            first = None
            try:
                await client.get_email(1)
            except email.errors.CallError as error:
                first = error
            await asyncio.to_thread(is_over.wait, 10)
            await asyncio.sleep(0.01)  # what awaits learns in its loop that a connection ended
            return first, await client.get_email(1)

        return later()

    with peer(behave) as url:
        error, second = sent_by(email, kind, twice, url, timeout=5)
    if error is not None:
        assert (error.operation, error.url) == ("GetEMail", url)
        assert error.exchange.response is not None
    assert second.subject == "Hi"


def raised(email: Built, work: Callable[[], Any]) -> Any:
    """The error of the package that ``work`` raises, if it raises one; it may raise no other."""
    try:
        work()
    except email.errors.CallError as error:
        return error
    return None


class Whole(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that is there, but not yet read, as it is over a connection."""

    def __init__(self, content: bytes) -> None:
        """Give ``content`` in two pieces."""
        self.pieces = [content[: len(content) // 2], content[len(content) // 2 :]]

    def __iter__(self) -> Any:
        return iter(self.pieces)

    async def __aiter__(self) -> Any:
        for piece in self.pieces:
            yield piece


def call(email: Built, operation: str, handler: Handler, is_asynchronous: bool) -> None:
    """Call ``operation`` of a client that ``handler`` answers."""
    transport = httpx.MockTransport(handler)
    method = getattr(email.client.EMailClient, operation)
    arguments = sample_arguments(method)

    async def call_later() -> None:
        client = email.client.AsyncEMailClient(URL, http=httpx.AsyncClient(transport=transport))
        await getattr(client, operation)(**arguments)

    if is_asynchronous:
        asyncio.run(call_later())
    else:
        client = email.client.EMailClient(URL, http=httpx.Client(transport=transport))
        getattr(client, operation)(**arguments)


def readers(email: Built, operation: str) -> list[Callable[[bytes], Any]]:
    """The parsers that users may call themselves."""
    parsers = [getattr(email.parsers, f"parse_{operation}"), email.parsers.parse_response_headers]
    if hasattr(email.parsers, f"iter_{operation}"):
        iterate = getattr(email.parsers, f"iter_{operation}")
        parsers.append(lambda content: list(iterate([content[:100], content[100:]])))
    return parsers
