"""A path that leads nowhere → the one that was probably meant."""

from __future__ import annotations

import os
from pathlib import Path

from ..near import nearest

# In a folder of more entries, looking for one would be noticed.
_MOST = 10_000


def path_meant(path: str) -> str:
    """The path that was probably meant by ``path``, which leads nowhere; empty if none is near."""
    found = Path(path).anchor and Path(Path(path).anchor)
    here = Path(found or "")
    for part in Path(path).parts[1 if found else 0 :]:
        if not os.path.lexists(here / part):
            near = nearest(part, _entries(here))
            if not near:
                return ""
            part = near[0]
        here /= part
    return str(here)


def check_path(path: str, otherwise: str = "check the path of the WSDL") -> str:
    """A hint to the path that was probably meant by ``path`` or, if none is near, ``otherwise``."""
    meant = path_meant(path)
    return f"did you mean {meant}?" if meant else otherwise


def _entries(folder: Path) -> list[str]:
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return [name for name in names if not name.startswith(".")] if len(names) <= _MOST else []
