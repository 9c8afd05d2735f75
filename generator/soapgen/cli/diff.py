"""``soapgen diff``: compare two contracts, for old and new clients and for code."""

from __future__ import annotations

from typing import Annotated

import typer

from .arguments import (
    Headers,
    Limits,
    StatusAlone,
    parse_headers,
    parse_limits,
    vendors_conventions,
)
from .reading import AllowedHosts, Catalog, Imports, NoRepair, read_options
from .terminal import one_line, say

_NAMED = (
    "A WSDL, a folder or a ZIP archive of WSDLs, an address, REVISION:PATH of git, or a generated "
    "package, which stands for its sources."
)


def diff(
    old: Annotated[str, typer.Argument(help=_NAMED, show_default=False)],
    new: Annotated[str, typer.Argument(help="The same, as it is now.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print tables for a pull request.")
    ] = False,
    as_changelog: Annotated[
        bool,
        typer.Option(
            "--changelog", help="Print an entry of a changelog, with the step in versions."
        ),
    ] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit 0 also if something is breaking.")
    ] = False,
    header: Headers = None,
    limit: Limits = None,
    imports: Imports = None,
    catalog: Catalog = None,
    allow_host: AllowedHosts = None,
    no_repair: NoRepair = False,
    quiet: StatusAlone = False,
) -> int:
    """Compare two contracts: exit 0 if nothing is breaking, 1 if something is."""
    import json

    from ..compare import Grade, compare, read_sides
    from ..compare.report import as_data, changelog, lines, markdown

    if as_json + as_markdown + as_changelog + quiet > 1:
        raise typer.BadParameter("give one of --json, --markdown, --changelog and --quiet.")
    reading = read_options(imports, catalog, allow_host, no_repair=no_repair)
    headers, limits = parse_headers(header), parse_limits(limit)
    conventions = vendors_conventions()
    comparison = compare(*read_sides(old, new, conventions, headers, limits, reading))
    if as_json:
        say(json.dumps(as_data(comparison), indent=2, ensure_ascii=False))
    elif not quiet:
        form = markdown if as_markdown else changelog if as_changelog else lines
        for line in form(comparison):
            say(one_line(line))
    return 1 if comparison.grade is Grade.BREAKING and not exit_zero else 0
