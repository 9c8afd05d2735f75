"""The command line: the only module that prints, and the only one that exits."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .. import __version__
from ..errors import SoapgenError
from ..messages.styles import Style
from ..progress import Progress, silent
from ..project.options import Options

if TYPE_CHECKING:
    from ..project.generate import Generated
    from ..project.write import Report

app = typer.Typer(
    name="soapgen",
    help="Write small, typed, readable Python packages from WSDL.",
    add_completion=False,
    pretty_exceptions_enable=False,
)

# Newer versions of Typer carry a copy of click, whose classes are not those of the package click;
# what a wrong command line raises is found through the one that Typer exports.
_UsageError: Any = typer.BadParameter.__mro__[1]

# Each command imports what it needs itself: nobody waits for what another one needs.


def main() -> None:
    """Run the command line and exit: 0 done, 1 stale, 2 a mistake that the message explains."""
    # A command is short and makes many objects that live as long as it does: to look for garbage
    # among them as often as Python does by default, and once more at the end, takes a tenth of
    # the time.
    gc.set_threshold(100_000, 20, 20)
    status = run(sys.argv[1:])
    gc.freeze()
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run the command line with ``arguments`` and return its exit status."""
    try:
        status = typer.main.get_command(app).main(
            arguments, prog_name="soapgen", standalone_mode=False
        )
    except _UsageError as error:
        _fail(f"{_first_line(error)} See `soapgen --help`.")
        return 2
    except SoapgenError as error:
        _fail(str(error))
        return 2
    except (KeyboardInterrupt, typer.Abort):
        _fail("interrupted")
        return 130
    return int(status or 0)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"soapgen {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


class Extra(StrEnum):
    """The modules that a package may have beside those that it needs."""

    ADDRESSING = "addressing"
    SECURITY = "security"


_Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="What to read: WSDLs, folders or ZIP archives of them, addresses.",
        show_default=False,
    ),
]
_Services = Annotated[
    list[str] | None,
    typer.Option("--service", help="Take this service only; may be given several times."),
]
_Headers = Annotated[
    list[str] | None,
    typer.Option("--header", help='Send "NAME: VALUE" to addresses; may be given several times.'),
]
_Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")]


@app.command()
def build(
    sources: _Sources,
    out: Annotated[
        Path, typer.Option("--out", help="The folder to write the package into.")
    ] = Path("generated"),
    name: Annotated[
        str | None,
        typer.Option(
            "--name", help="The package's name, by default the source's with _client behind it."
        ),
    ] = None,
    server: Annotated[
        bool,
        typer.Option("--server", help="Also write what reads requests and writes responses."),
    ] = False,
    service: _Services = None,
    operation: Annotated[
        list[str] | None,
        typer.Option(
            "--operation",
            "-O",
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
            help="Also write the module for WS-Addressing or WS-Security; may be given twice.",
        ),
    ] = None,
    header: _Headers = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that were edited by hand.")
    ] = False,
    quiet: _Quiet = False,
) -> None:
    """Write a Python package for the service in a WSDL, or for the services in several."""
    from .. import naming
    from ..project.build import build as build_package
    from ..sources.find import find_sources

    started = time.perf_counter()
    if name is not None and (problem := naming.package_problem(name)):
        raise typer.BadParameter(f"{name!r} {problem}.", param_hint="--name")
    options = Options(
        name=name,
        server=server,
        services=tuple(service or ()),
        operations=tuple(operation or ()),
        apart=tuple(keep_apart or ()),
        extras=tuple(extra or ()),
    )
    found = find_sources(sources, _headers(header))
    if not name and not found.stem:
        raise typer.BadParameter("several sources need a name.", param_hint="--name")
    built = build_package(
        found, options, out, lambda: _progress(quiet), force=force, workers=_workers()
    )
    if quiet:
        return
    if built.generated is None or built.report is None:
        _say_it_is_up_to_date(built.folder, started)
    else:
        _say_what_was_read(built.generated)
        _say_what_was_written(built.generated, built.folder, built.report, started)


