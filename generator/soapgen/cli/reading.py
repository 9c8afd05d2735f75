"""The options that say how sources are read, which all commands have that read some."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..sources import ReadOptions

Imports = Annotated[
    list[str] | None,
    typer.Option(
        "--import",
        metavar="NAMESPACE=FILE",
        help="Read the schema of a namespace from this file; may be given several times.",
    ),
]
Catalog = Annotated[
    str | None,
    typer.Option(
        "--catalog",
        metavar="FILE",
        help="Look up what is imported in this XML catalog.",
    ),
]
AllowedHosts = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host",
        metavar="HOST",
        help="Also fetch what is imported from this host; may be given several times.",
    ),
]
NoRepair = Annotated[
    bool,
    typer.Option("--no-repair", help="Fail if anything in the sources would have to be mended."),
]


def reading_given(
    imports: Sequence[str] | None,
    catalog: str | None,
    hosts: Sequence[str] | None,
    *,
    no_repair: bool,
) -> dict[str, object]:
    """The options that say how sources are read, by name: a value that is false was not given."""
    return {
        "--import": imports,
        "--catalog": catalog is not None,
        "--allow-host": hosts,
        "--no-repair": no_repair,
    }


def read_options(
    imports: Sequence[str] | None,
    catalog: str | None,
    hosts: Sequence[str] | None,
    *,
    no_repair: bool,
) -> ReadOptions:
    """What the options say of how sources are read.

    Raises:
        typer.BadParameter: A value has not the form of its option, or two have one namespace.
    """
    from ..sources import ReadOptions

    files: dict[str, str] = {}
    for item in imports or ():
        namespace, _, file = item.rpartition("=")
        if not namespace.strip() or not file.strip():
            raise typer.BadParameter(f"{item!r} is not NAMESPACE=FILE.", param_hint="--import")
        if namespace in files:
            raise typer.BadParameter(f"{namespace} is given twice.", param_hint="--import")
        files[namespace] = file
    if catalog is not None and not catalog.strip():
        raise typer.BadParameter("the name is empty.", param_hint="--catalog")
    return ReadOptions(
        imports=tuple(sorted(files.items())),
        catalog=catalog or "",
        hosts=tuple(sorted({_host(item) for item in hosts or ()})),
        repair=not no_repair,
    )


def _host(text: str) -> str:
    """The host that ``text`` is, with a port where it is given."""
    from ..sources import host_problem

    if problem := host_problem(text):
        raise typer.BadParameter(f"{text!r} {problem}.", param_hint="--allow-host")
    return text.lower()
