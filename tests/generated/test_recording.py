"""What a client records, as files."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from soapgen.messages import recorded_in

from tests.generated.test_errors import EMPTY, GOOD, URL, answer, enveloped, failing
from tests.support.packages import Built
from tests.support.paths import WSDL
from tests.support.store import Store

FAULT = enveloped(
    "<s:Fault xmlns=''><faultcode>s:Server</faultcode>"
    "<faultstring>no 7T:secret</faultstring></s:Fault>"
)


@pytest.fixture(scope="module")
def recorded(store: Store) -> Built:
    """The EMail package with the module that records."""
    return store.package(WSDL / "EMail.wsdl", name="email_recorded", extras=("recording",))


def client(package: Built, folder: Path, handler: Callable[..., httpx.Response]) -> Any:
    """A client that ``handler`` answers, and that records into ``folder``."""
    http = httpx.Client(transport=httpx.MockTransport(handler))
    made = package.client.EMailClient(URL, ticket="7T:secret", http=http)
    return made.with_options(after=package.module("recording").record(folder))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_exchange_is_a_pair_of_files(recorded: Built, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "traffic"
    calling = client(recorded, folder, answer(GOOD))
    calling.get_email(1)
    calling.get_email(2)
    assert names(folder) == [
        "0001-GetEMail-request.xml",
        "0001-GetEMail-response.xml",
        "0002-GetEMail-request.xml",
        "0002-GetEMail-response.xml",
    ]
    first, second = recorded_in(folder)
    assert b"Ticket>***</" in first.request.content
    assert b">2</" in second.request.content
    assert first.response is not None
    assert recorded.parse("get_email", first.response.content).subject == "Hi"


def test_letters_and_new_lines_are_as_they_came(recorded: Built, tmp_path: Path) -> None:
    content = GOOD.replace(b"Hi", "Blåbær\n名".encode())
    client(recorded, tmp_path, answer(content.decode().encode("utf-8"))).get_email(1)
    text = (tmp_path / "0001-GetEMail-response.xml").read_bytes()
    assert "Blåbær\n名".encode() in text


def test_a_fault_is_a_response(recorded: Built, tmp_path: Path) -> None:
    with pytest.raises(recorded.errors.SoapFault):
        client(recorded, tmp_path, answer(FAULT, 500)).get_email(1)
    (exchange,) = recorded_in(tmp_path)
    assert exchange.response is not None
    assert b"<faultstring>no ***</faultstring>" in exchange.response.content


@pytest.mark.parametrize(
    "content", [b"<html><body>busy</body></html>", b"busy", GOOD[:-20], b"<a/>"]
)
def test_what_is_no_envelope_is_text(recorded: Built, content: bytes, tmp_path: Path) -> None:
    with pytest.raises(recorded.errors.CallError):
        client(recorded, tmp_path, answer(content, 502)).get_email(1)
    assert names(tmp_path) == ["0001-GetEMail-request.xml", "0001-GetEMail-response.txt"]
    assert recorded_in(tmp_path)[0].response is None


@pytest.mark.parametrize("handler", [failing(httpx.ReadTimeout), answer(b"", 502)])
def test_without_an_answer_there_is_a_request_alone(
    recorded: Built, handler: Any, tmp_path: Path
) -> None:
    with pytest.raises(recorded.errors.CallError):
        client(recorded, tmp_path, handler).get_email(1)
    assert names(tmp_path) == ["0001-GetEMail-request.xml"]


def test_numbers_continue_and_nothing_is_written_over(recorded: Built, tmp_path: Path) -> None:
    for name in ("0007-GetEMail-request.xml", "0012-Other-response.txt", "notes.txt", "9-a.xml"):
        (tmp_path / name).write_text("kept", encoding="utf-8")
    calling = client(recorded, tmp_path, answer(EMPTY))
    # As another process may do it in the meantime.
    (tmp_path / "0013-GetEMail-request.xml").write_text("kept", encoding="utf-8")
    calling.get_email(1)
    assert "0014-GetEMail-response.xml" in names(tmp_path)
    assert sum(path.read_bytes() == b"kept" for path in tmp_path.iterdir()) == 5


def test_threads_may_share_it(recorded: Built, tmp_path: Path) -> None:
    calling = client(recorded, tmp_path, answer(GOOD))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(calling.get_email, range(40)))
    exchanges = recorded_in(tmp_path)
    assert [exchange.number for exchange in exchanges] == list(range(1, 41))
    assert all(exchange.response for exchange in exchanges)


def test_a_folder_that_is_none(recorded: Built, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        recorded.module("recording").record(tmp_path / "file")
