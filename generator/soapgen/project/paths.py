"""The paths that files may have in a folder: plain ones that stay within it, each for one file."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable

from ..errors import OutputError, Place

# What Windows reads in another way: drives and streams, names of devices, ends that it drops.
_WINDOWS = re.compile(
    r":|[. ](?:/|$)|(?:^|/)(?:con|prn|aux|nul|com\d|lpt\d) *(?:\.|/|$)", re.IGNORECASE
)
_ON_WINDOWS = os.name == "nt"


def is_plain(path: str) -> bool:
    """Whether ``path``, with slashes, leads to a place within any folder, whatever the system."""
    try:
        path.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    if "\\" in path or "\0" in path or (_ON_WINDOWS and _WINDOWS.search(path)):
        return False
    return all(part not in ("", ".", "..") for part in path.split("/"))


def require_good(paths: Iterable[str], folder: str) -> None:
    """Require that each of ``paths`` is plain, and that no two of them are one on some system.

    Some file systems do not distinguish capitals, or the forms in which Unicode writes a letter:
    there, the second of two files would silently replace the first.

    Args:
        paths: The paths of files within ``folder``, with slashes.
        folder: The folder, for the message.

    Raises:
        OutputError: A path leads out of the folder, or two files cannot be there together.
    """
    seen: dict[str, tuple[str, bool]] = {}
    for path in paths:
        if not is_plain(path):
            raise OutputError(
                f"no file can be named {path!r}",
                place=Place(folder),
                hint="leave out what has this name, or rename it in the source",
            )
        parts = path.split("/")
        for length in range(1, len(parts) + 1):
            here = "/".join(parts[:length]), length == len(parts)
            other = seen.setdefault(_comparable(here[0]), here)
            if other is not here and (other[0] != here[0] or other[1] or here[1]):
                raise OutputError(
                    f"two files would be in one place: {other[0]} and {path}",
                    place=Place(folder),
                    hint="leave out one of the two services or operations, or rename it",
                )


def _comparable(path: str) -> str:
    """The same text for all paths that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
