"""A build that is killed or fails at any point leaves the package as it was or as it will be."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from soapgen.errors import OutputError
from soapgen.project import packages_in

from tests.project.conftest import NEW, OLD, Project, Tree
from tests.support.dying import DEAD, DONE, NOT_REACHED, REFUSED, failing_at, killed_at

pytestmark = pytest.mark.slow


def first(project: Project) -> None:
    """There is no package yet."""


def with_work_by_hand(project: Project) -> None:
    """The package is for an older contract, has a module more, and files of the user."""
    project.contract(OLD)
    project.build(extras=("addressing",))
    package = project.package
    (package / "notes.txt").write_text("mine", encoding="utf-8")
    (package / "link").symlink_to("notes.txt")
    (package / "data" / "empty").mkdir(parents=True)
    (package / "data" / "people.csv").write_text("Ann,Bob", encoding="utf-8")
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "models.cpython-311.pyc").write_bytes(b"compiled")


def only_in_my_folder(project: Project) -> None:
    """There is a folder of this name, with a file of the user."""
    project.package.mkdir(parents=True)
    (project.package / "notes.txt").write_text("mine", encoding="utf-8")


conformance = pytest.mark.conformance

# Whether the system can exchange two folders in one step, and what there is at first.
CASES = pytest.mark.parametrize(
    ("in_one_step", "start"),
    [
        (True, first),
        (True, with_work_by_hand),
        (False, with_work_by_hand),
        pytest.param(False, first, marks=conformance),
        pytest.param(True, only_in_my_folder, marks=conformance),
        pytest.param(False, only_in_my_folder, marks=conformance),
    ],
    indirect=["in_one_step"],
)


@pytest.fixture
def in_one_step(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    can = bool(request.param)
    if not can:
        monkeypatch.setattr("soapgen.project.workplace.exchange", lambda one, other: False)
    return can


def states(project: Project, start: Callable[[Project], None]) -> tuple[Tree | None, Tree | None]:
    """The package as it was, and as it will be."""
    start(project)
    old = project.tree()
    project.contract(NEW)
    project.build()
    new = project.tree()
    assert new is not None
    assert not project.beside()
    return old, new


def again(project: Project, start: Callable[[Project], None]) -> None:
    """Let ``project`` be as it was before the build."""
    shutil.rmtree(project.package.parent, ignore_errors=True)
    start(project)
    project.contract(NEW)


def found(package: Path) -> list[Path]:
    try:
        return packages_in(package)
    except OutputError:
        return []


@pytest.mark.conformance
@CASES
def test_killed(project: Project, start: Callable[[Project], None], in_one_step: bool) -> None:
    old, new = states(project, start)
    seen = []
    number = 0
    result = DEAD
    while result == DEAD:
        number += 1
        again(project, start)
        result = killed_at(number, project.build)
        assert result in (DEAD, NOT_REACHED)
        state = project.tree()
        seen.append(state == new)
        assert state in (old, new) or (state is None and not in_one_step)

        if found(project.package):
            assert project.tree() in (old, new)
            assert project.check().is_fresh == (project.tree() == new)
            assert project.check(regenerate=True).is_fresh == (project.tree() == new)
        else:
            assert state in (None, old)
            assert old is None or "soapgen.json" not in old
        project.build()
        assert project.tree() == new
        assert not project.beside()
        assert project.check(regenerate=True).is_fresh
    assert number > 20
    assert seen == sorted(seen)
    assert not seen[0]
    assert seen[-1]


@pytest.mark.conformance
@CASES
@pytest.mark.parametrize("error", [errno.ENOSPC, pytest.param(errno.EACCES, marks=conformance)])
def test_failing(
    project: Project, start: Callable[[Project], None], in_one_step: bool, error: int
) -> None:
    old, new = states(project, start)
    refused = 0
    number = 0
    result = DONE
    while result != NOT_REACHED:
        number += 1
        again(project, start)
        result = failing_at(number, project.build, error)
        assert result in (DONE, REFUSED, NOT_REACHED)
        refused += result == REFUSED
        assert project.tree() == (old if result == REFUSED else new)
        # What could not be removed goes with the next build.
        assert len(project.beside()) <= 1
        project.build()
        assert project.tree() == new
        assert not project.beside()
    assert refused > 10


def test_nothing_stays_of_a_first_build_that_fails(project: Project) -> None:
    for number in range(2, 10):
        assert failing_at(number, project.build) == REFUSED
        assert not project.package.parent.exists()


def test_what_a_killed_build_left_goes_even_if_nothing_changed(project: Project) -> None:
    project.build()
    left = project.package.parent / ".people.soapgen-a1b2c3d4"
    (left / "new").mkdir(parents=True)
    (left / "new" / "models.py").write_text("", encoding="utf-8")
    assert project.check().is_fresh
    assert project.beside() == [left.name]
    assert project.build().report is None
    assert not project.beside()


def test_a_link_with_the_name_of_what_a_killed_build_leaves_stays(project: Project) -> None:
    project.build()
    mine = project.folder / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine", encoding="utf-8")
    (project.package.parent / ".people.soapgen-a1b2c3d4").symlink_to(mine)
    project.contract(NEW)
    project.build()
    assert os.listdir(mine) == ["notes.txt"]


def test_what_a_killed_build_left_is_no_package(project: Project) -> None:
    project.build()
    around = project.package.parent
    shutil.copytree(project.package, around / ".people.soapgen-a1b2c3d4")
    assert packages_in(around) == [project.package]
