"""Groups → verdicts, by several processes, each group within a time."""

from __future__ import annotations

import multiprocessing
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from .groups import Group
from .trial import CRASHED, Result, tried

SECONDS = 60.0

# A process is replaced after so many groups: what it has imported does not go away.
_CHUNK = 200

_CONTEXT = multiprocessing.get_context("spawn")

Seen = Callable[[Result], None]
"""Called with each result as it comes."""


def run(
    groups: Sequence[Group],
    folder: Path,
    *,
    processes: int = 2,
    seconds: float = SECONDS,
    invalid: bool = False,
    seen: Seen = lambda result: None,
) -> list[Result]:
    """The verdict on each of ``groups``, in their order.

    Args:
        groups: The groups.
        folder: The folder that they were unpacked into.
        processes: How many processes work at the same time.
        seconds: How long a group may take.
        invalid: Whether to try invalid instances as well.
        seen: Called with each result as it comes.
    """
    waiting: SimpleQueue[Group] = SimpleQueue()
    for group in groups:
        waiting.put(group)
    results: dict[int, Result] = {}

    def work() -> None:
        worker = _Worker(folder, invalid, seconds)
        try:
            while True:
                group = waiting.get_nowait()
                results[group.number] = result = worker.result(group)
                seen(result)
        except Empty:
            return
        finally:
            worker.stop()

    threads = [Thread(target=work) for _ in range(processes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[group.number] for group in groups]


class _Worker:
    """A process that tries groups; replaced when it dies, takes too long or has done its share."""

    def __init__(self, folder: Path, invalid: bool, seconds: float) -> None:
        self.arguments = (folder, invalid)
        self.seconds = seconds
        self._start()

    def result(self, group: Group) -> Result:
        """The verdict on ``group``."""
        if self.done >= _CHUNK:
            self.stop()
            self._start()
        self.done += 1
        started = time.monotonic()
        self.connection.send(group)
        problem = f"took more than {self.seconds:.0f} seconds"
        try:
            if self.connection.poll(self.seconds):
                result: Result = self.connection.recv()
                return replace(result, seconds=round(time.monotonic() - started, 3))
        except EOFError:
            problem = "the process died"
        self.process.kill()
        self.stop()
        self._start()
        return Result(group, CRASHED, problem, problem, seconds=time.monotonic() - started)

    def stop(self) -> None:
        """End the process."""
        self.connection.close()
        self.process.join()

    def _start(self) -> None:
        self.done = 0
        self.connection, other = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=_serve, args=(other, *self.arguments), daemon=True)
        self.process.start()
        other.close()


def _serve(connection: Connection, folder: Path, invalid: bool) -> None:
    """Try each group that comes, until no more can come."""
    while True:
        try:
            group: Group = connection.recv()
        except EOFError:
            return
        try:
            result = tried(group, folder, invalid=invalid)
        except Exception:  # a mistake in the trial itself, which is not to stop the others
            result = Result(group, CRASHED, "the trial itself", traceback.format_exc())
        connection.send(result)
