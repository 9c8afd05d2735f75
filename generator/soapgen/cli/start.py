"""Starts the command line and ends the process: whatever happens, with one line and a status."""

from __future__ import annotations

import errno
import gc
import sys
import tempfile
import traceback

from .. import __version__
from ..errors import GuardError
from .terminal import ERROR, INTERRUPTED, complain, prepare_output

_FULL = (errno.ENOSPC, errno.EDQUOT)

_FAILED = 2
_BUG = 70  # EX_SOFTWARE of sysexits.h


def main() -> None:
    """Run the command line and exit with what ``app.run`` returns, or with 70 for a bug."""
    # A command is short, and most objects live until it ends: collecting garbage as often as Python
    # does by default, and once more at the end, would take a tenth of the time.
    gc.set_threshold(100_000, 20, 20)
    status = _run(sys.argv[1:])
    gc.freeze()
    sys.exit(status)


def _run(arguments: list[str]) -> int:
    try:
        prepare_output()
        # Loading it takes long enough to be interrupted.
        from .app import run

        return run(arguments)
    except KeyboardInterrupt:
        complain(f"{ERROR}interrupted")
        return INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _FULL:
            complain(f"{ERROR}{error.strerror}; make room there")
            return _FAILED
        complain(f"{ERROR}{_report(error)}")
        return _BUG


def _report(error: Exception) -> str:
    """What to say of an exception that nobody foresaw; a file has more, in the temporary folder."""
    reason = str(error) if isinstance(error, GuardError) else type(error).__name__
    what = f"this is a bug in soapgen: {reason}; please report it, with"
    try:
        with tempfile.NamedTemporaryFile(
            "w",
            encoding="utf-8",
            errors="backslashreplace",
            prefix="soapgen-",
            suffix=".log",
            delete=False,
        ) as file:
            file.write(f"soapgen {__version__}, Python {sys.version}\n\n")
            file.writelines(traceback.format_exception(error))
    except OSError:
        return f"{what} the command and the WSDL"
    return f"{what} what is in {file.name}"
