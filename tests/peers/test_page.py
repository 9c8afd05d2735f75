"""The table in docs/peers.md says what the tests exchange."""

from __future__ import annotations

import re

import pytest

from . import page
from .exchanges import rows
from .stacks import STACKS


@pytest.mark.slow
def test_the_table_has_what_the_tests_exchange() -> None:
    """``python -m tests.peers --write`` writes it anew; versions are those of that machine."""
    lines = page.table()
    cells = [re.split(r" \| ", line.strip("| ")) for line in lines[2:]]
    versions = {name: version for name, version, *_ in cells}
    assert set(versions) == {stack.name for stack in STACKS}
    assert all(re.fullmatch(r"\d+(\.\d+)+", version) for version in versions.values())
    assert lines == rows(page.declared(), versions)
