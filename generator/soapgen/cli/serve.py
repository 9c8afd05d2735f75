"""``soapgen serve``: serve the services on this machine until it is interrupted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from .arguments import Headers, Limits, Quiet, Services, Sources, parse_headers, parse_limits, text
from .terminal import say

if TYPE_CHECKING:
    from ..sources import Limits as SourceLimits

# A delay that no test waits for.
_LONGEST_DELAY = 86_400


def serve(
    sources: Sources,
    host: Annotated[
        str, typer.Option("--host", parser=text, metavar="HOST", help="The host to listen on.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port to listen on; 0 for any.")
    ] = 8080,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            "--answer", metavar="OPERATION=FILE", help="Answer with the content of a file."
        ),
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
        typer.Option(
            "--drop", metavar="OPERATION", help="Close the connection instead of answering."
        ),
    ] = None,
    service: Services = None,
    header: Headers = None,
    limit: Limits = None,
    quiet: Quiet = False,
) -> None:
    """Serve the services in a WSDL: samples as answers, faults for requests that are invalid."""
    from ..serve import SoapServer
    from ..sources import find_sources

    limits = parse_limits(limit)
    wsdls = find_sources(sources, parse_headers(header), limits)

    def log(line: str) -> None:
        if not quiet:
            say(line)

    with SoapServer(wsdls, tuple(service or ()), host=host, port=port, log=log) as server:
        for name, path in _pairs(answer, "--answer", "FILE"):
            server.script(name).answer(name, _file(path, limits))
        for name, reason in _pairs(fault, "--fault"):
            server.script(name).fault(name, *filter(None, [reason]))
        for name, seconds in _pairs(delay, "--delay", "SECONDS"):
            server.script(name).delay(name, _seconds(seconds))
        for name in drop or ():
            server.script(name).drop(name)
        # A program that waits for the first line may interrupt right after it.
        with suppress(KeyboardInterrupt):
            for address in server.addresses():
                say(f"Serving {address}?wsdl")
            server.wait()


def _pairs(
    values: Sequence[str] | None, option: str, needed: str = ""
) -> Iterator[tuple[str, str]]:
    """Each ``OPERATION=TEXT`` as its two parts; without ``needed``, the text may be missing.

    Raises:
        typer.BadParameter: A part is missing.
    """
    for item in values or ():
        name, _, value = item.partition("=")
        if not name.strip() or (needed and not value.strip()):
            form = f"OPERATION={needed}" if needed else "OPERATION or OPERATION=REASON"
            raise typer.BadParameter(f"{item!r} is not {form}.", param_hint=option)
        yield name, value


def _file(path: str, limits: SourceLimits) -> bytes:
    """What is in the file at ``path``, which may be as large as a document."""
    from ..sources import NotThereError, read_file

    try:
        return read_file(path, limits)
    except NotThereError as error:
        raise typer.BadParameter(f"{path}: {error.message}.", param_hint="--answer") from None


def _seconds(text: str) -> float:
    with suppress(ValueError):
        seconds = float(text)
        if 0 <= seconds <= _LONGEST_DELAY:
            return seconds
    raise typer.BadParameter(
        f"{text!r} is no number of seconds between 0 and {_LONGEST_DELAY:,}.",
        param_hint="--delay",
    )
