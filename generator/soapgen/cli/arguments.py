"""The arguments and options that several commands have, and how they are parsed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..plan import Conventions

Source = Annotated[
    str, typer.Argument(help="The source to read, as for build.", show_default=False)
]
Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="What to read: WSDLs, folders or ZIP archives of WSDLs, addresses.",
        show_default=False,
    ),
]
Services = Annotated[
    list[str] | None,
    typer.Option("--service", help="Take this service only; may be given several times."),
]
Headers = Annotated[
    list[str] | None,
    typer.Option("--header", help='Send "NAME: VALUE" to addresses; may be given several times.'),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing but errors.")]


def parse_headers(values: Sequence[str] | None) -> dict[str, str]:
    """The HTTP headers in the values of ``--header``, each ``NAME: VALUE``, by name.

    Raises:
        typer.BadParameter: A value has no colon, or no name before it.
    """
    headers = {}
    for header in values or ():
        name, colon, value = header.partition(":")
        if not colon or not name.strip():
            # The header itself may be a secret, and is not shown.
            raise typer.BadParameter('a header is not "NAME: VALUE".', param_hint="--header")
        headers[name.strip()] = value.strip()
    return headers


def vendors_conventions() -> Sequence[Conventions]:
    """What the vendors that soapgen supports do beyond SOAP."""
    from ..vendors import conventions

    return conventions()
