"""A deadline for a request that blocks: a socket has a time for each read, not for all of them.

The library that httpx sends with tells what it does, by its extension ``trace``. Before each step,
the time for the step becomes what is left of the whole. A connection that is made gets it before
each read and each write, too: a step may take many of them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

# How much is written with one look at the clock, in bytes.
_PIECE = 2**16

# What a step gets where no time is left, in seconds: it fails by itself, and closes its connection.
_SOON = 0.001


class Deadline:
    """The moment when ``seconds`` have passed; there is none if they are None."""

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds

    def left(self, step: float | None = None) -> float | None:
        """What is left of the time, in seconds, but not more than ``step``; None for any time."""
        if self._end is None:
            return step
        left = max(self._end - time.monotonic(), _SOON)
        return left if step is None else min(left, step)

    def check(self) -> None:
        """Raise TimeoutError if no time is left."""
        if self._end is not None and time.monotonic() >= self._end:
            raise TimeoutError("it took too long")

    @contextmanager
    def watching(self, request: httpx.Request) -> Iterator[None]:
        """Keep the deadline while this thread sends ``request``."""
        if self._end is None:
            yield
            return
        steps: dict[str, float | None] = request.extensions["timeout"]
        allowed = dict(steps)

        def trace(event: str, about: Mapping[str, Any]) -> None:
            # It must not raise: it is called while connections are closed, too.
            for step, seconds in allowed.items():
                steps[step] = self.left(seconds)
            if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
                _keep_deadlines(about["return_value"])

        request.extensions["trace"] = trace
        before, _current.deadline = _current.deadline, self
        try:
            yield
        finally:
            _current.deadline = before


_NONE = Deadline(None)


class _Current(threading.local):
    deadline = _NONE


# The deadline of each thread: connections are used by one after the other.
_current = _Current()


def _keep_deadlines(stream: Any) -> None:
    """Let ``stream``, a connection, keep the deadline of the thread that uses it."""
    read, write = stream.read, stream.write

    def read_in_time(size: int, timeout: float | None = None) -> Any:
        _current.deadline.check()
        return read(size, _current.deadline.left(timeout))

    def write_in_time(content: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(content), _PIECE):
            _current.deadline.check()
            write(content[start : start + _PIECE], _current.deadline.left(timeout))

    stream.read, stream.write = read_in_time, write_in_time
