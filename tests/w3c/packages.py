"""Packages that are generated and imported in memory, one at a time."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import CodeType, ModuleType

from soapgen.plan import Family
from soapgen.render import guarded, render

from tests.support.packages import planned

NAME = "w3c_package"


@contextmanager
def imported(wsdl: Path) -> Iterator[tuple[Family, Mapping[str, ModuleType]]]:
    """Generate ``wsdl``, and give its plan, its builders, its parsers and its errors.

    Raises:
        SoapgenError: The package cannot be generated.
    """
    family = planned(wsdl, name=NAME)
    finder = _Memory({file.path: guarded(file).text for file in render(family)})
    sys.meta_path.insert(0, finder)
    try:
        yield (
            family,
            {
                name: importlib.import_module(f"{NAME}.{name}")
                for name in ("builders", "parsers", "errors")
            },
        )
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
            del sys.modules[name]


class _Memory(MetaPathFinder, InspectLoader):
    """Finds the modules of the package in ``texts``, by their paths."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] != NAME or self._path(fullname) is None:
            return None
        return spec_from_loader(fullname, self, is_package=self.is_package(fullname))

    def is_package(self, fullname: str) -> bool:
        return str(self._path(fullname)).endswith("__init__.py")

    def get_source(self, fullname: str) -> str:
        return self.texts[str(self._path(fullname))]

    def get_code(self, fullname: str) -> CodeType:
        return _compiled(self.get_source(fullname), fullname)

    def _path(self, fullname: str) -> str | None:
        stem = fullname[len(NAME) + 1 :].replace(".", "/")
        paths = (f"{stem}.py", f"{stem}/__init__.py" if stem else "__init__.py")
        return next((path for path in paths if path in self.texts), None)


@lru_cache(maxsize=100)  # the runtime modules, which every package has
def _compiled(text: str, name: str) -> CodeType:
    return compile(text, f"<{name}>", "exec", dont_inherit=True)
