"""``soapgen verify``: compare the messages of the generated code with documented messages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .arguments import Headers, Limits, Quiet, Services, Source, parse_headers, parse_limits, path
from .reading import AllowedHosts, Catalog, Imports, NoRepair, read_options
from .terminal import complain, progress_bar, say, told, workers


def verify(
    source: Source,
    examples: Annotated[
        Path,
        typer.Argument(
            parser=path,
            metavar="EXAMPLES",
            help="A folder with OPERATION.request.xml and OPERATION.response.xml, what a client "
            "recorded, or with Markdown pages of messages.",
            show_default=False,
        ),
    ],
    write_to: Annotated[
        Path | None,
        typer.Option(
            "--write",
            parser=path,
            metavar="DIR",
            help="Write the messages of the generated code into this folder.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, with every example.")
    ] = False,
    service: Services = None,
    header: Headers = None,
    limit: Limits = None,
    imports: Imports = None,
    catalog: Catalog = None,
    allow_host: AllowedHosts = None,
    no_repair: NoRepair = False,
    quiet: Quiet = False,
) -> int:
    """Compare the generated code with documented messages: exit 0 only if all of them match."""
    import json

    from ..project import write_files
    from ..sources import find_sources
    from ..verify import examples_in
    from ..verify import verify as verify_examples

    reading = read_options(imports, catalog, allow_host, no_repair=no_repair)
    with progress_bar(quiet) as progress:
        verdict = verify_examples(
            find_sources(
                [source],
                parse_headers(header),
                parse_limits(limit),
                reading,
            ),
            examples_in(examples),
            service or (),
            progress,
            workers=workers(),
        )
    if write_to is not None:
        write_files(write_to, verdict.built.items(), "--write")
    if as_json:
        say(json.dumps(verdict.as_data(), indent=2, ensure_ascii=False))
    elif not quiet:
        for sentence in told(verdict.repairs, verdict.left_out):
            complain(sentence)
        from rich.console import Console

        from ..verify.report import report

        console = Console(highlight=False, soft_wrap=True)
        for part in report(verdict):
            with console.capture() as printed:
                console.print(part, markup=False)
            say(printed.get(), end="")
    return 0 if verdict.matches == len(verdict.results) else 1
