"""docs/transcripts.md: the commands in it, typed in a folder, and what they print.

``python -m tests.cli.transcripts`` writes the page anew.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.support.paths import EDITIONS, PROJECT
from tests.support.shell import Shell

PAGE = PROJECT / "docs" / "transcripts.md"

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def typed(folder: Path) -> str:
    """The page, with what its commands print in ``folder``, which gets both editions."""
    for name, edition in (("wsdl", "1"), ("next", "2")):
        (folder / name).mkdir()
        shutil.copy(EDITIONS / edition / "People.wsdl", folder / name)
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
            yield f"{line}\n{_printed(shell, line.removeprefix('$ '))}"


def _printed(shell: Shell, command: str) -> str:
    """What ``command`` prints, with the exit status if it is not 0."""
    if command.endswith(" &"):
        return shell.serve(command.removesuffix(" &"))
    printed, status = shell.run(command)
    # How large a package is, and how long it took, changes more often than the page.
    printed = re.sub(r"^(Wrote \S+: )\d+ files? of.+", r"\1…", printed, flags=re.MULTILINE)
    printed = re.sub(r"in \d+\.\d+ s\b", "in … s", printed)
    ended = f"(exit status {status})\n" if status else ""
    return f"{printed.rstrip()}\n{ended}" if printed.strip() else ended


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        PAGE.write_text(typed(Path(scratch)), encoding="utf-8")
