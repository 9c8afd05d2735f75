"""``soapgen serve``: serve the services on this machine until it is interrupted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer

from .arguments import Headers, Quiet, Services, Sources, parse_headers


def serve(
    sources: Sources,
    host: Annotated[str, typer.Option("--host", help="The host to listen on.")] = "127.0.0.1",
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
    max_request: Annotated[
        int,
        typer.Option(
            "--max-request", metavar="MB", min=1, help="The largest request that is taken."
        ),
    ] = 64,
    service: Services = None,
    header: Headers = None,
    quiet: Quiet = False,
) -> None:
    """Serve the services in a WSDL: samples as answers, faults for requests that are invalid."""
    from ..serve import Limits, SoapServer
    from ..sources import find_sources

    wsdls = find_sources(sources, parse_headers(header))

    def log(line: str) -> None:
        # Whoever read the lines may have gone; the server stays.
        with suppress(BrokenPipeError):
            if not quiet:
                typer.echo(line)

    limits = Limits(request_bytes=max_request * 1024 * 1024)
    server = SoapServer(wsdls, tuple(service or ()), host=host, port=port, log=log, limits=limits)
    for name, text in _pairs(answer, "--answer", "FILE"):
        server.service_of(name).answer(name, _file(text))
    for item in fault or ():
        name, is_given, text = item.partition("=")
        with _mistakes_in("--fault"):
            server.service_of(name).fault(name, *([text] if is_given else []))
    for name, text in _pairs(delay, "--delay", "SECONDS"):
        with _mistakes_in("--delay"):
            server.service_of(name).delay(name, _seconds(text))
    for name in drop or ():
        server.service_of(name).drop(name)
    with server, suppress(KeyboardInterrupt):
        # A program that waits for the first line may interrupt right after it.
        for address in server.addresses():
            typer.echo(f"Serving {address}?wsdl")
        server.wait()


def _pairs(values: Sequence[str] | None, option: str, what: str) -> Iterator[tuple[str, str]]:
    """Each ``OPERATION=TEXT`` as its two parts."""
    for item in values or ():
        name, is_given, text = item.partition("=")
        if not is_given:
            raise typer.BadParameter(f"{item!r} is not OPERATION={what}.", param_hint=option)
        yield name, text


@contextmanager
def _mistakes_in(option: str) -> Iterator[None]:
    """Blame ``option`` for a value that the server refuses."""
    try:
        yield
    except ValueError as error:
        raise typer.BadParameter(f"{error}.", param_hint=option) from None


def _file(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}.", param_hint="--answer") from None


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text!r} is no number") from None
