"""Binaries beside a message: answers in several parts, and requests (MTOM and XOP)."""

from __future__ import annotations

import asyncio
import email.policy
import io
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import MIMEPart
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
import zeep

from tests.support.packages import Built, build_package, generated, written
from tests.support.paths import PROJECT, corpus

URL = "http://files.example/"
TYPE = 'multipart/related; type="application/xop+xml"; start="<root>"; boundary="b:1"'
XOP = 'xmlns:xop="http://www.w3.org/2004/08/xop/include"'
BINARY = bytes(range(256)) * 10


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The package of a service that stores files."""
    folder = tmp_path_factory.mktemp("files")
    return build_package(PROJECT / "tests" / "wsdl" / "Files.wsdl", folder, name="files_client")


def answer(content: str = f'<xop:Include {XOP} href="cid:one"/>', more: str = "") -> bytes:
    """An envelope with a document, whose content is ``content``."""
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        '<StoreResponse xmlns="http://example.org/files"><document><name>a</name>'
        f"<content>{content}</content>{more}</document></StoreResponse></s:Body></s:Envelope>"
    ).encode()


def part(name: str, content: bytes, *headers: str, newline: str = "\r\n") -> bytes:
    """A part after a boundary."""
    lines = ["--b:1", f"Content-ID: <{name}>", *headers, "", ""]
    return newline.join(lines).encode() + content + newline.encode()


def body(*parts: bytes, end: bytes = b"--b:1--\r\n") -> bytes:
    """A body of some parts, the first of which has an envelope."""
    root = part("root", answer(), "Content-Type: application/xop+xml; type=text/xml")
    return b"".join([root, *parts, end])


def read(files: Built, content: bytes, content_type: str = TYPE) -> Any:
    """The document in an answer."""
    binary = files.module("_binary")
    return files.parse("store", binary.unpacked(content, content_type))


def replying(content: bytes | Callable[[httpx.Request], bytes], content_type: str = TYPE) -> Any:
    """What answers each request with ``content``, and keeps the requests."""

    def reply(request: httpx.Request) -> httpx.Response:
        request.read()
        received.append(request)
        sent = content if isinstance(content, bytes) else content(request)
        return httpx.Response(200, headers={"Content-Type": content_type}, content=sent)

    received: list[httpx.Request] = []
    return reply, received


def client(files: Built, handler: Any, **options: Any) -> Any:
    """A client whose requests ``handler`` answers."""
    http = httpx.Client(transport=httpx.MockTransport(handler))
    return files.client.FilesClient(URL, http=http).with_options(**options)


# --- answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        body(part("one", BINARY)),
        b"a preamble\r\n" + body(part("one", BINARY)) + b"an epilogue",
        body(part("other", b"x"), part("one", BINARY)),
        body(part("one", BINARY)).replace(b"--b:1\r\n", b"--b:1 \t\r\n"),
        body(part("one", BINARY), end=b"--b:1--"),
    ],
    ids=["plain", "text around", "more parts", "padding", "no last line break"],
)
def test_a_binary_beside_the_message(files: Built, content: bytes) -> None:
    assert read(files, content).content == BINARY


def test_the_first_part_need_not_be_the_envelope(files: Built) -> None:
    root = part("root", answer(), "Content-Type: text/xml")
    assert read(files, part("one", BINARY) + root + b"--b:1--").content == BINARY


def test_transfer_encodings(files: Built) -> None:
    encoded = part("one", b"AAEC\r\nAwQ=", "Content-Transfer-Encoding: base64")
    assert read(files, body(encoded)).content == b"\0\1\2\3\4"
    quoted = part("one", b"=C3=85=\r\nse", "Content-Transfer-Encoding: quoted-printable")
    assert read(files, body(quoted)).content == "Åse".encode()


def test_line_breaks_belong_to_the_content(files: Built) -> None:
    texts = (b"", b"\r", b"\n", b"\r\n", b"\r\n\r\n", b"\r\n--b:", b"--b:1x", b"\r\n--b:12\r\n")
    for content in texts:
        assert read(files, body(part("one", content))).content == content
    lines = [part("root", answer(), newline="\n"), part("one", b"a\r", newline="\n"), b"--b:1--\n"]
    assert read(files, b"".join(lines)).content == b"a\r"


def test_a_part_without_a_line_break_before_the_boundary_is_empty(files: Built) -> None:
    assert read(files, body(b"--b:1\r\nContent-ID: <one>\r\n\r\n")).content == b""


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_pieces_of_any_size(files: Built, size: int) -> None:
    multipart = files.module("_multipart")
    for content in (BINARY, b"\r\n--b:1x\r\n-\r\n--b:", b""):
        whole = body(part("one", content), part("two", b"x", "Content-Type: text/plain"))
        parts = multipart.PartsReader(TYPE, None)
        for start in range(0, len(whole), size):
            parts.feed(whole[start : start + size])
        envelope, failure = parts.whole()
        assert failure is None
        assert (files.parse("store", envelope).content, envelope.parts["two"]) == (content, b"x")


def test_an_element_with_attributes_and_a_list(files: Built) -> None:
    include = f'<xop:Include {XOP} href="cid:one%40x"/>'
    more = (
        f"<page>{include}</page><page>AAE=</page>"
        f'<thumbnail m:contentType="image/png" xmlns:m="http://www.w3.org/2005/05/xmlmime">'
        f"{include}</thumbnail>"
    )
    root = part("root", answer("", more))
    document = read(files, root + part("one@x", BINARY) + b"--b:1--")
    assert document.page == [BINARY, b"\0\1"]
    assert document.page[0] is document.thumbnail.value
    assert document.thumbnail.content_type == "image/png"


def test_clients_take_answers_in_parts(files: Built) -> None:
    handler, _ = replying(body(part("one", BINARY)))
    exchanges: list[Any] = []
    document = files.models.Document(name="a", content=b"b")
    plain = client(files, handler, after=exchanges.append)
    assert plain.store(document).content == BINARY
    assert exchanges[0].received == answer()
    in_file = plain.with_options(files_above=100).store(document)
    assert files.module("_binary").as_file(in_file.content).read() == BINARY

    async def call() -> Any:
        http = httpx.AsyncClient(transport=httpx.MockTransport(handler))
        return await files.client.AsyncFilesClient(URL, http=http).store(document)

    assert asyncio.run(call()).content == BINARY


def test_a_fault_in_parts(files: Built) -> None:
    fault = (
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>'
        b"<faultcode>s:Client</faultcode><faultstring>No.</faultstring></s:Fault></s:Body>"
        b"</s:Envelope>"
    )
    content = part("root", fault, "Content-Type: application/xop+xml") + b"--b:1--"

    def reply(request: httpx.Request) -> httpx.Response:
        return httpx.Response(500, headers={"Content-Type": TYPE}, content=content)

    with pytest.raises(files.errors.SoapFault, match="No"):
        client(files, reply).store(files.models.Document(name="a", content=b""))


# --- hostile answers -----------------------------------------------------------------------------

INCLUDE = f'<xop:Include {XOP} href="cid:one"/>'


@pytest.mark.parametrize(
    ("content", "content_type", "message"),
    [
        (body(), TYPE, "no part of the message is 'cid:one'"),
        (body(part("one", b"a"), part("one", b"b")), TYPE, "two parts have the Content-ID <one>"),
        (body(part("root", b"a")), TYPE, "two parts have the Content-ID <root>"),
        (body(part("one", BINARY), end=b""), TYPE, "ends before its last part"),
        (body(part("one", BINARY)), TYPE.replace("b:1", "b:2"), "ends before its last part"),
        (body(part("one", BINARY)), "multipart/related", "expected a boundary"),
        (body(part("one", BINARY)), TYPE.replace("root", "tree"), "no part is the first"),
        (body(part("one", b"a", "X: " + "y" * 20_000)), TYPE, "16384 bytes of headers"),
        (body(b"--b:1\r\n" + b"y" * 20_000), TYPE, "16384 bytes of headers"),
        pytest.param(
            body(b"--b:1\r\n\r\na\r\n" * 10_001),
            TYPE,
            "more than 10000 parts",
            marks=pytest.mark.slow,
        ),
        (body(part("one", b"a", "Content-Transfer-Encoding: x-uu")), TYPE, "encoding 'x-uu'"),
        (body(part("one", b"a*", "Content-Transfer-Encoding: base64")), TYPE, "not in base64"),
        (part("root", answer(INCLUDE * 2)) + part("one", b"") + b"--b:1--", TYPE, "alone"),
        (part("root", answer(f"a{INCLUDE}")) + part("one", b"") + b"--b:1--", TYPE, "alone"),
        (
            part("root", answer(INCLUDE.replace("cid:one", "http://files.example/"))) + b"--b:1--",
            TYPE,
            "no part of the message is 'http://files.example/'",
        ),
        (part("root", answer(INCLUDE.replace("href", "src"))) + b"--b:1--", TYPE, "is None"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_what_is_refused(files: Built, content: bytes, content_type: str, message: str) -> None:
    document = files.models.Document(name="a", content=b"")
    handler, _ = replying(content, content_type)
    with pytest.raises(files.errors.UnexpectedResponse, match=message) as caught:
        client(files, handler).store(document)
    assert caught.value.exchange is not None
    with pytest.raises(files.errors.UnexpectedResponse, match=message):
        read(files, content, content_type)


def test_an_include_where_no_binary_is(files: Built) -> None:
    content = answer("AAE=").replace(b"<name>a<", f"<name>{INCLUDE}<".encode())
    document = read(files, part("root", content) + part("one", b"x") + b"--b:1--")
    assert document.name == "cid:one"


def test_an_include_without_parts(files: Built) -> None:
    with pytest.raises(files.errors.UnexpectedResponse, match="no part of the message"):
        files.parse("store", answer())


def test_the_largest_answer_counts_all_parts(files: Built) -> None:
    handler, _ = replying(body(part("one", bytes(10_000))))
    small = client(files, handler, largest_answer=5_000)
    with pytest.raises(files.errors.TooLarge):
        small.store(files.models.Document(name="a", content=b""))


def test_noise_is_an_error_or_an_answer(files: Built) -> None:
    noise = random.Random(7)
    good = body(part("one", BINARY[:300], "Content-Type: text/plain"))
    for _ in range(500):
        content = bytearray(good)
        for _ in range(noise.randrange(1, 5)):
            where = noise.randrange(len(content))
            if noise.random() < 0.5:
                content[where] = noise.randrange(256)
            else:
                del content[where : where + noise.randrange(1, 40)]
        with suppress(files.errors.UnexpectedResponse):
            assert isinstance(read(files, bytes(content)).content, bytes)


def test_recorded_answers_are_read(tmp_path: Path, files: Built) -> None:
    """What a JAX-WS server sent, as HTTP bodies with their content type."""
    folder = corpus() / "traffic" / "cmis-ws" / "raw"
    found = sorted(folder.glob("*.http"))
    assert len(found) > 30
    envelope, unpacked = files.module("_envelope"), files.module("_binary").unpacked
    for path in found:
        head, _, content = path.read_bytes().partition(b"\n\n")
        message = unpacked(content, head.decode().partition(":")[2].strip())
        assert b"Envelope" in message
        includes = message.count(b"xop:Include") + message.count(b":Include ")
        assert bool(message.parts) == bool(includes), path.name
        try:
            envelope.no_body(message)
        except files.errors.SoapFault:
            assert b"Fault" in message


@pytest.mark.slow
def test_a_recorded_binary_is_typed(tmp_path: Path) -> None:
    """The one answer among them that has a part, with the package of its contract."""
    folder = corpus() / "traffic" / "cmis-ws"
    wanted = {"services": ("ObjectService",), "operations": ("getContentStream",)}
    made = generated(folder / "wsdl" / "CMISWS-Service.wsdl", name="cmis_client", **wanted)
    cmis = Built(made.plan, written(made, tmp_path))
    head, _, content = (folder / "raw" / "get-content-stream.http").read_bytes().partition(b"\n\n")
    content_type = head.decode().partition(":")[2].strip()
    envelope = cmis.module("_binary").unpacked(content, content_type)
    stream = cmis.parse("get_content_stream", envelope)
    assert (stream.filename, stream.stream) == ("test.txt", b"Some content stream")


# --- requests ------------------------------------------------------------------------------------


def parts_of(request: httpx.Request) -> dict[str, MIMEPart]:
    """The parts of ``request``, as Python's parser of mail finds them, by their identifiers."""
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + request.content, policy=email.policy.HTTP)
    assert not message.defects
    return {part["Content-ID"]: part for part in message.iter_parts()}


