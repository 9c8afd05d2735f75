"""What ``soapgen serve`` prints and refuses."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from soapgen.serve import SoapServer

from tests.support.command import soapgen
from tests.support.packages import Built
from tests.support.paths import SHAPES, WSDL

pytestmark = pytest.mark.slow

Start = Callable[..., SoapServer]


def test_the_command(email: Built, tmp_path: Path) -> None:
    made = email.models.EMailEntity(subject="From a file")
    (tmp_path / "answer.xml").write_bytes(email.build_response("get_email", made))
    command = ["serve", str(WSDL / "EMail.wsdl"), "--port", "0", "--answer", "GetEMail=answer.xml"]
    command += ["--fault", "Send=Disk full", "--drop", "Delete", "--delay", "Save=0.01"]
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "soapgen", *command],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.fullmatch(r"Serving (http://127\.0\.0\.1:\d+/)\?wsdl\n", first)
        assert found, first
        with email.client.EMailClient(found[1]) as client:
            assert client.get_email(1) == made
            with pytest.raises(email.errors.SoapFault, match="Disk full"):
                client.send([])
            with pytest.raises(email.errors.ConnectionLost):
                client.delete()
            assert client.save(email.models.EMailEntity()) is not None
    finally:
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert output.splitlines() == [
        "EMail.GetEMail: 200",
        "EMail.Send: 500",
        "EMail.Delete: hung up",
        "EMail.Save: 200",
    ]
    assert errors == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--answer", "GetEMail=nothing.xml"], "nothing.xml: there is no such file"),
        (["--delay", "GetEMail=soon"], "'soon' is no number of seconds"),
        (["--drop", "GetMail"], "there is no operation GetMail in EMail; did you mean GetEMail"),
    ],
)
def test_mistakes(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = soapgen("serve", WSDL / "EMail.wsdl", "--port", "0", *arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert message in result.stderr


def test_a_port_that_is_taken(soap_server: Start, tmp_path: Path) -> None:
    port = soap_server(SHAPES).url.rpartition(":")[2].strip("/")
    result = soapgen("serve", SHAPES, "--port", port, cwd=tmp_path)
    assert result.returncode == 2
    assert f"127.0.0.1:{port}: the server cannot listen" in result.stderr
