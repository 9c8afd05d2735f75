"""What the README and docs/transcripts.md show of commands is what they print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from soapgen.cli.app import app
from typer.main import get_command

from tests.support.command import soapgen
from tests.support.paths import PROJECT

from .transcripts import PAGE, typed

README = (PROJECT / "README.md").read_text(encoding="utf-8")
TRANSCRIPTS = re.findall(
    r"^```console\n\$ soapgen ((?:diff|list|show) [^\n]*)\n(.*?)^```$",
    README,
    re.DOTALL | re.MULTILINE,
)


@pytest.mark.slow
@pytest.mark.parametrize(("command", "printed"), TRANSCRIPTS)
def test_it_is_what_is_printed(command: str, printed: str) -> None:
    assert printed
    assert soapgen(*command.split(), cwd=PROJECT).stdout == printed


def test_there_are_some() -> None:
    assert TRANSCRIPTS


@pytest.mark.conformance
def test_the_page_of_transcripts(tmp_path: Path) -> None:
    """``python -m tests.cli.transcripts`` writes it anew."""
    assert typed(tmp_path) == PAGE.read_text(encoding="utf-8")


def test_there_is_a_transcript_of_each_command() -> None:
    shown = re.findall(r"^\$ soapgen (\w+)", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert {*shown} == set(get_command(app).commands)  # type: ignore[attr-defined]


def test_the_readme_has_each_command() -> None:
    rows = re.findall(r"^\| `soapgen (\w+)", README, re.MULTILINE)
    assert {*rows} == set(get_command(app).commands)  # type: ignore[attr-defined]
