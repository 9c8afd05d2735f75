"""Files → a package on disk, as a whole; work done by hand is kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import OutputError, Place
from .formatted import is_only_formatted
from .inventory import Inventory, above, read_plain, take_inventory
from .manifest import FILE_NAME, Manifest, digest, read_manifest
from .stage import stage
from .turns import Announce, turn, unannounced
from .workplace import put_in_place, settle_in_turn, workplace

_MOVE_IT = "move your changes elsewhere, or give --force to overwrite it"
_LINK = "a link is in the way, and soapgen writes through none"
_UNKNOWN = "this file is in the way, and soapgen did not write it"


@dataclass(frozen=True, slots=True)
class Report:
    """What a write changed.

    Attributes:
        written: The paths of the files that it wrote.
        removed: The paths of the files that it removed.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The file in a folder that lists what soapgen wrote there.

    Attributes:
        file_name: Its name.
        read: Reads the hashes of the files in a folder, by path; empty where there is no listing.
            It raises OutputError for one that cannot be read.
    """

    file_name: str
    read: Callable[[Path], Mapping[str, str]]


def _files_of_package(package: Path) -> Mapping[str, str]:
    manifest = read_manifest(package)
    return {} if manifest is None else manifest.files


MANIFEST = Listing(FILE_NAME, _files_of_package)
"""That of a package."""


@dataclass(slots=True)
class Change:
    """What a write would change in a package.

    Attributes:
        written: The content of the files to write, by path.
        removed: The paths of the files that the last build wrote, and this one does not.
        lost: What each file or link is that only ``--force`` overwrites or removes, by path.
        formatted: The paths of the modules that are as they should be but for their layout.
    """

    written: dict[str, bytes] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)
    formatted: list[str] = field(default_factory=list)


def contents(files: Mapping[str, str], manifest: Manifest) -> dict[str, bytes]:
    """The content of every file of a package, by path, the manifest last."""
    return {path: text.encode() for path, text in (*files.items(), (FILE_NAME, manifest.text()))}


def write(
    package: Path,
    wanted: Mapping[str, bytes],
    *,
    force: bool = False,
    announce: Announce = unannounced,
    listing: Listing = MANIFEST,
) -> Report:
    """Write ``wanted``, the :func:`contents` of a package, into the folder ``package``.

    Files that an earlier build wrote and this one does not are removed; files that soapgen did
    not write stay. At any time, on disk is the package as it was or as it will be; so it is if
    this process is killed. Several processes that write packages in one folder take turns.

    Args:
        package: The package's folder.
        wanted: The content of each file, by path.
        force: Whether to overwrite what was edited by hand.
        announce: Tells the user that another process has its turn, if it takes long.
        listing: The file among ``wanted`` that lists all others.

    Raises:
        OutputError: The folder cannot be written, or a file that would be overwritten or removed
            was edited or made by hand and ``force`` is not given.
    """
    made = [folder for folder in package.parents if not os.path.lexists(folder)]
    try:
        if made:
            package.parent.mkdir(parents=True, exist_ok=True)
        # No path may lead through the package, which will be another folder: it may be the
        # working directory.
        place = package.parent.resolve() / package.name
        with turn(place.parent, announce):
            settle_in_turn(place.parent)
            return _written(package, place, wanted, force, listing)
    except (OSError, OutputError) as error:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, OutputError):
            raise
        raise OutputError(
            f"the {'package' if listing is MANIFEST else 'folder'} cannot be written: "
            f"{error.strerror or error}",
            place=Place(str(package)),
            hint="choose another folder with --out, or make this one writable; "
            "a folder that is mounted or in use cannot be replaced",
        ) from error


def _written(
    package: Path, place: Path, wanted: Mapping[str, bytes], force: bool, listing: Listing
) -> Report:
    """Write ``wanted`` into ``package``, whose path without links is ``place``, in turn."""
    before = _inventory(package)
    known = _known_files(package, force, listing)
    change = change_of(package, wanted, known, before, listing.file_name)
    if change.lost and not force:
        path, message = next(iter(change.lost.items()))
        raise OutputError(message, place=Place(str(package / path)), hint=_MOVE_IT)
    if change.written or change.removed:
        with workplace(place) as new:
            stage(new, place, before, change.written, {*change.removed, *change.lost})
            put_in_place(new, place, before)
    return Report(tuple(change.written), tuple(change.removed))


def _known_files(package: Path, force: bool, listing: Listing) -> Mapping[str, str]:
    """The hashes of the files that were written last, by path, without the listing.

    Raises:
        OutputError: The listing cannot be read, and ``force`` is not given.
    """
    try:
        return listing.read(package)
    except OutputError:
        if not force:
            raise
        return {}


def change_of(
    package: Path,
    wanted: Mapping[str, bytes],
    known: Mapping[str, str],
    before: Inventory | None,
    listing: str = FILE_NAME,
) -> Change:
    """What writing ``wanted`` into ``package`` would change.

    Args:
        package: The package's folder.
        wanted: The content of each file, by path.
        known: The hashes of the files that the last build wrote, by path.
        before: What is in the folder; None if it does not exist.
        listing: The name of the file that lists all others.

    Raises:
        OutputError: A file cannot be read, or a folder is where a file must be.
    """
    change = Change()
    if before is None:
        change.written.update(wanted)
        return change
    removed = {path for path in known if path not in wanted and path in before.files}
    for path, content in wanted.items():
        if path in before.folders:
            raise OutputError(
                "a folder is in the way, and soapgen did not make it",
                place=Place(str(package / path)),
                hint="move it elsewhere",
            )
        for part in above(path):
            if part in before.files and part not in removed:
                change.lost[part] = _UNKNOWN if before.is_file(part) else _LINK
        there = read_plain(package, path)
        if there == content:
            continue
        change.written[path] = content
        if path != listing or there is None:
            _protect(change, path, there, known, before, content)
    for path in sorted(removed):
        change.removed.append(path)
        _protect(change, path, read_plain(package, path), known, before)
    return change


def _protect(
    change: Change,
    path: str,
    there: bytes | None,
    known: Mapping[str, str],
    before: Inventory,
    wanted: bytes | None = None,
) -> None:
    """Note that a file or link at ``path`` is not as the last build wrote it."""
    if path not in before.files:
        return
    if there is None:
        change.lost[path] = _LINK
    elif path not in known:
        change.lost[path] = _UNKNOWN
    elif digest(there) == known[path]:
        return
    elif wanted is not None and path.endswith(".py") and is_only_formatted(there, wanted):
        change.formatted.append(path)
    else:
        change.lost[path] = "this generated file was edited by hand"


def _inventory(package: Path) -> Inventory | None:
    """What is in the folder ``package``; None if there is nothing of this name."""
    if not os.path.lexists(package):
        return None
    if package.is_symlink() or not package.is_dir():
        raise OutputError(
            _LINK if package.is_symlink() else _UNKNOWN,
            place=Place(str(package)),
            hint="move it elsewhere, or choose another folder with --out",
        )
    return take_inventory(package)
