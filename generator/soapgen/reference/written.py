"""The files of a reference → a folder, as a whole; what soapgen did not write there is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from .. import __version__
from ..errors import OutputError, Place
from ..project.paths import is_plain
from ..project.turns import Announce, unannounced
from ..project.write import Listing, Report, write

FILE_NAME = "soapgen-reference.json"


def write_reference(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    force: bool = False,
    announce: Announce = unannounced,
) -> Report:
    """Write ``files``, by their paths, into ``folder``, with a list of them.

    Those that are in the list of an earlier run, and no longer among ``files``, are removed.

    Raises:
        OutputError: The folder cannot be written, or a file that soapgen did not write, or that was
            edited by hand, would be overwritten or removed, and ``force`` is not given.
    """
    hashes = {path: sha256(content).hexdigest() for path, content in sorted(files.items())}
    content = {"soapgen": __version__, "files": hashes}
    listed = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    wanted = {**files, FILE_NAME: listed.encode()}
    listing = Listing(FILE_NAME, _read)
    return write(folder, wanted, force=force, announce=announce, listing=listing)


def _read(folder: Path) -> Mapping[str, str]:
    """The hashes in the list of the files in ``folder``; empty where there is none."""
    path = folder / FILE_NAME
    try:
        files = json.loads(path.read_bytes())["files"]
        pairs = {(str(name), str(hashed)) for name, hashed in files.items()}
        if not all(is_plain(name) for name, _ in pairs):
            raise ValueError("a file outside of the folder")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise OutputError(
            "this is no list of the files of a reference",
            place=Place(str(path)),
            hint="choose another folder with --out, or write this one anew with --force",
        ) from error
    return dict(pairs)
