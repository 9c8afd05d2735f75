"""What the README shows of commands that only look is what they print."""

from __future__ import annotations

import re

import pytest

from tests.support.command import soapgen
from tests.support.paths import PROJECT

pytestmark = pytest.mark.slow

README = (PROJECT / "README.md").read_text(encoding="utf-8")
TRANSCRIPTS = re.findall(
    r"^```console\n\$ soapgen ((?:diff|list|show) [^\n]*)\n(.*?)^```$",
    README,
    re.DOTALL | re.MULTILINE,
)


@pytest.mark.parametrize(("command", "printed"), TRANSCRIPTS)
def test_it_is_what_is_printed(command: str, printed: str) -> None:
    assert printed
    assert soapgen(*command.split(), cwd=PROJECT).stdout == printed


def test_there_are_some() -> None:
    assert TRANSCRIPTS
