"""The manifest, soapgen.json: what a package was built from, with what, and what it consists of."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from . import __version__
from .errors import OutputError, Place, SourceError
from .pipeline import Generated, Options

FILE_NAME = "soapgen.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package was built from, with what, and the hashes of its files.

    ``source`` is the path of the WSDL relative to the package or, where both have no folder in
    common, to the folder in which soapgen ran; never a path of the machine.
    """

    source: str
    options: Options
    inputs: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The manifest as it is written."""
        content = {
            "soapgen": __version__,
            "black": version("black"),
            "source": self.source,
            "options": {
                "name": self.options.name,
                "server": self.options.server,
                "operations": list(self.options.operations),
            },
            "inputs": dict(sorted(self.inputs.items())),
            "files": dict(sorted(self.files.items())),
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    def find_source(self, package: Path) -> Path:
        """The WSDL that ``package`` was built from, as a path for messages to the user.

        Raises:
            SourceError: It is not where the manifest says, or the manifest does not say where.
        """
        places = (package / self.source, Path(self.source))
        for place in places:
            if place.is_file():
                return Path(os.path.relpath(place))
        raise SourceError(
            f"the source {self.source} cannot be found",
            place=Place(str(package / FILE_NAME)),
            hint="put the WSDL back, say where it is with --source, or build the package again",
        )


def manifest_of(generated: Generated, source: Path, package: Path, options: Options) -> Manifest:
    """The manifest for ``generated``, built from ``source`` into the folder ``package``."""
    return Manifest(
        source=_portable(source, package),
        options=replace(
            options,
            name=generated.package.name,
            operations=tuple(sorted(set(options.operations))),
        ),
        inputs=generated.inputs,
        files={file.path: digest(file.text.encode()) for file in generated.files},
    )


def read_manifest(package: Path) -> Manifest | None:
    """The manifest in ``package``; None where there is none.

    Raises:
        OutputError: It is not one that soapgen wrote.
    """
    path = package / FILE_NAME
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        said = content["options"]
        # An option that an earlier version did not have is as if it had not been given.
        options = Options(said["name"], said["server"], tuple(said.get("operations", ())))
        inputs, files = dict(content["inputs"]), dict(content["files"])
        if any(Path(name).name != name for name in (options.name, *files)):
            raise ValueError("a file outside of the package")
        return Manifest(str(Path(content["source"])), options, inputs, files)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(
            "this is not a manifest that soapgen wrote",
            place=Place(str(path)),
            hint="remove it, then build the package again with --force",
        ) from error


def digest(content: bytes) -> str:
    """The SHA-256 of ``content``, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _portable(source: Path, package: Path) -> str:
    source, package = source.resolve(), package.resolve()
    for start in (package, Path.cwd()):
        if Path(os.path.commonpath([source, start])) != Path(source.anchor):
            return Path(os.path.relpath(source, start)).as_posix()
    return source.name
