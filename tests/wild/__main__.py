"""``python -m tests.wild [DIR] [--types] [--json] [--write]``: what becomes of each contract.

For each WSDL in a folder: what is built of it, whether each operation that a SOAP port binds is
there or is left out with a reason, whether values and samples go through the package unchanged, and
how many messages zeep reads and writes.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from tests.support.paths import corpus
from tests.support.typing import HAS_PYRIGHT, mypy, pyright

from . import page
from .counted import wsdls_in
from .outcomes import Outcome, outcome

_SHOWN = 100


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.wild", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    parser.add_argument("--types", action="store_true", help="also ask mypy --strict and pyright")
    parser.add_argument("--json", action="store_true", help="print JSON, with every reason")
    parser.add_argument("--write", action="store_true", help="only write what docs/wild.md has")
    arguments = parser.parse_args()
    folder = (arguments.folder or corpus() / "wild").resolve()
    if arguments.write:
        page.write(outcomes_of(folder))
        return
    with tempfile.TemporaryDirectory() as name:
        outcomes = outcomes_of(folder, Path(name), types=arguments.types)
    if arguments.json:
        print(json.dumps([item.as_data() for item in outcomes], indent=1))
    else:
        print("\n".join(table(outcomes)))


def outcomes_of(folder: Path, out: Path | None = None, *, types: bool = False) -> list[Outcome]:
    """What becomes of each contract in ``folder``; packages are written to ``out``, if given."""
    paths = wsdls_in(folder)
    # A process for each contract: one that dies or grows takes no other one with it.
    with ProcessPoolExecutor(
        os.cpu_count(), mp_context=get_context("spawn"), max_tasks_per_child=1
    ) as pool:
        outcomes = list(pool.map(partial(outcome, folder=folder, out=out), paths))
    if types and out is not None:
        _ask_type_checkers(outcomes, out)
    return outcomes


def table(outcomes: list[Outcome]) -> list[str]:
    """A line for each contract, and one for all."""
    lines = [f"{'contract':58} {'status':8} bound  made  left  lost  mended  wrong  types  zeep"]
    for item in outcomes:
        zeep = Counter(item.zeep).most_common(1)
        lines.append(
            f"{item.name:58} {item.status:8} {item.bound:5} {item.generated:5} {item.left_out:5} "
            f"{len(item.lost):5} {item.repaired:7} {len(item.problems):6} {len(item.types):6}  "
            f"{zeep[0][0] if zeep else '-'}"
        )
        shown = item.crashed.splitlines()[-1:] or [item.obstacle]
        lines += [f"    {line[: 2 * _SHOWN]}" for line in (*shown, *item.lost[:3]) if line]
        lines += [f"    {line[: 2 * _SHOWN]}" for line in (*item.problems[:2], *item.types[:2])]
    lines.append(page.summary(map(page.row, outcomes)))
    return lines


def _ask_type_checkers(outcomes: list[Outcome], out: Path) -> None:
    """Note what mypy --strict and, where it is installed, pyright find in each package."""
    packages = {item.package: item for item in outcomes if item.package}
    if not packages:
        return
    for checker in (mypy, pyright) if HAS_PYRIGHT else (mypy,):
        for line in checker(*packages, cwd=out).splitlines():
            name = line.strip().removeprefix(f"{out}{os.sep}").partition(os.sep)[0]
            if name in packages and " error: " in line.replace("- error:", " error: "):
                packages[name].types.append(line.strip())


if __name__ == "__main__":
    main()
