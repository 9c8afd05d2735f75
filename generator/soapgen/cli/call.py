"""``soapgen call``: send one call, and print the answer as JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .arguments import Limits, Services, Source, parse_headers, parse_limits, text
from .reading import AllowedHosts, Catalog, Imports, NoRepair, read_options
from .terminal import announcer, say, told
from .wanted import said_of

if TYPE_CHECKING:
    from ..call import Words

_HEADER = re.compile(r"([^:=\s]+)\s*(?::\s*|=)(.*)")


def call(
    source: Source,
    operation: Annotated[
        str,
        typer.Argument(
            help="The operation by its name in the WSDL, or SERVICE.OPERATION.", show_default=False
        ),
    ],
    url: Annotated[
        str,
        typer.Option(
            "--url",
            parser=text,
            metavar="URL",
            help="The address of the service, or env:VARIABLE.",
            show_default=False,
        ),
    ],
    json_file: Annotated[
        str | None,
        typer.Option(
            "--json", metavar="FILE", help="Read the members of the request from here; - is stdin."
        ),
    ] = None,
    member: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="Give a member of the request: a.b=1, a[0].c=x. A secret is env:VARIABLE, or "
            "prompt: to be asked for it. May be given several times.",
        ),
    ] = None,
    header: Annotated[
        list[str] | None,
        typer.Option(
            "--header",
            metavar="NAME=VALUE",
            help="Send this HTTP header; secrets as for --set. May be given several times.",
        ),
    ] = None,
    soap_header: Annotated[
        list[str] | None,
        typer.Option(
            "--soap-header",
            metavar="NAME=VALUE",
            help="Give a SOAP header of the contract; secrets as for --set.",
        ),
    ] = None,
    as_xml: Annotated[
        bool, typer.Option("--xml", help="Print the message of the answer, not its JSON.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Print the request, without its secrets; send nothing."),
    ] = False,
    as_curl: Annotated[
        bool,
        typer.Option(
            "--curl", help="Print a command of curl, with variables for secrets; send nothing."
        ),
    ] = False,
    timeout: Annotated[
        float | None,
        typer.Option("--timeout", min=0.001, help="How long the call may take, in seconds."),
    ] = None,
    service: Services = None,
    source_header: Annotated[
        list[str] | None,
        typer.Option(
            "--source-header",
            help='Send "NAME: VALUE" to the addresses that the source is read from.',
        ),
    ] = None,
    limit: Limits = None,
    imports: Imports = None,
    catalog: Catalog = None,
    allow_host: AllowedHosts = None,
    no_repair: NoRepair = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing but the answer, and errors.")
    ] = False,
) -> None:
    """Call an operation, and print the answer as JSON: exit status 1 for a fault."""
    import json
    import os

    from ..call import Words, curl, names_of_secrets, target
    from ..errors import CallError
    from ..sources import find_sources

    if sum((as_xml, dry_run, as_curl)) > 1:
        raise typer.BadParameter("give one of them.", param_hint="--xml, --dry-run, --curl")
    announce = announcer(quiet)
    said = said_of(source)
    words = Words(
        os.environ, _asked, is_for_shell=as_curl, also_secret=names_of_secrets(said.secrets)
    )
    reading = read_options(imports, catalog, allow_host, no_repair=no_repair)
    headers = parse_headers(source_header)
    sources = find_sources([source], headers, parse_limits(limit), reading)
    try:
        services = tuple(service or ())
        with target(sources, operation, services, failure=said.failure) as found:
            for sentence in told(found.repairs, ()):
                announce(sentence)
            request, soap_headers = found.request(words), found.headers(words)
            if json_file is not None:
                request.fill(_read_json(json_file))
            for setting in member or ():
                request.set(setting)
            for setting in soap_header or ():
                soap_headers.set(setting)
            http_headers = _http_headers(header, words)
            client = found.client(words.address(url), http_headers, soap_headers, timeout)
            if as_curl:
                say(curl(found.outgoing(client, request), words.variables))
                return
            if dry_run:
                say(found.masked(found.outgoing(client, request), words))
                return
            answer = found.answer(client, request)
    except CallError as error:
        raise CallError(words.hidden(error.message), place=error.place, hint=error.hint) from None
    say(answer.xml if as_xml else json.dumps(answer.data, indent=2, ensure_ascii=False))
    if answer.failed:
        raise typer.Exit(1)


def _asked(name: str) -> str:
    """A secret that a person types, unseen."""
    answer: str = typer.prompt(name, hide_input=True, err=True)
    return answer


def _http_headers(values: Sequence[str] | None, words: Words) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values or ():
        match = _HEADER.fullmatch(value)
        if match is None:
            raise typer.BadParameter("this is not NAME=VALUE.", param_hint="--header")
        if match[1].lower() in map(str.lower, found):
            raise typer.BadParameter(f"{match[1]} is given twice.", param_hint="--header")
        found[match[1]] = words.text(match[2], [match[1]], "--header")
    return found


def _read_json(name: str) -> Any:
    """The JSON in the file ``name``, or on the standard input."""
    import json
    import sys

    from ..errors import CallError, Place
    from ..sources import check_path

    try:
        if name == "-":
            return json.load(sys.stdin)
        with open(name, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        hint = check_path(name, "check its path")
        raise CallError("there is no such file", place=Place(name), hint=hint) from None
    except OSError as error:
        raise CallError(f"{error.strerror}", place=Place(name)) from None
    except ValueError as error:
        line = getattr(error, "lineno", None)
        what = getattr(error, "msg", "it is not UTF-8")
        raise CallError(f"this is no JSON: {what}", place=Place(name, line)) from None
