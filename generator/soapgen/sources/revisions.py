"""The files in a revision of a git repository, read with git itself."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from collections.abc import Iterator

from ..errors import Place, SourceError
from ..near import nearest
from .folders import written_forms
from .limits import Limits, beyond, require_size
from .origins import NotThereError, OutsideError

_NAMED = re.compile(r"(?P<revision>[^:\s-][^:\s]+):(?P<path>[^:]+)")
"""A revision of two characters or more, as one letter and a colon is a drive of Windows."""


def as_revision(name: str) -> tuple[str, str] | None:
    """The revision and the path in ``REVISION:PATH``; None if ``name`` is a file or none of these.

    A path that begins with a dot is relative to the working directory, as git has it.
    """
    found = _NAMED.fullmatch(name)
    if found is None or "://" in name or os.path.lexists(name):
        return None
    path = found["path"]
    if path == "." or path.startswith(("./", "../")):
        prefix = _git("rev-parse", "--show-prefix", place=Place(name)).decode().strip()
        path = prefix + path
    return found["revision"], posixpath.normpath(path)


class Revision:
    """The files in a revision. A location is a path from the root of the repository.

    Args:
        revision: The revision, as git takes it.
    """

    def __init__(self, revision: str) -> None:
        place = Place(revision)
        self._given = revision
        # A name may come to mean another revision while it is read.
        command = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}")
        self._tree = _git(*command, place=place).decode().strip()

    def read(self, location: str, limits: Limits, seconds: float) -> bytes:
        """See Origin."""
        place = Place(self.shown(location))
        entry = self._entry(location)
        if entry is None:
            raise NotThereError("there is no such file in the revision", self._meant(location))
        kind, name = entry
        if kind != "blob":
            raise SourceError("this is no file", place=place, hint="name a file in the revision")
        size = int(_git("cat-file", "-s", name, place=place))
        require_size(size, limits, place)
        return _git("cat-file", "blob", name, place=place)

    def is_folder(self, location: str) -> bool:
        """Whether there is a folder at ``location``."""
        entry = self._entry(location)
        return location == "." or (entry is not None and entry[0] == "tree")

    def files(self, location: str, limits: Limits) -> list[str]:
        """The locations of all files in the folder at ``location`` and below it, sorted."""
        place = Place(self.shown(location))
        command = ("ls-tree", "-r", "-z", "--name-only", "--full-tree", self._tree)
        path = () if location == "." else ("--", f"{location}/")
        names = _texts(_git(*command, *path, place=place))
        if len(names) > limits.files:
            message = f"there are more than {limits.files:,} files in the folder"
            raise beyond(limits, "files", message, place)
        return sorted(names)

    def resolve(self, location: str, reference: str) -> str:
        """See Origin."""
        if "://" in reference:
            raise OutsideError("to another host", "add that document to the repository")
        base = posixpath.dirname(location)
        for name in written_forms(reference):
            target = posixpath.normpath(posixpath.join(base, name))
            if target.startswith(("../", "/")) or target == "..":
                raise OutsideError("out of the repository", "add what is imported to it")
            if self._entry(target) is not None:
                return target
        return posixpath.normpath(posixpath.join(base, reference))

    def identity(self, location: str) -> str:
        """See Origin."""
        return f"{self._tree}:{location}"

    def key(self, location: str) -> str:
        """See Origin."""
        return location

    def file_name(self, location: str) -> str:
        """See Origin."""
        return posixpath.basename(location)

    def shown(self, location: str) -> str:
        """See Origin."""
        return f"{self._given}:{location}"

    def close(self) -> None:
        """See Origin."""

    def _meant(self, location: str) -> str:
        """A hint to the file that was probably meant by ``location``."""
        command = ("ls-tree", "-r", "-z", "--full-tree", "--name-only", self._tree)
        names = _texts(_git(*command, place=Place(self.shown(location))))
        near = nearest(location, names)
        return f"did you mean {self.shown(near[0])}?" if near else "check the path"

    def _entry(self, location: str) -> tuple[str, str] | None:
        """The kind and the name of the object at ``location``; None where there is none."""
        command = ("ls-tree", "-z", "--full-tree", self._tree, "--", location)
        for line in _texts(_git(*command, place=Place(self.shown(location)))):
            mode, kind, name = line.partition("\t")[0].split()
            # A link is a file with the path that it leads to.
            return ("link" if mode == "120000" else kind), name
        return None


def _texts(output: bytes) -> list[str]:
    return list(_parts(output))


def _parts(output: bytes) -> Iterator[str]:
    yield from filter(None, output.decode("utf-8", "surrogateescape").split("\0"))


def _git(*arguments: str, place: Place) -> bytes:
    """What git prints for ``arguments``.

    Raises:
        SourceError: It is not there, or there is no such revision.
    """
    command = ["git", "--literal-pathspecs", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except OSError as error:
        raise SourceError(
            f"git cannot be run: {error.strerror}",
            place=place,
            hint="install git, or name a file",
        ) from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = lines[0].removeprefix("fatal: ") if lines else "there is no such revision"
        raise SourceError(
            f"there is no such file, and git says: {reason}",
            place=place,
            hint="check the path, or the revision in REVISION:PATH",
        )
    return done.stdout
