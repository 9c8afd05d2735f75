"""The table in docs/wild.md: what is built of each contract, and why not more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tests.support.paths import PROJECT

from .outcomes import Outcome

PAGE = PROJECT / "docs" / "wild.md"

_START, _END = "<!-- made by python -m tests.wild --write -->\n", "<!-- end -->"
_HEAD = [
    "| contract | outcome | operations | built | left out | lost | the first reason |",
    "|---|---|---|---|---|---|---|",
]
_NUMBERS = re.compile(r"\| (\S+) \| ([a-z ]+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|")


def lines() -> list[str]:
    """The lines of the page that are made."""
    text = PAGE.read_text(encoding="utf-8")
    return text.partition(_START)[2].partition(_END)[0].splitlines()


def rows() -> dict[str, str]:
    """The rows of the table on the page, by the names of the contracts."""
    found = {line.split(" | ")[0].removeprefix("| "): line for line in lines() if line[:2] == "| "}
    return {name: line for name, line in found.items() if name != "contract"}


def write(outcomes: Sequence[Outcome]) -> None:
    """Put what became of all contracts in the place of what the page has."""
    made = [*_HEAD, *map(row, outcomes)]
    made += ["", summary(map(row, outcomes))]
    before, start, rest = PAGE.read_text(encoding="utf-8").partition(_START)
    _, end, after = rest.partition(_END)
    inside = "".join(f"{line}\n" for line in made)
    PAGE.write_text(f"{before}{start}{inside}{end}{after}", encoding="utf-8")


def row(item: Outcome) -> str:
    """The row for a contract."""
    why = item.crashed.strip().rpartition("\n")[2] or item.why
    shown = why.replace("|", "\\|").replace("<", "&lt;")
    cells = [item.name, item.status, item.bound, item.generated, item.left_out, len(item.lost)]
    return f"| {' | '.join(map(str, cells))} | {shown} |"


def summary(table: Iterable[str]) -> str:
    """A sentence on all rows of a table."""
    found = [match.groups() for line in table if (match := _NUMBERS.match(line))]
    statuses = Counter(groups[1] for groups in found)
    bound, built, left_out, lost = (
        sum(int(groups[place]) for groups in found) for place in range(2, 6)
    )
    return (
        f"{len(found)} contracts: "
        + ", ".join(f"{number} {status}" for status, number in sorted(statuses.items()))
        + f"; {bound:,} operations of SOAP ports: {built:,} built, "
        f"{left_out:,} left out with a reason, {lost:,} lost"
    )
