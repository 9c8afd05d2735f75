"""``soapgen serve``: serve the services on this machine until it is interrupted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import completion
from .arguments import (
    Headers,
    Limits,
    Quiet,
    Services,
    Sources,
    parse_headers,
    parse_limits,
    path,
    text,
)
from .reading import AllowedHosts, Catalog, Imports, NoRepair, read_options
from .terminal import announcer, say, told

if TYPE_CHECKING:
    from ..contract import Chosen
    from ..contract.services import Operation
    from ..sources import Limits as SourceLimits


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
        typer.Option(
            "--fault",
            metavar="OPERATION[:FAULT][=REASON]",
            autocompletion=completion.operations,
            help="Answer with a fault, also one that the contract declares for the operation.",
        ),
    ] = None,
    fault_detail: Annotated[
        list[str] | None,
        typer.Option(
            "--fault-detail",
            metavar="OPERATION=FILE",
            help="Answer with the declared fault whose detail is the element in a file.",
        ),
    ] = None,
    delay: Annotated[
        list[str] | None,
        typer.Option("--delay", metavar="OPERATION=SECONDS", help="Wait before the answer."),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option(
            "--drop",
            metavar="OPERATION",
            autocompletion=completion.operations,
            help="Close the connection instead of answering.",
        ),
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(
            "--replay",
            parser=path,
            metavar="DIR",
            help="Answer as in the exchanges that a client recorded in a folder.",
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
    limit: Limits = None,
    imports: Imports = None,
    catalog: Catalog = None,
    allow_host: AllowedHosts = None,
    no_repair: NoRepair = False,
    quiet: Quiet = False,
) -> None:
    """Serve the services in a WSDL: samples as answers, faults for requests that are invalid."""
    from ..serve import Limits as Bounds
    from ..serve import SoapServer, exchanges_in
    from ..sources import find_sources

    limits = parse_limits(limit)
    reading = read_options(imports, catalog, allow_host, no_repair=no_repair)
    wsdls = find_sources(sources, parse_headers(header), limits, reading)

    def log(line: str) -> None:
        if not quiet:
            say(line)

    bounds = Bounds(request_bytes=max_request * 1024 * 1024)
    server = SoapServer(
        wsdls,
        tuple(service or ()),
        host=host,
        port=port,
        log=log,
        limits=bounds,
        adapt=_adapted,
    )
    announce = announcer(quiet)
    for sentence in told(server.repairs, server.left_out, server.obstacles):
        announce(sentence)
    for item in server.replay(exchanges_in(replay, limits)) if replay else ():
        announce(f"{item.document} is of no operation that is served")
    for name, place in _pairs(answer, "--answer", "FILE"):
        server.service_of(name).answer(name, _file(place, "--answer", limits))
    details = {
        name: _file(place, "--fault-detail", limits)
        for name, place in _pairs(fault_detail, "--fault-detail", "FILE")
    }
    for name, said in _faults(fault, details).items():
        with _mistakes_in("--fault-detail" if "detail" in said else "--fault"):
            server.service_of(name).fault(name, **said)
    for name, seconds in _pairs(delay, "--delay", "SECONDS"):
        with _mistakes_in("--delay"):
            server.service_of(name).delay(name, _seconds(seconds))
    for name in drop or ():
        server.service_of(name).drop(name)
    with server, suppress(KeyboardInterrupt):
        # A program that waits for the first line may interrupt right after it.
        for address in server.addresses():
            say(f"Serving {address}?wsdl")
        server.wait()


def _adapted(service: Chosen, operation: Operation, sample: str) -> str:
    # Vendors know what generates; a server for services of none does not wait for it to be loaded.
    from ..vendors import adapted

    return adapted(service, operation, sample)


def _pairs(values: Sequence[str] | None, option: str, what: str) -> Iterator[tuple[str, str]]:
    """Each ``OPERATION=TEXT`` as its two parts."""
    for item in values or ():
        name, _, value = item.partition("=")
        if not name.strip() or not value.strip():
            raise typer.BadParameter(f"{item!r} is not OPERATION={what}.", param_hint=option)
        yield name, value


def _faults(values: Sequence[str] | None, details: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """What is said of the fault of each operation: its reason, its name and its detail."""
    said: dict[str, dict[str, Any]] = {}
    for item in values or ():
        what, is_given, reason = item.partition("=")
        name, is_declared, declared = what.partition(":")
        if not name.strip() or (is_declared and not declared.strip()):
            message = f"{item!r} is not OPERATION, OPERATION:FAULT or either with =REASON."
            raise typer.BadParameter(message, param_hint="--fault")
        said[name] = {"declared": declared, **({"reason": reason} if is_given else {})}
    for name, detail in details.items():
        said.setdefault(name, {})["detail"] = detail
    return said


@contextmanager
def _mistakes_in(option: str) -> Iterator[None]:
    """Blame ``option`` for a value that the server refuses."""
    try:
        yield
    except ValueError as error:
        raise typer.BadParameter(f"{error}.", param_hint=option) from None


def _file(place: str, option: str, limits: SourceLimits) -> bytes:
    """What is in the file at ``place``, which may be as large as a document."""
    from ..sources import NotThereError, read_file

    try:
        return read_file(place, limits)
    except NotThereError as error:
        message = f"{place}: {error.message}; {error.hint}"
        raise typer.BadParameter(message, param_hint=option) from None


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text!r} is no number") from None
