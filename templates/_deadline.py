"""A deadline for a request: a socket has a time for each read, not for all of them."""

from __future__ import annotations

import threading
import time

# How much is written with one look at the clock, in bytes.
PIECE = 2**16

# What a step gets where no time is left, in seconds: it fails by itself, and closes its connection.
_SOON = 0.001

# How long a step of a connection may take if nothing else is said, in seconds.
STEP = 60.0


class Deadline:
    """The moment when a time has passed.

    Attributes:
        timeout: The time that the caller asked for, in seconds; None if none was.
    """

    def __init__(self, timeout: float | None, longest: float | None = None) -> None:
        """Start the time: ``timeout``, or else ``longest``; without both, there is no end."""
        self.timeout = timeout
        seconds = longest if timeout is None else timeout
        self._end = None if seconds is None else time.monotonic() + seconds

    def left(self, step: float | None = None) -> float | None:
        """What is left of the time, in seconds, but not more than ``step``; None for any time."""
        if self._end is None:
            return step
        left = self._end - time.monotonic()
        if left < _SOON:
            return _SOON
        return left if step is None or left < step else step

    def step(self) -> float | None:
        """How long the next step may take, in seconds: 60, if the caller asked for no time."""
        return self.left(STEP if self.timeout is None else None)

    def check(self) -> None:
        """Raise TimeoutError if no time is left."""
        if self._end is not None and time.monotonic() >= self._end:
            raise TimeoutError("it took too long")

    def checked(self, step: float | None = None) -> float | None:
        """``left``; TimeoutError is raised if that is nothing."""
        self.check()
        return self.left(step)


class Current(threading.local):
    """The deadline of each thread: connections are used by one after the other."""

    deadline = Deadline(None)


current = Current()
