"""Generated code without the marks by which tools leave it alone, for these tools to look at.

``python -m tests.support.unmarked FOLDER...`` copies packages to ``.cache/unmarked`` without them:
what is generated is as black lays it out, and ruff finds nothing in it, whether it may say so or
not.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from soapgen.render.marks import MARKS, marked

from tests.support.paths import PROJECT

_COPIES = PROJECT / ".cache" / "unmarked"


def unmarked(text: str) -> str:
    """``text``, a generated module, without its marks."""
    assert MARKS in text
    return text.replace(MARKS, "", 1)


def unmark(folder: Path) -> None:
    """Take the marks off all modules in ``folder``."""
    for path in folder.rglob("*.py"):
        path.write_text(unmarked(path.read_text(encoding="utf-8")), encoding="utf-8")


def mark(folder: Path) -> None:
    """Put the marks back on all modules in ``folder``."""
    for path in folder.rglob("*.py"):
        path.write_text(marked(path.read_text(encoding="utf-8")), encoding="utf-8")


def _copy(folders: list[str]) -> None:
    shutil.rmtree(_COPIES, ignore_errors=True)
    for folder in folders:
        copy = _COPIES / folder
        shutil.copytree(PROJECT / folder, copy, ignore=shutil.ignore_patterns("__pycache__"))
        unmark(copy)


if __name__ == "__main__":
    _copy(sys.argv[1:])
