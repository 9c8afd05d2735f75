"""The command line: the only module that prints, and the only one that exits."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress as ProgressBar

from . import __version__, naming
from .errors import SoapgenError
from .fresh import check as check_package
from .fresh import packages_in
from .manifest import manifest_of
from .pipeline import Options, Progress, generate
from .samples import Samples, Style, write_samples
from .write import contents, write

app = typer.Typer(
    name="soapgen",
    help="Write small, typed, readable Python packages from WSDL.",
    add_completion=False,
    pretty_exceptions_enable=False,
)

# Newer versions of Typer carry a copy of click, whose classes are not those of the package click;
# what a wrong command line raises is found through the one that Typer exports.
_UsageError: Any = typer.BadParameter.__mro__[1]

_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)


def main() -> None:
    """Run the command line and exit: 0 done, 1 stale, 2 a mistake that the message explains."""
    sys.exit(run(sys.argv[1:]))


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
        _plain(_out, f"soapgen {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def build(
    source: Annotated[Path, typer.Argument(help="The WSDL to read.", show_default=False)],
    out: Annotated[
        Path, typer.Option("--out", help="The folder to write the package into.")
    ] = Path("generated"),
    name: Annotated[
        str | None,
        typer.Option(
            "--name", help="The package's name, by default the WSDL's with _client behind it."
        ),
    ] = None,
    server: Annotated[
        bool,
        typer.Option("--server", help="Also write what reads requests and writes responses."),
    ] = False,
    operation: Annotated[
        list[str] | None,
        typer.Option(
            "--operation", "-O", help="Write this operation only; may be given several times."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that were edited by hand.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> None:
    """Write a Python package for the service in a WSDL."""
    started = time.perf_counter()
    if name is not None and (problem := naming.package_problem(name)):
        raise typer.BadParameter(f"{name!r} {problem}.", param_hint="--name")
    options = Options(name, server, tuple(operation or ()))
    with _progress(quiet) as progress:
        generated = generate(source, options, progress)
    package = generated.package
    folder = out / package.name
    manifest = manifest_of(generated, source, folder, options)
    files = {file.path: file.text for file in generated.files}
    report = write(folder, contents(files, manifest), force=force)
    if quiet:
        return
    _plain(
        _out,
        f"Read {source}: service {package.service}, "
        f"{_count(len(package.operations), 'operation')}, {_count(package.types, 'type')}, "
        f"from {_count(len(generated.inputs), 'file')}.",
    )
    seconds = f"{time.perf_counter() - started:.1f} s"
    if not report.written and not report.removed:
        _plain(_out, f"{folder} is up to date: nothing written, in {seconds}.")
        return
    lines = sum(text.count("\n") for text in files.values())
    removed = f", removed {', '.join(report.removed)}" if report.removed else ""
    _plain(
        _out,
        f"Wrote {folder}: {_count(len(report.written), 'file')} of {len(files) + 1}, "
        f"{lines:,} lines in all{removed}, in {seconds}.",
    )


@app.command()
def check(
    folder: Annotated[
        Path, typer.Argument(help="A generated package, or a folder of them.")
    ] = Path("generated"),
    source: Annotated[
        Path | None,
        typer.Option("--source", help="The WSDL, where the manifest does not say where it is."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")] = False,
) -> int:
    """Tell whether generated packages are what a build would write now: exit 0, or 1 if stale."""
    status = 0
    for package in packages_in(folder):
        with _progress(quiet) as progress:
            found = check_package(package, progress, source)
        if found.is_fresh:
            if not quiet:
                _plain(_out, f"{package} is fresh.")
            continue
        status = 1
        if not quiet:
            _plain(_out, found.diff.rstrip("\n"))
        _plain(_err, f"{package} is stale; run: {found.command}")
    return status


@app.command()
def sample(
    source: Annotated[Path, typer.Argument(help="The WSDL to read.", show_default=False)],
    operation: Annotated[
        str | None, typer.Argument(help="The operation, by its name in the WSDL.")
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
        bool, typer.Option("--all", help="Write every message of the service into a folder.")
    ] = False,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="The folder for --all.")] = None,
) -> None:
    """Print a sample message of an operation, ready to paste; or write them all."""
    if everything != (operation is None) or everything != (out is not None):
        raise typer.BadParameter("give an operation, or --all with -o DIR.", param_hint="OPERATION")
    samples = Samples(source, style, timestamp)
    if out is not None:
        count = write_samples(samples, out)
        _plain(_out, f"Wrote {out}: {_count(count, 'message')}.")
    elif operation is not None:
        message = samples.response(operation) if response else samples.request(operation)
        typer.echo(message, nl=False)


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress]:
    """A bar on a terminal, which goes when the work is done; nothing anywhere else."""
    with ProgressBar(console=_err, transient=True, disable=quiet or not _err.is_terminal) as bar:
        task = bar.add_task("reading", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield show


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _fail(message: str) -> None:
    _plain(_err, f"soapgen: error: {message}")


def _first_line(error: Any) -> str:
    message: str = error.format_message()
    return f"{message.splitlines()[0].rstrip('.')}." if message else "No command."


def _plain(console: Console, text: str) -> None:
    """Print ``text`` as it is: what looks like markup in it comes from a contract."""
    console.print(text, markup=False)
