"""What a client recorded is answered again, to a client that does the same."""

from __future__ import annotations

import importlib
from decimal import Decimal
from pathlib import Path

import pytest
from soapgen.testing import SoapServers

from tests.support.paths import BANK, WSDL
from tests.testing.packages import built

pytestmark = pytest.mark.slow


def test_a_day_of_traffic_becomes_a_test(tmp_path: Path) -> None:
    bank = built(BANK, tmp_path, "bank_recorded", "--with", "recording")
    models = importlib.import_module("bank_recorded.models")
    record = importlib.import_module("bank_recorded.recording").record(tmp_path / "traffic")
    with SoapServers() as servers, bank.BankClient(servers(BANK).url, session="old") as client:
        told = servers.on(client.withdraw)
        fault = bank.BankFault("s:Client", "no", detail=models.BankFaultType(code=42))
        recorded = client.with_options(after=record)
        told.answer(Decimal(10), Decimal(20))
        assert [recorded.withdraw(Decimal(1)) for _ in range(2)] == [10, 20]
        told.fail(fault)
        with pytest.raises(bank.BankFault):
            recorded.withdraw(Decimal(500))
        recorded.close_("a")
    assert len(list((tmp_path / "traffic").iterdir())) == 8
    with SoapServers() as servers:
        server = servers(BANK, replay=tmp_path / "traffic")
        with bank.BankClient(server.url, session="new") as client:
            with pytest.raises(bank.BankFault) as caught:
                client.withdraw(Decimal(500))
            assert caught.value.detail == fault.detail
            assert [client.withdraw(Decimal(1)) for _ in range(3)] == [10, 20, 20]
            assert client.close_("a") is None
            with pytest.raises(bank.SoapFault, match="0001-Withdraw, which differs at Body/With"):
                client.withdraw(Decimal(2))
            servers.on(client.withdraw).answer(Decimal(5))
            assert client.withdraw(Decimal(2)) == 5


def test_a_log_in_is_recorded_without_its_secrets(tmp_path: Path) -> None:
    source = WSDL / "SoPrincipal.wsdl"
    principal = built(source, tmp_path, "principal_recorded", "--with", "recording")
    record = importlib.import_module("principal_recorded.recording").record(tmp_path / "traffic")
    netserver = importlib.import_module("principal_recorded.netserver")
    with SoapServers() as servers, principal.SoPrincipalClient(servers(source).url) as client:
        client.with_options(after=record).authenticate_username_password("me", "hunter2")
    written = b"".join(path.read_bytes() for path in (tmp_path / "traffic").iterdir())
    assert b"hunter2" not in written
    assert b"made-up" not in written
    with SoapServers() as servers:
        server = servers(source, replay=tmp_path / "traffic")
        with principal.SoPrincipalClient(server.url) as client:
            result = client.authenticate_username_password("me", "another")
            assert netserver.ticket_of(result) == "***"
            with pytest.raises(principal.SoapFault, match="no exchange of Authenticate"):
                client.authenticate_username_password("you", "another")
