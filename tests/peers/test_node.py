"""node's soap package: a server that the generated client calls, and a client of ``soapgen serve``.

It writes no WSDL itself, so both have one of ours.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from soapgen.serve import SoapServer

from tests.support.packages import Built
from tests.support.paths import ECHO, PROJECT

from .echo import Echo
from .exchanges import Caller, Contract, exchanged
from .processes import run, serving
from .stacks import NODE, PEERS

pytestmark = pytest.mark.conformance

CLIENT = (NODE, Caller.CLIENT, Contract.OURS)
SERVE = (NODE, Caller.SERVE, Contract.OURS)
CACHE = PROJECT / ".cache" / "node"


@pytest.fixture(scope="module")
def installed() -> Path:
    """The folder with the package, installed where it is not there yet.

    It is installed beside its place and moved there as a whole: several processes may want it.
    """
    NODE.require()
    package = PEERS / "node" / "package.json"
    version: str = json.loads(package.read_text(encoding="utf-8"))["dependencies"]["soap"]
    place = CACHE / version
    if not place.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=CACHE))
        shutil.copy(package, beside)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"]
        subprocess.run(command, cwd=beside, check=True, capture_output=True, timeout=300)
        try:
            beside.rename(place)
        except OSError:  # another process was faster
            shutil.rmtree(beside)
    return place


@pytest.fixture(scope="module")
def echo(echoes: dict[str, Echo]) -> Built:
    return echoes["1.1"].package


@pytest.fixture(scope="module")
def url(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server."""
    folder = tmp_path_factory.mktemp("node")
    with serving("node", PEERS / "node" / "server.js", installed, ECHO, cwd=folder) as address:
        yield address


def received(url: str) -> list[dict[str, Any]]:
    """What the server has read of the requests so far, in its own words."""
    with urllib.request.urlopen(url.replace("/echo", "/received")) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


@exchanged(*CLIENT, "derived types, dictionaries, nil and missing members, SOAP headers")
def test_everything_comes_back(echo: Built, url: str) -> None:
    models = echo.models
    value = models.Everything(
        text="<æ&\"'> ]]>\n\U0001f4e7 two  spaces",
        number=-(2**31),
        flag=True,
        price=Decimal("1.25"),
        when=datetime(2026, 1, 2, 3, 4, 5, 678000, UTC),
        data=bytes(range(256)),
        nothing=None,
        one=models.Special(name="derived", colour=models.Colour.GREEN, extra=5),
        items=[models.Item(name="a"), models.Special(name="b", extra=1)],
        labels={"x": 1, "ø": -2},
        inner=models.Everything(
            text="", number=0, flag=False, nothing="", inner=models.Everything(
                text="deep", number=1, flag=False, labels={"last": 3}
            ),
        ),
    )  # fmt: skip
    with echo.client.EchoClient(url, token="t <&>") as client:
        assert client.echo(value) == value
    last = received(url)[-1]
    assert last["headers"] == {"Session": {"Token": "t <&>"}}
    said = last["args"]["Value"]
    assert (said["Number"], said["Flag"], said["Price"]) == (-(2**31), True, 1.25)
    assert said["When"] == "2026-01-02T03:04:05.678Z"
    assert said["Items"]["Item"][1]["Extra"] == 1
    assert [label["Key"] for label in said["Labels"]["Label"]] == ["x", "ø"]
    assert said["Inner"]["Inner"]["Text"] == "deep"


@exchanged(*CLIENT, "derived types, dictionaries, nil and missing members, SOAP headers")
@pytest.mark.parametrize("number", range(3))
def test_less_than_everything_comes_back(echo: Built, url: str, number: int) -> None:
    models = echo.models
    least = {"text": "x", "number": 1, "flag": False}
    value = [
        models.Everything(**least),
        models.Everything(**least, items=[models.Item(name="only one")], labels={"one": 1}),
        models.Everything(**least, one=models.Item(name="", colour=models.Colour.RED), data=b"x"),
    ][number]
    with echo.client.EchoClient(url) as client:
        assert client.echo(value) == value
        assert client.echo() is None


@exchanged(*CLIENT, "declared faults")
def test_a_fault_with_its_declared_detail(echo: Built, url: str) -> None:
    with (
        echo.client.EchoClient(url) as client,
        pytest.raises(echo.module("faults").RefusalError) as caught,
    ):
        client.fail("fault")
    fault = caught.value
    assert (fault.code, fault.reason) == ("soap:Server", "Told to <fail>")
    assert fault.detail == echo.models.Refusal(why="No reason")
    assert fault.exchange.status == 200  # this stack sends faults so, against SOAP 1.1, 6.2


@exchanged(*CLIENT, "failures in headers")
def test_a_failure_in_the_headers(echo: Built, url: str) -> None:
    with echo.client.EchoClient(url) as client, pytest.raises(echo.errors.ServerFailure) as caught:
        client.fail("headers")
    assert (caught.value.type, caught.value.message) == ("SoAccess", "No access")


@exchanged(*CLIENT, "broken connections")
def test_a_connection_that_breaks(echo: Built, url: str) -> None:
    with echo.client.EchoClient(url) as client:
        with pytest.raises(echo.errors.ConnectionLost):
            client.fail("hang up")
        assert client.fail("not at all") is None


@exchanged(*CLIENT, "wrong addresses")
def test_an_address_that_is_wrong(echo: Built, url: str) -> None:
    with pytest.raises(echo.errors.HttpError):
        echo.client.EchoClient(f"{url}/nothing").fail("x")


@exchanged(*SERVE, "derived types, dictionaries, nil members, SOAP headers; faults")
def test_its_client_calls_soapgen_serve(
    echoes: dict[str, Echo],
    serve_echo: Callable[[str], SoapServer],
    installed: Path,
    tmp_path: Path,
) -> None:
    server = serve_echo("1.1")
    client = PEERS / "node" / "client.js"
    said = json.loads(run("node", client, installed, server.url, cwd=tmp_path))

    echo = echoes["1.1"]
    requests = {item.operation: item.content for item in server.service.received}
    assert echo.package.parse_request("echo", requests["Echo"]) == (echo.everything(),)
    assert echo.package.parse_request("fail", requests["Fail"]) == ("fault",)
    assert b"t &lt;&amp;&gt;" in requests["Echo"]
    value = said["echo"]["Value"]
    assert value["Text"] == echo.everything().text
    assert (value["Number"], value["Flag"], value["Price"]) == (-(2**31), True, 1.25)
    assert value["When"] == "2026-01-02T03:04:05.678Z"
    assert value["One"]["Extra"] == 5
    assert [item["Name"] for item in value["Items"]["Item"]] == ["a", "b"]
    assert [(label["Key"], label["Value"]) for label in value["Labels"]["Label"]] == [
        ("x", 1),
        ("ø", -2),
    ]
    assert said["fault"] == "Told to <fail>"
