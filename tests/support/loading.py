"""What a command loads: it runs in a process of its own, and lists the modules when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.support.paths import CACHE

_CODE = """
import atexit, sys
from soapgen.cli.app import run
atexit.register(lambda: print("modules:", *sys.modules))
sys.exit(run(sys.argv[1:]))
"""


def loaded(
    *arguments: str | Path, cwd: Path, interrupt_after: str = "", **environment: str
) -> set[str]:
    """The full names of the modules that ``soapgen`` with ``arguments`` loads in ``cwd``.

    Args:
        arguments: The arguments of the command, which must succeed.
        cwd: The folder to run it in.
        interrupt_after: How the first line starts after which to interrupt it; by default it runs
            to its end.
        environment: What the environment has beside what this process has.
    """
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", _CODE, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "XDG_CACHE_HOME": str(CACHE), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        if interrupt_after:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith(interrupt_after), line
            process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, errors
    return set(output.rpartition("modules:")[2].split())


def libraries(modules: set[str]) -> set[str]:
    """The names of the libraries that ``modules`` belong to."""
    return {name.partition(".")[0] for name in modules}


def parts(modules: set[str]) -> set[str]:
    """The names of what lies directly in ``soapgen`` and contains some of ``modules``."""
    return {name.split(".")[1] for name in modules if name.startswith("soapgen.")}
