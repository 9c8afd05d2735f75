"""The options that say how sources are read, which all commands have that read some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..sources import ReadOptions

NoRepair = Annotated[
    bool,
    typer.Option("--no-repair", help="Fail if anything in the sources would have to be mended."),
]


def read_options(*, no_repair: bool = False) -> ReadOptions:
    """What the options say of how sources are read."""
    from ..sources import ReadOptions

    return ReadOptions(repair=not no_repair)
