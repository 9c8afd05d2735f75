"""``soapgen sample``: print the message of an operation, or write them all."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import completion
from .arguments import Headers, Limits, Services, Source, line, parse_headers, parse_limits, path
from .reading import AllowedHosts, Catalog, Imports, NoRepair, read_options
from .terminal import announcer, count, say, told

if TYPE_CHECKING:
    from ..messages import MakeStyle


class Style(StrEnum):
    """How a sample message is shown."""

    WIRE = "wire"
    DOCUMENTED = "documented"


def sample(
    source: Source,
    operation: Annotated[
        str | None,
        typer.Argument(
            autocompletion=completion.operations,
            help="The operation by its name in the WSDL, or SERVICE.OPERATION.",
        ),
    ] = None,
    response: Annotated[
        bool, typer.Option("--response/--request", help="Which of the two messages to print.")
    ] = False,
    style: Annotated[
        Style,
        typer.Option(
            "--style", help="As it goes over the wire, or as SuperOffice's reference pages show it."
        ),
    ] = Style.WIRE,
    timestamp: Annotated[
        str,
        typer.Option(
            "--timestamp",
            parser=line,
            metavar="TEXT",
            help="The value of every date and time.",
        ),
    ] = "2000-01-01T00:00:00Z",
    everything: Annotated[
        bool, typer.Option("--all", help="Write every message of the services into a folder.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", parser=path, metavar="DIR", help="The folder for --all."),
    ] = None,
    service: Services = None,
    header: Headers = None,
    limit: Limits = None,
    imports: Imports = None,
    catalog: Catalog = None,
    allow_host: AllowedHosts = None,
    no_repair: NoRepair = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing but the message, and errors.")
    ] = False,
) -> None:
    """Print a sample message of an operation, ready to paste; or write them all."""
    from ..messages import read_samples
    from ..sources import find_sources

    if everything != (operation is None) or everything != (out is not None):
        raise typer.BadParameter("give an operation, or --all with -o DIR.", param_hint="OPERATION")
    reading = read_options(imports, catalog, allow_host, no_repair=no_repair)
    sources = find_sources([source], parse_headers(header), parse_limits(limit), reading)
    samples = read_samples(sources, _shown(style, timestamp), tuple(service or ()))
    announce = announcer(quiet)
    for sentence in told(samples.repairs, samples.left_out, samples.obstacles):
        announce(sentence)
    if out is not None:
        from ..project import write_files

        messages = [(name, text.encode()) for name, text in samples.all()]
        write_files(out, messages, "-o")
        if not quiet:
            say(f"Wrote {out}: {count(len(messages), 'message')}.")
    elif operation is not None:
        message = samples.response(operation) if response else samples.request(operation)
        say(message, end="")


def _shown(style: Style, timestamp: str) -> MakeStyle:
    if style is Style.WIRE:
        from ..messages import on_the_wire

        return on_the_wire(timestamp)
    from ..vendors import as_documented

    return as_documented(timestamp)
