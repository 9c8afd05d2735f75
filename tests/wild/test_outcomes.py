"""The script that says what becomes of a folder of contracts, on a folder of small ones."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from soapgen.errors import LeftOut

from tests.support.paths import PROJECT
from tests.support.small import changed, wsdl
from tests.wild import outcomes
from tests.wild.counted import bound_operations, wsdls_in
from tests.wild.outcomes import Outcome, outcome

XSD = "http://www.w3.org/2001/XMLSchema"
SERVICE = """
  <wsdl:service name="PeopleService">
    <wsdl:port name="PeoplePort" binding="tns:PeopleBinding">
      <soap:address location="http://localhost/people"/>
    </wsdl:port>
  </wsdl:service>"""
IMPORTING = f"""<wsdl:definitions targetNamespace="urn:example:services"
    xmlns:tns="urn:example:people" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/">
  <wsdl:import namespace="urn:example:people" location="binding.wsdl"/>{SERVICE}
</wsdl:definitions>"""


@pytest.fixture(autouse=True)
def path() -> Iterator[None]:
    before = [*sys.path]
    yield
    sys.path[:] = before


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One that builds, one in two files, one with an operation left out, one that is refused."""
    place = tmp_path / "contracts"
    (place / "apart").mkdir(parents=True)
    (place / "Good.wsdl").write_text(wsdl(), "utf-8")
    (place / "apart" / "binding.wsdl").write_text(wsdl(service=False), "utf-8")
    (place / "apart" / "service.wsdl").write_text(IMPORTING, "utf-8")
    absent = changed(wsdl(), ('element="tns:FindResponse"', 'element="tns:Absent"'))
    (place / "Refused.wsdl").write_text(absent, "utf-8")
    (place / "schema.wsdl").write_text(f'<xs:schema xmlns:xs="{XSD}"/>', "utf-8")
    return place


def tried(folder: Path, name: str) -> Outcome:
    out = folder.parent / "out"
    out.mkdir(exist_ok=True)
    return outcome(folder / name, folder, out)


def test_which_contracts_there_are(folder: Path) -> None:
    names = [str(path.relative_to(folder)) for path in wsdls_in(folder)]
    assert names == ["Good.wsdl", "Refused.wsdl", "apart/service.wsdl"]


def test_what_is_counted_is_in_any_document(folder: Path) -> None:
    (found,) = bound_operations(folder / "apart" / "service.wsdl")
    assert (found.service, found.port, found.operation) == ("PeopleService", "PeoplePort", "Find")
    assert found.place.startswith("binding.wsdl:")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Good.wsdl", "apart/service.wsdl"])
def test_a_contract_that_builds(name: str, folder: Path) -> None:
    found = tried(folder, name)
    assert (found.status, found.bound, found.generated) == ("built", 1, 1), found
    assert found.problems == found.lost == found.reasons == []
    assert found.zeep == ["reads 2 of 2, writes 2"]


def test_a_contract_that_is_refused_has_its_obstacle(folder: Path) -> None:
    found = tried(folder, "Refused.wsdl")
    assert (found.status, found.bound, found.left_out) == ("refused", 1, 1)
    assert "Refused.wsdl:" in found.obstacle
    assert "Absent is not defined" in found.obstacle


def test_an_error_that_is_none_of_soapgen_is_a_crash(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr(outcomes, "read_all", crash)
    found = tried(folder, "Good.wsdl")
    assert found.status == "crashed"
    assert "KeyError: 'oops'" in found.crashed


def test_what_is_neither_generated_nor_left_out_is_lost(folder: Path) -> None:
    found = Outcome("Good.wsdl", package="good")
    bound = bound_operations(folder / "Good.wsdl")
    outcomes.account(found, bound, {("PeopleService", "Find2")}, ())
    assert [lost.partition(" ")[0] for lost in found.lost] == ["PeopleService/PeoplePort/Find"]
    assert found.status == "in part"
    said = Outcome("Good.wsdl", package="good")
    outcomes.account(said, bound, set(), (LeftOut("operation Find", "a reason"),))
    assert (said.left_out, said.lost) == (1, [])


@pytest.mark.conformance
def test_the_script(folder: Path) -> None:
    command = [sys.executable, "-m", "tests.wild", str(folder)]
    printed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert printed.stdout.splitlines()[-1] == (
        "3 contracts: 2 built, 1 refused; 3 operations of SOAP ports: "
        "2 built, 1 left out with a reason, 0 lost"
    )
    as_data = subprocess.run(
        [*command, "--json"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert [item["status"] for item in json.loads(as_data.stdout)] == ["built", "refused", "built"]
