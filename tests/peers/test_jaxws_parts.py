"""JAX-WS RI: binaries by MTOM, also large ones, and a service of the style rpc."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from tests.support.packages import Built, build_package

from .exchanges import Caller, Contract, exchanged
from .java import services
from .stacks import JAXWS

pytestmark = pytest.mark.conformance

ITS_OWN = (JAXWS, Caller.CLIENT, Contract.ITS_OWN)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The start of the addresses of the services."""
    folder = tmp_path_factory.mktemp("archive")
    with services("Archive", "Store", "Store12", "Ledger", folder=folder) as address:
        yield address


@pytest.fixture(scope="module")
def archives(url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The packages for the WSDLs that the services publish, by the ends of their addresses."""
    folder = tmp_path_factory.mktemp("archives")
    return {
        name: build_package(f"{url}/{name}?wsdl", folder, name=f"archive_{name}")
        for name in ("store", "store12", "ledger")
    }


def described(octets: bytes) -> str:
    """``octets`` in the words of the service."""
    return f"{len(octets)} {hashlib.sha256(octets).hexdigest()}"


# --- MTOM ----------------------------------------------------------------------------------------

# With what could be taken for the end of a part.
LARGE = b"\r\n--uuid:0\r\n" + bytes(range(256)) * 1000 + b"\r\n"
SMALL = bytes([0, 1, 255])


def document(archive: Built, film: bytes) -> Any:
    return archive.models.Document(
        name="<æ&>", content=LARGE[::-1], film=film, pages=[SMALL, b"", LARGE]
    )


def sends_and_receives_parts(archive: Built, url: str) -> None:
    from_file = archive.module("_binary").from_file
    exchanges: list[Any] = []
    value = document(archive, LARGE)
    said = (
        f"<æ&>: {described(LARGE[::-1])}, {described(LARGE)}, "
        f"[{described(SMALL)};{described(b'')};{described(LARGE)};]"
    )
    with archive.client.ArchiveClient(url) as plain:
        client = plain.with_options(mtom=True, after=exchanges.append)
        assert client.describe(value) == f"{said} in multipart/related"
        assert client.keep(value) == value
        # Three binaries went as parts and came as such; the small ones need not.
        assert exchanges[-1].sent.count(b"Include") == 3
        assert exchanges[-1].received.count(b"Include") >= 3
        assert len(exchanges[-1].received) < 3000
        as_file = document(archive, from_file(BytesIO(LARGE)))
        assert client.describe(as_file) == f"{said} in multipart/related"
        nothing = archive.models.Document(name="none")
        assert client.keep(nothing) == nothing

        # Without the option a request is an envelope alone, and an answer comes in parts.
        envelope = "text/xml" if url.endswith("store") else "application/soap+xml"
        assert plain.describe(value) == f"{said} in {envelope}"
        assert plain.keep(value) == value
        assert plain.film(1_000_000) == (bytes(range(251)) * 4000)[:1_000_000]


PARTS = "binaries beside envelopes (MTOM), in requests and answers, from memory and files"


@exchanged(*ITS_OWN, PARTS)
def test_binaries_travel_beside_envelopes(archives: dict[str, Built], url: str) -> None:
    sends_and_receives_parts(archives["store"], f"{url}/store")


@exchanged(*ITS_OWN, PARTS, soap="1.2")
def test_binaries_travel_beside_envelopes_in_soap_12(archives: dict[str, Built], url: str) -> None:
    sends_and_receives_parts(archives["store12"], f"{url}/store12")


SIZE = 100_000_000

PROGRAM = """
import hashlib, sys, tempfile
import archive_store as a

def peak():
    # What resource tells would begin with the memory of the process that started this one.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) * 1024

def grown(act):
    before = peak()
    act()
    print(peak() - before)

def send():
    print(client.store(a.from_file(film)))

def receive():
    file, digest = a.as_file(client.film(size)), hashlib.sha256()
    while piece := file.read(2**16):
        digest.update(piece)
    print(file.tell(), digest.hexdigest())

url, size = sys.argv[1], int(sys.argv[2])
with a.ArchiveClient(url) as plain, tempfile.TemporaryFile() as film:
    client = plain.with_options(mtom=True, files_above=2**20)
    pattern = bytes(range(251)) * 400
    for start in range(0, size, len(pattern)):
        film.write(pattern[:size - start])
    film.seek(0)
    client.keep(a.Document(name="what is loaded with the first call", content=pattern))
    grown(send)
    grown(receive)
"""
"""Sends a film from a file and receives one into a file; says how much memory either took."""

MOST = 0.05
"""The memory that either may take, as a share of the size of what is sent."""


@exchanged(*ITS_OWN, "100 MB from a file and into a file in constant memory (MTOM)")
def test_a_hundred_megabytes_take_no_memory(archives: dict[str, Built], url: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, f"{url}/store", str(SIZE)],
        env={**os.environ, "PYTHONPATH": str(archives["store"].path.parent)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    sent, for_sending, received, for_receiving = ended.stdout.splitlines()
    octets = (bytes(range(251)) * (SIZE // 251 + 1))[:SIZE]
    assert sent == f"{described(octets)} in multipart/related"
    assert received == described(octets)
    assert int(for_sending) < MOST * SIZE
    assert int(for_receiving) < MOST * SIZE


# --- rpc -----------------------------------------------------------------------------------------


@exchanged(
    *ITS_OWN,
    "several parts, derived types, lists, SOAP headers both ways; declared faults; one-way calls",
    style="rpc/literal",
)
def test_a_service_of_the_style_rpc(archives: dict[str, Built], url: str) -> None:
    ledger = archives["ledger"]
    models = ledger.models
    entry = models.Transfer(
        text="<æ&\"'> ]]>", amount=Decimal("-1.50"), tags=["a", ledger.values.nil(str), ""], to="x"
    )
    exchanges: list[Any] = []
    with ledger.client.LedgerClient(f"{url}/ledger", clerk="me <&>") as client:
        assert client.describe(entry) == "Transfer <æ&\"'> ]]> -1.50 [a, null, ] to x"
        booked = client.with_options(after=exchanges.append).book(entry, 3)
        assert booked == models.Transfer(
            text=entry.text, amount=Decimal("-4.50"), tags=entry.tags, to="x"
        )
        assert ledger.values.is_nil(booked.tags[1])
        headers = ledger.parsers.parse_response_headers(exchanges[0].received)
        assert headers.stamp == "by me <&>"
        assert client.split(2**62 + 1, 4) == models.SplitResult(each=2**60, rest=1)
        assert client.words("one <&> three") == ["one", "<&>", "three"]
        with pytest.raises(ledger.errors.SoapFault) as caught:
            client.refuse("no <entries>")
        assert type(caught.value).__name__ == "RefusalError"
        assert caught.value.reason == "Refused: no <entries>"
        assert caught.value.detail == models.Refusal(why="no <entries>", code=7)
        assert client.note("first & only") is None
        assert client.noted("first & only") == 1
