"""A plan → its package in a folder that lasts for a while, to be imported."""

from __future__ import annotations

import importlib
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .loose_files import write_files

if TYPE_CHECKING:
    from ..plan import Family


def temporary_name() -> str:
    """A random name for a package: none of this name can have been imported before."""
    return f"soapgen_{secrets.token_hex(8)}"


@contextmanager
def temporary_package(family: Family) -> Iterator[str]:
    """The folder that has the package of ``family``, as long as the context lasts."""
    # Loading it takes long, and some commands do not need it.
    from ..render import guarded, render

    with tempfile.TemporaryDirectory(prefix="soapgen-") as folder:
        files = [(file.path, guarded(file).text.encode()) for file in render(family)]
        write_files(Path(folder) / family.name, files, "TMPDIR")
        yield folder


@contextmanager
def importable(folder: str) -> Iterator[None]:
    """Let Python find the packages in ``folder``, as long as the context lasts."""
    sys.path.insert(0, folder)
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(folder)
