"""The manifest, soapgen.json: the sources, options and generator of a package, and its files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from .. import __version__
from ..errors import OutputError, Place, SourceError
from ..secret_names import has_masked
from ..sources import is_address
from .options import Options

FILE_NAME = "soapgen.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of a manifest.

    Attributes:
        options: The options of the build.
        generator: The fingerprint of the soapgen that wrote the package.
        sources: For each source, the hashes of the documents that were read, by their names. A
            source is an address without its secrets, or a path: relative to the package or, if the
            two have no folder in common, to the working directory; never an absolute path.
        files: The hash of each file of the package, by its path.
    """

    options: Options
    generator: str
    sources: Mapping[str, Mapping[str, str]]
    files: Mapping[str, str]

    def text(self) -> str:
        """The text of the file."""
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
        """The sources of ``package``: addresses, and paths relative to the working directory.

        Raises:
            SourceError: There is no file at the path of a source, or its address has a secret.
        """
        return [self._find(package, source) for source in self.sources]

    @staticmethod
    def _find(package: Path, source: str) -> str:
        if is_address(source):
            if has_masked(source):
                raise SourceError(
                    f"the address {source} has a secret, which is not kept",
                    place=Place(str(package / FILE_NAME)),
                    hint="give the whole address with --source",
                )
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
    """The manifest of a package with ``files``, texts by their paths."""
    hashes = {path: digest(text.encode()) for path, text in files.items()}
    return Manifest(options, generator, sources, hashes)


def portable(
    inputs: Mapping[str, Mapping[str, str]], package: Path
) -> dict[str, Mapping[str, str]]:
    """``inputs``, by the names that sources have in the manifest of ``package``."""
    return {_portable(source, package): hashes for source, hashes in inputs.items()}


def read_manifest(package: Path) -> Manifest | None:
    """The manifest in ``package``; None where there is none.

    Raises:
        OutputError: The file cannot be read, or is not a manifest that soapgen wrote.
    """
    path = package / FILE_NAME
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        fields = content["options"]
        options = Options(
            name=fields["name"],
            server=fields["server"],
            services=tuple(fields["services"]),
            operations=tuple(fields["operations"]),
            unshared=tuple(fields["keep_apart"]),
            extras=tuple(fields["with"]),
        )
        sources = {str(source): dict(hashes) for source, hashes in content["sources"].items()}
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
    """The folders of generated packages: ``folder`` itself, or those directly in it.

    Raises:
        OutputError: There is no generated package.
    """
    if (folder / FILE_NAME).is_file():
        return [folder]
    packages = sorted(path.parent for path in folder.glob(f"*/{FILE_NAME}"))
    if not packages:
        raise OutputError(
            f"there is no package here that soapgen wrote: no {FILE_NAME}",
            place=Place(str(folder)),
            hint="name the folder of a generated package, or build one",
        )
    return packages


def digest(content: bytes) -> str:
    """The SHA-256 of ``content``, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _leads_out(name: str) -> bool:
    """Whether ``name`` is not a plain relative path within a folder."""
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or str(path) != name


def _portable(source: str, package: Path) -> str:
    if is_address(source):
        return source
    path, package = Path(source).resolve(), package.resolve()
    for start in (package, Path.cwd()):
        if Path(os.path.commonpath([path, start])) != Path(path.anchor):
            return Path(os.path.relpath(path, start)).as_posix()
    return path.name
