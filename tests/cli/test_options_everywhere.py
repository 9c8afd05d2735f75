"""Options that a user may expect of any command: ``-h``, ``-q``, ``-o``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typer
from soapgen.cli.app import app

from tests.support.command import soapgen

WHOLE: Any = typer.main.get_command(app)
COMMANDS: dict[str, Any] = WHOLE.commands

# Commands without ``-o``, each with the reason.
WRITES_NOWHERE = {
    "call": "prints the answer",
    "check": "compares what is there, and changes nothing",
    "diff": "prints what differs",
    "list": "prints what a contract offers",
    "serve": "answers requests",
    "show": "prints what is asked for",
    "verify": "prints a verdict",
}


def options(name: str) -> set[str]:
    """The options of a command, as they are typed."""
    with WHOLE.make_context("soapgen", [name], resilient_parsing=True) as whole:
        context = COMMANDS[name].make_context(name, [], parent=whole, resilient_parsing=True)
        return {form for item in COMMANDS[name].get_params(context) for form in item.opts}


@pytest.mark.slow
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_has_a_short_name(command: str, tmp_path: Path) -> None:
    short, long = (soapgen(*command.split(), name, cwd=tmp_path) for name in ("-h", "--help"))
    assert short.returncode == 0
    assert "Usage: soapgen" in short.stdout
    assert short.stdout == long.stdout


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("short", "long"), [("-q", "--quiet"), ("-o", "--out")])
def test_options_have_one_short_name(name: str, short: str, long: str) -> None:
    for item in COMMANDS[name].params:
        if item.param_type_name == "option":
            assert (short in item.opts) is (long in item.opts)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_and_quiet(name: str) -> None:
    assert {"-h", "--help", "-q", "--quiet"} <= options(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_place_to_write_to(name: str) -> None:
    expected = set() if name in WRITES_NOWHERE else {"-o", "--out"}
    assert options(name) & {"-o", "--out", "--output"} == expected


def test_what_writes_nowhere_is_a_command() -> None:
    assert set(WRITES_NOWHERE) < set(COMMANDS)
