"""``python -m tests.ci``: try out what docs/ci.md says, and print its transcripts."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from .machine import PAGE, Machine
from .transcripts import section, stories, written


def main(
    write: Annotated[bool, typer.Option(help="Write them into docs/ci.md, too.")] = False,
) -> None:
    """Print the transcripts."""
    with tempfile.TemporaryDirectory() as folder:
        text = section(stories(Machine(Path(folder))))
    print(text)
    if write:
        PAGE.write_text(written(text), encoding="utf-8")


typer.run(main)
