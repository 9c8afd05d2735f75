"""Running what other stacks are written in: compilers, clients, and servers that end for sure."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 60
"""How long a server may take to start, and any other program to end."""

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+[\w/]*(?=.*\n)")


def run(*command: str | Path, cwd: Path) -> str:
    """What ``command`` prints.

    Raises:
        RuntimeError: It fails; with the end of all that it says.
    """
    words = [str(word) for word in command]
    result = subprocess.run(
        words, cwd=cwd, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    if result.returncode != 0:
        said = (result.stdout + result.stderr)[-4000:]
        raise RuntimeError(f"{' '.join(words[:3])} failed with {result.returncode}:\n{said}")
    return result.stdout


@contextmanager
def serving(*command: str | Path, cwd: Path, **environment: str | Path) -> Iterator[str]:
    """The address that ``command``, a server, prints once it listens.

    The server and all that it started are killed at the end. Its input ends when this process does,
    however that ends, and so does a server that reads it.

    Raises:
        RuntimeError: It ends, or gives no address in a minute.
    """
    log = cwd / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=cwd,
            env={**os.environ, **{name: str(value) for name, value in environment.items()}},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield _address(process, log)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + SECONDS
    while True:
        has_ended = process.poll() is not None
        said = log.read_text(encoding="utf-8", errors="replace")
        if found := _ADDRESS.search(said):
            return found[0]
        if has_ended or time.monotonic() > end:
            raise RuntimeError(f"the server did not start:\n{said[-4000:]}")
        time.sleep(0.02)


def free_port() -> int:
    """A port that is free now, for a server that cannot choose one itself."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
