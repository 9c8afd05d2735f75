"""A folder → the packages in it, also one that a killed build had just moved away."""

from __future__ import annotations

from pathlib import Path

from ..errors import OutputError, Place
from ..sources import check_path
from .manifest import FILE_NAME
from .turns import Announce, unannounced
from .workplace import is_workplace, restore


def packages_in(folder: Path, announce: Announce = unannounced) -> list[Path]:
    """The folders of generated packages: ``folder`` itself, or those directly in it.

    Args:
        folder: The folder.
        announce: Tells the user that a build is being waited for, if it takes long.

    Raises:
        OutputError: There is no generated package.
    """
    restore(folder.absolute().parent, announce)
    if (folder / FILE_NAME).is_file():
        return [folder]
    restore(folder, announce)
    paths = sorted(path.parent for path in folder.glob(f"*/{FILE_NAME}"))
    packages = [path for path in paths if not is_workplace(path)]
    if not packages:
        hint = "name the folder of a generated package, or build one"
        if not folder.exists():
            hint = check_path(str(folder), hint)
        raise OutputError(
            f"there is no package here that soapgen wrote: no {FILE_NAME}",
            place=Place(str(folder)),
            hint=hint,
        )
    return packages
