"""``soapgen check``: compare packages with what a build would write."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .arguments import (
    Headers,
    Limits,
    Quiet,
    Strict,
    parse_headers,
    parse_limits,
    path,
    vendors_conventions,
)
from .terminal import announcer, complain, progress_bar, say, told, workers
from .wanted import configuration, placed

if TYPE_CHECKING:
    from ..project import Wanted


def check(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            parser=path,
            metavar="[DIR...]",
            help="Generated packages, or folders of them; by default all that the configuration "
            "has or, where there is none, those in generated.",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            help="The source, if it is not where the manifest says; may be given several times.",
        ),
    ] = None,
    header: Headers = None,
    limit: Limits = None,
    regenerate: Annotated[
        bool,
        typer.Option("--regenerate", help="Build even if no hash in the manifest differs."),
    ] = False,
    strict: Strict = False,
    quiet: Quiet = False,
) -> int:
    """Compare generated packages with what a build would write now: exit 0, or 1 if stale."""
    from ..project import check as check_package

    status = 0
    headers, limits = parse_headers(header), parse_limits(limit)
    announce = announcer(quiet)
    for package, wanted in _packages(folders or (), announce):
        if wanted is not None and not package.exists():
            status = 1
            complain(f"{package} is missing; run: {shlex.join(('soapgen', 'build', str(package)))}")
            continue
        with placed(wanted):
            result = check_package(
                package,
                vendors_conventions,
                lambda: progress_bar(quiet),
                source or (),
                headers,
                limits=limits,
                regenerate=regenerate,
                strict=strict or (wanted is not None and wanted.strict),
                workers=workers(),
                announce=announce,
                wanted=wanted,
            )
        for sentence in told(result.repairs, result.left_out):
            announce(f"{package}: {sentence}")
        if result.is_fresh:
            if not quiet:
                say(f"{package} is fresh.")
            continue
        status = 1
        if not quiet:
            say(result.diff.rstrip("\n"))
        for remark in result.remarks:
            complain(f"{package}: {remark}")
        complain(f"{package} is stale; run: {result.command}")
    return status


def _packages(
    folders: Sequence[Path], announce: Callable[[str], None]
) -> Iterator[tuple[Path, Wanted | None]]:
    """The packages to check, each with what the configuration says of it."""
    from ..project import packages_in

    configured = configuration()
    if configured is not None and not folders:
        for wanted in configured.wanted:
            yield wanted.folder, wanted
        return
    for folder in dict.fromkeys(folders or [Path("generated")]):
        if configured is not None and (wanted_here := configured.of(folder)):
            yield folder, wanted_here
            continue
        for package in packages_in(folder, announce):
            yield package, configured.of(package) if configured else None
