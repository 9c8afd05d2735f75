"""What several commands use of the terminal and the machine: messages, progress, processors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from ..progress import Progress, silent


def complain(text: str) -> None:
    """Print ``text`` as a line on the standard error stream."""
    typer.echo(text, err=True)


def announcer(quiet: bool) -> Callable[[str], None]:
    """What prints a line on the standard error stream, or nothing if ``quiet``."""
    return (lambda text: None) if quiet else complain


def count(number: int, noun: str) -> str:
    """``number`` and ``noun``, in the plural unless it is 1: ``1,024 files``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress]:
    """A bar on a terminal, removed when the work is done; elsewhere, or if ``quiet``, nothing."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return

    from rich.console import Console
    from rich.progress import Progress as ProgressBar

    with ProgressBar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield show


def workers() -> int:
    """How many processes may work at the same time: one for each processor that soapgen may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
