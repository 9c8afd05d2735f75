"""What is in the folder of a package, without following a link: files, links and folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..errors import OutputError, Place

PYTHON_CACHE = "__pycache__"


@dataclass(frozen=True, slots=True)
class Inventory:
    """What is in a folder, by path within it, with slashes.

    Attributes:
        files: All that is no folder: files, links, and what else there may be.
        folders: The folders in it.
    """

    files: Mapping[str, os.stat_result]
    folders: Mapping[str, os.stat_result]

    def is_file(self, path: str) -> bool:
        """Whether ``path`` is a plain file, and no link or device."""
        return path in self.files and stat.S_ISREG(self.files[path].st_mode)

    def is_like(self, other: Inventory) -> bool:
        """Whether nobody added, removed or wrote a file since ``other`` was taken.

        What Python keeps for itself does not count: it may come at any time.
        """
        return self._states() == other._states()

    def _states(self) -> dict[str, tuple[int, ...]]:
        states: dict[str, tuple[int, ...]] = {
            path: (item.st_mode, item.st_ino, item.st_size, item.st_mtime_ns)
            for path, item in self.files.items()
        }
        states |= {path: (item.st_mode,) for path, item in self.folders.items()}
        return {path: state for path, state in states.items() if not in_python_cache(path)}


def take_inventory(folder: Path) -> Inventory:
    """What is in ``folder``.

    Raises:
        OSError: A folder in it cannot be read.
        OutputError: Another file system is mounted in it, whose files must not be moved.
    """
    files: dict[str, os.stat_result] = {}
    folders: dict[str, os.stat_result] = {}
    device = os.lstat(folder).st_dev
    unread = [""]
    while unread:
        within = unread.pop()
        for name in sorted(os.listdir(folder / within)):
            path = f"{within}/{name}" if within else name
            try:
                found = os.lstat(folder / path)
            except FileNotFoundError:
                continue  # it went while the folder was read
            if not stat.S_ISDIR(found.st_mode):
                files[path] = found
                continue
            if found.st_dev != device:
                raise OutputError(
                    "another file system is mounted here, in a package's folder",
                    place=Place(str(folder / path)),
                    hint="mount it elsewhere, or build the package into another folder with --out",
                )
            folders[path] = found
            unread.append(path)
    return Inventory(files, folders)


def read_plain(folder: Path, path: str) -> bytes | None:
    """The content of the file at ``path`` in ``folder``; None if no plain file is there.

    No link below ``folder`` is followed.

    Raises:
        OutputError: The file cannot be read.
    """
    place = folder / path
    try:
        for part in above(path):
            if not stat.S_ISDIR(os.lstat(folder / part).st_mode):
                return None
        return place.read_bytes() if stat.S_ISREG(os.lstat(place).st_mode) else None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise OutputError(
            f"the file cannot be read: {error.strerror}",
            place=Place(str(place)),
            hint="choose another folder with --out, or make this one readable",
        ) from error


def above(path: str) -> list[str]:
    """The folders that ``path`` is in, the outermost first: ``a`` and ``a/b`` for ``a/b/c``."""
    return [str(parent) for parent in PurePosixPath(path).parents][-2::-1]


def in_python_cache(path: str) -> bool:
    """Whether ``path`` is a folder in which Python keeps compiled modules, or is in one."""
    return PYTHON_CACHE in path.split("/")
