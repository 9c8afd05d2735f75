"""Work that ends too early: killed at a call that changes something on disk, or by its failure.

The calls are seen by an audit hook, in a fork of this process: an audit hook cannot be removed.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
import warnings
from collections.abc import Callable
from typing import Any

_CALLS = {
    *("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink"),
    *("os.chmod", "os.chown", "os.utime", "os.setxattr"),
    "ctypes.dlsym",  # just before a call of the C library
}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT

DONE, REFUSED, NOT_REACHED, DEAD = 0, 2, 3, 86


def killed_at(number: int, work: Callable[[], object]) -> int:
    """Do ``work`` and kill it before its call ``number`` that changes something, from 1.

    Returns:
        DEAD, or NOT_REACHED if it makes fewer calls.
    """
    return _done(number, work, lambda: os._exit(DEAD))


def failing_at(number: int, work: Callable[[], object], error: int = errno.ENOSPC) -> int:
    """Do ``work``, with an error for its call ``number`` that changes something, from 1.

    Returns:
        DONE, REFUSED if it raised an OutputError, or NOT_REACHED if it makes fewer calls.
    """

    def fail() -> None:
        raise OSError(error, os.strerror(error))

    return _done(number, work, fail)


def _done(number: int, work: Callable[[], object], end: Callable[[], object]) -> int:
    from soapgen.errors import OutputError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the fork has one thread
        child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        calls = 0

        def audit(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal calls
            if event in _CALLS or (event == "open" and (arguments[2] or 0) & _WRITES):
                calls += 1
                if calls == number:
                    end()

        sys.addaudithook(audit)
        work()
        status = DONE if calls >= number else NOT_REACHED
    except OutputError:
        status = REFUSED
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)
