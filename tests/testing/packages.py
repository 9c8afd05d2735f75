"""Packages as users have them, with their manifests, to test against."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

from tests.support.command import soapgen
from tests.support.paths import PROJECT


def built(source: str | Path, folder: Path, name: str, *options: str) -> ModuleType:
    """The package ``name`` for ``source``, built below ``folder`` by the command, and imported."""
    command = ("build", source, "--out", folder, "--name", name, *options)
    result = soapgen(*command, cwd=PROJECT)
    assert result.returncode == 0, result.stderr
    return imported(folder, name)


def imported(folder: Path, name: str) -> ModuleType:
    """The package ``name`` in ``folder``, with the modules that tests use."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    return importlib.import_module(name)
