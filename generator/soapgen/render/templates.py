"""Where the templates are: inside the installed package, else at the checkout's root."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def folder() -> Path:
    """The folder of the templates."""
    here = Path(__file__).resolve().parents[1]
    installed = here / "templates"
    return installed if installed.is_dir() else here.parents[1] / "templates"


@cache
def text(name: str) -> str:
    """The text of the template ``name``."""
    return (folder() / name).read_text(encoding="utf-8")
