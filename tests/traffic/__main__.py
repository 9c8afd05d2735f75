"""``python -m tests.traffic [DIR] [--json]``: a table of what becomes of each set of messages."""

from __future__ import annotations

import argparse
import json
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
        print(json.dumps({one.name: item.as_data() for one, item in outcomes.items()}, indent=1))
        return
    print(f"{'set':60} messages   same  differs  not tried  reasons")
    for one, item in outcomes.items():
        reasons = [f"{why[:90]} ({count})" for why, count in item.reasons().most_common(3)]
        stopped = f"CRASHED: {item.crashed}" if item.crashed else item.refused
        print(
            f"{one.name:60} {item.messages:8} {len(item.same):6} {len(item.differs):8} "
            f"{len(item.not_tried):10}  {stopped or '; '.join(reasons)}"
        )
    refused = sum(bool(item.refused) for item in outcomes.values())
    messages = sum(item.messages for item in outcomes.values())
    same = sum(len(item.same) for item in outcomes.values())
    differs = sum(len(item.differs) for item in outcomes.values())
    valid = sum(len(item.valid_and_different) for item in outcomes.values())
    others = sum(len(item.not_tried) for item in outcomes.values())
    print(
        f"{len(outcomes)} sets, {refused} refused; {same:,} of {messages:,} messages are the same, "
        f"{differs:,} differ, {valid:,} of them valid, {others:,} are faults or empty"
    )


if __name__ == "__main__":
    main()
