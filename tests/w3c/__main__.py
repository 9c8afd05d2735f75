"""``python -m tests.w3c ZIP``: how much of the W3C's test suite for XML Schema soapgen carries."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from . import report
from .groups import unpacked
from .runner import SECONDS, run
from .trial import REFUSED_WHEN_READ, VERDICTS


def main(
    archive: Annotated[Path, typer.Argument(help="The archive of the test suite.", exists=True)],
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Where to write all results.")
    ] = None,
    only: Annotated[str, typer.Option(help="Only groups with this in 'contributor/name'.")] = "",
    show: Annotated[
        list[str] | None, typer.Option(help=f"List the groups that are: {', '.join(VERDICTS)}.")
    ] = None,
    invalid: Annotated[bool, typer.Option(help="Try invalid instances as well.")] = False,
    processes: Annotated[int, typer.Option(min=1)] = 2,
    seconds: Annotated[float, typer.Option(help="How long a group may take.")] = SECONDS,
) -> None:
    """Read and write every valid instance of the suite by code generated for its schemas."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        groups = [
            group
            for group in unpacked(archive, Path(folder))
            if only in f"{group.contributor}/{group.name}"
        ]
        results = run(groups, Path(folder), processes=processes, seconds=seconds, invalid=invalid)
    for line in report.table(results):
        console.print(line)
    console.print()
    for line in report.refusals(results):
        console.print(line)
    documented = [REFUSED_WHEN_READ] * any(it.verdict == REFUSED_WHEN_READ for it in results)
    for verdict in dict.fromkeys([*documented, *(show or ())]):
        console.print(f"\n{verdict}:")
        for line in report.shown(results, verdict):
            console.print(line)
    if invalid:
        console.print("\ninvalid instances:")
        for line in report.invalid(results):
            console.print(line)
    console.print(f"\nnot tried: {report.left_out(results)} instances of undeclared elements")
    console.print(f"{len(groups)} groups in {time.monotonic() - started:.0f} s")
    if json_file is not None:
        json_file.write_text(json.dumps(report.as_data(results), indent=1), encoding="utf-8")


# Each process that tries groups imports this module under another name.
if __name__ == "__main__":
    typer.run(main)
