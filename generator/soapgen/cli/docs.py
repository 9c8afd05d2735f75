"""``soapgen docs``: write a reference that people read in a browser."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from . import completion
from .arguments import (
    Docs,
    Headers,
    Limits,
    Name,
    Quiet,
    Services,
    parse_headers,
    parse_limits,
    path,
    vendors_conventions,
)
from .reading import AllowedHosts, Catalog, Imports, NoRepair, read_options, reading_given
from .terminal import announcer, count, progress_bar, say, told
from .wanted import (
    placed,
    require_name,
    require_not_given,
    require_package_name,
    wanted_packages,
)


def docs(
    out: Annotated[
        Path,
        typer.Option(
            "-o",
            "--out",
            parser=path,
            metavar="DIR",
            help="The folder to write the pages into.",
            show_default=False,
        ),
    ],
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE...]",
            help="What to describe: sources, as for build, or a package. By default the one that "
            "the configuration has.",
            show_default=False,
        ),
    ] = None,
    name: Name = None,
    service: Services = None,
    operation: Annotated[
        list[str] | None,
        typer.Option(
            "--operation",
            "-O",
            autocompletion=completion.operations,
            help="Describe this operation only, OPERATION or SERVICE.OPERATION; "
            "may be given several times.",
        ),
    ] = None,
    docs: Docs = None,
    header: Headers = None,
    limit: Limits = None,
    imports: Imports = None,
    catalog: Catalog = None,
    allow_host: AllowedHosts = None,
    no_repair: NoRepair = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Overwrite files that soapgen did not write, or were edited."),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Write a reference of services, operations and types: pages to read in a browser, offline."""
    from ..project import Options, UserFolder, Wanted
    from ..reference.site import reference
    from ..reference.written import write_reference
    from ..sources import find_sources

    what_it_is: dict[str, object] = {
        "--name": name is not None,
        "--service": service,
        "--operation": operation,
        "--docs": docs is not None,
        **reading_given(imports, catalog, allow_host, no_repair=no_repair),
    }
    if name is not None:
        require_package_name(name)
    packages = wanted_packages(sources or ())
    require_not_given(packages, what_it_is)
    if len(packages) > 1:
        raise typer.BadParameter("there are several packages: name one.", param_hint="SOURCE")
    options = Options(
        name=name,
        services=tuple(service or ()),
        operations=tuple(operation or ()),
        docs=UserFolder(str(docs or "")),
        reading=read_options(imports, catalog, allow_host, no_repair=no_repair),
    )
    wanted = packages[0] if packages else Wanted(tuple(sources or ()), options, out)
    started = time.perf_counter()
    limits = parse_limits(limit)
    with placed(wanted):
        found = find_sources(wanted.sources, parse_headers(header), limits, wanted.options.reading)
        require_name(found, wanted)
        with progress_bar(quiet) as progress:
            made = reference(found, wanted.options, vendors_conventions(), progress)
    report = write_reference(out, made.files, force=force, announce=announcer(quiet))
    if quiet:
        return
    operations = sum(len(item.operations) for item in made.site.services)
    size = sum(map(len, made.files.values())) / 2**20
    say(
        f"Read {', '.join(wanted.sources)}: {count(len(made.site.services), 'service')}, "
        f"{count(operations, 'operation')}, {count(made.types, 'type')}."
    )
    if report.written or report.removed:
        say(
            f"Wrote {out}: {count(len(report.written), 'file')} of {len(made.files) + 1:,}, "
            f"{size:.1f} MB in all, in {time.perf_counter() - started:.1f} s. "
            f"Open {out / 'index.html'} in a browser."
        )
    else:
        say(f"{out} is up to date: nothing written.")
    for sentence in told(made.repairs, made.left_out):
        say(sentence)
