"""The folder beside a package in which the next state of it is made, and what a killed build left.

It has a name that nobody can foresee, and contains ``new``, the package as it will be. Where the
two cannot be exchanged in one step, it contains ``old`` in between: the package as it was, which
the next command moves back if there is none. Who works here has the turn of the folder around.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import OutputError, Place
from .exchange import exchange
from .inventory import Inventory, take_inventory
from .turns import Announce, turn

_MARK = ".soapgen-"
_NAME = re.compile(rf"\.(?P<package>.+){re.escape(_MARK)}\w{{8}}")
_NEW, _OLD, _REPLACED = "new", "old", "replaced"


@contextmanager
def workplace(package: Path) -> Iterator[Path]:
    """The path for the next state of ``package``, beside it; removed in the end."""
    work = Path(tempfile.mkdtemp(prefix=f".{package.name}{_MARK}", dir=package.parent))
    try:
        yield work / _NEW
    finally:
        _settle(work)


def put_in_place(new: Path, package: Path, before: Inventory | None) -> None:
    """Let ``new``, made in its workplace, be ``package``, in one step where the system can.

    Args:
        new: The next state.
        package: The package's folder.
        before: What is in it; None if it does not exist.

    Raises:
        OSError: A folder cannot be moved.
        OutputError: Somebody changed the package meanwhile; it stays as it is then.
    """
    if before is None:
        new.rename(package)
        return
    if exchange(new, package):
        if _is_still(new, before):
            return
        exchange(new, package)
    else:
        old = new.with_name(_OLD)
        package.rename(old)
        # Whatever happens from here, settling moves the old one back if there is none.
        if _is_still(old, before):
            new.rename(package)
            return
    raise OutputError(
        "somebody changed the package while it was being written",
        place=Place(str(package)),
        hint="build it again",
    )


def is_workplace(folder: Path) -> bool:
    """Whether ``folder`` has the name of a workplace: it is no package."""
    return _NAME.fullmatch(folder.name) is not None


def settle(folder: Path, announce: Announce) -> None:
    """Remove what killed builds left in ``folder``, and move packages back that they moved away.

    Raises:
        OutputError: It cannot be done.
    """
    if not _left(folder):
        return
    try:
        with turn(folder, announce):
            settle_in_turn(folder)
    except OSError as error:
        raise OutputError(
            f"what a killed build left cannot be removed: {error.strerror}",
            place=Place(str(folder)),
            hint="make the folder writable",
        ) from error


def restore(folder: Path, announce: Announce) -> None:
    """The same, but only if a package was moved away: who only reads changes nothing else."""
    if any(_is_moved_away(work) for work in _left(folder)):
        settle(folder, announce)


def settle_in_turn(folder: Path) -> None:
    """The same, for who has the turn already; raises an OSError if it cannot be done."""
    for work in _left(folder):
        _settle(work)


def _left(folder: Path) -> list[Path]:
    try:
        paths = list(folder.iterdir())
    except OSError:  # whoever reads or writes the package says so
        return []
    return sorted(
        path for path in paths if is_workplace(path) and path.is_dir() and not path.is_symlink()
    )


def _package(work: Path) -> Path:
    """The package that ``work`` is a workplace of."""
    name = _NAME.fullmatch(work.name)
    assert name is not None
    return work.with_name(name["package"])


def _is_moved_away(work: Path) -> bool:
    """Whether the old package is in its workplace, and there is none in its place."""
    return (work / _OLD).is_dir() and not os.path.lexists(_package(work))


def _settle(work: Path) -> None:
    """Move the old package back if there is none, and remove the workplace ``work``.

    What cannot be removed now, the next build tries to remove again.

    Raises:
        OSError: The package cannot be moved back.
    """
    if _is_moved_away(work):
        (work / _OLD).rename(_package(work))
    with suppress(OSError):
        if os.path.lexists(work / _OLD):
            # First in one step: what is removed in part must never be moved back.
            (work / _OLD).rename(work / _REPLACED)
        for folder, _, _ in os.walk(work):
            os.chmod(folder, 0o700)
        shutil.rmtree(work)


def _is_still(folder: Path, before: Inventory) -> bool:
    try:
        return take_inventory(folder).is_like(before)
    except (OSError, OutputError):
        return False
