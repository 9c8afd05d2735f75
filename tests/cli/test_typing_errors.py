"""For each name that a person types: what is said of one that is mistyped."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import typer
from soapgen.cli.app import app

from tests.support.command import soapgen
from tests.support.paths import BANK, EDITIONS

pytestmark = pytest.mark.slow

URL = ("--url", "http://127.0.0.1:1/")

# What is typed, by the parameter of the command that it is, and what is suggested first.
MISTYPED: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {
    ("build", "sources"): (("wsld/Bank.wsdl",), "did you mean wsdl/Bank.wsdl?"),
    ("build", "service"): (("Bank.wsdl", "--service", "bnak"), "did you mean Bank?"),
    ("build", "operation"): (("Bank.wsdl", "-O", "withdarw"), "did you mean Withdraw?"),
    ("build", "keep_apart"): (
        ("Bank.wsdl", "--keep-apart", "urn:exmaple:bank"),
        "did you mean urn:example:bank?",
    ),
    ("build", "extra"): (("Bank.wsdl", "--with", "jsn"), "did you mean json?"),
    ("build", "templates"): (("Bank.wsdl", "--templates", "mesages"), "mean messages?"),
    ("build", "docs"): (("Bank.wsdl", "--docs", "mesages"), "did you mean messages?"),
    ("build", "limit"): (("Bank.wsdl", "--limit", "dept=9"), "did you mean depth?"),
    ("build", "imports"): (("Uses.wsdl", "--import", "urn:x=wsdl/Bnak.wsdl"), "wsdl/Bank.wsdl?"),
    ("build", "catalog"): (("Bank.wsdl", "--catalog", "Bnak.wsdl"), "did you mean Bank.wsdl?"),
    ("init", "sources"): (("Bnak.wsdl", "--yes"), "did you mean Bank.wsdl?"),
    ("check", "folders"): (("generatd/bank_client",), "did you mean generated/bank_client?"),
    ("check", "source"): (
        ("generated/bank_client", "--source", "Bnak.wsdl"),
        "did you mean Bank.wsdl?",
    ),
    ("docs", "sources"): (("Bnak.wsdl", "-o", "pages"), "did you mean Bank.wsdl?"),
    ("docs", "operation"): (("Bank.wsdl", "-O", "Colse", "-o", "pages"), "did you mean Close?"),
    ("docs", "docs"): (
        ("Bank.wsdl", "--docs", "mesages", "-o", "pages"),
        "did you mean messages?",
    ),
    ("list", "source"): (("Bnak.wsdl",), "did you mean Bank.wsdl?"),
    ("show", "source"): (("Bnak.wsdl", "Close"), "did you mean Bank.wsdl?"),
    ("show", "name"): (("Bank.wsdl", "clsoe"), "did you mean Close"),
    ("sample", "source"): (("Bnak.wsdl", "Close"), "did you mean Bank.wsdl?"),
    ("sample", "operation"): (("Bank.wsdl", "withdra"), "did you mean Withdraw?"),
    ("sample", "style"): (("Bank.wsdl", "Close", "--style", "documentd"), "mean documented?"),
    ("diff", "old"): (("Bnak.wsdl", "Bank.wsdl"), "did you mean Bank.wsdl?"),
    ("diff", "new"): (("Bank.wsdl", "Bnak.wsdl"), "did you mean Bank.wsdl?"),
    ("call", "source"): (("Bnak.wsdl", "Close", *URL), "did you mean Bank.wsdl?"),
    ("call", "operation"): (("Bank.wsdl", "Colse", *URL), "did you mean Close?"),
    ("call", "service"): (("Bank.wsdl", "Close", *URL, "--service", "Bnk"), "did you mean Bank?"),
    ("call", "member"): (
        ("Bank.wsdl", "Withdraw", *URL, "--set", "amout=1"),
        "did you mean amount?",
    ),
    ("call", "soap_header"): (
        ("Bank.wsdl", "Withdraw", *URL, "--soap-header", "Sesion=env:X"),
        "did you mean Session?",
    ),
    ("call", "json_file"): (
        ("Bank.wsdl", "Close", *URL, "--json", "givn.json"),
        "did you mean given.json?",
    ),
    ("templates", "copy"): (("--copy", "erors.py"), "did you mean errors.py"),
    ("verify", "source"): (("Bnak.wsdl", "messages"), "did you mean Bank.wsdl?"),
    ("verify", "examples"): (("Bank.wsdl", "mesages"), "did you mean messages?"),
    ("serve", "sources"): (("Bnak.wsdl",), "did you mean Bank.wsdl?"),
    ("serve", "answer"): (("Bank.wsdl", "--answer", "Colse=given.json"), "did you mean Close?"),
    ("serve", "fault"): (("Bank.wsdl", "--fault", "Withdraw:BankFalt"), "mean BankFault?"),
    ("serve", "fault_detail"): (
        ("Bank.wsdl", "--fault-detail", "Withdraw=givn.json"),
        "did you mean given.json?",
    ),
    ("serve", "delay"): (("Bank.wsdl", "--delay", "Withdrw=1"), "did you mean Withdraw?"),
    ("serve", "replay"): (("Bank.wsdl", "--replay", "mesages"), "did you mean messages?"),
    ("serve", "drop"): (("Bank.wsdl", "--drop", "Withdrw"), "did you mean Withdraw?"),
}

# Parameters that are no names of anything that is there, and those that all commands share.
FREE = {
    "allow_host", "as_changelog", "as_curl", "as_json", "as_markdown", "as_xml", "dry_run",
    "everything", "exit_zero", "facets", "force", "header", "host", "max_request", "no_repair",
    "out", "port", "quiet", "regenerate", "response", "sample", "sample_json", "server",
    "source_header", "strict", "timeout", "timestamp", "url", "write_to", "yes",
}  # fmt: skip
SHARED = {"limit", "imports", "catalog", "service"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("typed")
    (path / "wsdl").mkdir()
    for place in (path, path / "wsdl"):
        shutil.copy(BANK, place / "Bank.wsdl")
    text = (EDITIONS / "1" / "People.wsdl").read_text(encoding="utf-8")
    uses = text.replace("<xs:complexType", '<xs:import namespace="urn:x"/><xs:complexType', 1)
    (path / "Uses.wsdl").write_text(uses, encoding="utf-8")
    (path / "given.json").write_text("{}", encoding="utf-8")
    assert soapgen("build", "Bank.wsdl", cwd=path).returncode == 0
    written = soapgen("sample", "Bank.wsdl", "--all", "-o", "messages", cwd=path)
    assert written.returncode == 0
    return path


@pytest.mark.parametrize("typed", MISTYPED, ids=" ".join)
def test_the_nearest_name_is_suggested(typed: tuple[str, str], folder: Path) -> None:
    arguments, suggestion = MISTYPED[typed]
    result = soapgen(typed[0], *arguments, cwd=folder)
    assert result.returncode == 2
    assert suggestion in result.stderr
    assert result.stderr.count("\n") == 1


def test_each_parameter_that_is_a_name_is_tried() -> None:
    commands: dict[str, Any] = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    missing = {
        (command, parameter.name)
        for command, about in commands.items()
        for parameter in about.params
        if parameter.name not in FREE | SHARED and (command, parameter.name) not in MISTYPED
    }
    assert missing <= {
        ("build", "name"),
        ("docs", "name"),
        ("init", "name"),
        ("fetch", "source"),
    }  # new, or away


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [
        (("bild",), "Did you mean 'build'?"),
        (("build", "--sever"), "did you mean --server"),
        (("serve", "Bank.wsdl", "--fault-detial"), "did you mean --fault-detail"),
        (("--install-completion", "bsh"), "did you mean bash?"),
    ],
)
def test_commands_and_options(arguments: tuple[str, ...], suggestion: str, folder: Path) -> None:
    result = soapgen(*arguments, cwd=folder)
    assert result.returncode == 2
    assert suggestion in result.stderr
