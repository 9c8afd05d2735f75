"""What ``soapgen serve`` prints and refuses."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Self

import httpx
import pytest
from soapgen.serve import SoapServer

from tests.support.command import soapgen
from tests.support.packages import Built, build_package
from tests.support.paths import PROJECT, SHAPES, WSDL

pytestmark = pytest.mark.slow

BANK = PROJECT / "tests" / "wsdl" / "Bank.wsdl"
Start = Callable[..., SoapServer]


class Serving:
    """``soapgen serve`` with some arguments, from its first line to an interrupt at the end."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "soapgen", "serve", "--port", "0", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.first = self.process.stdout.readline()
        self.output = self.errors = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.process.send_signal(signal.SIGINT)
        self.output, self.errors = self.process.communicate(timeout=60)


def test_the_command(email: Built, tmp_path: Path) -> None:
    made = email.models.EMailEntity(subject="From a file")
    (tmp_path / "answer.xml").write_bytes(email.build_response("get_email", made))
    command = [str(WSDL / "EMail.wsdl"), "--answer", "GetEMail=answer.xml"]
    command += ["--fault", "Send=Disk full", "--drop", "Delete", "--delay", "Save=0.01"]
    with Serving(tmp_path, *command) as server:
        found = re.fullmatch(r"Serving (http://127\.0\.0\.1:\d+/)\?wsdl\n", server.first)
        assert found, server.first
        with email.client.EMailClient(found[1]) as client:
            assert client.get_email(1) == made
            with pytest.raises(email.errors.SoapFault, match="Disk full"):
                client.send([])
            with pytest.raises(email.errors.ConnectionLost):
                client.delete()
            assert client.save(email.models.EMailEntity()) is not None
    assert server.process.returncode == 0
    assert server.output.splitlines() == [
        "EMail.GetEMail: 200",
        "EMail.Send: 500",
        "EMail.Delete: hung up",
        "EMail.Save: 200",
    ]
    assert server.errors == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--answer", "GetEMail=nothing.xml"], "nothing.xml: there is no such file"),
        (["--answer", "GetEMail"], "'GetEMail' is not OPERATION=FILE"),
        (["--delay", "GetEMail=soon"], "--delay: 'soon' is no number"),
        (["--delay", "GetEMail"], "'GetEMail' is not OPERATION=SECONDS"),
        (["--delay", "GetEMail=nan"], "--delay: a delay is from 0 to 86400 seconds, not nan"),
        (["--delay", "GetEMail=-1"], "a delay is from 0 to 86400 seconds, not -1"),
        (
            ["--fault", "Send=\x1b"],
            r"--fault: the reason of a fault contains '\x1b', which XML does",
        ),
        (["--drop", "GetEMail=2"], "there is no operation GetEMail=2 in EMail"),
        (["--port", "65536"], "Invalid value for '--port'"),
        (["--max-request", "0"], "Invalid value for '--max-request'"),
        (["--host", "a" * 70], "the server cannot listen: "),
        (["--drop", "GetMail"], "there is no operation GetMail in EMail; did you mean GetEMail"),
        (["--replay", "nowhere"], "nowhere: there is no such folder"),
    ],
)
def test_mistakes(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = soapgen("serve", WSDL / "EMail.wsdl", "--port", "0", *arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_declared_fault(tmp_path: Path) -> None:
    bank = build_package(BANK, tmp_path, name="bank_at_the_command_line")
    detail = '<BankFault xmlns="urn:example:bank"><code>42</code></BankFault>'
    (tmp_path / "detail.xml").write_text(detail, encoding="utf-8")
    command = [str(BANK), "--fault", "Close:NotEmpty=a: b=c"]
    command += ["--fault", "Withdraw=Not today", "--fault-detail", "Withdraw=detail.xml"]
    with Serving(tmp_path, *command) as server:
        url = server.first.split()[1]
        with bank.client.BankClient(url, session="s") as client:
            with pytest.raises(bank.errors.SoapFault) as first:
                client.withdraw(1)
            with pytest.raises(bank.errors.SoapFault) as second:
                client.close_("a")
    assert (type(first.value).__name__, first.value.reason) == ("BankFault", "Not today")
    assert first.value.detail.code == 42
    assert (type(second.value).__name__, second.value.reason) == ("NotEmpty", "a: b=c")


def test_a_recording_is_answered_again(email: Built, tmp_path: Path) -> None:
    """A client that sends what was sent when the folder was recorded gets the same."""
    made = email.models.EMailEntity(subject="Recorded")
    answer = email.build_response("get_email", made)
    (tmp_path / "0001-GetEMail-request.xml").write_bytes(email.build("get_email", 7))
    (tmp_path / "0001-GetEMail-response.xml").write_bytes(answer)
    other = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>'
    for message in ("request", "response"):
        (tmp_path / f"0002-Elsewhere-{message}.xml").write_text(other, encoding="utf-8")
    command = [str(WSDL / "EMail.wsdl"), "--replay", "."]
    with Serving(tmp_path, *command) as server:
        url = server.first.split()[1].removesuffix("?wsdl")
        with email.client.EMailClient(url, ticket="7T:another") as client:
            assert client.get_email(7) == made
            with pytest.raises(email.errors.SoapFault, match="differs at Body/GetEMail/Id: exp"):
                client.get_email(8)
    assert server.errors == "0002-Elsewhere-request.xml is of no operation that is served\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fault", "Withdraw:"], "'Withdraw:' is not OPERATION, OPERATION:FAULT or either with"),
        (["--fault", "Withdraw:Looked"], "declares no fault Looked; did you mean Locked?"),
        (["--fault-detail", "Withdraw=no.xml"], "--fault-detail: no.xml: there is no such file"),
        (
            ["--fault-detail", "Withdraw=a.xml"],
            "--fault-detail: a fault of operation Withdraw carr",
        ),
    ],
)
def test_mistakes_in_declared_faults(arguments: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<a/>", encoding="utf-8")
    result = soapgen("serve", BANK, "--port", "0", *arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_it_stays_when_nobody_reads_what_it_prints(tmp_path: Path) -> None:
    command = [str(WSDL / "EMail.wsdl"), "--max-request", "1"]
    with Serving(tmp_path, *command) as server:
        address = server.first.split()[1]
        assert server.process.stdout is not None
        server.process.stdout.close()
        assert httpx.get(address).status_code == 200
        too_large, taken = (b" " * (1024 * 1024 + more) for more in (1, 0))
        assert httpx.post(address, content=too_large).status_code == 413
        assert httpx.post(address, content=taken).status_code == 500
    assert (server.process.returncode, server.errors) == (0, "")


def test_a_port_that_is_taken(soap_server: Start, tmp_path: Path) -> None:
    port = soap_server(SHAPES).url.rpartition(":")[2].strip("/")
    result = soapgen("serve", SHAPES, "--port", port, cwd=tmp_path)
    assert result.returncode == 2
    assert f"127.0.0.1:{port}: the server cannot listen" in result.stderr
