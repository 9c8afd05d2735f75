"""Hashes that show, without generating anything, that a build would write a package again as it is.

They show it only if everything that a build depends on is the same as when the package was written:
the documents, the options, the code and the templates of soapgen, and the libraries that affect the
output. In any other case only a build can tell.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ..render import folder as templates_folder
from .manifest import FILE_NAME, Manifest, digest
from .options import Options

# The libraries that affect the output: they read contracts, render and format.
_LIBRARIES = ("black", "elementpath", "jinja2", "lxml", "xmlschema")


@cache
def fingerprint() -> str:
    """The SHA-256 of what every build depends on: Python, libraries, code and templates."""
    sha256 = hashlib.sha256(f"Python {sys.version_info[:2]}".encode())
    for library in _LIBRARIES:
        sha256.update(f"{library} {version(library)}\n".encode())
    for folder, pattern in ((Path(__file__).parents[1], "*.py"), (templates_folder(), "*")):
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                sha256.update(f"{path.relative_to(folder).as_posix()}\n".encode())
                sha256.update(digest(path.read_bytes()).encode())
    return sha256.hexdigest()


def is_unchanged(
    package: Path,
    manifest: Manifest | None,
    sources: Mapping[str, Mapping[str, str]],
    options: Options,
) -> bool:
    """Whether the hashes show that a build with ``options`` would change nothing in ``package``.

    Args:
        package: The package's folder.
        manifest: Its manifest; None if it has none.
        sources: The hashes of the documents as they are now, as in a manifest.
        options: The options of the build, normalised.
    """
    if manifest is None or manifest.generator != fingerprint():
        return False
    if manifest.options != options or manifest.sources != sources:
        return False
    return _digest(package / FILE_NAME) == digest(manifest.text().encode()) and all(
        _digest(package / path) == sha256 for path, sha256 in manifest.files.items()
    )


def _digest(path: Path) -> str:
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""
