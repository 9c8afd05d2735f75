"""A server that is told what to answer in the types of a client, and tells what it was asked."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from soapgen.errors import CallError, SourceError
from soapgen.messages import on_the_wire, read_samples
from soapgen.serve import SoapServer
from soapgen.sources import find_sources
from soapgen.testing import SoapServers

from tests.support.paths import BANK, GENERATED, ORDERS, SHAPES, SHOP, WSDL
from tests.support.small import wsdl
from tests.testing.packages import built, imported

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def servers() -> Iterator[SoapServers]:
    with SoapServers() as servers:
        yield servers


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("told")


@pytest.fixture(scope="module")
def bank(folder: Path) -> ModuleType:
    return built(BANK, folder, "bank_told")


@pytest.fixture(scope="module")
def at_bank(servers: SoapServers) -> SoapServer:
    return servers(BANK)


@pytest.fixture
def client(servers: SoapServers, at_bank: SoapServer, bank: ModuleType) -> Iterator[Any]:
    servers.reset()
    with bank.BankClient(at_bank.url, session="s3cret") as client:
        yield client


# --- answers -------------------------------------------------------------------------------------


def test_an_answer_stays_until_it_is_told_anew(servers: SoapServers, client: Any) -> None:
    told = servers.on(client.withdraw)
    told.answer(Decimal(10))
    assert [client.withdraw(Decimal(1)) for _ in range(2)] == [10, 10]
    told.answer(Decimal(20), Decimal(30))
    assert [client.withdraw(Decimal(1)) for _ in range(3)] == [20, 30, 30]
    servers.reset()
    assert client.withdraw(Decimal(1)) == 0


def test_an_operation_that_answers_with_nothing(servers: SoapServers, client: Any) -> None:
    servers.on(client.close_).fail(importlib.import_module("bank_told.errors").SoapFault("s:S", ""))
    servers.on(client.close_).answer(None)
    assert client.close_("a") is None
    with pytest.raises(CallError, match="Close answers with nothing, not a value"):
        servers.on(client.close_).answer(1)


def test_a_function_gets_the_arguments(servers: SoapServers, client: Any) -> None:
    def left(amount: Decimal) -> Decimal:
        return 100 - amount

    servers.on(client.withdraw).answer_with(left)
    assert client.withdraw(Decimal("0.5")) == Decimal("99.5")


def test_a_function_may_refuse(servers: SoapServers, client: Any, bank: ModuleType) -> None:
    def refuse(amount: Decimal) -> Decimal:
        raise bank.Limit("s:Client", "too much", detail=amount - 1)

    servers.on(client.withdraw).answer_with(refuse)
    with pytest.raises(bank.Limit) as caught:
        client.withdraw(Decimal(5))
    assert (caught.value.reason, caught.value.detail) == ("too much", 4)


def test_a_function_that_fails(servers: SoapServers, client: Any, bank: ModuleType) -> None:
    def fail(amount: Decimal) -> Decimal:
        raise KeyError(amount)

    servers.on(client.withdraw).answer_with(fail)
    with pytest.raises(bank.SoapFault, match=r"the reply to Withdraw failed: KeyError: Decimal"):
        client.withdraw(Decimal(5))


def test_a_request_that_is_not_valid_is_not_answered(
    servers: SoapServers, client: Any, bank: ModuleType
) -> None:
    servers.on(client.withdraw).answer(Decimal(10))

    def spoil(outgoing: Any) -> None:
        outgoing.envelope = outgoing.envelope.replace(b">1<", b">one<")

    with pytest.raises(bank.SoapFault, match="the request is not valid"):
        client.with_options(before=spoil).withdraw(Decimal(1))


def test_an_answer_that_cannot_be_sent(servers: SoapServers, client: Any, bank: ModuleType) -> None:
    with pytest.raises(bank.InvalidValue, match="balance: expected a finite Decimal, not str"):
        servers.on(client.withdraw).answer("much")
    with pytest.raises(CallError, match="the answers of Withdraw have no SOAP headers"):
        servers.on(client.withdraw).answer(Decimal(1), soap_headers=object())
    with pytest.raises(TypeError, match="Withdraw is told to answer with nothing: give a value"):
        servers.on(client.withdraw).answer()


def test_an_answer_that_is_no_record(servers: SoapServers, folder: Path) -> None:
    package = built(ORDERS, folder, "orders_refused", "--server")
    refusal = pytest.raises(CallError, match="Place answers with PlaceResult, not NoneType")
    with package.OrdersClient(servers(ORDERS).url) as client, refusal:
        servers.on(client.place).answer(None)


def test_delays_and_hanging_up(servers: SoapServers, client: Any, bank: ModuleType) -> None:
    errors = importlib.import_module("bank_told.errors")
    servers.on(client.withdraw).delay(0.5)
    with pytest.raises(errors.TimedOut):
        client.with_options(timeout=0.2).withdraw(Decimal(1))
    servers.on(client.close_).drop()
    with pytest.raises(errors.ConnectionLost):
        client.close_("a")


# --- faults --------------------------------------------------------------------------------------


def test_faults_that_are_declared(servers: SoapServers, client: Any, bank: ModuleType) -> None:
    models = importlib.import_module("bank_told.models")
    faults = [
        bank.BankFault("s:Client", "no", detail=models.BankFaultType(code=42)),
        bank.LockedError("s:Server", "locked", detail=models.Locked(until=date(2030, 1, 2))),
        bank.SessionFault("s:Client", "old", detail=models.StaleType(since=date(2020, 1, 2))),
    ]
    servers.on(client.withdraw).fail(*faults)
    for fault in [*faults, faults[-1]]:
        with pytest.raises(type(fault)) as caught:
            client.withdraw(Decimal(1))
        assert (caught.value.reason, caught.value.detail) == (fault.reason, fault.detail)


def test_a_fault_without_more(servers: SoapServers, client: Any, bank: ModuleType) -> None:
    servers.on(client.withdraw).fail(
        bank.SoapFault("s:Server", "busy <&>", markup="<detail><a>1</a></detail>")
    )
    with pytest.raises(bank.SoapFault) as caught:
        client.withdraw(Decimal(1))
    assert (caught.value.code, caught.value.reason) == ("s:Server", "busy <&>")
    assert "><a>1</a></detail>" in caught.value.markup


def test_faults_that_cannot_be_sent(servers: SoapServers, client: Any, bank: ModuleType) -> None:
    locked = bank.LockedError("s:Server", "locked", detail=None)
    with pytest.raises(CallError, match="Close does not declare LockedError; it declares NotEmpty"):
        servers.on(client.close_).fail(locked)
    with pytest.raises(bank.InvalidValue, match="Locked"):
        servers.on(client.withdraw).fail(locked)
    with pytest.raises(TypeError, match="ValueError is no SoapFault of a generated package"):
        servers.on(client.withdraw).fail(ValueError("no"))
    with pytest.raises(CallError, match="a fault with subcodes"):
        servers.on(client.withdraw).fail(bank.SoapFault("s:Server", "busy", actor="urn:me"))
    with pytest.raises(SourceError, match="not well-formed"):
        servers.on(client.withdraw).fail(bank.SoapFault("s:Server", "busy", markup="<a>"))


# --- what was received ---------------------------------------------------------------------------


def test_calls_are_compared_by_their_arguments(servers: SoapServers, client: Any) -> None:
    told = servers.on(client.withdraw)
    client.withdraw(Decimal("1.50"))
    client.close_("a")
    client.withdraw(amount=Decimal(2))
    assert told.calls == [told.call(Decimal("1.5")), told.call(amount=Decimal(2))]
    assert told.calls != [told.call(Decimal(1)), told.call(Decimal(2))]
    assert repr(told.calls[0]) == "Withdraw(amount=Decimal('1.50'))"
    assert told.calls[0].arguments == {"amount": Decimal("1.50")}
    assert [call.operation for call in servers.on(client.close_).calls] == ["Close"]


def test_secrets_are_not_shown(servers: SoapServers, client: Any) -> None:
    client.withdraw(Decimal(1))
    (call,) = servers.on(client.withdraw).calls
    assert call.soap_headers.session == "s3cret"
    assert b"s3cret" in call.content
    assert "s3cret" not in repr(call)


def test_a_log_in_is_told_and_not_shown(servers: SoapServers) -> None:
    principal = imported(GENERATED, "so_principal_client")
    models = importlib.import_module("so_principal_client.models")
    netserver = importlib.import_module("so_principal_client.netserver")
    server = servers(WSDL / "SoPrincipal.wsdl")
    with principal.SoPrincipalClient(server.url) as client:
        log_in = servers.on(client.authenticate_username_password)
        assert netserver.ticket_of(client.authenticate_username_password("me", "hunter2"))
        assert log_in.calls == [log_in.call("me", "hunter2")]
        assert repr(log_in.calls) != repr([log_in.call("you", "hunter2")])
        assert "hunter2" not in repr(log_in.calls)
        credentials = models.SoCredentials(ticket="7T:mine")
        result = client.authenticate_username_password("me", "hunter2")
        result.credentials = credentials
        log_in.answer(result)
        found = client.authenticate_username_password("me", "hunter2")
        assert netserver.ticket_of(found) == "7T:mine"


# --- all kinds of packages -----------------------------------------------------------------------


def come_back(servers: SoapServers, client: Any, source: Path, every: int = 1) -> int:
    """How many operations of ``client`` answer with a value that they are told.

    The value is that of the sample, and the arguments are those of a sample: they have every type
    of the contract.
    """
    samples = read_samples(find_sources([source]), on_the_wire("2001-02-03T04:05:06Z"))
    methods = {
        name.replace("_", "").lower(): getattr(client, name)
        for name in vars(type(client))
        if callable(getattr(client, name)) and not name.startswith("_")
    }
    (style,), (service,) = samples.styles, samples.services
    operations = service.port.binding.operations[::every]
    for operation in operations:
        method = methods[operation.name.lower()]
        told = servers.on(method)
        content = style.request(operation)
        httpx.post(client.url, content=content, headers={"SOAPAction": f'"{operation.action}"'})
        arguments = told.calls[-1].arguments
        value = method(**arguments)
        told.answer(value)
        assert method(**arguments) == value
        assert told.calls[-1] == told.calls[-2] == told.call(**arguments)
    return len(operations)


def test_all_types_of_a_data_contract(servers: SoapServers) -> None:
    email = imported(GENERATED, "email_client")
    with email.EMailClient(servers(WSDL / "EMail.wsdl").url) as client:
        assert come_back(servers, client, WSDL / "EMail.wsdl", every=5) > 10


@pytest.mark.parametrize("options", [(), ("--server",)])
@pytest.mark.parametrize("source", [ORDERS, SHAPES])
def test_all_shapes_of_types(
    source: Path, options: tuple[str, ...], servers: SoapServers, folder: Path
) -> None:
    stem = source.stem
    name = f"{stem.lower()}_told{'_both' if options else ''}"
    package = built(source, folder, name, *options)
    with getattr(package, f"{stem}Client")(servers(source).url) as client:
        assert come_back(servers, client, source) == (1 if source == ORDERS else 4)


def test_several_services_of_one_package(servers: SoapServers, folder: Path) -> None:
    built(SHOP, folder, "shop_told")
    server = servers(SHOP)
    for address, service in zip(server.addresses(), ("Orders", "Stock"), strict=True):
        module = importlib.import_module(f"shop_told.{service.lower()}")
        with getattr(module, f"{service}Client")(address) as client:
            assert come_back(servers, client, SHOP / f"{service}.wsdl") == 2


def test_soap_headers_of_answers(servers: SoapServers) -> None:
    email = imported(GENERATED, "email_client")
    models = importlib.import_module("email_client.models")
    errors = importlib.import_module("email_client.errors")
    with email.EMailClient(servers(WSDL / "EMail.wsdl").url) as client:
        info = models.SoExceptionInfo(message="The disk is full")
        headers = models.ResponseHeaders(succeeded=False, exception_info=info)
        servers.on(client.get_email).answer(None, soap_headers=headers)
        with pytest.raises(errors.ServerFailure, match="The disk is full"):
            client.get_email(1)


def test_an_asynchronous_client(servers: SoapServers, at_bank: SoapServer, bank: Any) -> None:
    servers.reset()

    async def calls() -> list[Decimal]:
        async with bank.AsyncBankClient(at_bank.url) as client:
            servers.on(client.withdraw).answer(Decimal(1), Decimal(2))
            return [await client.withdraw(Decimal(5)) for _ in range(2)]

    assert asyncio.run(calls()) == [1, 2]


def test_both_versions_of_soap(servers: SoapServers, folder: Path) -> None:
    source = folder / "Both.wsdl"
    source.write_text(with_both_versions(), encoding="utf-8")
    people = built(source, folder, "both_told")
    models = importlib.import_module("both_told.models")
    server = servers(source)
    for version in ("1.1", "1.2"):
        with people.PeopleClient(server.url, soap_version=version) as client:
            servers.on(client.find).answer(models.Person(name="Ann"))
            assert client.find("A") == models.Person(name="Ann")
            servers.on(client.find).fail(people.SoapFault("s:Client", "no"))
            with pytest.raises(people.SoapFault) as caught:
                client.find("A")
            assert caught.value.code == ("s:Client" if version == "1.1" else "s:Sender")


def with_both_versions() -> str:
    """A WSDL whose service has a port for each version of SOAP."""
    text = wsdl()
    binding = text[text.index("  <wsdl:binding") : text.index("  <wsdl:service")]
    other = binding.replace("PeopleBinding", "People12Binding").replace("soap:", "soap12:")
    port = text[text.index("    <wsdl:port name") : text.index("  </wsdl:service>")]
    port_12 = port.replace("People", "People12").replace("tns:People12B", "tns:People12B")
    return (
        text.replace(binding, binding + other)
        .replace(port, port + port_12.replace("soap:", "soap12:"))
        .replace(
            "xmlns:wsdl=", 'xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:wsdl='
        )
    )


# --- mistakes ------------------------------------------------------------------------------------


def test_what_is_no_method_of_a_client(servers: SoapServers, client: Any) -> None:
    with pytest.raises(TypeError, match="give a method of a client, such as"):
        servers.on(len)
    with pytest.raises(TypeError, match="PosixPath is no client of a package that soapgen built"):
        servers.on(Path("a").exists)
    with pytest.raises(TypeError, match="with_options is no method of BankClient that makes a cal"):
        servers.on(client.with_options)


def test_a_client_of_another_server(at_bank: SoapServer, bank: ModuleType) -> None:
    with SoapServers() as others, bank.BankClient(at_bank.url) as client:
        with pytest.raises(ValueError, match="none of these servers: none was started"):
            others.on(client.withdraw)
        there = others(BANK)
        with pytest.raises(ValueError, match=f"none of these servers: those are at {there.url}"):
            others.on(client.withdraw)


def test_a_package_whose_sources_changed(servers: SoapServers, folder: Path) -> None:
    source = folder / "Changing.wsdl"
    source.write_text(wsdl(), encoding="utf-8")
    package = built(source, folder, "changing_told")
    source.write_text(wsdl().replace('"Age"', '"Years"'), encoding="utf-8")
    with package.PeopleClient(servers(source).url) as client:
        with pytest.raises(
            CallError, match="another Person than it has; build it again: soapgen b"
        ):
            servers.on(client.find)
        source.unlink()
        with pytest.raises(SourceError, match=r"the source .*Changing\.wsdl cannot be found"):
            servers.on(client.find)
