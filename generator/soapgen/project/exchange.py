"""Two folders → exchanged in one step, by the system call for it, which Python does not offer."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS

# The system or the file system has no such call; musl and older libraries have no function for it.
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders on one file system: at any time, both names lead to one of them.

    Returns:
        Whether it was done; False where the system or the file system cannot do it.

    Raises:
        OSError: A folder cannot be moved.
    """
    if sys.platform == "win32":
        return False
    import ctypes  # takes some time to load, and is needed only where something is written

    names = os.fsencode(one), os.fsencode(other)
    library = ctypes.CDLL(None, use_errno=True)
    try:
        if sys.platform == "darwin":
            status = library.renamex_np(*names, _EXCHANGE)
        else:
            status = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE)
    except AttributeError:
        return False
    if status == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(other))
