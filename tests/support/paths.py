"""Where things are: the project, its own contracts, and the corpus beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
WSDL = PROJECT / "wsdl"
GENERATED = PROJECT / "generated"


def corpus() -> Path:
    """The folder of the corpus; the test that asks for it is skipped where it is missing."""
    path = Path(os.environ.get("SOAPGEN_CORPUS", PROJECT.parent / "shared" / "corpus"))
    if not path.is_dir():
        pytest.skip(f"the corpus is not at {path}; set SOAPGEN_CORPUS to where it is")
    return path
