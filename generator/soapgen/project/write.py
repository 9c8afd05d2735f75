"""Files → disk: written under temporary names, then renamed; files made by hand are kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import OutputError, Place
from .manifest import FILE_NAME, Manifest, digest, read_manifest

_TEMPORARY = ".soapgen-tmp"


@dataclass(frozen=True, slots=True)
class Report:
    """What a write changed.

    Attributes:
        written: The paths of the files that it wrote.
        removed: The paths of the files that it removed.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]


def contents(files: Mapping[str, str], manifest: Manifest) -> dict[str, bytes]:
    """The content of every file of a package, by path, the manifest last."""
    return {path: text.encode() for path, text in (*files.items(), (FILE_NAME, manifest.text()))}


def write(package: Path, wanted: Mapping[str, bytes], *, force: bool = False) -> Report:
    """Write ``wanted``, the :func:`contents` of a package, into the folder ``package``.

    Files that an earlier build wrote and this one does not are removed; files that soapgen did
    not write stay. Nothing changes on disk unless everything can be written.

    Raises:
        OutputError: The folder cannot be written, or a file that would be overwritten or removed
            was edited or made by hand and ``force`` is not given.
    """
    previous = _previous(package, force)
    changed = [path for path, content in wanted.items() if _read(package / path) != content]
    stale = [path for path in previous if path not in wanted and (package / path).exists()]
    if not force:
        _protect(package, [*changed, *stale], previous)
    folders = {folder for path in changed for folder in (package / path).parents}
    # The deepest first: in this order they are removed if the write fails.
    created = sorted((folder for folder in folders if not folder.exists()), reverse=True)
    try:
        for path in changed:
            temporary = _temporary(package / path)
            temporary.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(wanted[path])
        for path in changed:
            os.replace(_temporary(package / path), package / path)
        for path in stale:
            (package / path).unlink()
            _remove_if_empty((package / path).parent, package)
    except OSError as error:
        _clean(package, changed, created)
        raise OutputError(
            f"the package cannot be written: {error.strerror}",
            place=Place(str(error.filename or package)),
            hint="choose another folder with --out, or make this one writable",
        ) from error
    return Report(tuple(changed), tuple(stale))


def write_files(folder: Path, files: Mapping[str, bytes], option: str) -> None:
    """Write ``files``, by their paths in ``folder``; files that exist are overwritten.

    Raises:
        OutputError: The folder cannot be written; the hint names ``option``, which sets the folder.
    """
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise OutputError(
            f"the files cannot be written: {error.strerror}",
            place=Place(str(error.filename or folder)),
            hint=f"choose another folder with {option}, or make this one writable",
        ) from error


def _previous(package: Path, force: bool) -> dict[str, str]:
    """The hashes of the files that the last build wrote, by path, without the manifest."""
    try:
        manifest = read_manifest(package)
    except OutputError:
        if not force:
            raise
        manifest = None
    return {} if manifest is None else dict(manifest.files)


def _protect(package: Path, paths: list[str], previous: Mapping[str, str]) -> None:
    """Raise an OutputError if one of ``paths`` is not as the last build wrote it."""
    for path in paths:
        content = _read(package / path)
        if content is None or path == FILE_NAME:
            continue
        if path not in previous:
            message = "this file is in the way, and soapgen did not write it"
        elif digest(content) != previous[path]:
            message = "this generated file was edited by hand"
        else:
            continue
        raise OutputError(
            message,
            place=Place(str(package / path)),
            hint="move your changes elsewhere, or give --force to overwrite it",
        )


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise OutputError(
            f"the file cannot be read: {error.strerror}",
            place=Place(str(path)),
            hint="choose another folder with --out, or make this one readable",
        ) from error


def _remove_if_empty(folder: Path, package: Path) -> None:
    """Remove ``folder`` if it is empty, then likewise its parents up to ``package``."""
    while folder != package and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}{_TEMPORARY}")


def _clean(package: Path, paths: list[str], created: list[Path]) -> None:
    """Remove what a failed write left: temporary files, and the folders that it created."""
    for path in paths:
        try:
            _temporary(package / path).unlink()
        except OSError:
            continue
    for folder in created:
        try:
            folder.rmdir()
        except OSError:
            break
