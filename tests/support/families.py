"""Families of services: generated and imported."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

from soapgen.plan import Family

from tests.support.packages import make_importable


class FamilyBuilt:
    """The package of a family, importable."""

    def __init__(self, plan: Family, path: Path) -> None:
        """Import the package in the folder ``path``, which was written by ``plan``."""
        self.plan = plan
        self.path = path
        make_importable(path)

    def module(self, name: str) -> Any:
        """The module ``name`` of the package."""
        return importlib.import_module(f"{self.plan.name}.{name}")

    def modules(self) -> list[str]:
        """Every module of the package, by its full name."""
        names = (
            path.relative_to(self.path.parent).with_suffix("").as_posix().replace("/", ".")
            for path in self.path.rglob("*.py")
        )
        return sorted(name.removesuffix(".__init__") for name in names)

    def loaded_by(self, statement: str) -> set[str]:
        """The modules of the package that ``statement`` loads in a fresh process."""
        return loaded(self.path, statement)


def loaded(package: Path, statement: str) -> set[str]:
    """The modules of ``package`` that ``statement`` loads in a fresh process, by full names."""
    code = (
        f"import sys; sys.path.insert(0, {str(package.parent)!r})\n{statement}\n"
        f"print(*(name for name in sys.modules if name.startswith({package.name!r})))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(result.stdout.split())