def store(files: Built, handler: Any, document: Any, **options: Any) -> Any:
    return client(files, handler, mtom=True, **options).store(document)


class Reading:
    """Answers with a plain envelope, after it read the request."""

    def __init__(self, *failures: int) -> None:
        """Answer with each of ``failures``, statuses, first."""
        self.failures = list(failures)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        if self.failures:
            return httpx.Response(self.failures.pop(0))
        return httpx.Response(200, headers={"Content-Type": "text/xml"}, content=answer("AAE="))


def test_large_binaries_are_parts(files: Built) -> None:
    peer = Reading()
    document = files.models.Document(
        name="a",
        content=BINARY,
        page=[b"small", bytearray(BINARY)],
        thumbnail=files.models.Picture(value=BINARY, content_type="image/png"),
    )
    store(files, peer, document)
    (request,) = peer.requests
    root, *others = parts_of(request).values()
    assert [part.get_payload(decode=True) for part in others] == [BINARY] * 3
    assert root["Content-Type"].startswith("application/xop+xml; charset")
    assert str(root.get_payload(decode=True)).count("xop:Include ") == 3
    assert int(request.headers["Content-Length"]) == len(request.content)
    unpacked = files.module("_binary").unpacked
    received = unpacked(request.content, request.headers["Content-Type"])
    assert files.parse_request("store", received) == (document,)


