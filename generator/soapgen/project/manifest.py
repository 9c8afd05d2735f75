"""The manifest, soapgen.json: what a package was built from, with what, and what it consists of."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from .. import __version__
from ..errors import OutputError, Place, SourceError
from ..sources import is_address
from .options import Options

FILE_NAME = "soapgen.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package was built from, with what, and the hashes of its files.

    ``sources`` are the hashes of the documents that were read, by their names, for each source. A
    source is an address, or a path relative to the package or, where both have no folder in
    common, to the folder in which soapgen ran; never a path of the machine. ``generator`` is the
    fingerprint of what wrote the package.
    """

    options: Options
    generator: str
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The manifest as it is written."""
        content = {
            "soapgen": __version__,
            "black": version("black"),
            "generator": self.generator,
            "sources": {
                source: dict(sorted(inputs.items())) for source, inputs in self.sources.items()
            },
            "options": {
                "name": self.options.name,
                "server": self.options.server,
                "services": list(self.options.services),
                "operations": list(self.options.operations),
                "keep_apart": list(self.options.unshared),
                "with": list(self.options.extras),
            },
            "files": dict(sorted(self.files.items())),
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    def find_sources(self, package: Path) -> list[str]:
        """What ``package`` was built from: addresses, and paths for messages to the user.

        Raises:
            SourceError: One is not where the manifest says, or the manifest does not say where.
        """
        return [self._find(package, source) for source in self.sources]

    @staticmethod
    def _find(package: Path, source: str) -> str:
        if is_address(source):
            return source
        for place in (package / source, Path(source)):
            if place.exists():
                return os.path.relpath(place)
        raise SourceError(
            f"the source {source} cannot be found",
            place=Place(str(package / FILE_NAME)),
            hint="put the WSDL back, say where it is with --source, or build the package again",
        )


def manifest_of(
    options: Options,
    generator: str,
    sources: Mapping[str, Mapping[str, str]],
    files: Mapping[str, str],
) -> Manifest:
    """The manifest of a package that consists of the texts ``files``."""
    hashes = {path: digest(text.encode()) for path, text in files.items()}
    return Manifest(options, generator, sources, hashes)


def portable(
    inputs: Mapping[str, Mapping[str, str]], package: Path
) -> dict[str, Mapping[str, str]]:
    """``inputs``, by the names that sources have in the manifest of ``package``."""
    return {_portable(given, package): read for given, read in inputs.items()}


def read_manifest(package: Path) -> Manifest | None:
    """The manifest in ``package``; None where there is none.

    Raises:
        OutputError: It is not one that soapgen wrote.
    """
    path = package / FILE_NAME
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        said = content["options"]
        options = Options(
            name=said["name"],
            server=said["server"],
            services=tuple(said["services"]),
            operations=tuple(said["operations"]),
            unshared=tuple(said["keep_apart"]),
            extras=tuple(said["with"]),
        )
        sources = {str(source): dict(read) for source, read in content["sources"].items()}
        files = dict(content["files"])
        generator = str(content.get("generator", ""))
        if not sources or any(map(_leads_out, (options.name, *files))):
            raise ValueError("no source, or a file outside of the package")
        return Manifest(options, generator, sources, files)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(
            "this is not a manifest that soapgen wrote",
            place=Place(str(path)),
            hint="remove it, then build the package again with --force",
        ) from error


def packages_in(folder: Path) -> list[Path]:
    """The generated packages in ``folder``: itself, or those right below it.

    Raises:
        OutputError: There is none.
    """
    if (folder / FILE_NAME).is_file():
        return [folder]
    found = sorted(path.parent for path in folder.glob(f"*/{FILE_NAME}"))
    if not found:
        raise OutputError(
            f"there is no package here that soapgen wrote: no {FILE_NAME}",
            place=Place(str(folder)),
            hint="name the folder of a generated package, or build one",
        )
    return found


def digest(content: bytes) -> str:
    """The SHA-256 of ``content``, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _leads_out(name: str) -> bool:
    """Whether ``name`` is no plain path within a folder."""
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or str(path) != name


def _portable(given: str, package: Path) -> str:
    if is_address(given):
        return given
    source, package = Path(given).resolve(), package.resolve()
    for start in (package, Path.cwd()):
        if Path(os.path.commonpath([source, start])) != Path(source.anchor):
            return Path(os.path.relpath(source, start)).as_posix()
    return source.name
