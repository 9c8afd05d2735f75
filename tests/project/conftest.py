"""A package whose contract changes, built in this process, and quickly."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from soapgen.progress import silent
from soapgen.project import Freshness, Options, build, check
from soapgen.project.build import Built, generate_with
from soapgen.project.generate import Generated
from soapgen.sources import Documents, Sources, find_sources
from soapgen.vendors import conventions

from tests.support.small import SCHEMA, wsdl

OLD, NEW = wsdl(), wsdl(SCHEMA.replace("Age", "Years"))
Tree = dict[str, bytes | str | None]

_made: dict[str, Generated] = {}


def _generate_once(
    sources: Sources, options: Options, documents: Sequence[Documents], *others: Any, **more: Any
) -> Generated:
    """What a build generates: made once for the same documents and options, in any folder."""
    key = repr(([item.inputs for item in documents], options))
    if key not in _made:
        _made[key] = generate_with(sources, options, documents, *others, **more)
    return _made[key]


def tree(folder: Path) -> Tree | None:
    """All that is in ``folder``: contents, the targets of links, None for folders.

    Returns:
        None if there is no folder.
    """
    if not folder.is_dir():
        return None
    return {
        path.relative_to(folder).as_posix(): (
            os.readlink(path)
            if path.is_symlink()
            else path.read_bytes() if path.is_file() else None
        )
        for path in sorted(folder.rglob("*"))
    }


@dataclass(frozen=True)
class Project:
    """A folder with the contract People.wsdl, and the package for it in ``generated``."""

    folder: Path

    @property
    def package(self) -> Path:
        return self.folder / "generated" / "people"

    def contract(self, text: str) -> None:
        (self.folder / "People.wsdl").write_text(text, encoding="utf-8")

    def build(self, force: bool = False, **options: Any) -> Built:
        return build(
            find_sources([self.folder / "People.wsdl"]),
            Options(name="people", **options),
            self.package.parent,
            conventions,
            lambda: nullcontext(silent),
            force=force,
        )

    def check(self, *, regenerate: bool = False) -> Freshness:
        return check(self.package, conventions, lambda: nullcontext(silent), regenerate=regenerate)

    def tree(self) -> Tree | None:
        return tree(self.package)

    def beside(self) -> list[str]:
        """What is beside the package."""
        around = self.package.parent
        names = os.listdir(around) if around.is_dir() else []
        return sorted(set(names) - {self.package.name})


@pytest.fixture
def make_project(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Project]:
    """Makes a project with a contract, without a package."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    for module in ("soapgen.project.build", "soapgen.project.check"):
        monkeypatch.setattr(import_module(module), "generate_with", _generate_once)

    def make() -> Project:
        project = Project(tmp_path_factory.mktemp("project"))
        project.contract(OLD)
        return project

    return make


@pytest.fixture
def project(make_project: Callable[[], Project]) -> Project:
    return make_project()
