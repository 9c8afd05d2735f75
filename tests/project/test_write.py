"""What a build leaves in its folder, and refuses: links, and files that are in the way."""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from soapgen.errors import OutputError
from soapgen.project import workplace
from soapgen.project.turns import turn, unannounced

from tests.project.conftest import NEW, OLD, Project, Tree, tree
from tests.support.command import built_shop, snapshot, soapgen
from tests.support.packages import generated
from tests.support.paths import PROJECT, SHOP


@pytest.mark.slow
def test_what_a_smaller_build_no_longer_writes_goes_with_its_folders(tmp_path: Path) -> None:
    built_shop(tmp_path)
    (tmp_path / "shop_client" / "orders" / "notes.txt").write_text("mine", encoding="utf-8")
    files = built_shop(tmp_path, "--service", "Stock")
    assert {name.partition("/")[0] for name in files if "/" in name} == {"orders", "stock"}
    assert [name for name in files if name.startswith("orders/")] == ["orders/notes.txt"]
    assert not (tmp_path / "shop_client" / "common").exists()


@pytest.mark.slow
def test_the_output_is_the_same_however_it_is_made(tmp_path: Path) -> None:
    """By the command, in several processes, or in this one; with any seed."""
    command = soapgen("build", SHOP, "--out", tmp_path, cwd=tmp_path, PYTHONHASHSEED="4711")
    assert command.returncode == 0
    files = snapshot(tmp_path / "shop_client")
    del files["soapgen.json"]
    assert {file.path: file.text.encode() for file in generated(SHOP).files} == files


