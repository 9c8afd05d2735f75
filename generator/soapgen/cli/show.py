"""``soapgen show``: what a contract says of an operation, a type or an element."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from . import completion
from .arguments import (
    Headers,
    Limits,
    Source,
    StatusAlone,
    parse_headers,
    parse_limits,
    vendors_conventions,
)
from .reading import AllowedHosts, Catalog, Imports, NoRepair, read_options
from .terminal import one_line, say


def show(
    source: Source,
    name: Annotated[
        str,
        typer.Argument(
            autocompletion=completion.all_names,
            help="An operation, also as SERVICE.OPERATION, a type or an element.",
            show_default=False,
        ),
    ],
    sample: Annotated[
        bool, typer.Option("--sample", help="Also print a sample request of an operation.")
    ] = False,
    sample_json: Annotated[
        bool,
        typer.Option(
            "--sample-json",
            help="Also print the members of that sample as JSON, as `call --json` takes them.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    header: Headers = None,
    limit: Limits = None,
    imports: Imports = None,
    catalog: Catalog = None,
    allow_host: AllowedHosts = None,
    no_repair: NoRepair = False,
    quiet: StatusAlone = False,
) -> None:
    """Show an operation, a type or an element: its Python, its members, what refers to it."""
    import json

    from ..call import target
    from ..contract import deep_recursion, merged, read_all
    from ..look.showing import show as find
    from ..messages import on_the_wire, read_samples
    from ..project import Options
    from ..project.generate import choose, plan_package
    from ..sources import find_sources, read_all_documents

    if quiet and (as_json or sample or sample_json):
        raise typer.BadParameter("--quiet leaves nothing for the other options to print.")
    reading = read_options(imports, catalog, allow_host, no_repair=no_repair)
    sources = find_sources([source], parse_headers(header), parse_limits(limit), reading)
    contracts = read_all(read_all_documents(sources))
    options = Options()
    chosen = choose(contracts, options)
    plan = plan_package(sources, contracts, chosen, options, vendors_conventions())
    with deep_recursion():
        found = find(name, chosen, merged(contracts), plan)
    if quiet:
        return
    samples: dict[str, str] = {}
    members: dict[str, Any] = {}
    if sample or sample_json:
        messages = read_samples(sources, on_the_wire("2000-01-01T00:00:00Z"))
        for item in found:
            if item.kind == "operation":
                samples[item.full_name] = messages.request(item.full_name)
                if sample_json:
                    with target(sources, item.full_name, server=True) as operation:
                        members[item.full_name] = operation.members(
                            samples[item.full_name].encode()
                        )
    samples = samples if sample else {}
    if as_json:
        data = [
            item.as_data()
            | ({"sample": samples[item.full_name]} if item.full_name in samples else {})
            | ({"sample_json": members[item.full_name]} if item.full_name in members else {})
            for item in found
        ]
        say(json.dumps(data, indent=2, ensure_ascii=False))
        return
    for position, item in enumerate(found):
        if position:
            say("")
        for line in item.lines():
            say(one_line(line))
        if item.full_name in samples:
            say("\nSample:")
            say(samples[item.full_name], end="")
        if item.full_name in members:
            say("\nSample, as JSON:")
            say(json.dumps(members[item.full_name], indent=2, ensure_ascii=False))
