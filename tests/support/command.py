"""Running the command as a user does: in a process of its own, in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support import warm
from tests.support.paths import CACHE, PROJECT, SHOP

_SECONDS = 120


def soapgen(
    *arguments: str | Path, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``soapgen`` with ``arguments`` in ``cwd``.

    Args:
        arguments: The arguments of the command.
        cwd: Its working directory.
        environment: What its environment has beside what this process has. With any, Python starts
            anew for it, and reads it.
    """
    command = [sys.executable, "-m", "soapgen", *map(str, arguments)]
    whole = {**os.environ, "COLUMNS": "80", "XDG_CACHE_HOME": str(CACHE), **environment}
    if not environment:
        return subprocess.CompletedProcess(command, *warm.run(command[3:], cwd, whole, _SECONDS))
    return subprocess.run(
        command,
        cwd=cwd,
        env=whole,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def built_shop(folder: Path, *arguments: str) -> dict[str, bytes]:
    """The files of the package for tests/wsdl/shop, built in ``folder`` with ``arguments``."""
    result = soapgen("build", SHOP, "--out", folder, *arguments, cwd=PROJECT)
    assert result.returncode == 0, result.stderr
    assert soapgen("check", folder / "shop_client", cwd=PROJECT).returncode == 0
    return snapshot(folder / "shop_client")
