"""Faults that a contract declares, as answers of the server to test against."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from soapgen.errors import SourceError
from soapgen.serve import SoapServer
from soapgen.sources import find_sources

from tests.support.packages import Built, build_package
from tests.support.paths import LEDGER, PROJECT

BANK = PROJECT / "tests" / "wsdl" / "Bank.wsdl"
SOAP, SOAP_12 = (f"http://schemas.xmlsoap.org/wsdl/{name}/" for name in ("soap", "soap12"))
DETAIL = b'<!-- it --><BankFault xmlns="urn:example:bank"><code>42</code></BankFault>'

BOTH = pytest.mark.parametrize("soap", [SOAP, SOAP_12], ids=["1.1", "1.2"], scope="module")


@pytest.fixture(scope="module")
def wsdl(soap: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bank") / "Bank.wsdl"
    text = BANK.read_text(encoding="utf-8")
    path.write_text(text.replace(f'xmlns:soap="{SOAP}"', f'xmlns:soap="{soap}"'), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def bank(soap: str, wsdl: Path) -> Built:
    return build_package(wsdl, wsdl.parent, name=f"bank_served_{len(soap)}")


@pytest.fixture
def server(wsdl: Path) -> Iterator[SoapServer]:
    with SoapServer(find_sources([wsdl])) as server:
        yield server


def raised(bank: Built, server: SoapServer, call: str = "withdraw", argument: Any = 1) -> Any:
    """The fault that answers a call."""
    with (
        bank.client.BankClient(server.url, session="s") as client,
        pytest.raises(bank.errors.SoapFault) as caught,
    ):
        getattr(client, call)(argument)
    return caught.value


@BOTH
@pytest.mark.parametrize(
    ("declared", "name", "detail"),
    [
        (
            "Refused",
            "BankFault",
            lambda models: models.BankFaultType(code=0, message="", password="***"),
        ),
        (
            "BankFault",
            "BankFault",
            lambda models: models.BankFaultType(code=0, message="", password="***"),
        ),
        ("Locked", "LockedError", lambda models: models.Locked(until=date(1, 1, 1))),
        ("Limit", "Limit", lambda _: Decimal(0)),
        ("SessionFault", "SessionFault", lambda models: models.StaleType(since=date(1, 1, 1))),
    ],
)
def test_a_declared_fault_has_a_sample_of_its_detail(
    declared: str, name: str, detail: Any, bank: Built, server: SoapServer
) -> None:
    """By the name that the WSDL gives it, or that of its element; secrets in it are masked."""
    server.service.fault("Withdraw", "No <money>", declared=declared)
    error = raised(bank, server)
    assert type(error).__name__ == name
    assert error.detail == detail(bank.models)
    assert error.reason == "No <money>"
    server.service.fault("Withdraw")
    assert type(raised(bank, server)) is bank.errors.SoapFault


@BOTH
def test_a_fault_with_a_part_that_has_a_type(bank: Built, server: SoapServer) -> None:
    server.service.fault("Close", declared="NotEmpty")
    error = raised(bank, server, "close_", "a")
    assert type(error).__name__ == "NotEmpty"
    assert error.detail == bank.models.BankFaultType(code=0, message="", password="***")
    server.service.fault(
        "Close", detail=b"<fault><t:code xmlns:t='urn:example:bank'>7</t:code></fault>"
    )
    assert raised(bank, server, "close_", "a").detail.code == 7


@BOTH
@pytest.mark.parametrize("declared", ["", "Refused"])
def test_the_detail_may_be_given(declared: str, bank: Built, server: SoapServer) -> None:
    server.service.fault("Withdraw", "why", declared=declared, detail=DETAIL)
    error = raised(bank, server)
    assert type(error).__name__ == "BankFault"
    assert (error.detail.code, error.detail.message, error.reason) == (42, None, "why")


def test_a_fault_of_an_encoded_operation(tmp_path: Path) -> None:
    ledger = build_package(LEDGER, tmp_path, name="ledger_served")
    account = ledger.models.Account(number=1, closed=False)
    with SoapServer(find_sources([LEDGER])) as server:
        server.service.fault("transfer", declared="Refused")
        with (
            ledger.client.LedgerClient(server.url) as client,
            pytest.raises(ledger.errors.SoapFault) as caught,
        ):
            client.transfer(account, None, Decimal(1))
    assert type(caught.value).__name__ == "Refused"
    assert type(caught.value.detail) is ledger.models.Refusal


@pytest.mark.parametrize(
    ("said", "kind", "message"),
    [
        (
            {"declared": "Bankfault"},
            SourceError,
            "Withdraw declares no fault Bankfault; did you mea",
        ),
        ({"declared": "lock"}, SourceError, "did you mean Locked?"),
        (
            {"declared": "Overdrawn"},
            SourceError,
            "Bank.wsdl:50: operation Withdraw declares no fault Overdrawn; "
            "it declares Refused, BankFault, Locked, Limit, SessionFault",
        ),
        (
            {"declared": "Locked", "detail": DETAIL},
            ValueError,
            "fault Locked of operation Withdraw carries {urn:example:bank}Locked",
        ),
        ({"detail": b"<code/>"}, ValueError, "SessionFault, not code"),
        ({"detail": b"<code"}, SourceError, "the detail of the fault:1: the file is not well-form"),
        ({"detail": DETAIL.replace(b"42", b"no")}, ValueError, "the detail is not valid: /BankFau"),
        ({"reason": "\0", "detail": DETAIL}, ValueError, "which XML does not allow"),
    ],
)
def test_mistakes(said: Any, kind: type[Exception], message: str) -> None:
    service = SoapServer(find_sources([BANK])).service
    with pytest.raises(kind) as caught:
        service.fault("Withdraw", **said)
    assert message in str(caught.value)
