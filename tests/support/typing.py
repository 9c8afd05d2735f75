"""Asking mypy and pyright about packages and programs, as their users do: with no settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zlib import crc32

import pytest

from tests.support.paths import CACHE, PROJECT

_CACHE = f"--cache-dir={CACHE / 'mypy'}"
_MYPY = (sys.executable, "-m", "mypy", "--strict", "--config-file=", _CACHE)
_PYRIGHT = PROJECT / ".cache" / "pyright" / "node_modules" / ".bin" / "pyright"

HAS_PYRIGHT = _PYRIGHT.is_file()
needs_pyright = pytest.mark.skipif(
    not HAS_PYRIGHT, reason="pyright is not installed: run make pyright"
)


def mypy(*arguments: str | Path, cwd: Path) -> str:
    """What ``mypy --strict`` prints, run with ``arguments`` in ``cwd``.

    All tests share one cache, so that the standard library and httpx are read once.
    """
    if not cwd.is_relative_to(PROJECT):
        _date(cwd)
    return _printed(_MYPY, arguments, cwd)


def pyright(*arguments: str | Path, cwd: Path) -> str:
    """What pyright prints, run with ``arguments`` in ``cwd``."""
    return _printed((_PYRIGHT, "--pythonpath", sys.executable), arguments, cwd)


def _printed(command: tuple[str | Path, ...], arguments: tuple[str | Path, ...], cwd: Path) -> str:
    whole = command + arguments
    return subprocess.run(whole, cwd=cwd, capture_output=True, text=True, check=False).stdout


def _date(folder: Path) -> None:
    """Give each module below ``folder`` a time that follows from its text.

    Mypy takes a module for one that it knows if path, size and second are the same. Paths are
    relative, so modules of several tests have the same one.
    """
    for path in folder.rglob("*.py"):
        seconds = crc32(path.read_bytes()) >> 1
        os.utime(path, (seconds, seconds))