def _say_what_was_read(generated: Generated) -> None:
    plan = generated.plan
    services = (
        _count(len(plan.packages), "service")
        if plan.nested
        else f"service {plan.packages[0].service}"
    )
    documents = sum(map(len, generated.inputs.values()))
    shown = ", ".join(generated.inputs)
    typer.echo(
        f"Read {shown}: {services}, {_count(plan.operations, 'operation')}, "
        f"{_count(plan.types, 'type')}, from {_count(documents, 'file')}.",
    )


def _say_it_is_up_to_date(folder: Path, started: float) -> None:
    typer.echo(f"{folder} is up to date: nothing written, in {_seconds_since(started)}.")


def _say_what_was_written(
    generated: Generated, folder: Path, report: Report, started: float
) -> None:
    if not report.written and not report.removed:
        _say_it_is_up_to_date(folder, started)
        return
    lines = sum(file.text.count("\n") for file in generated.files)
    removed = f", removed {', '.join(report.removed)}" if report.removed else ""
    typer.echo(
        f"Wrote {folder}: {_count(len(report.written), 'file')} of {len(generated.files) + 1}, "
        f"{lines:,} lines in all{removed}, in {_seconds_since(started)}.",
    )


def _seconds_since(started: float) -> str:
    return f"{time.perf_counter() - started:.1f} s"


@app.command()
def check(
    folder: Annotated[
        Path, typer.Argument(help="A generated package, or a folder of them.")
    ] = Path("generated"),
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            help="The source, where the manifest does not say where it is; "
            "may be given several times.",
        ),
    ] = None,
    header: _Headers = None,
    regenerate: Annotated[
        bool,
        typer.Option("--regenerate", help="Build in any case: believe no hash in the manifest."),
    ] = False,
    quiet: _Quiet = False,
) -> int:
    """Tell whether generated packages are what a build would write now: exit 0, or 1 if stale."""
    from ..project.check import check as check_package
    from ..project.manifest import packages_in

    status = 0
    headers = _headers(header)
    for package in packages_in(folder):
        found = check_package(
            package,
            lambda: _progress(quiet),
            source or (),
            headers,
            regenerate=regenerate,
            workers=_workers(),
        )
        if found.is_fresh:
            if not quiet:
                typer.echo(f"{package} is fresh.")
            continue
        status = 1
        if not quiet:
            typer.echo(found.diff.rstrip("\n"))
        _complain(f"{package} is stale; run: {found.command}")
    return status


@app.command()
def sample(
    source: Annotated[
        str, typer.Argument(help="The source to read, as for build.", show_default=False)
    ],
    operation: Annotated[
        str | None,
        typer.Argument(help="The operation by its name in the WSDL, or SERVICE.OPERATION."),
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
        str, typer.Option("--timestamp", help="What stands for every date and time.")
    ] = "2000-01-01T00:00:00Z",
    everything: Annotated[
        bool, typer.Option("--all", help="Write every message of the services into a folder.")
    ] = False,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="The folder for --all.")] = None,
    service: _Services = None,
    header: _Headers = None,
) -> None:
    """Print a sample message of an operation, ready to paste; or write them all."""
    from ..messages.samples import Samples
    from ..project.write import write_files
    from ..sources.find import find_sources

    if everything != (operation is None) or everything != (out is not None):
        raise typer.BadParameter("give an operation, or --all with -o DIR.", param_hint="OPERATION")
    sources = find_sources([source], _headers(header))
    samples = Samples(sources, style, timestamp, tuple(service or ()))
    if out is not None:
        messages = {name: text.encode() for name, text in samples.all()}
        write_files(out, messages, "-o")
        typer.echo(f"Wrote {out}: {_count(len(messages), 'message')}.")
    elif operation is not None:
        message = samples.response(operation) if response else samples.request(operation)
        typer.echo(message, nl=False)


