"""The table in docs/peers.md: where it is, and what the tests say that it holds."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence

from tests.support.paths import PROJECT

from .exchanges import MARK, Exchange
from .stacks import PEERS

PAGE = PROJECT / "docs" / "peers.md"

_START, _END = "<!-- made by python -m tests.peers -->\n", "<!-- end -->"


def table() -> list[str]:
    """The lines of the table in the page."""
    text = PAGE.read_text(encoding="utf-8")
    return text.partition(_START)[2].partition(_END)[0].splitlines()


def write(lines: Sequence[str]) -> None:
    """Put ``lines`` in the place of the table in the page."""
    before, start, rest = PAGE.read_text(encoding="utf-8").partition(_START)
    _, end, after = rest.partition(_END)
    inside = "".join(f"{line}\n" for line in lines)
    PAGE.write_text(f"{before}{start}{inside}{end}{after}", encoding="utf-8")


def declared() -> Iterator[Exchange]:
    """What each test says that it exchanges."""
    for path in sorted(PEERS.glob("test_*.py")):
        for test in vars(importlib.import_module(f"{__package__}.{path.stem}")).values():
            for mark in getattr(test, "pytestmark", ()):
                if mark.name == MARK:
                    yield mark.args[0]
