"""The arguments and options that several commands have, and how they are parsed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..near import did_you_mean
from . import completion

if TYPE_CHECKING:
    from ..plan import Conventions
    from ..sources import Limits as SourceLimits


def path(text: str | Path) -> Path:
    """The path that is given; an empty one, as of an unset variable, does not mean this folder.

    Raises:
        typer.BadParameter: It is empty.
    """
    if not str(text).strip():
        raise typer.BadParameter("the name is empty.")
    return Path(text)


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
SourcesOrPackages = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE...]",
        help="What to read: WSDLs, folders or ZIP archives of WSDLs, addresses. Or packages, to be "
        "built again as they are. By default all that the configuration has.",
        show_default=False,
    ),
]
Services = Annotated[
    list[str] | None,
    typer.Option(
        "--service",
        autocompletion=completion.services,
        help="Take this service only; may be given several times.",
    ),
]
Name = Annotated[
    str | None,
    typer.Option(
        "--name", help="The package's name, by default the source's with _client appended."
    ),
]
Headers = Annotated[
    list[str] | None,
    typer.Option("--header", help='Send "NAME: VALUE" to addresses; may be given several times.'),
]
Limits = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=NUMBER",
        help="Read this much of the sources at most: size, total (with KB, MB or GB), documents, "
        "files, depth, seconds; may be given several times.",
    ),
]
Docs = Annotated[
    Path | None,
    typer.Option(
        "--docs",
        parser=path,
        metavar="DIR",
        help="Take descriptions of what has none from the Markdown pages in this folder.",
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Fail if anything in the sources would be left out.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
StatusAlone = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print nothing but errors: the status tells.")
]

_NUMBER = re.compile(r"(\d{1,15})()", re.ASCII)
_SECONDS = re.compile(r"\d{1,15}(\.\d{1,15})?", re.ASCII)
_SIZE = re.compile(r"(\d{1,15})([KMG]B)?", re.ASCII | re.IGNORECASE)
_UNITS = {"": 1, "KB": 2**10, "MB": 2**20, "GB": 2**30}


def parse_headers(values: Sequence[str] | None) -> dict[str, str]:
    """The HTTP headers in the values of ``--header``, each ``NAME: VALUE``, by name.

    Raises:
        typer.BadParameter: A value has no colon, or no name before it, or two have one name.
    """
    headers: dict[str, str] = {}
    for header in values or ():
        name, colon, value = header.partition(":")
        name = name.strip()
        # A message does not repeat the value, which may be a password.
        if not colon or not name:
            raise typer.BadParameter('this is not "NAME: VALUE".', param_hint="--header")
        if name.lower() in map(str.lower, headers):
            raise typer.BadParameter(f"{name} is given twice.", param_hint="--header")
        headers[name] = value.strip()
    return headers


def parse_limits(values: Sequence[str] | None) -> SourceLimits:
    """The limits in the values of ``--limit``, each ``NAME=NUMBER``; the others by default.

    Raises:
        typer.BadParameter: There is no such limit, or it cannot have this value.
    """
    from dataclasses import fields

    from ..sources import Limits

    names = [field.name for field in fields(Limits)]
    limits: dict[str, float] = {}
    for item in values or ():
        name, _, text = item.partition("=")
        if name not in names:
            hint = did_you_mean(name, names, f"there are {', '.join(names)}.")
            raise typer.BadParameter(f"there is no limit {name!r}; {hint}", param_hint="--limit")
        if name in limits:
            raise typer.BadParameter(f"{name} is given twice.", param_hint="--limit")
        limits[name] = _limit(name, text)
    try:
        return Limits(**limits)  # type: ignore[arg-type]
    except ValueError as error:
        raise typer.BadParameter(f"{error}.", param_hint="--limit") from None


def _limit(name: str, text: str) -> float:
    """The value of one limit: seconds may have a fraction, and sizes a unit."""
    forms = {"seconds": _SECONDS, "size": _SIZE, "total": _SIZE}
    found = forms.get(name, _NUMBER).fullmatch(text)
    if found is None:
        example = {"seconds": "600", "size": "100MB", "total": "2GB"}.get(name, "200")
        raise typer.BadParameter(
            f"{text!r} is no value for {name}, which is like {example}.", param_hint="--limit"
        )
    if name == "seconds":
        return float(text)
    return int(found[1]) * _UNITS[(found[2] or "").upper()]


def text(value: str) -> str:
    """A text that is given, for an option for which an empty one has no meaning.

    Raises:
        typer.BadParameter: It is empty.
    """
    if not value.strip():
        raise typer.BadParameter("the text is empty.")
    return value


def line(value: str) -> str:
    """A text that can stand in one line of a message.

    Raises:
        typer.BadParameter: It has a character that cannot.
    """
    if not value.isprintable():
        raise typer.BadParameter("this is not a text in one line.")
    return value


def vendors_conventions() -> Sequence[Conventions]:
    """What the vendors that soapgen supports do beyond SOAP."""
    from ..vendors import conventions

    return conventions()
