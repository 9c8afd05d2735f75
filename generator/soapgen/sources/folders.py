"""The files in a folder: which there are, and reading those that are files and lie in it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from ..errors import Place, SourceError
from .limits import Limits, beyond, require_size
from .nearby import check_path
from .origins import NotThereError, OutsideError


class Folder:
    """The files in a folder and below it. A location is a path, as the user would write it.

    Args:
        path: The folder.
    """

    def __init__(self, path: Path) -> None:
        self._given = path
        self._path = os.path.realpath(path)
        self._spellings: dict[str, str] = {}

    def read(self, location: str, limits: Limits, seconds: float) -> bytes:
        """See Origin."""
        return read_file(location, limits)

    def resolve(self, location: str, reference: str) -> str:
        """See Origin."""
        if "://" in reference:
            raise OutsideError(
                "to another host", "save that document beside this one and import it from there"
            )
        base = self._base(location)
        for name in written_forms(reference):
            target = os.path.normpath(os.path.join(base, name))
            if not self.contains(target):
                raise OutsideError(
                    "out of the folder of the source",
                    "move what is imported into the folder of the WSDL or below it, name the "
                    "folder above both as the source",
                )
            if os.path.exists(target):
                return target
        return os.path.normpath(os.path.join(base, reference))

    def contains(self, location: str) -> bool:
        """Whether ``location`` lies in the folder, wherever links in its path lead."""
        return Path(os.path.realpath(location)).is_relative_to(self._path)

    def files(self, limits: Limits) -> list[str]:
        """The locations of all files in the folder and below it, sorted.

        Without those that are hidden, or that a link to a folder leads to.

        Raises:
            SourceError: A folder cannot be read, or there are too many files.
        """
        found: list[str] = []
        folders = [str(self._given)]
        seen = 0
        while folders:
            for entry in _entries(folders.pop()):
                seen += 1
                if seen > limits.files:
                    message = f"there are more than {limits.files:,} files in the folder"
                    raise beyond(limits, "files", message, Place(str(self._given)))
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif not os.path.isdir(entry.path):
                    found.append(os.path.normpath(entry.path))
        return sorted(found, key=lambda location: location.split(os.sep))

    def identity(self, location: str) -> str:
        """See Origin."""
        path = os.path.realpath(location)
        # Two spellings are one file where the file system takes no notice of case.
        first = self._spellings.setdefault(path.casefold(), path)
        return first if path == first or _is_same(path, first) else path

    def key(self, location: str) -> str:
        """See Origin."""
        if self.contains(location):
            path = os.path.relpath(os.path.realpath(location), self._path)
        else:  # a file that was named itself, and is a link
            path = os.path.relpath(location, self._given)
        return Path(path).as_posix()

    def file_name(self, location: str) -> str:
        """See Origin."""
        return self.key(location).rpartition("/")[2]

    def shown(self, location: str) -> str:
        """See Origin."""
        return location

    def close(self) -> None:
        """See Origin."""

    def _base(self, location: str) -> str:
        """The folder that imports of the document at ``location`` are relative to.

        It is that of the file which a link in the folder leads to: so it does not matter which of
        two locations of a document is read first.
        """
        real = os.path.relpath(os.path.realpath(location), self._path)
        if real == os.path.relpath(location, self._given) or not self.contains(location):
            return os.path.dirname(location)
        return os.path.join(self._given, os.path.dirname(real))


def read_file(path: str, limits: Limits) -> bytes:
    """The content of a file. A pipe or a device, which may never end, is refused.

    Raises:
        NotThereError: There is no such file.
        SourceError: It is no file, cannot be read, or is larger than a document may be.
    """
    place = Place(path)
    try:
        kind = stat.S_IFMT(os.stat(path).st_mode)
        if kind != stat.S_IFREG:
            raise SourceError(
                f"this is {_KINDS.get(kind, 'a device')}, and not a file",
                place=place,
                hint="name a file; what a command writes must be saved in one",
            )
        with open(path, "rb", opener=_open_without_waiting) as file:
            content = file.read(limits.size + 1) or b""
    except (FileNotFoundError, NotADirectoryError):
        if os.path.islink(path):
            raise NotThereError(
                "this is a link that leads to nothing", "remove the link, or put the file there"
            ) from None
        raise NotThereError(hint=check_path(path)) from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise NotThereError("there is no file of so long a name") from None
        raise SourceError(
            f"the file cannot be read: {error.strerror}",
            place=place,
            hint="check its permissions",
        ) from error
    require_size(len(content), limits, place)
    return content


def written_forms(reference: str) -> Iterator[str]:
    """The file names that ``reference`` may mean: as it is, and as an address would be read.

    An address has its special characters as ``%20`` and may end in ``#part``. Some tools write
    the separators of Windows.
    """
    address = unquote(reference.partition("#")[0], errors="replace")
    for name in dict.fromkeys((reference, reference.replace("\\", "/"), address)):
        if name and "\0" not in name:
            yield name


def _is_same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        raise SourceError(
            f"the folder cannot be read: {error.strerror}",
            place=Place(folder),
            hint="check its permissions, or name the files that you want",
        ) from error


def _open_without_waiting(path: str, flags: int) -> int:
    """Open ``path``; if it has just become a pipe, do not wait until somebody writes."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
