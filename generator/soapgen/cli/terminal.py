"""What several commands use of the terminal and the machine: output, progress, processors."""

from __future__ import annotations

import errno
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from ..errors import LeftOut, OutputError, Place, Repair
from ..progress import Progress, silent

ERROR = "soapgen: error: "
"""What each line on an error begins with."""

INTERRUPTED = 130
"""The exit status of an interrupted command: 128 and the number of the signal."""

# Windows reports a closed pipe in the second way.
_CLOSED = (errno.EPIPE, errno.EINVAL)


def prepare_output() -> None:
    """Let the standard streams print any text: as escapes, what their encoding does not have."""
    for stream in (sys.stdout, sys.stderr):
        # None where the stream is closed; a stream that something put in place may not have it.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def say(text: str, end: str = "\n") -> None:
    """Print ``text`` on the standard output.

    If nobody reads it any more, as of ``soapgen check | head -1``, it goes nowhere, and the command
    ends as it would have.

    Raises:
        OutputError: It cannot be printed, for instance because the disk is full.
    """
    try:
        print(text, end=end, flush=True)
    except OSError as error:
        _print_nowhere()
        if error.errno not in _CLOSED:
            raise OutputError(
                f"the output cannot be printed: {error.strerror}",
                place=Place("standard output"),
                hint="print to another place, or make room there",
            ) from error


def _print_nowhere() -> None:
    """Let the standard output go nowhere, with what it still holds."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def complain(text: str) -> None:
    """Print ``text`` as one line on the standard error stream."""
    if sys.stderr is None:  # it is closed; print would take the standard output instead
        return
    with suppress(OSError):
        print(one_line(text), file=sys.stderr, flush=True)


def one_line(text: str) -> str:
    """``text`` with what would break the line, or steer the terminal, as escapes."""
    return "".join(
        character.encode("unicode_escape").decode() if _steers(character) else character
        for character in text
    )


def _steers(character: str) -> bool:
    """Whether it is a control, a separator of lines, or turns the direction of writing."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def told(
    repairs: Iterable[Repair], left_out: Iterable[LeftOut], obstacles: Iterable[LeftOut] = ()
) -> Iterator[str]:
    """A sentence for each of ``repairs``, for what is ``left_out``, and for each of ``obstacles``.

    Obstacles are what only a build leaves out.
    """
    for repair in repairs:
        yield _sentence(f"Repaired: {repair}")
    for item in left_out:
        yield _sentence(f"Left out: {item}")
    for item in obstacles:
        yield _sentence(f"Left out by a build: {item}")


def _sentence(text: str) -> str:
    """``text`` with an end: a hint may be a question, which has its own."""
    return text if text.endswith("?") else f"{text}."


def announcer(quiet: bool) -> Callable[[str], None]:
    """What prints a line on the standard error stream, or nothing if ``quiet``."""
    return (lambda text: None) if quiet else complain


def count(number: int, noun: str) -> str:
    """``number`` and ``noun``, in the plural unless it is 1: ``1,024 files``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress]:
    """A bar on a terminal, removed when the work is done; elsewhere, or if ``quiet``, nothing."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
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
