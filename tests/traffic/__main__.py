"""``python -m tests.traffic [DIR] [--json | --known]``: what becomes of each set."""

from __future__ import annotations

import argparse
import json
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.support.paths import corpus

from .sets import outcome, sets_in, summary


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.traffic", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR")
    parser.add_argument("--json", action="store_true", help="print JSON, with every message")
    parser.add_argument("--known", action="store_true", help="print what known.json should have")
    arguments = parser.parse_args()
    sets = list(sets_in(arguments.folder or corpus() / "traffic"))
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        outcomes = dict(zip(sets, pool.map(outcome, sets), strict=True))
    if arguments.json:
        print(json.dumps({one.name: item.as_data() for one, item in outcomes.items()}, indent=1))
        return
    if arguments.known:
        print(json.dumps({one.name: item.known for one, item in outcomes.items()}, indent=1))
        return
    print(f"{'set':60}   same  not tried  not valid  differ  reasons")
    for one, item in outcomes.items():
        reasons = [f"{why[:90]} ({count})" for why, count in item.reasons().most_common(3)]
        stopped = f"CRASHED: {item.crashed}" if item.crashed else item.refused
        print(
            f"{one.name:60} {len(item.same):6} {len(item.not_tried):10} {len(item.not_valid):10} "
            f"{len(item.different):7}  {stopped or '; '.join(reasons)}"
        )
    print(summary(item.known for item in outcomes.values()))


if __name__ == "__main__":
    main()
