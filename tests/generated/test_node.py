"""The generated client calls a server that another stack runs: node's soap package."""

from __future__ import annotations

import json
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.support.packages import Built
from tests.support.paths import ECHO, PROJECT
from tests.support.store import Store

pytestmark = pytest.mark.slow

PEER = PROJECT / "tests" / "peers" / "node"
INSTALLED = PROJECT / ".cache" / "node"


@pytest.fixture(scope="module")
def echo(store: Store) -> Built:
    return store.package(ECHO, name="echo_both", server=True)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of the server, after the package was installed where it is not there yet."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are needed to run a server of another stack")
    package = (PEER / "package.json").read_bytes()
    copied = INSTALLED / "package.json"
    if not copied.exists() or copied.read_bytes() != package:
        INSTALLED.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"]
        (INSTALLED / "package.json").write_bytes(package)
        try:
            subprocess.run(command, cwd=INSTALLED, check=True, capture_output=True, timeout=300)
        except BaseException:
            copied.unlink()
            raise
    process = subprocess.Popen(
        ["node", str(PEER / "server.js"), str(INSTALLED), str(ECHO)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/echo"
    finally:
        process.kill()
        process.wait()


def received(url: str) -> list[dict[str, Any]]:
    """What the server has read of the requests so far, in its own words."""
    with urllib.request.urlopen(url.replace("/echo", "/received")) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


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


def test_a_failure_in_the_headers(echo: Built, url: str) -> None:
    with echo.client.EchoClient(url) as client, pytest.raises(echo.errors.ServerFailure) as caught:
        client.fail("headers")
    assert (caught.value.type, caught.value.message) == ("SoAccess", "No access")


def test_a_connection_that_breaks(echo: Built, url: str) -> None:
    with echo.client.EchoClient(url) as client:
        with pytest.raises(echo.errors.ConnectionLost):
            client.fail("hang up")
        assert client.fail("not at all") is None


def test_an_address_that_is_wrong(echo: Built, url: str) -> None:
    with pytest.raises(echo.errors.HttpError):
        echo.client.EchoClient(f"{url}/nothing").fail("x")