@app.command()
def verify(
    source: Annotated[
        str, typer.Argument(help="The source to read, as for build.", show_default=False)
    ],
    examples: Annotated[
        Path,
        typer.Argument(
            help="A folder of OPERATION.request.xml and OPERATION.response.xml, or of Markdown "
            "pages with such messages.",
            show_default=False,
        ),
    ],
    write_to: Annotated[
        Path | None,
        typer.Option(
            "--write", metavar="DIR", help="Write what the generated code makes into this folder."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, with every example.")
    ] = False,
    service: _Services = None,
    header: _Headers = None,
    quiet: _Quiet = False,
) -> int:
    """Hold the generated code against documented messages: exit 0 only if all of them match."""
    import json

    from rich.console import Console

    from ..project.write import write_files
    from ..sources.find import find_sources
    from ..verify.examples import examples_in
    from ..verify.report import report
    from ..verify.verify import verify as hold

    with _progress(quiet) as progress:
        verdict = hold(
            find_sources([source], _headers(header)),
            examples_in(examples),
            service or (),
            progress,
            workers=_workers(),
        )
    if write_to is not None:
        write_files(write_to, verdict.built, "--write")
    if as_json:
        typer.echo(json.dumps(verdict.as_data(), indent=2, ensure_ascii=False))
    elif not quiet:
        console = Console(highlight=False, soft_wrap=True)
        for part in report(verdict):
            console.print(part, markup=False)
    return 0 if verdict.matches == len(verdict.results) else 1


@app.command()
def serve(
    sources: _Sources,
    host: Annotated[str, typer.Option("--host", help="The host to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to listen on; 0 for any.")] = 8080,
    answer: Annotated[
        list[str] | None,
        typer.Option("--answer", metavar="OPERATION=FILE", help="Answer with what is in a file."),
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option("--fault", metavar="OPERATION[=REASON]", help="Answer with a fault."),
    ] = None,
    delay: Annotated[
        list[str] | None,
        typer.Option("--delay", metavar="OPERATION=SECONDS", help="Wait before the answer."),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="OPERATION", help="Hang up instead of answering."),
    ] = None,
    service: _Services = None,
    header: _Headers = None,
    quiet: _Quiet = False,
) -> None:
    """Serve the services in a WSDL: samples for answers, faults for requests that are not valid."""
    from ..serve.server import SoapServer
    from ..sources.find import find_sources

    found = find_sources(sources, _headers(header))

    def log(line: str) -> None:
        if not quiet:
            typer.echo(line)

    with SoapServer(found, tuple(service or ()), host=host, port=port, log=log) as server:
        for name, text in _pairs(answer):
            server.script(name).answer(name, _file(text))
        for name, text in _pairs(fault):
            server.script(name).fault(name, text or "Told to fail")
        for name, text in _pairs(delay):
            server.script(name).delay(name, _seconds(text))
        for name, _ in _pairs(drop):
            server.script(name).drop(name)
        for address in server.addresses():
            typer.echo(f"Serving {address}?wsdl")
        with suppress(KeyboardInterrupt):
            server.wait()


def _pairs(given: list[str] | None) -> Iterator[tuple[str, str]]:
    """What is told of an operation, each ``OPERATION=TEXT`` or ``OPERATION``."""
    for item in given or ():
        name, _, text = item.partition("=")
        yield name, text


def _file(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}.", param_hint="--answer") from None


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no number.", param_hint="--delay") from None


def _headers(given: list[str] | None) -> dict[str, str]:
    """What ``--header`` says, by the headers' names."""
    headers = {}
    for header in given or ():
        name, colon, value = header.partition(":")
        if not colon or not name.strip():
            raise typer.BadParameter(f'{header!r} is not "NAME: VALUE".', param_hint="--header")
        headers[name.strip()] = value.strip()
    return headers


def _workers() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress]:
    """A bar on a terminal, which goes when the work is done; nothing anywhere else."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return

    from rich.console import Console
    from rich.progress import Progress as ProgressBar

    with ProgressBar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield show


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _fail(message: str) -> None:
    _complain(f"soapgen: error: {message}")


def _first_line(error: Any) -> str:
    message: str = error.format_message()
    return f"{message.splitlines()[0].rstrip('.')}." if message else "No command."


def _complain(text: str) -> None:
    typer.echo(text, err=True)
