"""docs/transcripts.md: the commands in it, typed in a folder, and what they print.

``python -m tests.cli.transcripts`` writes the page anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.support.paths import CACHE, EDITIONS, PROJECT

PAGE = PROJECT / "docs" / "transcripts.md"

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_PORT = "8080"
_SECONDS = 60


class Shell:
    """A shell in a folder with the two editions of a contract.

    Args:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        for name, edition in (("wsdl", "1"), ("next", "2")):
            (folder / name).mkdir()
            shutil.copy(EDITIONS / edition / "People.wsdl", folder / name)
        self._folder = folder
        self._port = _PORT
        self._server: subprocess.Popen[str] | None = None
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        more = {"PATH": path, "COLUMNS": "100", "XDG_CACHE_HOME": str(CACHE), "LC_ALL": "C.UTF-8"}
        self._environment = {**os.environ, **more}

    def type(self, command: str) -> str:
        """What ``command`` prints, with the exit status if it is not 0."""
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            self._environment[name] = value
            return ""
        if command.endswith(" &"):
            return self._shown(self._start(command.removesuffix(" &")))
        typed = command.replace(f":{_PORT}/", f":{self._port}/")
        ended = subprocess.run(
            ["sh", "-c", typed],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        status = f"(exit status {ended.returncode})\n" if ended.returncode else ""
        return self._shown(ended.stdout) + status

    def close(self) -> None:
        """End the server."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            self._server.communicate(timeout=_SECONDS)

    def _start(self, command: str) -> str:
        """The first line of the server that ``command`` starts, at a port that is free."""
        self._server = subprocess.Popen(
            [*shlex.split(command), "--port", "0"],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._server.stdout is not None
        line = self._server.stdout.readline()
        found = re.search(r":(\d+)/", line)
        assert found is not None, line
        self._port = found[1]
        return line

    def _shown(self, printed: str) -> str:
        # How large a package is, and how long it took, changes more often than the page.
        printed = re.sub(r"^(Wrote \S+: )\d+ files? of.+", r"\1…", printed, flags=re.MULTILINE)
        printed = re.sub(r"in \d+\.\d+ s\b", "in … s", printed)
        printed = printed.replace(f":{self._port}/", f":{_PORT}/").rstrip("\n")
        lines = [line.rstrip() for line in printed.splitlines()]
        return "".join(f"{line}\n" for line in lines)


def typed(folder: Path) -> str:
    """The page, with what its commands print in ``folder``."""
    shell = Shell(folder)
    try:
        return _BLOCK.sub(
            lambda block: "```console\n" + "".join(_transcript(shell, block[1])) + "```",
            PAGE.read_text(encoding="utf-8"),
        )
    finally:
        shell.close()


def _transcript(shell: Shell, block: str) -> Iterator[str]:
    for line in block.splitlines():
        if line.startswith("$ "):
            yield f"{line}\n{shell.type(line.removeprefix('$ '))}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        PAGE.write_text(typed(Path(scratch)), encoding="utf-8")
