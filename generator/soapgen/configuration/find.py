"""A folder → the nearest configuration, in it or in a folder above it."""

from __future__ import annotations

from pathlib import Path

from ..errors import Place
from .files import PYPROJECT, SOAPGEN, ConfigurationError, ConfigurationFile


def find_configuration(folder: Path) -> ConfigurationFile | None:
    """The nearest file that configures soapgen, from ``folder`` upwards; None where there is none.

    A ``pyproject.toml`` without ``[tool.soapgen]`` configures other tools, and is passed over.

    Raises:
        ConfigurationError: A file on the way cannot be read, or two in one folder configure.
    """
    for place in (folder, *folder.parents):
        own, shared = place / SOAPGEN, place / PYPROJECT
        found = [
            file
            for file in (ConfigurationFile.read(path) for path in (own, shared) if path.is_file())
            if file.configures
        ]
        if len(found) > 1:
            raise ConfigurationError(
                f"there is a {SOAPGEN}, too, in the same folder",
                place=Place(found[1].shown, found[1].line_of(found[1].root)),
                hint="keep one of the two configurations",
            )
        if found:
            return found[0]
    return None
