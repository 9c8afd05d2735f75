"""A process that has loaded all that soapgen needs, and runs each command in a copy of itself.

Most commands take less time than loading Python, xmlschema, black and the templates. A copy has
its own memory, working directory, environment, outputs and end, as a process has that is new.
"""

from __future__ import annotations

import gc
import importlib
import io
import json
import os
import pkgutil
import runpy
import signal
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from threading import Lock

import soapgen
from soapgen.cli import app

from tests.support.paths import ECHO, PROJECT

_lock = Lock()


def run(
    arguments: list[str], cwd: Path, environment: dict[str, str], timeout: int
) -> tuple[int, str, str]:
    """Run ``soapgen`` with ``arguments`` in ``cwd``, in a process of its own.

    Args:
        arguments: The arguments of the command.
        cwd: Its working directory.
        environment: Its whole environment. What Python reads when it starts has no effect.
        timeout: After how many seconds a signal ends it.

    Returns:
        Its status, as subprocess has it, its output and its errors.
    """
    with _lock, tempfile.TemporaryDirectory() as folder:
        output, errors = Path(folder, "output"), Path(folder, "errors")
        process = _process()
        assert process.stdin is not None
        assert process.stdout is not None
        order = [arguments, str(cwd), environment, timeout, str(output), str(errors)]
        process.stdin.write(f"{json.dumps(order)}\n")
        process.stdin.flush()
        status = int(process.stdout.readline())
        return status, output.read_text("utf-8"), errors.read_text("utf-8")


@cache
def _process() -> subprocess.Popen[str]:
    """The process. It ends with this one, which closes its input then."""
    return subprocess.Popen(
        [sys.executable, "-m", __name__],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _serve() -> None:
    """Run what each line of the input orders, and print its status."""
    _load()
    while line := sys.stdin.readline():
        arguments, cwd, environment, timeout, output, errors = json.loads(line)
        child = os.fork()
        if not child:
            signal.alarm(timeout)  # ends the process
            _become(cwd, environment, output, errors)
            sys.argv = ["soapgen", *arguments]
            runpy.run_module("soapgen", run_name="__main__", alter_sys=True)
            return
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _load() -> None:
    """Load every module of soapgen, and what is loaded and made when a command is run."""
    for module in pkgutil.walk_packages(soapgen.__path__, "soapgen."):
        if module.name not in ("soapgen.__main__", "soapgen.pytest_plugin"):
            importlib.import_module(module.name)
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
        os.environ["XDG_CACHE_HOME"] = folder
        app.run(["build", str(ECHO), "--server", "--out", folder])
    gc.freeze()  # a copy shares what it does not change, and collecting garbage changes all


def _become(cwd: str, environment: dict[str, str], output: str, errors: str) -> None:
    """Let this process be as one that was started in ``cwd``, with nothing to read."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[0] = cwd
    for number, name in enumerate((os.devnull, output, errors)):
        opened = os.open(name, os.O_RDWR | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)


if __name__ == "__main__":
    _serve()
