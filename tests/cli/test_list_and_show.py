"""``soapgen list`` and ``soapgen show``: what people see of a contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.compare.contracts import CONTRACT
from tests.support.command import soapgen
from tests.support.paths import BANK, LEDGER, ORDERS, SHAPES, SHOP, WSDL
from tests.support.small import EVERYTHING, changed, wsdl

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    return tmp_path


def test_a_list(folder: Path) -> None:
    result = soapgen("list", BANK, cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        "BankService, port BankPort: SOAP 1.1 at http://localhost/bank\n"
        "  Withdraw  document  sends Session  BankFault Locked Limit SessionFault\n"
        "  Close     rpc                      fault\n"
    )


@pytest.mark.parametrize("arguments", [("list", BANK), ("show", BANK, "Withdraw")])
def test_the_status_alone(folder: Path, arguments: tuple[str | Path, ...]) -> None:
    result = soapgen(*arguments, "-q", cwd=folder)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    result = soapgen(*arguments, "-q", "--json", cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert "--quiet" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("list", "Peopl.wsdl"), "did you mean People.wsdl?"),
        (("show", "People.wsdl", "Fnd"), "did you mean Find?"),
    ],
)
def test_an_error_is_said_by_quiet_commands(
    folder: Path, arguments: tuple[str, ...], error: str
) -> None:
    result = soapgen(*arguments, "-q", cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert error in result.stderr


def test_a_list_as_json(folder: Path) -> None:
    data = json.loads(soapgen("list", BANK, "--json", cwd=folder).stdout)
    (service,) = data["services"]
    (port,) = service["ports"]
    assert [item["name"] for item in port["operations"]] == ["Withdraw", "Close"]
    assert port["operations"][0]["request_headers"] == ["Session"]
    assert data["left_out"] == []


def test_what_is_left_out_is_listed(folder: Path) -> None:
    ping = '<soap:operation soapAction="urn:ping"'
    text = changed(CONTRACT, (ping, f'{ping} style="rpc"'))
    (folder / "Zoo.wsdl").write_text(text, encoding="utf-8")
    result = soapgen("list", "Zoo.wsdl", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert "Left out\n  operation Ping" in result.stdout


def test_an_operation(folder: Path) -> None:
    result = soapgen("show", "People.wsdl", "Find", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == """operation Find

Python:
  def find(
      self,
      name: str,
  ) -> Person | None

Request:
  Find
    Name: xs:string

Response:
  FindResponse
    Person: Person, 0..1
      Name: xs:string
      Age: xs:int, 0..1
