"""Text → formatted text, in several processes: this one, and others that start early."""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from multiprocessing import get_context
from threading import RLock

from ..progress import Progress, silent
from .modules import OutputFile


def formatted(
    files: Iterable[OutputFile], formatter: Formatter, progress: Progress = silent
) -> Iterator[OutputFile]:
    """``files`` as black formats them, in the same order.

    Args:
        files: The files; those that are formatted already stay as they are.
        formatter: What formats them.
        progress: Called with how many files are formatted, of how many rendered so far.
    """
    listed: list[OutputFile] = []

    def modules() -> Iterator[str]:
        for file in files:
            listed.append(file)
            if not file.is_formatted:
                yield file.text

    texts = iter(
        formatter.format(modules(), lambda done: progress("formatting", done, len(listed)))
    )
    for file in listed:
        yield file if file.is_formatted else replace(file, text=next(texts), is_formatted=True)


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
        self._waiting: deque[str] = deque()
        self._begun: dict[str, Future[str]] = {}
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
        self, texts: Iterable[str], progress: Callable[[int], None] = lambda done: None
    ) -> list[str]:
        """Each of ``texts`` as black formats it, in the same order.

        The other processes begin while ``texts`` is still iterated. ``progress`` is called with how
        many are done.
        """
        listed = []
        for text in texts:
            self._begin(text)
            listed.append(text)
        done: dict[str, str] = {}
        for text in listed if self._pool is None else iter(self._take_last, None):
            done[text] = _format(text)
            with self._lock:
                elsewhere = sum(future.done() for future in self._begun.values())
            progress(len(done) + elsewhere)
        return [done[text] if text in done else self._begun[text].result() for text in listed]

    def _begin(self, text: str) -> None:
        """Queue ``text`` for the other processes."""
        with self._lock:
            if self._pool is None or text in self._begun or text in self._waiting:
                return
            self._waiting.append(text)
            if self._idle:
                self._idle -= 1
                self._start_next(self._pool)

    def _start_next(self, pool: ProcessPoolExecutor) -> None:
        """Give a free process the text that waits longest, and the next one when it is done."""
        with self._lock:
            if not self._waiting:
                self._idle += 1
                return
            text = self._waiting.popleft()
            self._begun[text] = pool.submit(_format, text)
            self._begun[text].add_done_callback(lambda _: self._start_next(pool))

    def _take_last(self) -> str | None:
        with self._lock:
            return self._waiting.pop() if self._waiting else None


def _be_quiet() -> None:
    """Ignore an interrupt: the main process reports it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _load() -> None:
    """Load black, which takes some time, before there is a text."""
    _format("")


def _format(text: str) -> str:
    from .black import format_python

    return format_python(text)
