"""What ``soapgen sample`` prints, writes and refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.paths import SHOP, WSDL

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
