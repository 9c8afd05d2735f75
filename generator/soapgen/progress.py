"""How a long task reports its progress, without knowing who shows it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the step that comes next, the number of steps done, and that of all steps."""


def silent(what: str, done: int, total: int) -> None:
    """Report nothing."""
