"""gSOAP: a client and a server in C++, made of a WSDL of ours; and one that gSOAP wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from soapgen.serve import SoapServer

from .echo import Echo
from .exchanges import Caller, Contract, exchanged
from .processes import run, serving
from .stacks import GSOAP, PEERS

pytestmark = pytest.mark.conformance

CLIENT = (GSOAP, Caller.CLIENT, Contract.OURS)
SERVE = (GSOAP, Caller.SERVE, Contract.OURS)
SOURCES = PEERS / "gsoap"
WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
"""A date and time is a time_t for gSOAP, without fractions of a second."""


@pytest.fixture(scope="module")
def built(echoes: dict[str, Echo], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the programs ``client`` and ``server``."""
    GSOAP.require()
    folder = tmp_path_factory.mktemp("gsoap")
    run("wsdl2h", "-o", "echo.h", echoes["1.1"].path, cwd=folder)
    run("soapcpp2", "-j", "-I/usr/share/gsoap/import", "echo.h", cwd=folder)
    compiler = ("g++", "-O0", "-w", "-I.", f"-I{SOURCES}")
    run(*compiler, "-c", "soapC.cpp", cwd=folder)
    for name, kind in (("client", "Proxy"), ("server", "Service")):
        sources = (SOURCES / f"{name}.cpp", f"soapEchoBinding{kind}.cpp", "soapC.o")
        run(*compiler, "-o", name, *sources, "-lgsoap++", cwd=folder)
    return folder


@pytest.fixture(scope="module")
def url(built: Path) -> Iterator[str]:
    """The address of the server."""
    with serving(built / "server", cwd=built) as address:
        yield address


TYPES = "derived types, dictionaries, nil and missing members, SOAP headers"


@exchanged(*CLIENT, f"{TYPES}; declared faults")
def test_the_generated_client_calls_its_server(
    echoes: dict[str, Echo], built: Path, url: str
) -> None:
    echo = echoes["1.1"]
    value = echo.everything()
    value.when = WHEN
    with echo.package.client.EchoClient(url, token="t <&>") as client:
        assert client.echo(value) == value
        token, _, words = (built / "received.txt").read_text(encoding="utf-8").partition("\n")
        assert client.echo() is None
        assert client.fail("not at all") is None
        with pytest.raises(echo.package.errors.SoapFault) as caught:
            client.fail("fault")
    assert token == "t <&>"
    assert words == (
        f"{value.text}|{value.number}|1|1.25|{int(WHEN.timestamp())}|0,1,255,|nil|"
        "Special:derived:green+5|Item:a:|Special:b:red+1|x=1|ø=-2||0|0||||''||"
    )
    assert caught.value.reason == "Told to <fail>"
    assert caught.value.value == echo.package.models.Refusal(why="No reason")


@exchanged(*SERVE, f"{TYPES}; faults")
def test_its_client_calls_soapgen_serve(
    echoes: dict[str, Echo], serve_echo: Callable[[str], SoapServer], built: Path
) -> None:
    echo, server = echoes["1.1"], serve_echo("1.1")
    said = run(built / "client", server.url, cwd=built).splitlines()

    value = echo.everything()
    value.when = WHEN
    requests = {item.operation: item.content for item in server.service.received}
    assert echo.package.parse_request("echo", requests["Echo"]) == (value,)
    assert echo.package.parse_request("fail", requests["Fail"]) == ("fault",)
    assert b"t &lt;&amp;&gt;" in requests["Echo"]
    assert said[0] == "same=1"
    assert "Special:derived:green+5|Item:a:|Special:b:red+1|x=1|ø=-2|" in said[1]
    assert said[2] == "fault=Told to <fail>"
