"""PHP's SoapServer and SoapClient. PHP writes no WSDL itself, so both have one of ours."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from soapgen.serve import SoapServer

from tests.support.packages import Built, build_package
from tests.support.paths import LEDGER

from .echo import Echo
from .exchanges import Caller, Contract, exchanged
from .processes import free_port, run, serving
from .stacks import PEERS, PHP

pytestmark = pytest.mark.conformance

CLIENT = (PHP, Caller.CLIENT, Contract.OURS)
SERVE = (PHP, Caller.SERVE, Contract.OURS)
TYPES = "derived types, nil items, dictionaries, nil and missing members, SOAP headers"


@contextmanager
def php(wsdl: Path, folder: Path, script: str = "server.php") -> Iterator[str]:
    """The address of PHP's SoapServer. Its web server must be told a port, which may be taken."""
    for attempt in range(5):
        listen = f"127.0.0.1:{free_port()}"
        with ExitStack() as stack:
            try:
                url = stack.enter_context(
                    serving(
                        "php", "-S", listen, PEERS / "php" / script,
                        cwd=folder, WSDL=wsdl, RECEIVED=folder / "received.json",
                    )
                )  # fmt: skip
            except RuntimeError:
                if attempt == 4:
                    raise
                continue
            yield url
            return


@pytest.fixture(scope="module")
def urls(
    echoes: dict[str, Echo], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The address of a server, by the version of SOAP."""
    PHP.require()
    with ExitStack() as stack:
        yield {
            version: stack.enter_context(php(echo.path, tmp_path_factory.mktemp("php")))
            for version, echo in echoes.items()
        }


def received(url: str) -> Any:
    """What the server has read of the last request, in PHP's words."""
    with urllib.request.urlopen(url) as answer:
        return json.load(answer)


def calls_a_server(version: str, echoes: dict[str, Echo], urls: dict[str, str]) -> None:
    echo = echoes[version]
    value = echo.everything()
    value.items.insert(1, None)
    with echo.package.client.EchoClient(urls[version], token="t <&>") as client:
        assert client.echo(value) == value
        last = received(urls[version])
        assert client.echo() is None
        with pytest.raises(echo.package.errors.SoapFault) as caught:
            client.fail("fault")
        assert client.fail("not at all") is None
    assert last["token"] == "t <&>"
    said = last["value"]
    assert (said["Text"], said["Number"], said["Flag"]) == (value.text, -(2**31), True)
    assert (said["Price"], said["When"]) == ("1.25", "2026-01-02T03:04:05.678000Z")
    assert said["Data"] == "0001ff"
    assert said["One"] == {"class": "Special", "Name": "derived", "Colour": "green", "Extra": 5}
    assert [item and item["class"] for item in said["Items"]["Item"]] == ["Item", None, "Special"]
    assert [(label["Key"], label["Value"]) for label in said["Labels"]["Label"]] == [
        ("x", 1),
        ("ø", -2),
    ]
    assert caught.value.reason == "Told to <fail>"
    assert caught.value.detail == echo.package.models.Refusal(why="No reason")


@exchanged(*CLIENT, f"{TYPES}; declared faults")
def test_the_generated_client_calls_its_server(echoes: dict[str, Echo], urls: Any) -> None:
    calls_a_server("1.1", echoes, urls)


@exchanged(*CLIENT, f"{TYPES}; declared faults", soap="1.2")
def test_the_generated_client_calls_its_server_in_soap_12(
    echoes: dict[str, Echo], urls: Any
) -> None:
    calls_a_server("1.2", echoes, urls)


def is_called(
    version: str, echoes: dict[str, Echo], serve_echo: Callable[[str], SoapServer], folder: Path
) -> None:
    PHP.require()
    server = serve_echo(version)
    said = json.loads(run("php", PEERS / "php" / "client.php", server.url, version, cwd=folder))

    echo = echoes[version]
    value = echo.everything()
    value.items.insert(1, None)
    requests = {item.operation: item.content for item in reversed(server.service.received)}
    assert echo.package.parse_request("echo", requests["Echo"]) == (value,)
    assert echo.package.parse_request("fail", requests["Fail"]) == ("fault",)
    assert b"t &lt;&amp;&gt;" in requests["Echo"]
    assert said == {
        "empty": {},
        "text": value.text,
        "number": value.number,
        "flag": True,
        "price": "1.25",
        "when": "2026-01-02T03:04:05.678000Z",
        "data": "0001ff",
        "nothing": None,
        "one": ["Special", 5],
        "items": [["Item", "a"], None, ["Special", "b"]],
        "labels": [["x", 1], ["ø", -2]],
        "inner": ["", ""],
        "fault": said["fault"],
    }
    assert said["fault"]["reason"] == "Told to <fail>"


@exchanged(*SERVE, f"{TYPES}; faults")
def test_its_client_calls_soapgen_serve(
    echoes: dict[str, Echo], serve_echo: Callable[[str], SoapServer], tmp_path: Path
) -> None:
    is_called("1.1", echoes, serve_echo, tmp_path)


@exchanged(*SERVE, f"{TYPES}; faults", soap="1.2")
def test_its_client_calls_soapgen_serve_in_soap_12(
    echoes: dict[str, Echo], serve_echo: Callable[[str], SoapServer], tmp_path: Path
) -> None:
    is_called("1.2", echoes, serve_echo, tmp_path)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The package of a contract in SOAP's encoding."""
    PHP.require()
    return build_package(LEDGER, tmp_path_factory.mktemp("ledger"), name="ledger_php")


ENCODED = "derived types, arrays, arrays of arrays, lists of nodes, nil members"


@exchanged(*CLIENT, f"{ENCODED}; declared faults", style="rpc/encoded")
def test_the_generated_client_calls_its_encoded_server(ledger: Built, tmp_path: Path) -> None:
    models = ledger.models
    shared = models.SharedAccount(number=4, owner="four", closed=False, owners=["x", "y", "z"])
    with (
        php(LEDGER, tmp_path, "ledger.php") as url,
        ledger.client.LedgerClient(url) as client,
    ):
        assert client.open_account(shared) == len("four") + 3
        one, two, again = client.find_accounts("Ø & co", most=9)
        assert client.sum([[1.5, 2.0], [], [3.0]]) == [[3.5], [0.0], [3.0]]
        nodes = models.Node(value=1, next=models.Node(value=2, next=models.Node(value=3)))
        assert client.turn(nodes) == models.Node(
            value=3, next=models.Node(value=2, next=models.Node(value=1))
        )
        with pytest.raises(ledger.module("faults").Refused) as caught:
            client.transfer(shared, None, Decimal("2.50"))
        assert client.status() == models.StatusResult(open=True, note="all is well")
    assert one == models.SharedAccount(
        number=1,
        owner="Ø & co",
        kind=models.Kind.SAVINGS,
        balance=Decimal("1.50"),
        closed=False,
        owners=["a", "b"],
    )
    assert two == models.Account(number=9, kind=models.Kind.CURRENT, closed=True)
    assert again == one
    assert caught.value.detail == models.Refusal(code=4, why="only 2.50")


@exchanged(*SERVE, ENCODED, style="rpc/encoded")
def test_its_client_calls_soapgen_serve_encoded(
    ledger: Built, soap_server: Callable[..., SoapServer], tmp_path: Path
) -> None:
    models, server = ledger.models, soap_server(LEDGER)
    shared = models.SharedAccount(number=1, closed=False, kind=models.Kind.SAVINGS, owners=["a"])
    plain = models.Account(number=2, closed=True)
    server.service.answer("findAccounts", ledger.build_response("find_accounts", [shared, plain]))
    server.service.answer("sum", ledger.build_response("sum", [[1.5], []]))
    server.service.answer("turn", ledger.build_response("turn", models.Node(value=8)))
    said = json.loads(run("php", PEERS / "php" / "ledger.php", server.url, cwd=tmp_path))
    assert said == {
        "accounts": [["SharedAccount", 1, "savings"], ["Account", 2, None]],
        "sum": [[1.5], []],
        "turned": 8,
        "status": said["status"],
    }
    requests = {item.operation: item.content for item in server.service.received}
    found = ledger.parse_request("find_accounts", requests["findAccounts"])
    assert found == ("Ø & co", 5)
    assert ledger.parse_request("sum", requests["sum"]) == ([[1.5, 2.0], [3.0]],)
    assert ledger.parse_request("turn", requests["turn"]) == (
        models.Node(value=2, next=models.Node(value=3)),
    )
