"""``python -m tests.peers``: exchange everything, and print the table of docs/peers.md."""

from __future__ import annotations

from typing import Annotated

import pytest
import typer
from rich.console import Console

from . import page
from .exchanges import MARK, Exchange, rows
from .stacks import PEERS


class Noted:
    """What pytest tells: the exchanges of tests that passed, and the tests that did not."""

    def __init__(self) -> None:
        self.exchanges: dict[str, Exchange] = {}
        self.passed: list[Exchange] = []
        self.others: list[str] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep what each test exchanges."""
        for item in items:
            if marker := item.get_closest_marker(MARK):
                self.exchanges[item.nodeid] = marker.args[0]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a test ended."""
        if not report.passed:
            self.others.append(f"{report.nodeid} {report.outcome}")
        elif report.when == "call" and report.nodeid in self.exchanges:
            self.passed.append(self.exchanges[report.nodeid])


def main(
    write: Annotated[bool, typer.Option(help="Write the table into docs/peers.md, too.")] = False,
) -> None:
    """Exchange messages with every other stack that is installed, and say what was exchanged."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    noted = Noted()
    pytest.main(["-q", "-n", "0", "-m", "conformance", str(PEERS)], plugins=[noted])
    stacks = {exchange.stack for exchange in noted.passed}
    versions = {stack.name: stack.find_version() for stack in stacks}
    table = rows(noted.passed, versions)
    console.print("\n".join(table))
    if noted.others:
        for line in noted.others:
            console.print(f"not exchanged: {line}")
        raise typer.Exit(1)
    if write:
        page.write(table)


typer.run(main)
