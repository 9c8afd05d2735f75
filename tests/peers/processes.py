"""Running what other stacks are written in: compilers, clients, and servers that end for sure."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SECONDS = 60
"""How long a server may take to start, and any other program to end."""


def run(*command: str | Path, cwd: Path, stdin: str = "") -> str:
    """What ``command`` prints; an error with all that it says if it fails."""
    result = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if result.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {result.stdout[-4000:]}{result.stderr[-4000:]}")
    return result.stdout


@contextmanager
def serving(*command: str | Path, cwd: Path) -> Iterator[str]:
    """The first line that ``command``, a server, prints: it says where it listens.

    The server and all that it started are killed at the end. Its input ends when this process does,
    however that ends, and so does a server that reads it.
    """
    log = cwd / "server.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    try:
        line = _first_line(process)
        if not line:
            raise RuntimeError(f"{command[0]} did not start: {_last(log)}")
        yield line
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _first_line(process: subprocess.Popen[bytes]) -> str:
    """The first line of what ``process`` prints; less if it ends or takes too long."""
    assert process.stdout is not None
    end, said = time.monotonic() + SECONDS, b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while b"\n" not in said and selector.select(max(0.0, end - time.monotonic())):
            piece = os.read(process.stdout.fileno(), 4096)
            if not piece:
                return ""
            said += piece
    return said.partition(b"\n")[0].decode().strip() if b"\n" in said else ""


def _last(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-4000:]


def words(lines: Sequence[str]) -> dict[str, str]:
    """What a client prints as lines of ``name=value``, by name."""
    pairs = (line.partition("=") for line in lines)
    return {name: value for name, _, value in pairs}
