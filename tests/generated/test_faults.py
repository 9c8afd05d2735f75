"""Declared faults: an error for each, read from answers, written by servers."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import etree

from tests.support.packages import Built, generated
from tests.support.paths import BANK
from tests.support.store import Store

URL = "http://localhost/bank"
SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"


@pytest.fixture(scope="module", params=["1.1", "1.2"])
def bank(
    request: pytest.FixtureRequest, store: Store, tmp_path_factory: pytest.TempPathFactory
) -> Built:
    """The package for Bank.wsdl, in either version of SOAP."""
    if request.param == "1.1":
        return store.package(BANK, name="bank_client", server=True)
    wsdl = tmp_path_factory.mktemp("second") / "Bank.wsdl"
    wsdl.write_text(BANK.read_text().replace("schemas.xmlsoap.org/wsdl/soap/", _SOAP_12_WSDL))
    return store.package(wsdl, name="bank_client_12", server=True)


_SOAP_12_WSDL = "schemas.xmlsoap.org/wsdl/soap12/"


def answered(package: Built, content: bytes, operation: str = "withdraw") -> Any:
    """The error of a call that ``content`` answers."""
    transport = httpx.MockTransport(lambda _: httpx.Response(500, content=content, headers=TYPE))
    with httpx.Client(transport=transport) as http:
        client = package.client.BankClient(URL, http=http)
        with pytest.raises(package.errors.SoapFault) as caught:
            getattr(client, operation)(Decimal(1) if operation == "withdraw" else "1")
    return caught.value


def answered_later(package: Built, content: bytes, operation: str = "withdraw") -> Any:
    """The same by the asynchronous client."""

    async def call() -> Any:
        transport = httpx.MockTransport(
            lambda _: httpx.Response(500, content=content, headers=TYPE)
        )
        async with httpx.AsyncClient(transport=transport) as http:
            client = package.client.AsyncBankClient(URL, http=http)
            with pytest.raises(package.errors.SoapFault) as caught:
                await getattr(client, operation)(Decimal(1) if operation == "withdraw" else "1")
        return caught.value

    return asyncio.run(call())


TYPE = {"Content-Type": "text/xml; charset=utf-8"}


def fault_11(detail: str = "", header: str = "") -> bytes:
    inner = f"<faultcode>s:Server</faultcode><faultstring>No</faultstring>{detail}"
    return (
        f'<s:Envelope xmlns:s="{SOAP_11}" xmlns:b="urn:example:bank">'
        f"<s:Header>{header}</s:Header><s:Body><s:Fault>{inner}</s:Fault></s:Body></s:Envelope>"
    ).encode()


def code_of(package: Built) -> str:
    return "s:Server" if package.plan.soap_version == "1.1" else "s:Receiver"


@pytest.mark.slow
@pytest.mark.parametrize("call", [answered, answered_later])
def test_each_declared_fault_is_an_error_of_its_own(call: Callable[..., Any], bank: Built) -> None:
    faults, models = bank.module("faults"), bank.models
    code = code_of(bank)
    refused = models.BankFaultType(code=7, message="<no>")
    for operation, name, error in (
        ("withdraw", "bank_fault", faults.BankFault(code, "No money", detail=refused)),
        ("withdraw", "limit", faults.Limit(code, "Too much", detail=Decimal("10.50"))),
        (
            "withdraw",
            "locked_error",
            faults.LockedError(code, "Later", detail=models.Locked(until=date(2026, 1, 2))),
        ),
        (
            "withdraw",
            "session_fault",
            faults.SessionFault(code, "Stale", detail=models.StaleType(since=date(2026, 1, 3))),
        ),
        ("close_", "not_empty", faults.NotEmpty(code, "Not empty", detail=refused)),
    ):
        content = getattr(bank.builders, f"build_{name}")(error)
        found = call(bank, content, operation)
        assert type(found) is type(error)
        assert found.detail == error.detail
        assert (found.code, found.reason) == (code, error.reason)


@pytest.mark.slow
def test_the_detail_of_a_header_fault_is_in_a_header(bank: Built) -> None:
    stale = bank.models.StaleType(since=date(2026, 1, 3))
    error = bank.module("faults").SessionFault(code_of(bank), "Stale", detail=stale)
    root = etree.fromstring(bank.builders.build_session_fault(error))
    assert root[0][0].tag == "{urn:example:bank}SessionFault"
    assert not root.findall(".//{*}detail") + root.findall(".//{*}Detail")


@pytest.mark.slow
def test_what_a_server_writes_is_a_fault_of_soap(bank: Built) -> None:
    faults = bank.module("faults")
    refused = bank.models.BankFaultType(code=7)
    error = faults.BankFault(code_of(bank), "a < b", detail=refused, actor="urn:me")
    root = etree.fromstring(bank.builders.build_bank_fault(error))
    (fault,) = root[-1]
    if bank.plan.soap_version == "1.1":  # without a namespace (SOAP 1.1, section 4.4)
        assert [node.tag for node in fault] == ["faultcode", "faultstring", "faultactor", "detail"]
    else:
        tags = [f"{{{SOAP_12}}}{name}" for name in ("Code", "Reason", "Role", "Detail")]
        assert [node.tag for node in fault] == tags
    assert fault[-1][0].tag == "{urn:example:bank}BankFault"
    error.code = "s:Nonsense"
    with pytest.raises(bank.errors.InvalidValue, match="expected one of VersionMismatch"):
        bank.builders.build_bank_fault(error)


@pytest.mark.slow
def test_a_type_and_a_fault_of_one_name_are_two_classes(bank: Built) -> None:
    package = bank.module("client").__package__
    exported = __import__(package)
    assert exported.Locked is bank.models.Locked
    assert issubclass(exported.LockedError, exported.DeclaredFault)
    assert issubclass(exported.DeclaredFault, exported.SoapFault)


@pytest.mark.slow
def test_an_operation_says_what_it_raises(bank: Built) -> None:
    says = bank.client.BankClient.withdraw.__doc__
    assert "Raises:\n            BankFault: The fault BankFault. The bank refuses." in says
    assert "SessionFault: The fault SessionFault, whose detail is in a SOAP header." in says
    assert "NotEmpty" not in says
    assert "NotEmpty: " in bank.parsers.parse_close.__doc__


@pytest.mark.slow
def test_a_fault_that_the_operation_does_not_declare_is_a_plain_one(bank: Built) -> None:
    detail = "<detail><b:Limit>1</b:Limit></detail>"
    error = answered(bank, fault_11(detail), "close_")
    assert type(error) is bank.errors.SoapFault
    assert ">1</b:Limit>" in error.markup


@pytest.mark.slow
def test_a_detail_that_cannot_be_read_leaves_a_plain_fault(bank: Built) -> None:
    error = answered(bank, fault_11("<detail><b:Limit>much</b:Limit></detail>"))
    assert type(error) is bank.errors.SoapFault
    assert (error.reason, "much" in error.markup) == ("No", True)


@pytest.mark.slow
def test_a_declared_fault_travels_and_keeps_its_secrets(bank: Built) -> None:
    detail = (
        "<detail><b:BankFault><b:code>1</b:code><b:message>for hunter2!</b:message>"
        "<b:password>hunter2!</b:password></b:BankFault></detail>"
    )
    error = answered(bank, fault_11(detail))
    expected = bank.models.BankFaultType(code=1, message="for ***", password="***")
    there = pickle.loads(pickle.dumps(error))
    for each in (error, there):
        assert type(each) is bank.module("faults").BankFault
        assert each.detail == expected
        assert "hunter2" not in f"{each} {each!r} {each.markup} {each.exchange.response}"


def test_the_parts_of_a_fault_of_soap_12(bank: Built) -> None:
    content = (
        f'<s:Envelope xmlns:s="{SOAP_12}" xmlns:m="urn:m"><s:Body><s:Fault>'
        "<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>m:Late</s:Value>"
        "<s:Subcode><s:Value>Later</s:Value></s:Subcode></s:Subcode></s:Code>"
        '<s:Reason><s:Text xml:lang="en">Too late</s:Text><s:Text xml:lang="no">For sent</s:Text>'
        "</s:Reason><s:Node>urn:node</s:Node><s:Role>urn:role</s:Role></s:Fault></s:Body>"
        "</s:Envelope>"
    )
    error = answered(bank, content.encode())
    assert (error.code, error.subcodes) == ("s:Sender", ("{urn:m}Late", "Later"))
    assert (error.reason, error.node, error.actor) == ("Too late", "urn:node", "urn:role")
    assert error.reasons == {"en": "Too late", "no": "For sent"}


@pytest.mark.slow
def test_subcodes_and_reasons_are_written(bank: Built) -> None:
    if bank.plan.soap_version == "1.1":
        pytest.skip("SOAP 1.1 has neither")
    error = bank.module("faults").Limit(
        "s:Sender", "Too late", detail=Decimal(1), subcodes=("{urn:m}Late", "Later"),
        reasons={"en": "Too late", "no": "For sent"}, node="urn:node", actor="urn:role",
    )  # fmt: skip
    found = answered(bank, bank.builders.build_limit(error))
    for name in ("code", "reason", "subcodes", "reasons", "node", "actor", "detail"):
        assert getattr(found, name) == getattr(error, name)


def test_an_operation_whose_faults_cannot_be_told_apart_is_left_out(tmp_path: Path) -> None:
    again = '<wsdl:fault name="Again" message="tns:Again"/>'
    message = '<wsdl:message name="Again"><wsdl:part name="fault" type="xs:int"/></wsdl:message>'
    text = BANK.read_text()
    text = text.replace('message="tns:NotEmpty"/>', f'message="tns:NotEmpty"/>{again}')
    text = text.replace("<wsdl:portType", f"{message}<wsdl:portType", 1)
    wsdl = tmp_path / "Bank.wsdl"
    wsdl.write_text(text)
    (left_out,) = generated(wsdl, name="bank_client").left_out
    assert left_out.what == "operation Close"
    assert left_out.reason.startswith("two faults of operation Close have the element fault")


@pytest.mark.slow
def test_services_that_declare_one_fault_share_its_class(store: Store, tmp_path: Path) -> None:
    text = BANK.read_text()
    (tmp_path / "Bank.wsdl").write_text(text)
    (tmp_path / "Fund.wsdl").write_text(
        text.replace('type="tns:Bank"', 'type="tns:Fund"')
        .replace('<wsdl:portType name="Bank"', '<wsdl:portType name="Fund"')
        .replace('name="BankService"', 'name="FundService"')
    )
    family = store.family(tmp_path, name="money")
    bank, fund = (family.module(name) for name in ("bank", "fund"))
    assert bank.BankFault is fund.BankFault
    assert bank.BankFault is family.module("common").BankFault
