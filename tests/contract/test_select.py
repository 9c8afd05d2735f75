"""Which services and operations a build writes: those that it is asked for, and what they need."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import built_shop, soapgen
from tests.support.paths import PROJECT, SHOP


@pytest.mark.slow
def test_one_service(tmp_path: Path) -> None:
    files = built_shop(tmp_path, "--service", "Stock")
    assert {name.partition("/")[0] for name in files if "/" in name} == {"stock"}


@pytest.mark.slow
def test_one_operation_of_one_service(tmp_path: Path) -> None:
    files = built_shop(tmp_path, "-O", "Stock.Find")
    assert {name.partition("/")[0] for name in files if "/" in name} == {"stock"}
    assert b"def build_save" not in files["stock/builders.py"]
    assert b"def build_find" in files["stock/builders.py"]
    assert b"class SaveBox" not in files["stock/models.py"]


@pytest.mark.slow
def test_some_operations_of_one_service_and_all_of_another(tmp_path: Path) -> None:
    files = built_shop(tmp_path, "--service", "Orders", "--service", "Stock", "-O", "Stock.Find")
    assert b"def build_save" not in files["stock/builders.py"]
    assert b"def build_save" in files["orders/builders.py"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--keep-apart", "urn:example:shop:good"], "there is nothing in the namespace "
         "urn:example:shop:good to keep apart; did you mean urn:example:shop:goods?"),
        (["--service", "Stick"], "there is no service Stick; did you mean Stock?"),
        (["-O", "Find"], "there is an operation Find in Orders and Stock; "
                         "say which is meant: Orders.Find"),
        (["-O", "Stock.Fund"], "there is no operation Stock.Fund; did you mean Stock.Find"),
        (["--service", "Stock", "-O", "Fund"], "there is no operation Fund in Stock; "
                                               "did you mean Find?"),
    ],
)  # fmt: skip
def test_what_is_not_there(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = soapgen("build", SHOP, "--out", tmp_path, *arguments, cwd=PROJECT)
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert message in line
    assert list(tmp_path.iterdir()) == []
