"""Text → formatted text: black, in process."""

from __future__ import annotations

import black
from black.mode import TargetVersion
from black.report import NothingChanged

from .literals import LINE_LENGTH

MODE = black.Mode(line_length=LINE_LENGTH, target_versions={TargetVersion.PY311}, preview=False)


def format_python(source: str) -> str:
    """``source`` as black formats it.

    Raises:
        black.InvalidInput: ``source`` is not Python; then a template has a mistake.
    """
    try:
        return black.format_file_contents(source, fast=True, mode=MODE)
    except NothingChanged:
        return source
