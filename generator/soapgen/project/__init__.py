"""Sources and options → what lies on disk: packages that are built, and packages that are fresh.

In: sources, options, and what vendors do beyond SOAP. Out: files, written whole or not at all, with
a manifest that tells whether they are what a build would write now.
"""

from .build import Built, build
from .check import Freshness, check
from .manifest import packages_in
from .options import Options
from .write import Report, write_files

__all__ = [
    "Built",
    "Freshness",
    "Options",
    "Report",
    "build",
    "check",
    "packages_in",
    "write_files",
]