"""
    for name in ("find", "PeopleService.Find"):
        assert soapgen("show", "People.wsdl", name, cwd=folder).stdout == result.stdout


def test_a_type_and_what_refers_to_it(folder: Path) -> None:
    result = soapgen("show", "People.wsdl", "Person", "--json", cwd=folder)
    (data,) = json.loads(result.stdout)
    assert data["kind"] == "type"
    assert data["python"] == "class Person:\n    name: str\n    age: int | None = None"
    assert [item["name"] for item in data["members"]["Members"]["members"]] == ["Name", "Age"]
    assert data["used_by"] == ["operation People.Find"]


def test_an_enumeration(folder: Path) -> None:
    (folder / "Zoo.wsdl").write_text(wsdl(EVERYTHING), encoding="utf-8")
    result = soapgen("show", "Zoo.wsdl", "Colour", cwd=folder)
    assert "  one of RED BLUE\n" in result.stdout
    assert '  class Colour(OpenEnum):\n      RED = "RED"\n' in result.stdout
    assert "type Same" not in soapgen("show", "Zoo.wsdl", "Zoo", cwd=folder).stdout


def test_a_sample(folder: Path) -> None:
    shown = soapgen("show", "People.wsdl", "Find", "--sample", cwd=folder).stdout
    sample = soapgen("sample", "People.wsdl", "Find", cwd=folder).stdout
    assert shown.endswith(f"\nSample:\n{sample}")


def test_a_mistyped_name(folder: Path) -> None:
    result = soapgen("show", WSDL / "EMail.wsdl", "getemail", cwd=folder)
    assert result.returncode == 2
    assert result.stderr.startswith(
        "soapgen: error: there is no operation, type or element getemail; did you mean GetEMail or "
    )


def test_an_enumeration_is_shown_as_it_is_generated(folder: Path) -> None:
    (folder / "Zoo.wsdl").write_text(wsdl(EVERYTHING), encoding="utf-8")
    (shown,) = json.loads(soapgen("show", "Zoo.wsdl", "Colour", "--json", cwd=folder).stdout)
    assert soapgen("build", "Zoo.wsdl", cwd=folder).returncode == 0
    models = (folder / "generated/zoo_client/models.py").read_text(encoding="utf-8").splitlines()
    assert shown["python"].count("\n") == 2
    assert {*shown["python"].splitlines()} <= {*models}


def test_every_name_of_a_contract_can_be_shown(folder: Path) -> None:
    from soapgen.contract import merged, read_all
    from soapgen.look.showing import show
    from soapgen.project import Options
    from soapgen.project.generate import choose, plan_package
    from soapgen.sources import find_sources, read_all_documents

    sources = find_sources([ORDERS])
    contracts = read_all(read_all_documents(sources))
    services = choose(contracts, Options())
    plan = plan_package(sources, contracts, services, Options(), ())
    types = merged(contracts)
    operations = contracts[0].services[0].ports[0].binding.operations
    for name in (*(item.local for item in types), *(item.name for item in operations)):
        assert [item for item in show(name, services, types, plan) if list(item.lines())]


def test_what_an_array_consists_of_is_used_by_it(tmp_path: Path) -> None:
    result = soapgen("show", LEDGER, "Account", "--json", cwd=tmp_path)
    (shown,) = json.loads(result.stdout)
    assert "type ArrayOfAccount" in shown["used_by"]


def test_a_sample_as_json_can_be_sent(folder: Path) -> None:
    shown = soapgen("show", ORDERS, "Place", "--sample-json", "--json", cwd=folder)
    assert shown.returncode == 0, shown.stderr
    (item,) = json.loads(shown.stdout)
    assert "sample" not in item
    (folder / "order.json").write_text(json.dumps(item["sample_json"]), encoding="utf-8")
    options = ["--url", "http://127.0.0.1/", "--dry-run", "--json", "order.json"]
    request = soapgen("call", ORDERS, "Place", *options, cwd=folder)
    assert request.returncode == 0, request.stderr
    assert "Place" in request.stdout
    text = soapgen("show", ORDERS, "Place", "--sample-json", cwd=folder).stdout
    assert json.loads(text.partition("Sample, as JSON:\n")[2]) == item["sample_json"]


def test_a_sample_as_json_of_parameters_with_names_of_their_own(folder: Path) -> None:
    """A parameter is named ``optional_`` where the builder calls ``optional`` itself."""
    shown = soapgen("show", SHAPES, "Exhibit", "--sample-json", "--json", cwd=folder)
    assert shown.returncode == 0, shown.stderr
    (item,) = json.loads(shown.stdout)
    assert list(item["sample_json"]) == ["drawing", "room", "request", "optional", "element"]


@pytest.mark.parametrize("name", ["Orders.Find", "OrdersService.Find"])
def test_all_commands_know_an_operation_by_the_same_names(folder: Path, name: str) -> None:
    sample = soapgen("sample", SHOP, name, cwd=folder)
    assert (sample.returncode, sample.stderr) == (0, "")
    shown = soapgen("show", SHOP, name, "--sample", "--sample-json", cwd=folder)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "-> FindResult" in shown.stdout, "and not Shelf, as Find of the other service answers"
    assert f"\nSample:\n{sample.stdout}" in shown.stdout
    options = ["--url", "http://127.0.0.1/", "--dry-run", "--set", 'Details={"Open": true}']
    call = soapgen("call", SHOP, name, *options, cwd=folder)
    assert (call.returncode, call.stderr) == (0, "")
    assert "<Open>true</Open>" in call.stdout
    built = soapgen("build", SHOP, "--operation", name, cwd=folder)
    assert (built.returncode, built.stderr) == (0, "")


@pytest.mark.parametrize("command", ["show", "sample"])
def test_a_mistyped_service_is_suggested_by_all_commands(folder: Path, command: str) -> None:
    result = soapgen(command, SHOP, "Order.Find", cwd=folder)
    assert result.returncode == 2
    assert "did you mean Orders.Find" in result.stderr


def test_each_operation_of_a_name_has_its_own_python_and_sample(folder: Path) -> None:
    result = soapgen("show", SHOP, "Find", "--sample", "--json", cwd=folder)
    assert result.returncode == 0, result.stderr
    orders, stock = json.loads(result.stdout)
    assert "Order" not in stock["python"].partition("->")[2]
    assert "urn:example:shop:orders" in orders["sample"]
    assert "urn:example:shop:stock" in stock["sample"]
    assert orders["python"] != stock["python"]
