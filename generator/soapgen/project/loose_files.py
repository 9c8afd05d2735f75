"""Files that make no package → a folder: each whole, within the folder, and through no link."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from ..errors import OutputError, Place
from .inventory import above
from .paths import require_good


def write_files(folder: Path, files: Iterable[tuple[str, bytes]], option: str) -> None:
    """Write ``files``, each with its path in ``folder``; files that exist are overwritten.

    Raises:
        OutputError: A path leads out of the folder, two files have the same path, or the folder
            cannot be written; the hint names ``option``, which sets the folder.
    """
    listed = list(files)
    require_good((path for path, _ in listed), str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in listed:
            for part in above(path):
                if (folder / part).is_symlink():
                    raise OutputError(
                        "a link is in the way, and soapgen writes through none",
                        place=Place(str(folder / part)),
                        hint=f"remove it, or choose another folder with {option}",
                    )
                (folder / part).mkdir(exist_ok=True)
            _write(folder / path, content)
    except OSError as error:
        raise OutputError(
            f"the files cannot be written: {error.strerror}",
            place=Place(str(error.filename or folder)),
            hint=f"choose another folder with {option}, or make this one writable",
        ) from error


def require_same(folder: Path, files: Mapping[str, bytes]) -> None:
    """Refuse to overwrite a file in ``folder`` that differs from the one in ``files``.

    Raises:
        OutputError: There is one, or it cannot be read.
    """
    for name, content in files.items():
        path = folder / name
        try:
            differs = path.read_bytes() != content
        except FileNotFoundError:
            continue
        except OSError as error:
            raise OutputError(
                f"what is there cannot be read: {error.strerror}",
                place=Place(str(path)),
                hint="remove it, or choose another folder",
            ) from error
        if differs:
            raise OutputError(
                "the file differs from what would be written",
                place=Place(str(path)),
                hint="choose another folder, or overwrite it with --force",
            )


def _write(path: Path, content: bytes) -> None:
    """Write a whole file; a link in its place is replaced itself."""
    temporary = path.with_name(f".soapgen-{secrets.token_hex(8)}")
    try:
        with open(temporary, "xb") as file:
            file.write(content)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
