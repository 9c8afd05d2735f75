"""``soapgen fetch``: keep a WSDL and all that it imports in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .arguments import Headers, Limits, Quiet, parse_headers, parse_limits, path
from .reading import AllowedHosts, Catalog, Imports, NoRepair, read_options
from .terminal import count, say


def fetch(
    source: Annotated[
        str, typer.Argument(metavar="URL", help="The address of a WSDL.", show_default=False)
    ],
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            parser=path,
            metavar="DIR",
            help="The folder to write the documents into.",
            show_default=False,
        ),
    ],
    header: Headers = None,
    limit: Limits = None,
    imports: Imports = None,
    catalog: Catalog = None,
    allow_host: AllowedHosts = None,
    no_repair: NoRepair = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that differ from what is fetched.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Write a WSDL and all that it imports into a folder, so that builds need no network."""
    from ..project import require_same, write_files
    from ..sources import fetched_files, find_sources, read_all_documents

    reading = read_options(imports, catalog, allow_host, no_repair=no_repair)
    sources = find_sources([source], parse_headers(header), parse_limits(limit), reading)
    if sources.nested:
        raise typer.BadParameter("give the address of one WSDL.", param_hint="URL")
    (documents,) = read_all_documents(sources)
    files = fetched_files(documents)
    if not force:
        require_same(out, files)
    write_files(out, files.items(), "-o")
    if quiet:
        return
    say(f"Wrote {out}: {count(len(files), 'file')}; build from {out / next(iter(files))}.")
    for repair in documents.repairs:
        say(f"Repaired: {repair}.")
