"""``python -m tests.traffic [DIR] [--json]``: a table of what becomes of each set of messages."""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.support.paths import corpus

from .sets import outcome, sets_in


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.traffic", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    parser.add_argument("--json", action="store_true", help="print JSON, with every message")
    arguments = parser.parse_args()
    sets = list(sets_in(arguments.folder or corpus() / "traffic"))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        outcomes = dict(zip(sets, pool.map(outcome, sets), strict=True))
    if arguments.json:
        return
    for _one, item in outcomes.items():
        f"{len(item.same):6} {len(item.differs):8} {len(item.not_tried):10}"
        "; ".join(f"{why[:90]} ({n})" for why, n in item.reasons().most_common(3))
    sum(bool(item.refused) for item in outcomes.values())
    sum(item.messages for item in outcomes.values())
    sum(len(item.same) for item in outcomes.values())


if __name__ == "__main__":
    main()
