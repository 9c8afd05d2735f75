"""Axis 1.4: a service, literal and in SOAP's encoding, with the WSDL that it publishes itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.packages import Built, build_package

from .exchanges import Caller, Contract, exchanged
from .processes import run, serving
from .stacks import AXIS, PEERS

pytestmark = pytest.mark.conformance

ITS_OWN = (AXIS, Caller.CLIENT, Contract.ITS_OWN)
JARS = ":".join(
    f"/usr/share/java/{name}.jar"
    for name in (
        "axis", "axis-jaxrpc", "axis-saaj", "commons-logging", "commons-discovery", "wsdl4j"
    )
)  # fmt: skip


@dataclass(frozen=True)
class Served:
    """The service, and the package for the WSDL that it publishes."""

    url: str
    train: Built


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the service's classes."""
    AXIS.require()
    folder = tmp_path_factory.mktemp("axis")
    # Axis reads classes itself, and none of a newer Java.
    compiler = ("javac", "--release", "8", "-nowarn", "-cp", JARS, "-d", ".")
    run(*compiler, PEERS / "axis" / "Train.java", cwd=folder)
    return folder


@contextmanager
def served(compiled: Path, folder: Path, style: str, use: str) -> Iterator[Served]:
    """The service with messages of ``style`` and ``use``."""
    command = ("java", "-cp", f".:{JARS}", "train.Train", style, use)
    with serving(*command, cwd=compiled) as address:
        name = f"train_{use}_client"
        yield Served(address, build_package(f"{address}?wsdl", folder, name=name))


@pytest.fixture(scope="module")
def literal(compiled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(compiled, tmp_path_factory.mktemp("literal"), "wrapped", "literal") as found:
        yield found


@pytest.fixture(scope="module")
def encoded(compiled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(compiled, tmp_path_factory.mktemp("encoded"), "rpc", "encoded") as found:
        yield found


def is_described(service: Served) -> None:
    models = service.train.models
    sleeper = models.Sleeper(
        name="<æ&> \u2603",
        seats=[1, -(2**31)],
        weight=Decimal("12345678901234567890.1230"),
        built=datetime(2026, 1, 2, 3, 4, 5, 678000, UTC),
        plate=bytes([0, 1, 127]),
        next=models.Wagon(name="", seats=[]),
        heated=True,
    )
    with service.train.client.TrainClient(service.url) as client:
        assert client.describe(sleeper) == (
            "Sleeper(<æ&> \u2603, [1, -2147483648], 12345678901234567890.1230, 1767323045678, "
            "[0, 1, 127], Wagon(, [], null, null, null, null), true)"
        )


@exchanged(*ITS_OWN, "derived types, lists, nil members, dates, binary data")
def test_values(literal: Served) -> None:
    is_described(literal)
    models = literal.train.models
    # It writes the items of an array by another name than its WSDL has for them.
    sleeper = models.Sleeper(name="s", next=models.Wagon(name="", seats=[]), heated=True)
    with literal.train.client.TrainClient(literal.url) as client:
        assert client.sleeper(sleeper) == sleeper
        wagons = [models.Wagon(name="a", next=sleeper), sleeper, models.Wagon()]
        assert client.turn(wagons) == wagons[::-1]


@exchanged(
    *ITS_OWN,
    "derived types, arrays, values referred to, nil members, dates, binary data",
    style="rpc/encoded",
)
def test_encoded_values(encoded: Served) -> None:
    is_described(encoded)
    models = encoded.train.models
    sleeper = models.Sleeper(
        name="s", seats=[7, 8], next=models.Wagon(name="", seats=[]), heated=True
    )
    with encoded.train.client.TrainClient(encoded.url) as client:
        assert client.sleeper(sleeper) == sleeper
        wagons = [models.Wagon(name="a", next=sleeper), sleeper, models.Wagon()]
        assert client.turn(wagons) == wagons[::-1]
        assert client.turn([]) == []
        assert client.describe(None) == "null"


@exchanged(*ITS_OWN, "faults")
def test_faults(literal: Served) -> None:
    is_told_what_failed(literal)


@exchanged(*ITS_OWN, "faults", style="rpc/encoded")
def test_encoded_faults(encoded: Served) -> None:
    is_told_what_failed(encoded)


def is_told_what_failed(service: Served) -> None:
    fault = service.train.errors.SoapFault
    with service.train.client.TrainClient(service.url) as client, pytest.raises(fault) as caught:
        client.crash("no <fuel>")
    assert "java.lang.IllegalStateException: no <fuel>" in caught.value.reason
