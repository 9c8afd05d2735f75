"""``python -m fuzz``: fuzzes each target for some time, and says how often it ran."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from .targets import CORPUS, PROJECT, TARGETS

FOUND = PROJECT / ".cache" / "fuzz"


def main(
    targets: Annotated[list[str] | None, typer.Argument(help="By default all of them.")] = None,
    seconds: Annotated[int, typer.Option(help="How long each target is fuzzed.")] = 600,
    seed: Annotated[int, typer.Option(help="By default another one each time.")] = 0,
) -> None:
    """Fuzz the generator with hostile contracts, and generated parsers with hostile answers.

    Each target runs in a process of its own. What breaks a promise is kept in .cache/fuzz/TARGET;
    the exit status is then 1.
    """
    console = Console()
    running = [(name, *_started(name, seconds, seed)) for name in targets or TARGETS]
    failed = False
    for name, process, log in running:
        process.wait()
        text = log.read_text(errors="replace")
        executions = re.findall(r"stat::number_of_executed_units:\s*(\d+)", text)
        console.print(
            f"{name}: {executions[-1] if executions else '?'} executions in {seconds} s, "
            f"{'nothing found' if process.returncode == 0 else f'FOUND: see {log}'}",
            highlight=False,
        )
        failed = failed or process.returncode != 0
    raise typer.Exit(1 if failed else 0)


def _started(name: str, seconds: int, seed: int) -> tuple[subprocess.Popen[bytes], Path]:
    """The process that fuzzes ``name``, and the file of its output."""
    folder = FOUND / name
    grown = folder / "corpus"  # what libFuzzer finds worth keeping; the corpus itself stays small
    grown.mkdir(parents=True, exist_ok=True)
    log = folder / "log.txt"
    options = [
        f"-max_total_time={seconds}",
        f"-artifact_prefix={folder}/",
        f"-seed={seed}",
        "-print_final_stats=1",
        "-max_len=65536",
        "-rss_limit_mb=4096",
        "-timeout=20",
    ]
    words = [sys.executable, "-m", "fuzz.worker", name, *options, str(grown), str(CORPUS / name)]
    with log.open("wb") as output:
        # Without random hashes, the same seed gives the same inputs.
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        process = subprocess.Popen(
            words, cwd=PROJECT, env=environment, stdout=output, stderr=output
        )
        return process, log


typer.run(main)
