"""``soapgen serve``: serve the services on this machine until it is interrupted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from .arguments import Headers, Quiet, Services, Sources, parse_headers


def serve(
    sources: Sources,
    host: Annotated[str, typer.Option("--host", help="The host to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to listen on; 0 for any.")] = 8080,
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
    quiet: Quiet = False,
) -> None:
    """Serve the services in a WSDL: samples as answers, faults for requests that are invalid."""
    from ..serve import SoapServer
    from ..sources import find_sources

    wsdls = find_sources(sources, parse_headers(header))

    def log(line: str) -> None:
        if not quiet:
            typer.echo(line)

    with SoapServer(wsdls, tuple(service or ()), host=host, port=port, log=log) as server:
        for name, text in _pairs(answer):
            server.script(name).answer(name, _file(text))
        for name, text in _pairs(fault):
            server.script(name).fault(name, *filter(None, [text]))
        for name, text in _pairs(delay):
            server.script(name).delay(name, _seconds(text))
        for name, _ in _pairs(drop):
            server.script(name).drop(name)
        # A program that waits for the first line may interrupt right after it.
        with suppress(KeyboardInterrupt):
            for address in server.addresses():
                typer.echo(f"Serving {address}?wsdl")
            server.wait()


def _pairs(values: Sequence[str] | None) -> Iterator[tuple[str, str]]:
    """Each ``OPERATION=TEXT`` as its two parts; the text of ``OPERATION`` alone is empty."""
    for item in values or ():
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
