"""Hashes that show, without generating anything, that a build would write a package again as it is.

They show it only if all that a build depends on is the same as when the package was written: the
documents, the options, the versions of soapgen and black, and the code that these versions name. If
the latter is not certain, only a build can tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .fingerprint import is_release
from .inventory import read_plain
from .manifest import FILE_NAME, Manifest, digest
from .options import Options


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

    Raises:
        OutputError: A file cannot be read.
    """
    if manifest is None or manifest.options != options or manifest.sources != sources:
        return False
    # The text has the versions.
    if read_plain(package, FILE_NAME) != manifest.text().encode():
        return False
    for path, sha256 in manifest.files.items():
        content = read_plain(package, path)
        if content is None or digest(content) != sha256:
            return False
    return is_release() or _is_confirmed(manifest)


def remember(manifest: Manifest) -> None:
    """Note that a build has generated the files of ``manifest``, where only a note can tell."""
    if not is_release():
        from .confirmed import confirm

        confirm(manifest)


def _is_confirmed(manifest: Manifest) -> bool:
    from .confirmed import is_confirmed  # a release needs no cache

    return is_confirmed(manifest)
