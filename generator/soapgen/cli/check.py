"""``soapgen check``: compare packages with what a build would write."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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


def check(
    folder: Annotated[
        Path,
        typer.Argument(
            parser=path, metavar="DIR", help="A generated package, or a folder of them."
        ),
    ] = Path("generated"),
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
    from ..project import packages_in

    status = 0
    headers, limits = parse_headers(header), parse_limits(limit)
    announce = announcer(quiet)
    for package in packages_in(folder, announce):
        result = check_package(
            package,
            vendors_conventions,
            lambda: progress_bar(quiet),
            source or (),
            headers,
            limits=limits,
            regenerate=regenerate,
            strict=strict,
            workers=workers(),
            announce=announce,
        )
        if not quiet:
            for sentence in told(result.repairs, result.left_out):
                complain(f"{package}: {sentence}")
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
