"""Options that a user may expect of any command: ``-h``, ``-q``, ``-o``."""

from __future__ import annotations

from typing import Any

import pytest
import typer
from soapgen.cli.app import app

SOAPGEN: Any = typer.main.get_command(app)
COMMANDS: dict[str, Any] = SOAPGEN.commands

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
    with SOAPGEN.make_context("soapgen", [name], resilient_parsing=True) as whole:
        context = COMMANDS[name].make_context(name, [], parent=whole, resilient_parsing=True)
        return {form for item in COMMANDS[name].get_params(context) for form in item.opts}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_and_quiet(name: str) -> None:
    assert {"-h", "--help", "-q", "--quiet"} <= options(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_place_to_write_to(name: str) -> None:
    expected = set() if name in WRITES_NOWHERE else {"-o", "--out"}
    assert options(name) & {"-o", "--out", "--output"} == expected


def test_what_writes_nowhere_is_a_command() -> None:
    assert set(WRITES_NOWHERE) < set(COMMANDS)