def test_soap_1_2_has_its_action_in_the_content_type(files: Built) -> None:
    mtom = files.module("_mtom")
    plain = {"content-type": 'application/soap+xml; charset=utf-8; action="urn:a;b"'}
    headers, pieces = mtom.in_parts(b"<e/>", plain, mtom.Beside(True), True)
    (root,) = parts_of(
        httpx.Request("POST", URL, headers=headers, content=b"".join(pieces))
    ).values()
    for kind in (headers["content-type"], root["Content-Type"].replace(" type=", " start-info=")):
        assert 'start-info="application/soap+xml"; action="urn:a;b"' in kind


def test_without_the_option_all_is_in_the_envelope(files: Built) -> None:
    peer = Reading()
    from_file = files.module("_binary").from_file
    given = from_file(io.BytesIO(BINARY))
    client(files, peer).store(files.models.Document(name="a", content=given))
    (request,) = peer.requests
    assert files.parse_request("store", request.content)[0].content == BINARY


def test_a_request_without_large_binaries_has_one_part(files: Built) -> None:
    peer = Reading()
    store(files, peer, files.models.Document(name="a", content=b"b"))
    (root,) = parts_of(peer.requests[0]).values()
    assert b"<content>Yg==</content>" in root.get_payload(decode=True)


def test_files_are_sent_from_where_they_stand(files: Built, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345" + BINARY)
    peer = Reading(503)
    with path.open("rb") as file:
        file.read(5)
        content = files.module("_binary").from_file(file)
        store(
            files,
            peer,
            files.models.Document(name="a", content=content),
            retries=files.options.Retries(most=1, wait=0),
        )
    assert len(peer.requests) == 2
    for request in peer.requests:
        assert list(parts_of(request).values())[1].get_payload(decode=True) == BINARY


def test_the_asynchronous_client_sends_files(files: Built) -> None:
    class Both(Reading):
        async def handle(self, request: httpx.Request) -> httpx.Response:
            await request.aread()
            return self(request)

    peer = Both()
    from_file = files.module("_binary").from_file
    document = files.models.Document(name="a", content=from_file(io.BytesIO(BINARY)))

    async def call() -> Any:
        http = httpx.AsyncClient(transport=httpx.MockTransport(peer.handle))
        one = files.client.AsyncFilesClient(URL, http=http).with_options(mtom=True)
        return await one.store(document)

    assert asyncio.run(call()).content == b"\0\1"
    assert list(parts_of(peer.requests[0]).values())[1].get_payload(decode=True) == BINARY


def pipe(content: bytes) -> Any:
    """A file that cannot be rewound."""
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb") as file:
        file.write(content)
    return os.fdopen(reader, "rb")


def test_a_file_that_cannot_be_rewound_is_sent_once(files: Built) -> None:
    peer = Reading(503)
    with pipe(BINARY) as file:
        content = files.module("_binary").from_file(file)
        document = files.models.Document(name="a", content=content)
        with pytest.raises(files.errors.ServerError):
            store(files, peer, document, retries=3)
    (request,) = peer.requests
    assert "Content-Length" not in request.headers
    assert list(parts_of(request).values())[1].get_payload(decode=True) == BINARY


def test_it_is_repeated_where_it_is_in_the_envelope(files: Built) -> None:
    peer = Reading(503)
    with pipe(BINARY) as file:
        content = files.module("_binary").from_file(file)
        document = files.models.Document(name="a", content=content)
        client(files, peer, retries=files.options.Retries(most=1, wait=0)).store(document)
    first, second = (files.parse_request("store", item.content) for item in peer.requests)
    assert first == second
    assert first[0].content == BINARY


def test_a_file_that_was_sent_is_not_sent_again_empty(files: Built) -> None:
    with pipe(BINARY) as file:
        content = files.module("_binary").from_file(file)
        document = files.models.Document(name="a", content=content)
        store(files, Reading(), document)
        with pytest.raises(files.errors.InvalidValue, match="cannot be rewound"):
            store(files, Reading(), document)


@pytest.mark.parametrize("mtom", [True, False])
def test_a_file_that_is_closed_meanwhile(files: Built, tmp_path: Path, *, mtom: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes(BINARY)
    with path.open("rb") as file:
        content = files.module("_binary").from_file(file)
    document = files.models.Document(name="a", content=content)
    with pytest.raises(files.errors.InvalidValue, match="the file cannot be read"):
        client(files, Reading(), mtom=mtom, retries=2).store(document)


def test_what_is_no_file_of_octets(files: Built, tmp_path: Path) -> None:
    from_file = files.module("_binary").from_file
    for wrong in (io.StringIO("a"), b"a", None, tmp_path):
        with pytest.raises(files.errors.InvalidValue, match="open for reading octets"):
            from_file(wrong)
    with (tmp_path / "file").open("wb") as file, pytest.raises(files.errors.InvalidValue):
        from_file(file)


def test_zeep_reads_what_is_packed(files: Built) -> None:
    source = str(PROJECT / "tests" / "wsdl" / "Files.wsdl")
    document = files.models.Document(name="a", content=BINARY, page=[b"small", BINARY])
    build = partial(files.builders.build_store_response, document)
    packed = files.module("_binary").packed(build, mtom=True)

    def post(*request: Any) -> requests.Response:
        response = requests.Response()
        response.status_code = 200
        response._content, response.headers["Content-Type"] = packed
        return response

    transport: Any = zeep.Transport()
    transport.post = post
    service = zeep.Client(source, transport=transport).service
    answered = service.Store(document={"name": "a", "content": b""})
    assert (answered.name, answered.content, answered.page) == ("a", BINARY, [b"small", BINARY])


# --- attachments ---------------------------------------------------------------------------------


def receipt(*parts: bytes) -> bytes:
    """An answer to Send."""
    root = (
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        b'<Receipt xmlns="http://example.org/files">17</Receipt></s:Body></s:Envelope>'
    )
    return b"".join([part("root", root, "Content-Type: text/xml"), *parts, b"--b:1--"])


@pytest.mark.parametrize("name", ["copy=17@files.example", "17@files.example"])
def test_attachments_of_a_binding(files: Built, name: str) -> None:
    """The parts of a message beside the body, named by their identifiers or in order."""
    handler, requests = replying(receipt(part(name, BINARY)))
    answered = client(files, handler).send("a", b"photo", b"a report", BINARY)
    assert answered == files.models.SendResult(receipt="17", copy=BINARY)
    (request,) = requests
    kinds = {
        name.strip("<>").partition("=")[0]: part.get_content_type()
        for name, part in parts_of(request).items()
        if "=" in name
    }
    assert kinds == {"report": "text/plain", "from": "application/octet-stream"}
    assert request.headers["Content-Type"].startswith('multipart/related; type="text/xml"')
    unpacked = files.module("_binary").unpacked
    received = unpacked(request.content, request.headers["Content-Type"])
    sent = files.parse_request("send", received)
    assert sent == ("a", b"photo", b"a report", BINARY)


def test_an_attachment_that_did_not_come(files: Built) -> None:
    handler, _ = replying(receipt(part("other=17@files.example", BINARY)))
    with pytest.raises(files.errors.UnexpectedResponse, match="the attachment copy did not come"):
        client(files, handler).send("a", b"photo", b"a report", BINARY)


def test_attachments_need_something_that_sends_them(files: Built) -> None:
    build, packed = files.builders.build_fetch_response, files.module("_binary").packed
    with pytest.raises(files.errors.InvalidValue, match="photo goes beside the envelope"):
        build(BINARY)
    content, content_type = packed(partial(build, BINARY))
    unpacked = files.module("_binary").unpacked
    assert files.parse("fetch", unpacked(content, content_type)) == BINARY
    assert files.parse("fetch", packed(partial(build, None))[0]) is None
    plain = partial(files.builders.build_fetch, "17")
    assert packed(plain) == (plain(), "text/xml; charset=utf-8")


def test_what_is_no_attachment(files: Built) -> None:
    for wrong in ("text", None, 7):
        with pytest.raises(files.errors.InvalidValue, match="report: expected bytes"):
            client(files, replying(receipt())[0]).send("a", b"photo", wrong, BINARY)


def test_files_are_attached(files: Built) -> None:
    handler, requests = replying(receipt(part("copy=1", BINARY)))
    from_file = files.module("_binary").from_file
    client(files, handler).send("a", b"photo", b"a report", from_file(io.BytesIO(BINARY)))
    (request,) = requests
    sent = {name.partition("=")[0]: part for name, part in parts_of(request).items()}
    assert sent["<from"].get_payload(decode=True) == BINARY


def test_what_is_signed_has_no_parts(shapes: Built) -> None:
    parts = shapes.module("_mtom").Beside(True)
    parts.append(shapes.module("_mtom").PartBeside("1", BINARY))
    outgoing = shapes.options.Outgoing("a", "b", URL, answer("AAE="), {}, parts)
    with pytest.raises(shapes.errors.InvalidValue, match="what is signed cannot have parts"):
        shapes.module("security").signed(b"", b"")(outgoing)


@pytest.mark.slow
def test_published_contracts_with_attachments(tmp_path: Path) -> None:
    """That of CXF's own tests: parts beside the body, with a header, and swaRef."""
    source = corpus() / "wild" / "cxf-swa_mime" / "swa-mime.wsdl"
    swa = build_package(source, tmp_path, name="swa_mime")
    packed, unpacked = swa.module("_binary").packed, swa.module("_binary").unpacked
    texts = [b"a", b"b", b"c", b"d", b"e"]
    request = partial(
        swa.builders.build_echo_all_attachment_types, swa.models.VoidRequest(), *texts
    )
    sent = swa.parse_request("echo_all_attachment_types", unpacked(*packed(request)))
    assert list(sent[1:]) == texts
    reference = swa.models.DataStruct(data_ref=BINARY)
    response = partial(swa.builders.build_echo_data_ref_response, reference)
    assert swa.parse("echo_data_ref", unpacked(*packed(response))) == reference


# --- memory --------------------------------------------------------------------------------------

_SIZE = 100_000_000
_PIECE = bytes(100_000)


class _Large(BaseHTTPRequestHandler):
    """Takes a request of any size, and sends a part of 100 MB."""

    received = 0

    def do_POST(self) -> None:
        """Answer a call."""
        left = int(self.headers["Content-Length"])
        type(self).received = left
        while left:
            left -= len(self.rfile.read(min(left, 2**16)))
        first = part("root", answer(), "Content-Type: application/xop+xml")
        first += part("one", b"")[:-2]
        last = b"\r\n--b:1--\r\n"
        self.send_response(200)
        self.send_header("Content-Type", TYPE)
        self.send_header("Content-Length", str(len(first) + _SIZE + len(last)))
        self.end_headers()
        self.wfile.write(first)
        for _ in range(_SIZE // len(_PIECE)):
            self.wfile.write(_PIECE)
        self.wfile.write(last)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def large() -> Iterator[str]:
    """The address of a service that sends 100 MB."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Large) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


_PROGRAM = """
import sys, tempfile
import files_client as f

def peak():
    # What resource tells would begin with the memory of the process that started this one.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024

url, size, in_files = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "files"
with f.FilesClient(url) as client, tempfile.TemporaryFile() as file:
    client = client.with_options(mtom=True, files_above=2**20 if in_files else None)
    file.truncate(size)
    file.seek(0)
    before = peak()
    answer = client.store(f.Document(name="a", content=f.from_file(file)))
    opened = f.as_file(answer.content)
    assert sum(map(len, iter(lambda: opened.read(2**16), b""))) == size
    print(peak() - before)
"""


@pytest.mark.conformance
@pytest.mark.parametrize(("where", "most"), [("files", 15), ("memory", 130)])
def test_a_hundred_megabytes_both_ways(files: Built, large: str, where: str, most: int) -> None:
    """In files, memory stays as it is; in memory, there is the value and no copy of it."""
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM, large, str(_SIZE), where],
        env={**os.environ, "PYTHONPATH": str(files.path.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert _SIZE < _Large.received < _SIZE + 10_000
    assert int(ended.stdout) < most
