"""What a person wrote before there was a template for it, beside what soapgen writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.definitions import definitions
from tests.support.paths import BY_HAND, GOLDEN

# The package that has what was written by hand, where it is not that of the harder shapes.
PACKAGES = {"faults.py": "shapes_client"}


@pytest.mark.parametrize("path", sorted(BY_HAND.glob("*.txt")), ids=lambda path: path.stem)
def test_soapgen_writes_what_a_person_wrote(path: Path) -> None:
    written = definitions(
        (GOLDEN / PACKAGES.get(path.stem, "orders_client") / path.stem).read_text(encoding="utf-8")
    )
    wanted = definitions(path.read_text(encoding="utf-8"))
    assert wanted
    for name, text in wanted.items():
        assert written.get(name) == text
