"""Packages that several tests use: generated once in a session, whatever process asks first."""

from __future__ import annotations

import pickle
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from soapgen.plan import Family

from tests.support.families import FamilyBuilt
from tests.support.packages import Built, generated, written


class Store:
    """A folder of generated packages, which the processes of a session share.

    A package is written beside its place and moved there as a whole: another process finds it
    complete, or not at all.
    """

    def __init__(self, folder: Path) -> None:
        """Keep the packages in ``folder``."""
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def package(self, source: Path, *, name: str, **options: Any) -> Built:
        """The package ``name`` for the one service in ``source``."""
        path = self.path(source, name=name, **options)
        return Built(_plan(path), path)

    def family(self, source: Path, *, name: str, **options: Any) -> FamilyBuilt:
        """The package ``name`` for the services in ``source``."""
        path = self.path(source, name=name, **options)
        return FamilyBuilt(_plan(path), path)

    def path(self, source: Path, *, name: str, **options: Any) -> Path:
        """The folder of the package ``name`` for ``source``, which is generated if it is not there.

        Args:
            source: The WSDL, or the folder of WSDLs.
            name: The name of the package.
            options: The other options of the build.
        """
        key = sha256(repr((source, name, sorted(options.items()))).encode()).hexdigest()[:16]
        place = self.folder / key
        if not place.exists():
            made = generated(source, name=name, **options)
            beside = Path(tempfile.mkdtemp(dir=self.folder))
            (beside / _PLAN).write_bytes(pickle.dumps(made.plan))
            written(made, beside)
            try:
                beside.rename(place)
            except OSError:  # another process was faster
                shutil.rmtree(beside)
        return place / name


_PLAN = "plan.pickle"


def _plan(package: Path) -> Family:
    plan = pickle.loads((package.parent / _PLAN).read_bytes())
    assert isinstance(plan, Family)
    return plan
