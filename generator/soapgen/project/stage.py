"""The next state of a package → a folder: new files written, all others linked or copied."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from .inventory import PYTHON_CACHE, Inventory, above, in_python_cache


def stage(
    new: Path,
    package: Path,
    before: Inventory | None,
    written: Mapping[str, bytes],
    dropped: Collection[str],
) -> None:
    """Make the folder ``new``: what ``package`` contains, with some files written or dropped.

    Files that stay keep their content, times and permissions; where the file system has hard links,
    they are the same files. What is written over another file has its permissions.

    Args:
        new: The folder to make; it has the permissions of ``package``.
        package: The package's folder.
        before: What is in it; None if it does not exist.
        written: The content of the files to write, by path.
        dropped: The paths of files that do not stay; their folders stay only with other files.

    Raises:
        OSError: It cannot be done.
    """
    new.mkdir()
    if before is None:
        before = Inventory({}, {})
    staying = [path for path in before.files if path not in written and path not in dropped]
    folders = _folders(before, staying, written, dropped)
    for folder in sorted(folders):
        (new / folder).mkdir()
    for path in staying:
        if not in_python_cache(path) or _folder(path) in folders:
            _keep(package / path, new / path)
    for path, content in written.items():
        with open(new / path, "xb") as file:
            file.write(content)
        if before.is_file(path):
            _permit(new / path, before.files[path])
    # The innermost first: some may permit no change of what is in them.
    for folder in sorted(folders & before.folders.keys(), reverse=True):
        _copy_permissions(package / folder, new / folder)
    if package.exists():
        _copy_permissions(package, new)


def _folders(
    before: Inventory,
    staying: Collection[str],
    written: Collection[str],
    dropped: Collection[str],
) -> set[str]:
    """The folders of the next state: with a file in them, or in which no file was dropped."""
    emptied = {folder for path in dropped for folder in above(path)}
    others = {path for path in before.folders if not in_python_cache(path)}
    needed = {folder for folder in others - emptied for folder in (*above(folder), folder)}
    for path in (*staying, *written):
        if not in_python_cache(path):
            needed.update(above(path))
    # What Python keeps for a module stays as long as there may be a module.
    caches = before.folders.keys() - others
    return needed | {
        path
        for path in caches
        if (around := path.split(PYTHON_CACHE)[0].rstrip("/")) in needed or not around
    }


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _keep(old: Path, new: Path) -> None:
    """Let ``new`` be the file or link ``old``."""
    if old.is_symlink():
        os.symlink(os.readlink(old), new, target_is_directory=old.is_dir())
        with suppress(OSError):
            shutil.copystat(old, new, follow_symlinks=False)
        return
    try:
        os.link(old, new)
    except FileNotFoundError:
        return  # it has gone meanwhile; this is found when the folders have been exchanged
    except OSError as error:
        # A mounted file; a file on another file system could only be lost.
        if error.errno == errno.EXDEV:
            raise
        shutil.copy2(old, new, follow_symlinks=False)


def _copy_permissions(old: Path, new: Path) -> None:
    """Give a folder the permissions of another one; its times are those of the change."""
    _permit(new, os.lstat(old))
    shutil.copystat(old, new)
    os.utime(new)


def _permit(new: Path, old: os.stat_result) -> None:
    with suppress(OSError):  # only root may give files away
        if hasattr(os, "chown"):
            os.chown(new, old.st_uid, old.st_gid)
    os.chmod(new, stat.S_IMODE(old.st_mode))
