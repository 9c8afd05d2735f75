"""What ``soapgen sample`` prints, writes and refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.paths import SHOP, WSDL
from tests.support.small import wsdl

pytestmark = pytest.mark.slow


def test_all_written(tmp_path: Path) -> None:
    result = soapgen(
        "sample", WSDL / "SoPrincipal.wsdl", "--all", "-o", tmp_path / "s", cwd=tmp_path
    )
    assert result.stdout == f"Wrote {tmp_path / 's'}: 10 messages.\n"
    assert len(list((tmp_path / "s").glob("*.request.xml"))) == 5
    assert len(list((tmp_path / "s").glob("*.response.xml"))) == 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["SyncEmailAcounts"], "there is no operation SyncEmailAcounts in EMail; did you mean"),
        ([], "give an operation, or --all with -o DIR"),
        (["--all"], "give an operation, or --all with -o DIR"),
        (["Send", "--all", "-o", "x"], "give an operation, or --all with -o DIR"),
        (["Send", "--style", "nice"], "nice"),
    ],
)
def test_mistakes(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = soapgen("sample", WSDL / "EMail.wsdl", *arguments, cwd=tmp_path)
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert message in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["{/../../../OUTSIDE/}Find", "/../../OUTSIDE", "..\\OUTSIDE"])
@pytest.mark.parametrize("part", ["operation", "portType", "service"])
def test_what_names_of_a_contract_cannot_do(name: str, part: str, tmp_path: Path) -> None:
    """No file is written outside of the folder, whatever the names in the contract are."""
    old = {"operation": "Find", "portType": "People", "service": "PeopleService"}[part]
    content = wsdl().replace(f'wsdl:{part} name="{old}"', f'wsdl:{part} name="{name}"')
    if part == "portType":
        content = content.replace('type="tns:People"', f'type="tns:{name}"')
    inner = tmp_path / "a" / "b" / "c" / "contracts"
    inner.mkdir(parents=True)
    (inner / "Shop.wsdl").write_text(content, encoding="utf-8")
    (inner / "Stock.wsdl").write_text(wsdl().replace("people", "stock"), encoding="utf-8")
    result = soapgen("sample", ".", "--all", "-o", "out", cwd=inner)
    assert result.returncode in (0, 2)
    assert len(result.stderr.splitlines()) == (1 if result.returncode else 0)
    written = {path for path in tmp_path.rglob("*") if path.is_file()}
    kept = {inner / "Shop.wsdl", inner / "Stock.wsdl"}
    assert all(path.is_relative_to(inner / "out") for path in written - kept)


def test_several_services(tmp_path: Path) -> None:
    result = soapgen("sample", SHOP, "--all", "-o", "s", cwd=tmp_path)
    assert result.stdout == "Wrote s: 8 messages.\n"
    assert {path.parent.name for path in (tmp_path / "s").rglob("*.xml")} == {"Orders", "Stock"}
    one = soapgen("sample", SHOP, "Stock.Find", "--response", cwd=tmp_path)
    assert one.stdout == (tmp_path / "s" / "Stock" / "Find.response.xml").read_text("utf-8")
    same = soapgen("sample", SHOP, "Find", "--response", "--service", "Stock", cwd=tmp_path)
    assert same.stdout == one.stdout
    unclear = soapgen("sample", SHOP, "Find", cwd=tmp_path)
    assert unclear.returncode == 2
    assert "there is an operation Find in Orders and Stock" in unclear.stderr
