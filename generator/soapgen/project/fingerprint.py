"""Is a package what this very generator would write now? Told by hashes; nothing is generated.

Yes is said only where everything that a build depends on is the same as when the package was
written: the documents, the options, the code and the templates of soapgen, and the libraries that
do its work. In any other case a build has to tell.
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

# What reads contracts and what makes text of them.
_LIBRARIES = ("black", "elementpath", "jinja2", "lxml", "xmlschema")


@cache
def fingerprint() -> str:
    """The SHA-256 of all that the output of a build depends on, but for its sources and options."""
    found = hashlib.sha256(f"Python {sys.version_info[:2]}".encode())
    for library in _LIBRARIES:
        found.update(f"{library} {version(library)}\n".encode())
    for folder, pattern in ((Path(__file__).parents[1], "*.py"), (templates_folder(), "*")):
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(folder).as_posix()}\n".encode())
                found.update(digest(path.read_bytes()).encode())
    return found.hexdigest()


def is_unchanged(
    package: Path,
    manifest: Manifest | None,
    sources: Mapping[str, Mapping[str, str]],
    options: Options,
) -> bool:
    """Whether ``package`` holds what a build with ``options`` would write.

    Args:
        package: The package's folder.
        manifest: What lies there as its manifest.
        sources: The hashes of the documents as they are now, as in a manifest.
        options: The options of the build, settled.
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
