"""gSOAP: a client and a server made of a WSDL of ours, and a service whose WSDL it writes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from soapgen.serve import SoapServer

from tests.support.packages import build_package

from .echo import Echo
from .exchanges import Caller, Contract, exchanged
from .processes import run, serving
from .stacks import GSOAP, PEERS

pytestmark = pytest.mark.conformance

CLIENT = (GSOAP, Caller.CLIENT, Contract.OURS)
ITS_OWN = (GSOAP, Caller.CLIENT, Contract.ITS_OWN)
SERVE = (GSOAP, Caller.SERVE, Contract.OURS)
SOURCES = PEERS / "gsoap"
COMPILER = ("g++", "-O0", "-w", "-I.", f"-I{SOURCES}")
IMPORTS = "-I/usr/share/gsoap/import"
WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
"""A date and time is a time_t for gSOAP, without fractions of a second."""


@pytest.fixture(scope="module")
def built(echoes: dict[str, Echo], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the programs ``client`` and ``server``."""
    GSOAP.require()
    folder = tmp_path_factory.mktemp("gsoap")
    run("wsdl2h", "-o", "echo.h", echoes["1.1"].path, cwd=folder)
    run("soapcpp2", "-j", IMPORTS, "echo.h", cwd=folder)
    run(*COMPILER, "-c", "soapC.cpp", cwd=folder)
    for name, kind in (("client", "Proxy"), ("server", "Service")):
        sources = (SOURCES / f"{name}.cpp", f"soapEchoBinding{kind}.cpp", "soapC.o")
        run(*COMPILER, "-o", name, *sources, "-lgsoap++", cwd=folder)
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
    assert caught.value.detail == echo.package.models.Refusal(why="No reason")


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


def calls_a_service_of_its_own(version: str, folder: Path) -> None:
    GSOAP.require()
    option = {"1.1": "-1", "1.2": "-2"}[version]
    run("soapcpp2", option, "-j", "-S", IMPORTS, SOURCES / "stock.h", cwd=folder)
    sources = (SOURCES / "stock.cpp", "soapC.cpp", "soapStockService.cpp")
    run(*COMPILER, "-o", "stock", *sources, "-lgsoap++", cwd=folder)
    name = f"stock_{version.replace('.', '')}"
    stock = build_package(folder / "Stock.wsdl", folder, name=name)

    models = stock.models
    bolt = models.Part(label="<æ&> \U0001f529", weight=0.1, number='"1"', counts=[2**62, -1])
    engine = models.Engine(
        label="", weight=-2.5, shelf=models.Shelf.LOW, number="2", runs=True, starter=bolt
    )
    engines = [engine, bolt, models.Engine(label="x", weight=math.inf, number="", runs=False)]
    with (
        serving(folder / "stock", cwd=folder) as url,
        stock.client.StockClient(url) as client,
    ):
        assert client.turn(engines, times=3) == engines[::-1]
        assert client.turn(engines, times=2) == engines
        assert client.turn([], times=1) == []
        assert client.weigh(engines[:2]) == -2.4
        assert client.weigh(engines) == math.inf
        bolts = 'Part("1", <æ&> \U0001f529, 0.1, null, 4611686018427387904, -1)'
        assert client.describe(engines[:2]) == f"Engine(2, , -2.5, low, 1, {bolts});{bolts};"
        with pytest.raises(stock.errors.SoapFault, match="Told to turn <backwards>"):
            client.turn([], times=-1)


OWN_TYPES = "derived types, attributes, lists, enumerations; faults"


@exchanged(*ITS_OWN, OWN_TYPES)
def test_the_generated_client_calls_a_service_of_its_own(tmp_path: Path) -> None:
    calls_a_service_of_its_own("1.1", tmp_path)


@exchanged(*ITS_OWN, OWN_TYPES, soap="1.2")
def test_the_generated_client_calls_a_service_of_its_own_in_soap_12(tmp_path: Path) -> None:
    calls_a_service_of_its_own("1.2", tmp_path)
