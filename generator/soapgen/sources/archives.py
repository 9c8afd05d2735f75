"""The files in a ZIP archive, each read in pieces: the sizes that it states are not trusted."""

from __future__ import annotations

import os
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from ..errors import Place, SourceError
from .folders import written_forms
from .limits import Limits, beyond, require_size
from .origins import NotThereError, OutsideError

# What zipfile raises for archives that are damaged or encrypted.
_PROBLEMS = (
    OSError,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
    LookupError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)

# A piece of these unpacks to a bounded number of bytes; one of bzip2 may unpack to gigabytes.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# The largest share that a file has in the table of contents. zipfile reads all of it at once.
_ENTRY = 256

_DRIVE = re.compile("[A-Za-z]:")


class Archive:
    """The files in a ZIP archive. A location is a path within it, without ``.`` and ``..``.

    Args:
        path: The file.
        limits: How many files there may be in it.

    Attributes:
        names: The locations of all files, sorted, without those that are hidden: macOS adds some.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path = path
        self._limits = limits
        self._zip: zipfile.ZipFile | None = None
        self._entries: dict[str, list[zipfile.ZipInfo]] = {}
        with self._explained():
            infos = self._opened().infolist()
        if len(infos) > limits.files:
            raise self._too_many()
        for info in infos:
            if not info.is_dir():
                self._entries.setdefault(self._location(info), []).append(info)
        self.names = sorted(name for name in self._entries if not _is_hidden(name))

    def __reduce__(self) -> tuple[type[Archive], tuple[Path, Limits]]:
        """Another process opens the archive itself."""
        return Archive, (self._path, self._limits)

    def read(self, location: str, limits: Limits, seconds: float) -> bytes:
        """See Origin."""
        entries = self._entries.get(location)
        if entries is None:
            raise NotThereError
        place = Place(self.shown(location))
        info = entries[0]
        if len(entries) > 1:
            raise SourceError(
                "the archive has two files of this name",
                place=place,
                hint="make the archive again, with one of them",
            )
        if info.compress_type not in _METHODS:
            raise SourceError(
                "the file is packed by a method that soapgen does not unpack",
                place=place,
                hint="make the archive again, by the usual method, which is called deflate",
            )
        content = bytearray()
        with self._explained(location), self._opened().open(info) as file:
            while piece := file.read(2**16):
                content += piece
                require_size(len(content), limits, place)
        return bytes(content)

    def resolve(self, location: str, reference: str) -> str:
        """See Origin."""
        if "://" in reference:
            raise OutsideError("to another host", "put that document into the archive")
        for name in written_forms(reference):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(location), name))
            if target.startswith(("../", "/")) or target == "..":
                raise OutsideError("out of the archive", "put what is imported into the archive")
            if target in self._entries:
                return target
        return posixpath.normpath(posixpath.join(posixpath.dirname(location), reference))

    def identity(self, location: str) -> str:
        """See Origin."""
        return f"{os.path.realpath(self._path)}!{location}"

    def key(self, location: str) -> str:
        """See Origin."""
        return location

    def file_name(self, location: str) -> str:
        """See Origin."""
        return location.rpartition("/")[2]

    def shown(self, location: str) -> str:
        """See Origin."""
        return f"{self._path}/{location}"

    def close(self) -> None:
        """See Origin."""
        if self._zip is not None:
            self._zip.close()
            self._zip = None

    def _opened(self) -> zipfile.ZipFile:
        """The archive; it stays open, since opening it reads the whole table of contents."""
        if self._zip is None:
            file = _File(self._path, self._limits.files * _ENTRY)
            try:
                self._zip = zipfile.ZipFile(file)
            except _TooMuchError:
                file.close()
                raise self._too_many() from None
            except BaseException:
                file.close()
                raise
        return self._zip

    def _location(self, info: zipfile.ZipInfo) -> str:
        """The location of an entry; some tools write ``./`` or the separators of Windows."""
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
            raise SourceError(
                f"the archive has a file with a name that leads out of it: {info.filename!r}",
                place=Place(str(self._path)),
                hint="make the archive again, with relative names",
            )
        return posixpath.normpath(name)

    def _too_many(self) -> SourceError:
        message = f"there are more than {self._limits.files:,} files in the archive"
        return beyond(self._limits, "files", message, Place(str(self._path)))

    @contextmanager
    def _explained(self, location: str | None = None) -> Iterator[None]:
        """Turn the errors of zipfile into one that names the archive, or the file in it."""
        try:
            yield
        except _PROBLEMS as error:
            what = "archive" if location is None else "file in the archive"
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise SourceError(
                f"the {what} cannot be read: {reason}",
                place=Place(str(self._path) if location is None else self.shown(location)),
                hint="make the archive again, without a password",
            ) from error


def _is_hidden(location: str) -> bool:
    return any(part.startswith(".") for part in location.split("/"))


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP archive, or was one before it was cut off.

    Raises:
        SourceError: It cannot be read.
    """
    try:
        with open(path, "rb") as file:
            return file.read(4) in (b"PK\3\4", b"PK\5\6") or zipfile.is_zipfile(file)
    except OSError as error:
        raise SourceError(
            f"the file cannot be read: {error.strerror}",
            place=Place(str(path)),
            hint="check its permissions",
        ) from error


class _TooMuchError(Exception):
    """More is read in one piece than allowed."""


class _File(FileIO):
    """A file of which no more than ``most`` bytes are read in one piece."""

    def __init__(self, path: Path, most: int) -> None:
        super().__init__(path)
        self._most = most

    def read(self, size: int | None = -1, /) -> bytes:
        """The next ``size`` bytes. Raises _TooMuchError if that is too much."""
        if size is not None and size > self._most:
            raise _TooMuchError
        return super().read(size) or b""
