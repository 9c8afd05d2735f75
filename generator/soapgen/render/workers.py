"""Text → formatted text, guarded, in several processes: this one, and others that start early."""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from threading import RLock

from ..progress import Progress, silent
from .marks import marked
from .modules import OutputFile, guarded
from .pieces import joined, pieces


def formatted(
    files: Iterable[OutputFile], formatter: Formatter, progress: Progress = silent
) -> Iterator[OutputFile]:
    """``files`` as black formats them, in the same order, after the guard has looked at them.

    Modules are marked, so that whatever else formats stays away from them.

    Args:
        files: The files; those that are formatted already are laid out as they are.
        formatter: What formats them.
        progress: Called with how many pieces of files are formatted, of how many so far.

    Raises:
        GuardError: A text of the contract would become code.
    """
    listed: list[tuple[OutputFile, int]] = []
    total = 0

    def modules() -> Iterator[OutputFile]:
        nonlocal total
        for file in files:
            if file.is_formatted:
                guarded(file)  # any other is looked at once it is formatted
            parts = [] if file.is_formatted else pieces(file)
            listed.append((file, len(parts)))
            total += len(parts)
            yield from parts

    texts = iter(formatter.format(modules(), lambda done: progress("formatting", done, total)))
    for file, count in listed:
        text = joined(islice(texts, count)) if count else file.text
        is_module = file.path.endswith(".py")
        yield replace(file, text=marked(text) if is_module else text, is_formatted=True)


class Formatter(AbstractContextManager["Formatter"]):
    """Formats modules in several processes, of which this one is the first.

    The others start when the formatter is made, and load black while this process still reads and
    plans. On Linux they are forks: make the formatter before any thread.

    Args:
        workers: How many processes may work at the same time. Where they are not forks, the main
            module must be importable without running again (``if __name__ == "__main__"``).
    """

    def __init__(self, workers: int = 1) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._lock = RLock()
        self._idle = workers - 1
        self._waiting: deque[OutputFile] = deque()
        self._begun: dict[OutputFile, Future[str]] = {}
        if workers > 1:
            context = get_context("fork" if sys.platform == "linux" else "spawn")
            self._pool = ProcessPoolExecutor(workers - 1, context, initializer=_be_quiet)
            for _ in range(workers - 1):
                self._pool.submit(_load)

    def __exit__(self, *error: object) -> None:
        """End the other processes."""
        with self._lock:
            self._waiting.clear()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def format(
        self, files: Iterable[OutputFile], progress: Callable[[int], None] = lambda done: None
    ) -> list[str]:
        """The text of each of ``files`` as black formats it, in the same order.

        The other processes begin while ``files`` is still iterated. ``progress`` is called with how
        many are done.

        Raises:
            GuardError: A text of the contract would become code.
        """
        listed = []
        for file in files:
            self._begin(file)
            listed.append(file)
        done: dict[OutputFile, str] = {}
        for file in listed if self._pool is None else iter(self._take_last, None):
            done[file] = _format(file)
            with self._lock:
                elsewhere = sum(future.done() for future in self._begun.values())
            progress(len(done) + elsewhere)
        return [done[file] if file in done else self._begun[file].result() for file in listed]

    def _begin(self, file: OutputFile) -> None:
        """Queue ``file`` for the other processes."""
        with self._lock:
            if self._pool is None or file in self._begun or file in self._waiting:
                return
            self._waiting.append(file)
            if self._idle:
                self._idle -= 1
                self._start_next(self._pool)

    def _start_next(self, pool: ProcessPoolExecutor) -> None:
        """Give a free process the file that waits longest, and the next one when it is done."""
        with self._lock:
            if not self._waiting:
                self._idle += 1
                return
            file = self._waiting.popleft()
            self._begun[file] = pool.submit(_format, file)
            self._begun[file].add_done_callback(lambda _: self._start_next(pool))

    def _take_last(self) -> OutputFile | None:
        with self._lock:
            return self._waiting.pop() if self._waiting else None


def _be_quiet() -> None:
    """Ignore an interrupt: the main process reports it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _load() -> None:
    """Load black, which takes some time, before there is a text."""
    _format(OutputFile("", ""))


def _format(file: OutputFile) -> str:
    from .black import format_python

    return guarded(replace(file, text=format_python(file.text))).text
