"""What is left out or mended is said by every command that reads a contract, each time."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.paths import LEDGER
from tests.support.small import wsdl

pytestmark = pytest.mark.slow

LOST = "Left out: operation Lose (People.wsdl:"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the small WSDL, whose portType has an operation that nothing binds."""
    declared = '<wsdl:operation name="Lose"><wsdl:input message="tns:FindRequest"/>'
    text = wsdl().replace("</wsdl:portType>", f"{declared}</wsdl:operation></wsdl:portType>")
    (tmp_path / "People.wsdl").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_build_says_it_again(folder: Path) -> None:
    first = soapgen("build", "People.wsdl", cwd=folder)
    second = soapgen("build", "People.wsdl", cwd=folder)
    assert "is up to date" in second.stdout
    assert LOST in first.stdout
    assert first.stdout.splitlines()[-1] == second.stdout.splitlines()[-1]
    assert soapgen("build", "People.wsdl", "--quiet", cwd=folder).stdout == ""


def test_a_build_tells_machines_again(folder: Path) -> None:
    first, second = (
        json.loads(soapgen("build", "People.wsdl", "--json", cwd=folder).stdout) for _ in range(2)
    )
    assert (first["up_to_date"], second["up_to_date"]) == (False, True)
    assert [item["what"] for item in first["left_out"]] == ["operation Lose"]
    assert first["left_out"] == second["left_out"]


def test_the_manifest_keeps_it(folder: Path) -> None:
    soapgen("build", "People.wsdl", cwd=folder)
    manifest = folder / "generated/people_client/soapgen.json"
    (kept,) = json.loads(manifest.read_bytes())["left_out"]
    assert (kept["operation"], kept["file"]) == ("Lose", "People.wsdl")
    manifest.write_text(manifest.read_text().replace('"operation Lose"', '"operation Keep"'))
    result = soapgen("check", cwd=folder)
    assert result.returncode == 1
    assert '+      "what": "operation Lose",' in result.stdout


@pytest.mark.parametrize("command", [("build", "People.wsdl"), ("check",)])
def test_strict_refuses_a_package_that_is_up_to_date(
    folder: Path, command: tuple[str, ...]
) -> None:
    soapgen("build", "People.wsdl", cwd=folder)
    result = soapgen(*command, "--strict", cwd=folder)
    assert result.returncode == 2
    assert "operation Lose would be left out" in result.stderr


def test_a_check_says_it(folder: Path) -> None:
    soapgen("build", "People.wsdl", cwd=folder)
    for option in ([], ["--regenerate"]):
        result = soapgen("check", *option, cwd=folder)
        assert (result.returncode, result.stdout) == (0, "generated/people_client is fresh.\n")
        assert result.stderr.startswith(f"generated/people_client: {LOST}")
    assert soapgen("check", "--quiet", cwd=folder).stderr == ""


def test_a_sample_says_it(folder: Path) -> None:
    result = soapgen("sample", "People.wsdl", "Find", cwd=folder)
    assert result.returncode == 0
    assert result.stderr.startswith(LOST)
    assert result.stdout.startswith("<?xml")


def test_what_only_a_build_leaves_out_is_said_too(tmp_path: Path) -> None:
    """A literal operation among encoded ones has a sample, and no place in their package."""
    text = LEDGER.read_text(encoding="utf-8")
    start = text.index('<wsdl:operation name="status"><soap:operation')
    literal = text[start:].replace('use="encoded"', 'use="literal"')
    (tmp_path / "Ledger.wsdl").write_text(text[:start] + literal, encoding="utf-8")
    built = soapgen("build", "Ledger.wsdl", "--json", cwd=tmp_path)
    (left_out,) = json.loads(built.stdout)["left_out"]
    result = soapgen("sample", "Ledger.wsdl", "status", cwd=tmp_path)
    assert result.returncode == 0
    last = result.stderr.splitlines()[-1]
    assert last.startswith("Left out by a build: operation status (Ledger.wsdl:")
    assert left_out["reason"] in last
    assert "status" in result.stdout
    assert errors_of_a_server("Ledger.wsdl", tmp_path) == result.stderr


def test_a_verdict_says_it(folder: Path) -> None:
    soapgen("sample", "People.wsdl", "--all", "-o", "messages", cwd=folder)
    result = soapgen("verify", "People.wsdl", "messages", cwd=folder)
    assert result.returncode == 0
    assert result.stderr.startswith(LOST)
    assert result.stdout.endswith("2 of 2 examples match.\n")
    assert soapgen("verify", "People.wsdl", "messages", "--quiet", cwd=folder).stderr == ""
    data = json.loads(soapgen("verify", "People.wsdl", "messages", "--json", cwd=folder).stdout)
    assert [item["what"] for item in data["left_out"]] == ["operation Lose"]
    assert data["repaired"] == []


def test_an_operation_that_is_left_out_is_told_from_one_that_is_not_there(folder: Path) -> None:
    for name in ("Lose", "People.Lose"):
        result = soapgen("sample", "People.wsdl", name, cwd=folder)
        assert result.returncode == 2
        assert "operation Lose is not bound by" in result.stderr
    other = soapgen("sample", "People.wsdl", "Others.Lose", cwd=folder)
    assert "there is no operation Others.Lose" in other.stderr


def test_a_server_says_it(folder: Path) -> None:
    assert errors_of_a_server("People.wsdl", folder).startswith(LOST)


def errors_of_a_server(source: str, folder: Path) -> str:
    """What a server prints on the standard error stream."""
    command = [sys.executable, "-m", "soapgen", "serve", source, "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        assert server.stdout.readline().startswith("Serving ")
        server.send_signal(signal.SIGINT)
        return server.stderr.read()
