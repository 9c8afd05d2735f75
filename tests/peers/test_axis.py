"""Axis 1.4: a service with wrapped, literal messages, with the WSDL that it publishes itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

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


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the service."""
    AXIS.require()
    folder = tmp_path_factory.mktemp("axis")
    # Axis reads classes itself, and none of a newer Java.
    compiler = ("javac", "--release", "8", "-nowarn", "-cp", JARS, "-d", ".")
    run(*compiler, PEERS / "axis" / "Train.java", cwd=folder)
    with serving("java", "-cp", f".:{JARS}", "train.Train", cwd=folder) as address:
        yield address


@pytest.fixture(scope="module")
def train(url: str, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The package for the WSDL that the service publishes."""
    return build_package(f"{url}?wsdl", tmp_path_factory.mktemp("train"), name="train_client")


@pytest.fixture
def client(train: Built, url: str) -> Iterator[Any]:
    with train.client.TrainClient(url) as client:
        yield client


@exchanged(*ITS_OWN, "derived types, lists, nil members, dates, binary data")
def test_values(train: Built, client: Any) -> None:
    models = train.models
    sleeper = models.Sleeper(
        name="<æ&> \u2603",
        seats=[1, -(2**31)],
        weight=Decimal("12345678901234567890.1230"),
        built=datetime(2026, 1, 2, 3, 4, 5, 678000, UTC),
        plate=bytes([0, 1, 127]),
        next=models.Wagon(name="", seats=[]),
        heated=True,
    )
    assert client.describe(sleeper) == (
        "Sleeper(<æ&> \u2603, [1, -2147483648], 12345678901234567890.1230, 1767323045678, "
        "[0, 1, 127], Wagon(, [], null, null, null, null), true)"
    )
    # It writes the items of an array by another name than its WSDL has for them.
    sleeper.seats = None
    assert client.sleeper(sleeper) == sleeper
    wagons = [models.Wagon(name="a", next=sleeper), sleeper, models.Wagon()]
    assert client.turn(wagons) == wagons[::-1]


@exchanged(*ITS_OWN, "faults")
def test_faults(train: Built, client: Any) -> None:
    with pytest.raises(train.errors.SoapFault) as caught:
        client.crash("no <fuel>")
    assert "java.lang.IllegalStateException: no <fuel>" in caught.value.reason
    assert caught.value.code == "soapenv:Server.userException"
