"""Sources and options → packages on disk: builds them, and checks whether they are fresh.

In: sources, options, and what vendors do beyond SOAP. Out: files, either all written or none, with
a manifest from which a check can tell whether a build would write the same files now.
"""

from .build import Built, build
from .check import Freshness, check
from .loose_files import require_same, write_files
from .options import EXTRAS, Options
from .packages import packages_in
from .temporary import importable, temporary_name, temporary_package
from .user_files import UserFolder
from .wanted import Wanted, is_package, repeated
from .write import Report

__all__ = [
    "EXTRAS",
    "Built",
    "Freshness",
    "Options",
    "Report",
    "UserFolder",
    "Wanted",
    "build",
    "check",
    "importable",
    "is_package",
    "packages_in",
    "repeated",
    "require_same",
    "temporary_name",
    "temporary_package",
    "write_files",
]
