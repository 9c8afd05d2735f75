"""Who may work in a folder: one process at a time, and the next when that one ends or dies.

The lock is one on the folder itself, so that no file is left in anybody's repository. It belongs to
the process: no stale lock can remain.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Announce = Callable[[str], None]
"""Tells the user, in one line, what a command waits for."""

_PAUSE_SECONDS = 0.05
_PAUSES_BEFORE_ANNOUNCING = 20


def unannounced(text: str) -> None:
    """Tell the user nothing."""


@contextmanager
def turn(folder: Path, announce: Announce) -> Iterator[None]:
    """Wait until no other process has its turn in ``folder``, and then keep others waiting.

    Args:
        folder: The folder; it must exist.
        announce: Called once if the other process takes long.

    Raises:
        OSError: The folder is not there, or there is no way to lock it.
    """
    descriptor = _locked(folder, announce)
    try:
        yield
    finally:
        os.close(descriptor)


def _locked(folder: Path, announce: Announce) -> int:
    """A descriptor whose lock is that of ``folder``; the lock ends when it is closed."""
    descriptor = _open_folder(folder)
    pauses = 0
    try:
        while not _lock(descriptor):
            if pauses == _PAUSES_BEFORE_ANNOUNCING:
                announce(f"waiting for another soapgen that is writing in {folder}")
            time.sleep(_PAUSE_SECONDS)
            pauses += 1
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _open_folder(folder: Path) -> int:
    """A descriptor of the folder or, where folders have no locks, of a file that stands for it.

    Windows locks no folders, and network file systems lock only what is open for writing.
    """
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            _lock(descriptor)
            return descriptor
        except OSError:
            os.close(descriptor)
    from platformdirs import user_cache_path

    locks = user_cache_path("soapgen", appauthor=False) / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(os.fsencode(folder.resolve(strict=True))).hexdigest()
    return os.open(locks / name, os.O_RDWR | os.O_CREAT, 0o600)


def _lock(descriptor: int) -> bool:
    """Lock what ``descriptor`` is open for; False if another process has it locked."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True
