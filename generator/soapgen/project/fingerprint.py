"""Which soapgen this is: a release, or code that may change while its version stays."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from .. import __version__
from ..render import folder as templates_folder
from ..render import pages_folder
from .manifest import digest

# The libraries that affect the output: they read contracts, render and format.
_LIBRARIES = ("black", "elementpath", "jinja2", "lxml", "xmlschema")
_PACKAGE = Path(__file__).parents[1]


@cache
def is_release() -> bool:
    """Whether this soapgen was installed from an index: its code is what its version says.

    One that was installed from a folder, a repository or a file says so in direct_url.json (PEP
    610); one that runs from a checkout is not where its metadata says.
    """
    try:
        installed = distribution("soapgen")
    except PackageNotFoundError:
        return False
    place = Path(str(installed.locate_file("soapgen")))
    return (
        installed.version == __version__
        and installed.read_text("direct_url.json") is None
        and place.resolve() == _PACKAGE.resolve()
    )


@cache
def fingerprint() -> str:
    """The SHA-256 of what every build depends on: Python, libraries, code and templates."""
    sha256 = hashlib.sha256(f"Python {sys.version_info[:2]}".encode())
    for library in _LIBRARIES:
        sha256.update(f"{library} {version(library)}\n".encode())
    for folder, pattern in ((_PACKAGE, "*.py"), (templates_folder(), "*")):
        for path in sorted(folder.rglob(pattern)):
            is_of_pages = pages_folder() in path.parents
            if path.is_file() and "__pycache__" not in path.parts and not is_of_pages:
                sha256.update(f"{path.relative_to(folder).as_posix()}\n".encode())
                sha256.update(digest(path.read_bytes()).encode())
    return sha256.hexdigest()
