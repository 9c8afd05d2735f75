"""Requests in several parts: the server takes what the generated client sends with MTOM."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial

import pytest
from lxml import etree
from soapgen.errors import SourceError
from soapgen.serve import SoapServer
from soapgen.serve.parts import envelope_in

from tests.support.packages import Built, build_package
from tests.support.paths import PROJECT

Start = Callable[..., SoapServer]

FILES = PROJECT / "tests" / "wsdl" / "Files.wsdl"
TYPE = 'multipart/related; type="application/xop+xml"; start="<root>"; boundary="b:1"'
XOP = 'xmlns:x="http://www.w3.org/2004/08/xop/include"'
BINARY = b"\r\n--b:2\r\n\x00\xff\r" * 300


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The package of a service that stores files."""
    return build_package(FILES, tmp_path_factory.mktemp("files"), name="files_served")


def message(include: str, *parts: str, end: str = "--b:1--") -> bytes:
    """A body of an envelope with ``include`` in it, and of ``parts``."""
    root = f"Content-ID: <root>\r\n\r\n<a>{include}</a>"
    return "".join(f"--b:1\r\n{part}\r\n" for part in (root, *parts)).encode() + end.encode()


# --- calls --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_client_sends_binaries_beside_the_envelope(files: Built, soap_server: Start) -> None:
    server = soap_server(FILES)
    document = files.models.Document(name="a", content=BINARY, page=[b"small", BINARY])
    with files.client.FilesClient(server.url) as client:
        client.with_options(mtom=True).store(document)
        client.store(document)
    beside, within = (item.content for item in server.service.received)
    assert b"Include" not in beside
    assert files.parse_request("store", beside) == files.parse_request("store", within)
    assert files.parse_request("store", beside) == (document,)


@pytest.mark.slow
def test_what_is_no_such_request_is_answered(soap_server: Start) -> None:
    server = soap_server(FILES)
    content = message("", end="")
    broken = urllib.request.Request(server.url, content, {"Content-Type": TYPE})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(broken)
    assert caught.value.code == 400
    assert b"the last of them has no end" in caught.value.read()


# --- bodies -------------------------------------------------------------------------------------


def test_what_is_packed_is_what_would_have_been_sent_whole(files: Built) -> None:
    document = files.models.Document(name="a", content=BINARY, page=[BINARY])
    build = partial(files.builders.build_store, document)
    content, content_type = files.module("_binary").packed(build, mtom=True)
    assert b"base64" not in content
    unpacked = envelope_in(content, content_type)
    assert etree.tostring(etree.fromstring(unpacked)) == etree.tostring(etree.fromstring(build()))


def test_a_body_in_one_part_is_taken_as_it_is() -> None:
    assert envelope_in(b"anything", "text/xml; charset=utf-8") == b"anything"
    assert envelope_in(b"anything", "") == b"anything"


@pytest.mark.parametrize(
    ("include", "parts", "expected"),
    [
        (f'<x:Include {XOP} href="cid:a"/>', ["Content-ID: <a>\r\n\r\nhello"], "aGVsbG8="),
        (f'<x:Include {XOP} href="cid:a%40b"/>', ["Content-ID: <a@b>\r\n\r\n"], None),
        (
            f'<x:Include {XOP} href="cid:a"/>',
            ["content-id: <a>\r\nContent-Transfer-Encoding: BASE64\r\n\r\naGVs\r\nbG8="],
            "aGVsbG8=",
        ),
        (
            f'<x:Include {XOP} href="cid:a"/>',
            ["Content-ID: <a>\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nhel=6Co"],
            "aGVsbG8=",
        ),
        # One that is not included stays beside.
        ("text", ["Content-ID: <a>\r\n\r\nhello"], "text"),
    ],
)
def test_binaries_are_put_into_the_envelope(
    include: str, parts: list[str], expected: str | None
) -> None:
    root = etree.fromstring(envelope_in(message(include, *parts), TYPE))
    assert (len(root), root.text) == (0, expected)


@pytest.mark.parametrize(
    ("content", "content_type", "reason"),
    [
        (message(""), "multipart/related", "names no boundary"),
        (message(""), TYPE.replace("root", "other"), "no part is the first one, <other>"),
        (message("", end=""), TYPE, "the last of them has no end"),
        (b"--b:1\r\nContent-ID: <root>--b:1--", TYPE, "has no end of its headers"),
        (message(f'<x:Include {XOP} href="cid:a"/>'), TYPE, "no part is the binary <a>"),
        (message(f"<x:Include {XOP}/>"), TYPE, "no part is the binary <>"),
        (
            message(
                f'<x:Include {XOP} href="cid:a"/>',
                "Content-ID: <a>\r\nContent-Transfer-Encoding: base64\r\n\r\nabc",
            ),
            TYPE,
            "not in base64",
        ),
        (message("<b>"), TYPE, "not well-formed"),
        (message("", *["\r\n\r\n"] * 10_001), TYPE, "more than 10,000"),
    ],
)
def test_what_is_not_made_like_parts(content: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        envelope_in(content, content_type)
