"""How a long piece of work reports how far it is, without knowing who shows it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many steps of it are done, and how many there are."""


def silent(what: str, done: int, total: int) -> None:
    """Report nothing."""
