"""What is to be built, wherever that is said: on a command line, in a file, or by a manifest."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from .. import naming
from ..errors import OutputError, Place
from .manifest import FILE_NAME, read_manifest
from .options import Options


@dataclass(frozen=True, slots=True)
class Wanted:
    """A package that is to be built.

    Attributes:
        sources: The names of its sources, as on a command line.
        options: What to generate from them, with its name, and how they are read.
        out: The folder for the package's folder.
        strict: Whether to refuse to leave anything out.
        said_in: The file that says all of this.
    """

    sources: tuple[str, ...]
    options: Options
    out: Path
    strict: bool = False
    said_in: str = ""

    @property
    def folder(self) -> Path:
        """The package's folder."""
        return self.out / self.options.package_name("")


def repeated(package: Path) -> Wanted:
    """The build of ``package`` that its manifest tells, again.

    Raises:
        SourceError: There is no file at the path of a source, or its address has a secret.
        OutputError: The manifest cannot be read.
    """
    manifest = read_manifest(package)
    if manifest is None:
        raise OutputError(
            "there is no package here that soapgen wrote", place=Place(str(package / FILE_NAME))
        )
    place = package.resolve()
    templates, docs = manifest.find_folders(package)
    is_name = not naming.package_problem(place.name)
    return Wanted(
        sources=tuple(manifest.find_sources(package)),
        options=replace(
            manifest.options,
            name=place.name if is_name else manifest.options.name,
            templates=templates,
            docs=docs,
            reading=manifest.find_reading(package),
        ),
        out=Path(os.path.relpath(place.parent)),
        said_in=str(package / FILE_NAME),
    )


def is_package(folder: Path) -> bool:
    """Whether ``folder`` is a package that soapgen wrote."""
    return (folder / FILE_NAME).is_file()


def differences(before: Options, now: Options) -> tuple[str, ...]:
    """What is no longer as in ``before``: the options that are not the same, a few words each."""
    changes = [
        _change(f"--{name}", old, new)
        for name, old, new in (
            ("server", before.server, now.server),
            ("facets", before.facets, now.facets),
            ("service", before.services, now.services),
            ("operation", before.operations, now.operations),
            ("keep-apart", before.unshared, now.unshared),
            ("with", before.extras, now.extras),
        )
        if old != new
    ]
    for name, old, new in (
        ("templates", before.templates, now.templates),
        ("docs", before.docs, now.docs),
    ):
        if old != new:
            changes.append(f"other --{name}" if new else f"without --{name}")
    if before.names != now.names:
        changes.append("other names are given" if now.names else "no names are given")
    if before.overlay != now.overlay:
        changes.append("another overlay" if now.overlay else "without the overlay")
    return tuple(changes)


def _change(name: str, old: object, new: object) -> str:
    if isinstance(new, bool):
        return f"with {name}" if new else f"without {name}"
    if isinstance(new, tuple) and new:
        return f"{name} {' '.join(map(str, new))}"
    return f"without {name}"