@pytest.fixture(params=[True, False])
def in_one_step(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the system can exchange two folders."""
    if not request.param:
        monkeypatch.setattr(workplace, "exchange", lambda one, other: False)
    return bool(request.param)


def refusal(project: Project, **options: bool) -> OutputError:
    """The refusal of a build, which changes nothing."""
    before = tree(project.folder)
    with pytest.raises(OutputError) as caught:
        project.build(**options)
    assert tree(project.folder) == before
    assert len(str(caught.value).splitlines()) == 1
    return caught.value


@pytest.mark.slow
@pytest.mark.usefixtures("in_one_step")
def test_what_is_not_written_stays_as_it_is(project: Project) -> None:
    project.build()
    package = project.package
    (package / "notes.txt").write_text("mine", encoding="utf-8")
    (package / "data" / "empty").mkdir(parents=True)
    (package / "data" / "private").write_text("mine", encoding="utf-8")
    (package / "data" / "private").chmod(0o600)
    (package / "data").chmod(0o700)
    (package / "link").symlink_to("data/private")
    (package / "dangling").symlink_to("/nowhere")
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "models.cpython-311.pyc").write_bytes(b"compiled")
    os.mkfifo(package / "pipe")
    package.chmod(0o750)
    kept = ["notes.txt", "data/private", "client.py", "pipe", "link"]
    states = {path: (package / path).lstat() for path in kept}

    project.contract(NEW)
    assert project.build().report is not None

    for path, state in states.items():
        now = (package / path).lstat()
        assert (now.st_mode, now.st_mtime_ns) == (state.st_mode, state.st_mtime_ns), path
        if path != "link":
            assert now.st_ino == state.st_ino, path
    assert os.readlink(package / "link") == "data/private"
    assert os.readlink(package / "dangling") == "/nowhere"
    assert (package / "data" / "empty").is_dir()
    assert (package / "__pycache__" / "models.cpython-311.pyc").read_bytes() == b"compiled"
    assert stat.S_IMODE((package / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE(package.stat().st_mode) == 0o750
    assert not project.beside()


@pytest.mark.slow
def test_what_is_written_has_the_permissions_of_the_file_before_it(project: Project) -> None:
    project.build()
    (project.package / "models.py").chmod(0o440)
    copy = project.folder / "copy.py"
    copy.hardlink_to(project.package / "models.py")
    before = copy.read_bytes()
    project.contract(NEW)
    project.build()
    assert stat.S_IMODE((project.package / "models.py").stat().st_mode) == 0o440
    assert (project.package / "models.py").read_bytes() != before
    assert copy.read_bytes() == before


@pytest.mark.slow
def test_without_hard_links_files_are_copied(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_link(*paths: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    project.build()
    notes = project.package / "notes.txt"
    notes.write_text("mine", encoding="utf-8")
    notes.chmod(0o600)
    state = notes.stat()
    monkeypatch.setattr(os, "link", no_link)
    project.contract(NEW)
    project.build()
    now = notes.stat()
    assert notes.read_text(encoding="utf-8") == "mine"
    assert (now.st_mode, now.st_mtime_ns) == (state.st_mode, state.st_mtime_ns)
    assert now.st_ino != state.st_ino


@pytest.mark.slow
def test_the_compiled_modules_of_a_folder_go_with_its_modules(tmp_path: Path) -> None:
    built_shop(tmp_path)
    caches = [tmp_path / "shop_client" / name / "__pycache__" for name in ("orders", "common")]
    (tmp_path / "shop_client" / "orders" / "notes.txt").write_text("mine", encoding="utf-8")
    for cache in caches:
        cache.mkdir()
        (cache / "models.cpython-311.pyc").write_bytes(b"compiled")
    built_shop(tmp_path, "--service", "Stock")
    assert [cache.exists() for cache in caches] == [True, False]
    assert not caches[1].parent.exists()


@pytest.mark.slow
def test_the_package_may_be_the_working_directory(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.build()
    project.contract(NEW)
    command = [sys.executable, "-m", "soapgen", "build", "../../People.wsdl"]
    command += ["--out", "..", "--name", "people"]
    result = subprocess.run(
        command, cwd=project.package, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert not project.beside()
    assert "years" in (project.package / "models.py").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_shell_in_the_package_must_enter_it_again(project: Project) -> None:
    project.build()
    project.contract(NEW)
    soapgen_ = f"{shlex.quote(sys.executable)} -m soapgen"
    build = f"{soapgen_} build --quiet ../../People.wsdl --out .. --name people"
    script = f'{build} && {soapgen_} check .; cd "$PWD" && {soapgen_} check .'
    result = subprocess.run(
        ["sh", "-c", script], cwd=project.package, capture_output=True, text=True, check=False
    )
    assert result.stderr.splitlines()[-1] == (
        "soapgen: error: the working directory was replaced or removed; "
        'enter it again: cd "$PWD"'
    )
    assert result.stdout == ". is fresh.\n"


@pytest.mark.slow
@pytest.mark.parametrize("path", ["models.py", "soapgen.json"])
def test_a_link_is_not_followed(path: str, project: Project) -> None:
    project.build()
    target = project.folder / "precious"
    (project.package / path).rename(target)
    (project.package / path).symlink_to(target)
    before = target.read_bytes()
    project.contract(NEW)

    error = refusal(project)
    assert "a link is in the way" in str(error)
    assert path in str(error.place)

    project.build(force=True)
    assert target.read_bytes() == before
    assert not (project.package / path).is_symlink()
    assert project.check(regenerate=True).is_fresh


@pytest.mark.slow
def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    built_shop(tmp_path)
    package, precious = tmp_path / "shop_client", tmp_path / "precious"
    (package / "orders").rename(precious)
    (package / "orders").symlink_to(precious)
    before = snapshot(precious)
    result = soapgen("build", SHOP, "--out", tmp_path, "--server", cwd=tmp_path)
    assert result.returncode == 2
    assert "shop_client/orders: a link is in the way" in result.stderr
    assert soapgen("check", package, cwd=PROJECT).returncode == 1
    built_shop(tmp_path, "--server", "--force")
    assert snapshot(precious) == before
    assert not (package / "orders").is_symlink()


@pytest.mark.slow
@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("exists", [False, True])
def test_a_package_that_is_a_link_is_not_written(
    force: bool, exists: bool, project: Project
) -> None:
    target = project.folder / "elsewhere"
    if exists:
        target.mkdir()
    project.package.parent.mkdir()
    project.package.symlink_to(target)
    assert "a link is in the way" in str(refusal(project, force=force))


@pytest.mark.parametrize("force", [False, True])
def test_a_file_in_the_place_of_the_package(force: bool, project: Project) -> None:
    project.package.parent.mkdir()
    project.package.write_text("mine", encoding="utf-8")
    assert "people: this file is in the way" in str(refusal(project, force=force))


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_in_the_place_of_a_file(force: bool, project: Project) -> None:
    (project.package / "models.py").mkdir(parents=True)
    (project.package / "models.py" / "notes.txt").write_text("mine", encoding="utf-8")
    assert "models.py: a folder is in the way" in str(refusal(project, force=force))


@pytest.mark.slow
def test_a_place_in_the_way_is_named_as_the_user_names_it(project: Project) -> None:
    (project.package / "models.py").mkdir(parents=True)
    command = ("build", "People.wsdl", "--name", "people")
    assert soapgen(*command, cwd=project.folder).stderr == (
        "soapgen: error: generated/people/models.py: a folder is in the way, and soapgen did not "
        "make it; move it elsewhere\n"
    )


@pytest.mark.slow
def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    place = tmp_path / "shop_client" / "orders"
    place.parent.mkdir()
    place.write_text("mine", encoding="utf-8")
    result = soapgen("build", SHOP, "--out", tmp_path, cwd=tmp_path)
    assert result.returncode == 2
    assert "shop_client/orders: this file is in the way" in result.stderr
    assert snapshot(tmp_path) == {"shop_client/orders": b"mine"}
    built_shop(tmp_path, "--force")


def test_a_removed_file_that_was_edited_is_kept(project: Project) -> None:
    project.build(extras=("addressing",))
    (project.package / "addressing.py").write_text("# mine", encoding="utf-8")
    assert "addressing.py: this generated file was edited" in str(refusal(project))
    report = project.build(force=True).report
    assert report is not None
    assert report.removed == ("addressing.py",)


@pytest.mark.slow
@pytest.mark.usefixtures("in_one_step")
@pytest.mark.parametrize("change", ["edit", "add", "remove"])
def test_what_somebody_writes_at_the_same_moment_is_not_lost(
    change: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package stays as it is then."""
    project.build()
    project.contract(NEW)
    put = workplace.put_in_place

    def put_late(new: Path, package: Path, *others: object) -> None:
        if change == "remove":
            (package / "client.py").unlink()
        else:
            name = "models.py" if change == "edit" else "notes.txt"
            (package / name).write_text("mine", encoding="utf-8")
        late.append(tree(package))
        put(new, package, *others)  # type: ignore[arg-type]

    late: list[object] = []
    monkeypatch.setattr("soapgen.project.write.put_in_place", put_late)
    with pytest.raises(OutputError, match="somebody changed the package"):
        project.build()
    assert late == [project.tree()]
    assert not project.beside()


def test_a_mounted_file_system_is_not_moved(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.build()
    (project.package / "data").mkdir()
    lstat = os.lstat

    def mounted(path: Path) -> os.stat_result:
        found = lstat(path)
        if Path(path).name != "data":
            return found
        return os.stat_result((*found[:2], found.st_dev + 1, *found[3:]))

    project.contract(NEW)
    monkeypatch.setattr(os, "lstat", mounted)
    with pytest.raises(OutputError, match="data: another file system is mounted here"):
        project.build()
    assert not project.beside()


@pytest.mark.slow
@pytest.mark.usefixtures("in_one_step")
def test_builds_in_one_folder_take_turns(project: Project) -> None:
    """Many processes with two contracts alternate: at any time there is one whole state."""
    states = []
    for text in (NEW, OLD):
        project.contract(text)
        project.build()
        states.append(generated_modules(project))
    children = [in_another_process(partial(alternate, project, number)) for number in range(4)]
    seen = []
    for _ in range(100):
        with turn(project.package.parent, unannounced):
            seen.append(generated_modules(project))
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
    assert all(state in states for state in (*seen, generated_modules(project)))
    assert not project.beside()


def generated_modules(project: Project) -> Tree:
    """The package without its manifest, which names the contract's place."""
    found = project.tree()
    assert found is not None
    return {path: content for path, content in found.items() if path != "soapgen.json"}


def alternate(project: Project, number: int) -> None:
    """Build the same package from a contract of another folder, ten times."""
    mine = Project(project.folder / str(number))
    mine.folder.mkdir()
    (mine.folder / "generated").symlink_to(project.package.parent)
    for time in range(10):
        mine.contract((OLD, NEW)[(time + number) % 2])
        mine.build()


def in_another_process(work: Callable[[], None]) -> int:
    """Begin ``work`` in a fork of this process, and return its number."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)
