"""``soapgen list`` on a terminal: a table, in which no part of a name is left out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.paths import BANK, CACHE, WSDL, corpus

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals"),
]

EMAIL = WSDL / "EMail.wsdl"


def on_a_terminal(width: int, *arguments: str | Path, cwd: Path) -> str:
    """What ``soapgen`` prints on a terminal of this width, without the codes for bold text."""
    terminal, end = os.openpty()
    environment = {**os.environ, "COLUMNS": str(width), "XDG_CACHE_HOME": str(CACHE)}
    with subprocess.Popen(
        [sys.executable, "-m", "soapgen", *map(str, arguments)],
        cwd=cwd,
        env={**environment, "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        stdout=end,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(end)
        pieces = []
        try:
            while piece := os.read(terminal, 2**16):
                pieces.append(piece)
        except OSError:  # nobody writes any more
            pass
        os.close(terminal)
        assert process.stderr is not None
        errors = process.stderr.read()
    assert (process.returncode, errors) == (0, b"")
    return re.sub(r"\x1b\[[\d;]*m|\r", "", b"".join(pieces).decode())


def operations(source: Path, cwd: Path) -> list[str]:
    data = json.loads(soapgen("list", source, "--json", cwd=cwd).stdout)
    ports = [port for service in data["services"] for port in service["ports"]]
    return [item["name"] for port in ports for item in port["operations"]]


def test_a_table(tmp_path: Path) -> None:
    lines = on_a_terminal(100, "list", BANK, cwd=tmp_path).splitlines()
    assert lines[0].rstrip() == "BankService, port BankPort: SOAP 1.1 at http://localhost/bank"
    cells = [line.split() for line in lines]
    assert ["operation", "style", "headers", "faults"] in cells
    assert ["Close", "rpc", "fault"] in cells


@pytest.mark.parametrize("width", [200, 80, 60, 40, 10])
def test_names_are_whole(width: int, tmp_path: Path) -> None:
    """A name that takes more than half of the width goes on in the next line."""
    printed = on_a_terminal(width, "list", EMAIL, cwd=tmp_path)
    assert "…" not in printed
    words = {*printed.split()}
    whole = [name for name in operations(EMAIL, tmp_path) if len(name) <= width // 2 or width < 60]
    assert whole or width == 10
    assert {*whole} <= words


def test_what_is_wider_than_a_narrow_terminal_is_as_in_a_file(tmp_path: Path) -> None:
    printed = on_a_terminal(40, "list", EMAIL, cwd=tmp_path)
    assert printed == soapgen("list", EMAIL, cwd=tmp_path).stdout


@pytest.mark.conformance
def test_a_table_for_each_of_56_services(tmp_path: Path) -> None:
    source = corpus() / "Services86" / "wsdl"
    printed = on_a_terminal(160, "list", source, cwd=tmp_path)
    lines = printed.splitlines()
    assert len([line for line in lines if ", port BasicHttpBinding_" in line]) == 56
    assert len([line for line in lines if line.split()[:2] == ["operation", "style"]]) == 56
    assert all(len(line) <= 160 for line in lines)
    whole = {name for name in operations(source, tmp_path) if len(name) <= 80}
    assert len(whole) > 1_000
    assert whole <= {*printed.split()}
