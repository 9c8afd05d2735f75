"""What a command line without options asks for: packages of the configuration, or on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..errors import GivenError

if TYPE_CHECKING:
    from ..configuration import Configuration
    from ..given import Overlay
    from ..project import Wanted
    from ..sources import Sources


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
    from ..given import Failure, Overlay

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


def require_package_name(name: str) -> None:
    """Require that a package can have the ``name`` that is given.

    Raises:
        typer.BadParameter: It cannot.
    """
    from .. import naming

    if problem := naming.package_problem(name):
        raise typer.BadParameter(f"{name!r} {problem}.", param_hint="--name")


def require_not_given(wanted: Sequence[Wanted], options: Mapping[str, object]) -> None:
    """Require that no option says what packages are which a configuration or a manifest describes.

    Raises:
        typer.BadParameter: One of the ``options``, values by their names, is given.
    """
    for option, is_given in options.items():
        if wanted and is_given:
            message = f"{wanted[0].said_in} says what the package is; change it there."
            raise typer.BadParameter(message, param_hint=option)


def require_name(sources: Sources, wanted: Wanted) -> None:
    """Require that the package has a name, of its own or of its ``sources``.

    Raises:
        typer.BadParameter: It has none.
    """
    if wanted.options.name or sources.stem:
        return
    if len(wanted.sources) > 1:
        raise typer.BadParameter("several sources need a name.", param_hint="--name")
    raise typer.BadParameter(
        f"{sources.wsdls[0].given} does not give the package a name; choose one.",
        param_hint="--name",
    )


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
