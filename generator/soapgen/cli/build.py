"""``soapgen build``: write a package."""

from __future__ import annotations

import json
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import completion
from .arguments import (
    Docs,
    Headers,
    Limits,
    Name,
    Quiet,
    Services,
    SourcesOrPackages,
    Strict,
    parse_headers,
    parse_limits,
    path,
    vendors_conventions,
)
from .reading import AllowedHosts, Catalog, Imports, NoRepair, read_options, reading_given
from .terminal import announcer, count, progress_bar, say, told, workers
from .wanted import (
    placed,
    require_name,
    require_not_given,
    require_package_name,
    wanted_packages,
)

if TYPE_CHECKING:
    from ..project import Built, Report, Wanted
    from ..project.generate import Generated
    from ..sources import Limits as SourceLimits


class Extra(StrEnum):
    """The optional modules of a package."""

    ADDRESSING = "addressing"
    AIOHTTP = "aiohttp"
    JSON = "json"
    PROTOCOL = "protocol"
    RECORDING = "recording"
    SECURITY = "security"
    TELEMETRY = "telemetry"
    URLLIB3 = "urllib3"


def build(
    sources: SourcesOrPackages = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            parser=path,
            metavar="DIR",
            help="The folder to write the package into, by default generated.",
        ),
    ] = None,
    name: Name = None,
    server: Annotated[
        bool,
        typer.Option("--server", help="Also write what reads requests and writes responses."),
    ] = False,
    facets: Annotated[
        bool,
        typer.Option("--facets", help="Also check what is written against lengths, patterns, …"),
    ] = False,
    service: Services = None,
    operation: Annotated[
        list[str] | None,
        typer.Option(
            "--operation",
            "-O",
            autocompletion=completion.operations,
            help="Write this operation only, OPERATION or SERVICE.OPERATION; "
            "may be given several times.",
        ),
    ] = None,
    keep_apart: Annotated[
        list[str] | None,
        typer.Option(
            "--keep-apart",
            metavar="NAMESPACE",
            help="Give each service its own types of this namespace; may be given several times.",
        ),
    ] = None,
    extra: Annotated[
        list[Extra] | None,
        typer.Option(
            "--with",
            help="Also write the module for WS-Addressing, WS-Security, JSON of models, protocols "
            "of clients, recordings or spans of OpenTelemetry; may be given several times.",
        ),
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(
            "--templates",
            parser=path,
            metavar="DIR",
            help="Take templates of your own from this folder, in place of soapgen's.",
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
        bool, typer.Option("--force", help="Overwrite files that were edited by hand.")
    ] = False,
    strict: Strict = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was done, mended and left out as JSON.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Write a Python package for the service in a WSDL, or for the services in several."""
    from ..project import Options, UserFolder, Wanted

    what_it_is: dict[str, object] = {
        "--out": out is not None,
        "--name": name is not None,
        "--server": server,
        "--facets": facets,
        "--service": service,
        "--operation": operation,
        "--keep-apart": keep_apart,
        "--with": extra,
        "--templates": templates is not None,
        "--docs": docs is not None,
        **reading_given(imports, catalog, allow_host, no_repair=no_repair),
    }
    if name is not None:
        require_package_name(name)
    is_named = bool(sources)
    wanted = wanted_packages(sources or ())
    require_not_given(wanted, what_it_is)
    if not wanted:
        options = Options(
            name=name,
            server=server,
            facets=facets,
            services=tuple(service or ()),
            operations=tuple(operation or ()),
            unshared=tuple(keep_apart or ()),
            extras=tuple(extra or ()),
            templates=UserFolder(str(templates or "")),
            docs=UserFolder(str(docs or "")),
            reading=read_options(imports, catalog, allow_host, no_repair=no_repair),
        )
        wanted = [Wanted(tuple(sources or ()), options, out or Path("generated"))]
    headers, limits = parse_headers(header), parse_limits(limit)
    reports: list[dict[str, object]] = []
    for item in wanted:
        started = time.perf_counter()
        with placed(item):
            built = _built(
                item, headers, limits, force=force, strict=strict, quiet=quiet or as_json
            )
        if as_json:
            reports.append(_as_data(built))
        elif not quiet:
            _print(built, started)
    if as_json:
        # One package that is named by its sources is one object, as there can be no other.
        is_one = is_named and not wanted[0].said_in
        say(json.dumps(reports[0] if is_one else reports, indent=2))


def _built(
    wanted: Wanted,
    headers: dict[str, str],
    limits: SourceLimits,
    *,
    force: bool,
    strict: bool,
    quiet: bool,
) -> Built:
    from ..project import build as build_package
    from ..sources import find_sources

    names = wanted.sources
    wsdls = find_sources(names, headers, limits, wanted.options.reading)
    require_name(wsdls, wanted)
    return build_package(
        wsdls,
        wanted.options,
        wanted.out,
        vendors_conventions,
        lambda: progress_bar(quiet),
        force=force,
        strict=strict or wanted.strict,
        workers=workers(),
        announce=announcer(quiet),
    )


def _print(built: Built, started: float) -> None:
    if built.generated is None or built.report is None:
        _print_up_to_date(built.folder, started)
    else:
        _print_read(built.generated)
        _print_written(built.generated, built.folder, built.report, started)
    for change in built.changed:
        say(f"Changed since the last build: {change}.")
    for sentence in told(built.repairs, built.left_out):
        say(sentence)


def _as_data(built: Built) -> dict[str, object]:
    """What was done, for machines; of a package that is up to date what is not in it."""
    data: dict[str, object] = {
        "package": str(built.folder),
        "up_to_date": built.generated is None,
        "repaired": [item.as_data() for item in built.repairs],
        "left_out": [item.as_data() for item in built.left_out],
    }
    if built.generated is None or built.report is None:
        return data
    plan = built.generated.plan
    return data | {
        "changed": list(built.changed),
        "services": [package.service for package in plan.packages],
        "operations": plan.operations,
        "types": plan.types,
        "written": list(built.report.written),
        "removed": list(built.report.removed),
    }


def _print_read(generated: Generated) -> None:
    plan = generated.plan
    services = (
        count(len(plan.packages), "service")
        if plan.nested
        else f"service {plan.packages[0].service}"
    )
    documents = sum(map(len, generated.inputs.values()))
    shown = ", ".join(generated.inputs)
    say(
        f"Read {shown}: {services}, {count(plan.operations, 'operation')}, "
        f"{count(plan.types, 'type')}, from {count(documents, 'file')}.",
    )


def _print_up_to_date(folder: Path, started: float) -> None:
    say(f"{folder} is up to date: nothing written, in {_seconds_since(started)}.")


def _print_written(generated: Generated, folder: Path, report: Report, started: float) -> None:
    if not report.written and not report.removed:
        _print_up_to_date(folder, started)
        return
    lines = sum(file.text.count("\n") for file in generated.files)
    removed = f", removed {', '.join(report.removed)}" if report.removed else ""
    say(
        f"Wrote {folder}: {count(len(report.written), 'file')} of {len(generated.files) + 1}, "
        f"{lines:,} lines in all{removed}, in {_seconds_since(started)}.",
    )


def _seconds_since(started: float) -> str:
    return f"{time.perf_counter() - started:.1f} s"
