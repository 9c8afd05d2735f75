"""A shell in a folder, as those have it who type what a page shows."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from tests.support.paths import CACHE

_SECONDS = 180

# Where a page says that a server listens. Tests run at once: each shell has a port of its own.
_SHOWN_PORT = 8080


class Shell:
    """Runs commands, one after the other: soapgen and Python are found first.

    Args:
        folder: The working directory.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: subprocess.Popen[str] | None = None
        self._port = _free_port()
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        own = {"PATH": path, "COLUMNS": "100", "XDG_CACHE_HOME": str(CACHE), "LC_ALL": "C.UTF-8"}
        self._environment = {**os.environ, **own, "PYTHONWARNINGS": "error"}

    def typed(self, text: str) -> str:
        """What a page shows, with the port of this shell."""
        return text.replace(f":{_SHOWN_PORT}/", f":{self._port}/")

    def shown(self, text: str) -> str:
        """What was printed, with the port that pages show, and without what pads its lines."""
        lines = text.replace(f":{self._port}/", f":{_SHOWN_PORT}/").splitlines()
        return "".join(f"{line.rstrip()}\n" for line in lines)

    def run(self, command: str) -> tuple[str, int]:
        """What ``command`` prints, and its exit status; ``export`` holds for those that follow."""
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            self._environment[name] = value
            return "", 0
        ended = subprocess.run(
            ["bash", "-c", self.typed(command)],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        return self.shown(ended.stdout), ended.returncode

    def serve(self, command: str) -> str:
        """The first line of the server that ``command`` starts; it runs until the next one."""
        self.close()
        self._server = subprocess.Popen(
            ["bash", "-c", f"exec {command} --port {self._port}"],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self._server.stdout is not None
        return self.shown(self._server.stdout.readline())

    def close(self) -> None:
        """End the server."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            self._server.communicate(timeout=_SECONDS)
            self._server = None


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
