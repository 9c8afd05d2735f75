"""What a command line without options asks for: packages of the configuration, or on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..errors import GivenError
from ..given import Failure, Overlay

if TYPE_CHECKING:
    from ..configuration import Configuration
    from ..project import Wanted


def configuration() -> Configuration | None:
    """The configuration for the working directory; None where there is none.

    Raises:
        ConfigurationError: It cannot be read, or says what soapgen does not know.
    """
    from ..configuration import find_configuration, read_configuration

    file = find_configuration(Path.cwd())
    return None if file is None else read_configuration(file)


def wanted_packages(names: Sequence[str]) -> list[Wanted]:
    """What to build for ``names``, the folders of packages; without names all that is configured.

    Of a package that is configured, the configuration says how it is built; of any other one, its
    manifest does. The list is empty if ``names`` are sources.

    Raises:
        typer.BadParameter: Some of ``names`` are sources, or there is no name and no configuration.
        ConfigurationError: The configuration cannot be read.
    """
    from ..project import is_package, repeated

    if names and not any(is_package(Path(name)) for name in names):
        configured = None if any(_is_there(name) for name in names) else configuration()
        found = [configured.of(Path(name)) for name in names] if configured else []
        # A package that is configured may not be there yet.
        return [item for item in found if item] if all(found) else []
    configured = configuration()
    if not names:
        if configured is None:
            raise typer.BadParameter(
                "there is none, and no configuration: name what to read, or write [tool.soapgen].",
                param_hint="SOURCE",
            )
        return list(configured.wanted)
    wanted: list[Wanted] = []
    for name in names:
        item = configured.of(Path(name)) if configured else None
        if item is None and not is_package(Path(name)):
            message = f"{name} is no package, as others here are: build the two apart."
            raise typer.BadParameter(message, param_hint="SOURCE")
        wanted.append(item or repeated(Path(name)))
    return wanted


def said_of(source: str) -> Overlay:
    """What the configuration adds to the contract in ``source``: its secrets, and its failures.

    The secrets are those of all packages: a contract may be there in several copies.

    Raises:
        ConfigurationError: The configuration cannot be read.
    """
    configured = configuration()
    if configured is None:
        return Overlay()
    secrets = {name for item in configured.wanted for name in item.options.overlay.secrets}
    failures = (
        item.options.overlay.failure
        for item in configured.wanted
        if any(_is_same(source, each) for each in item.sources)
    )
    failure = next(filter(None, failures), Failure())
    return Overlay(secrets=tuple(sorted(secrets)), failure=failure)


@contextmanager
def placed(wanted: Wanted | None) -> Iterator[None]:
    """Say of an error in what is said of a contract's parts in which line it is."""
    try:
        yield
    except GivenError as error:
        configured = configuration() if wanted is not None else None
        if wanted is None or configured is None or wanted.said_in != configured.file.shown:
            raise
        raise configured.placed(wanted, error) from None


def _is_same(one: str, other: str) -> bool:
    """Whether two sources are the same address, or the same file."""
    return one == other or (
        "://" not in f"{one}{other}" and Path(one).resolve() == Path(other).resolve()
    )


def _is_there(name: str) -> bool:
    return Path(name).exists() or "://" in name
