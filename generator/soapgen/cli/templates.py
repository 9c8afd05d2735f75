"""``soapgen templates``: list the templates, or copy some to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .arguments import Quiet, path
from .terminal import say


def templates(
    copy: Annotated[
        list[str] | None,
        typer.Option(
            "--copy",
            metavar="NAME",
            help="Write the original of this template, to start from; may be given several times.",
        ),
    ] = None,
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", parser=path, metavar="DIR", help="The folder to write copies into."
        ),
    ] = Path("templates"),
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite copies that were edited.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """List the templates, or copy some of them, for build --templates."""
    from ..project import require_same, write_files
    from ..render import copied, listed

    if not copy:
        rows = list(listed())
        width = max(len(name) for name, _ in rows)
        for name, sentence in rows:
            say(f"{name.ljust(width)}  {sentence}")
        return
    texts = {name: copied(name).encode() for name in copy}
    if not force:
        require_same(out, texts)
    write_files(out, texts.items(), "--out")
    if not quiet:
        for name in texts:
            say(f"Wrote {out / name}.")
