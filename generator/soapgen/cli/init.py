"""``soapgen init``: write a configuration for a first package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import OutputError, Place, SourceError
from .arguments import Quiet
from .terminal import say


def init(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE...]", help="What the package is built from.", show_default=False
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out", "-o", metavar="DIR", help="The folder for the package, by default src."
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", help="The package's name, by default the source's and _client."),
    ] = None,
    server: Annotated[
        bool | None,
        typer.Option("--server/--no-server", help="Whether to also write the server's half."),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask nothing: take what is not given by default.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Configure a first package here, in pyproject.toml or soapgen.toml."""
    from .. import naming
    from ..configuration import runtime_requirements, started, with_requirements
    from ..sources import check_path, is_address

    def asked(question: str, default: str) -> str:
        return default if yes else str(typer.prompt(question, default=default or None))

    started(Path(), "client", ())  # refuses before anything is asked
    found = list(sources or ()) or [asked("Which WSDL, folder, archive or address?", "")]
    if not all(item.strip() for item in found):
        raise typer.BadParameter("name what to read.", param_hint="SOURCE")
    for item in found:
        if not is_address(item) and not Path(item).exists():
            raise SourceError("there is no such file", place=Place(item), hint=check_path(item))
    stem = Path(found[0].partition("?")[0]).stem
    package = name or asked("What is the package called?", naming.package(stem))
    if problem := naming.package_problem(package):
        raise typer.BadParameter(f"{package!r} {problem}.", param_hint="--name")
    folder = out or asked("In which folder?", "src")
    is_server = server
    if is_server is None:
        is_server = not yes and typer.confirm("Write the server's half, too?", default=False)
    values: list[tuple[str, object]] = [("sources", found), ("out", folder)]
    path, text = started(Path(), package, [*values, *([("server", True)] if is_server else [])])
    left = (*runtime_requirements(), "soapgen")
    if path.name == "pyproject.toml":
        text, left = with_requirements(text)
    try:
        # Lines go on to end as they do.
        ends = "\r\n" if path.exists() and b"\r\n" in path.read_bytes() else "\n"
        path.write_text(text, encoding="utf-8", newline=ends)
    except OSError as error:
        message = f"this file cannot be written: {error.strerror}"
        raise OutputError(message, place=Place(str(path))) from error
    if quiet:
        return
    say(f"Wrote {path}. Now run: soapgen build")
    for item in left:
        where = "your development group" if item == "soapgen" else "the application's dependencies"
        say(f"Add to {where}: {item}")
