"""``soapgen list``: the services, ports and operations of sources, and what is left out."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from .arguments import Headers, Limits, Sources, StatusAlone, parse_headers, parse_limits
from .reading import AllowedHosts, Catalog, Imports, NoRepair, read_options
from .terminal import one_line, say

# The width of a terminal, in characters, below which a table has no room for its columns.
_NARROW = 60


def list_(
    source: Sources,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    header: Headers = None,
    limit: Limits = None,
    imports: Imports = None,
    catalog: Catalog = None,
    allow_host: AllowedHosts = None,
    no_repair: NoRepair = False,
    quiet: StatusAlone = False,
) -> None:
    """List services, ports and operations: styles, headers, faults, and what is left out."""
    import json

    from ..contract import read_all
    from ..look.listing import listing, listing_rows
    from ..sources import find_sources, read_all_documents

    if as_json and quiet:
        raise typer.BadParameter("give one of --json and --quiet.")
    reading = read_options(imports, catalog, allow_host, no_repair=no_repair)
    sources = find_sources(source, parse_headers(header), parse_limits(limit), reading)
    data = listing(read_all(read_all_documents(sources)))
    if quiet:
        return
    if as_json:
        say(json.dumps(data, indent=2, ensure_ascii=False))
        return
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    for title, rows in listing_rows(data):
        shown = [tuple(map(one_line, row)) for row in rows]
        (_print_table if is_terminal else _print_plain)(one_line(title), shown)


def _print_plain(title: str, rows: list[tuple[str, ...]]) -> None:
    say(title)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        say(f"  {'  '.join(cells)}".rstrip())


def _print_table(title: str, rows: list[tuple[str, ...]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if console.width < _NARROW:
        _print_plain(title, rows)
        return
    names = ("operation", "style", "headers", "faults")
    table = Table(title=Text(title), title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1))
    for name in names if rows and len(rows[0]) == len(names) else ("what", "why"):
        table.add_column(name, overflow="fold")  # nothing of a name is left out
    longest = max((len(row[0]) for row in rows), default=0)
    table.columns[0].min_width = min(longest, console.width // 2)
    for row in rows:
        table.add_row(*map(Text, row))
    with console.capture() as printed:
        console.print(table)
    say(printed.get(), end="")
