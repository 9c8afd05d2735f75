"""What a build leaves in its folder: what it writes now, and what it did not write."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import built_shop, snapshot, soapgen
from tests.support.packages import generated
from tests.support.paths import SHOP


def test_what_a_smaller_build_no_longer_writes_goes_with_its_folders(tmp_path: Path) -> None:
    built_shop(tmp_path)
    (tmp_path / "shop_client" / "orders" / "notes.txt").write_text("mine", encoding="utf-8")
    files = built_shop(tmp_path, "--service", "Stock")
    assert {name.partition("/")[0] for name in files if "/" in name} == {"orders", "stock"}
    assert [name for name in files if name.startswith("orders/")] == ["orders/notes.txt"]
    assert not (tmp_path / "shop_client" / "common").exists()


def test_the_output_is_the_same_however_it_is_made(tmp_path: Path) -> None:
    """By the command, in several processes, or in this one; with any seed."""
    command = soapgen("build", SHOP, "--out", tmp_path, cwd=tmp_path, PYTHONHASHSEED="4711")
    assert command.returncode == 0
    files = snapshot(tmp_path / "shop_client")
    del files["soapgen.json"]
    assert {file.path: file.text.encode() for file in generated(SHOP).files} == files
