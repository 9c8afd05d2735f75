"""An unchanged package is recognised without a build, and never wrongly."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from soapgen.project import confirmed, fingerprint, unchanged
from soapgen.project.manifest import digest, read_manifest

from tests.project.conftest import NEW, OLD, Project
from tests.support.command import soapgen
from tests.support.loading import loaded
from tests.support.small import SCHEMA, wsdl

pytestmark = pytest.mark.slow

UP_TO_DATE = "generated/people_client is up to date: nothing written"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    imports = '<xs:include schemaLocation="types/person.xsd"/>'
    (tmp_path / "types").mkdir()
    head, _, tail = SCHEMA.partition('<xs:element name="Find">')
    namespaces = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:example:people"'
    (tmp_path / "types/person.xsd").write_text(f"<xs:schema {namespaces}>{head}</xs:schema>")
    schema = f'{imports}<xs:element name="Find">{tail}'
    (tmp_path / "People.wsdl").write_text(wsdl(schema), encoding="utf-8")
    assert soapgen("build", "People.wsdl", cwd=tmp_path).returncode == 0
    return tmp_path


def test_again(folder: Path) -> None:
    result = soapgen("build", "People.wsdl", cwd=folder)
    assert result.returncode == 0
    assert result.stdout.startswith(UP_TO_DATE)


@pytest.mark.parametrize("path", ["People.wsdl", "types/person.xsd"])
def test_a_document_that_changed(folder: Path, path: str) -> None:
    document = folder / path
    document.write_text(document.read_text(encoding="utf-8").replace('"Name"', '"Nick"'))
    assert soapgen("check", cwd=folder).returncode == 1
    result = soapgen("build", "People.wsdl", cwd=folder)
    assert "Wrote generated/people_client" in result.stdout
    assert soapgen("check", "--regenerate", cwd=folder).returncode == 0


def test_a_document_that_is_imported_only_now(folder: Path) -> None:
    types = folder / "types"
    person = (types / "person.xsd").read_text(encoding="utf-8")
    (types / "more.xsd").write_text(person.replace("Person", "Animal"), encoding="utf-8")
    assert soapgen("build", "People.wsdl", cwd=folder).stdout.startswith(UP_TO_DATE)
    text = (folder / "People.wsdl").read_text(encoding="utf-8")
    more = '<xs:include schemaLocation="types/more.xsd"/><xs:element name="Find">'
    (folder / "People.wsdl").write_text(text.replace('<xs:element name="Find">', more))
    assert soapgen("check", cwd=folder).returncode == 1


def test_a_wsdl_that_is_new_in_a_folder(folder: Path) -> None:
    build = ("build", ".", "--name", "people", "--out", "out")
    assert soapgen(*build, cwd=folder).returncode == 0
    assert soapgen(*build, cwd=folder).stdout.startswith("out/people is up to date")
    text = (folder / "People.wsdl").read_text(encoding="utf-8").replace("example:people", "two")
    (folder / "Two.wsdl").write_text(text, encoding="utf-8")
    (folder / "types/person.xsd").unlink()
    assert soapgen("check", "out", cwd=folder).returncode != 0


@pytest.mark.parametrize("change", ["edit", "remove", "empty"])
@pytest.mark.parametrize("name", ["models.py", "py.typed", "_text.py"])
def test_a_file_that_changed(folder: Path, change: str, name: str) -> None:
    path = folder / "generated/people_client" / name
    if change == "remove":
        path.unlink()
    else:
        path.write_text("" if change == "empty" and name != "py.typed" else "# mine\n")
    assert soapgen("check", cwd=folder).returncode == 1


def test_a_manifest_that_changed(folder: Path) -> None:
    path = folder / "generated/people_client/soapgen.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"soapgen": "', '"soapgen": "9'))
    assert soapgen("check", cwd=folder).returncode == 1


@pytest.mark.parametrize("option", [["--server"], ["-O", "Find"], ["--with", "addressing"]])
def test_another_option(folder: Path, option: list[str]) -> None:
    result = soapgen("build", "People.wsdl", *option, cwd=folder)
    assert "Wrote generated/people_client" in result.stdout


def test_other_code_of_the_same_version(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What this code has not generated on this machine is generated once, to be compared."""
    cache = {"XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache"))}
    assert "jinja2" in loaded("check", cwd=folder, **cache)
    assert "jinja2" not in loaded("check", cwd=folder, **cache)
    assert soapgen("build", "People.wsdl", cwd=folder).stdout.startswith(UP_TO_DATE)


def test_a_cache_that_cannot_be_written(folder: Path) -> None:
    cache = {"XDG_CACHE_HOME": "/dev/null"}
    assert "jinja2" in loaded("check", cwd=folder, **cache)
    assert "jinja2" in loaded("check", cwd=folder, **cache)


def test_a_manifest_of_an_older_version(folder: Path) -> None:
    path = folder / "generated/people_client/soapgen.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"sources"', f'"generator": "{"0" * 64}",\n  "sources"'))
    result = soapgen("check", cwd=folder)
    assert result.returncode == 1
    assert '-  "generator"' in result.stdout
    assert "1 file of" in soapgen("build", "People.wsdl", cwd=folder).stdout
    assert path.read_text(encoding="utf-8") == text


def test_the_manifest_depends_on_nothing_of_the_machine(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither on how soapgen is installed, nor on other libraries, nor on Python's version."""
    project.build()
    before = project.tree()
    monkeypatch.setattr(unchanged, "is_release", lambda: True)
    monkeypatch.setattr(confirmed, "fingerprint", lambda: "another")
    project.build(force=True)
    assert project.tree() == before


def edit(project: Project) -> None:
    (project.package / "models.py").write_text("# mine\n", encoding="utf-8")


def remove(project: Project) -> None:
    (project.package / "py.typed").unlink()


def empty(project: Project) -> None:
    (project.package / "models.py").write_text("", encoding="utf-8")


def replace_by_a_link(project: Project) -> None:
    path = project.package / "models.py"
    path.rename(project.folder / "models.py")
    path.symlink_to(project.folder / "models.py")


def replace_by_a_dangling_link(project: Project) -> None:
    (project.package / "models.py").unlink()
    (project.package / "models.py").symlink_to("nowhere")


def add(project: Project) -> None:
    (project.package / "notes.txt").write_text("mine", encoding="utf-8")


def edit_and_change_the_contract(project: Project) -> None:
    edit(project)
    project.contract(NEW)


def change_the_contract(project: Project) -> None:
    project.contract(NEW)


def space_in_the_contract(project: Project) -> None:
    project.contract(f"{OLD}\n")


def in_the_manifest(old: str, new: str) -> Callable[[Project], None]:
    def change(project: Project) -> None:
        path = project.package / "soapgen.json"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def a_file_more(project: Project) -> None:
    """Another version of soapgen wrote a file that this one does not."""
    (project.package / "old.py").write_text("# Generated.\n", encoding="utf-8")
    entry = f'"py.typed": "{digest(b"")}"'
    in_the_manifest(entry, f'"old.py": "{digest(b"# Generated.")}",\n    {entry}')(project)


DAMAGES: dict[str, tuple[Callable[[Project], None], bool]] = {
    "nothing": (lambda project: None, True),
    "an edit": (edit, False),
    "a removed file": (remove, False),
    "an emptied file": (empty, False),
    "a link": (replace_by_a_link, False),
    "a dangling link": (replace_by_a_dangling_link, False),
    "a file of the user": (add, True),
    "another contract": (change_the_contract, False),
    "another contract that gives the same": (space_in_the_contract, False),
    "an edit and another contract": (edit_and_change_the_contract, False),
    "a file more": (a_file_more, False),
    "another version": (in_the_manifest('"soapgen": "', '"soapgen": "9'), False),
    "another black": (in_the_manifest('"black": "', '"black": "9'), False),
    "another option": (in_the_manifest('"server": false', '"server": true'), False),
    "another operation": (
        in_the_manifest('"operations": []', '"operations": ["Find"]'),
        False,
    ),
    "another hash": (in_the_manifest('"models.py": "', '"models.py": "0'), False),
    "a line more in the manifest": (in_the_manifest("{\n", "{\n\n"), False),
}


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("released", [False, True])
def test_hashes_and_a_build_say_the_same(
    name: str, released: bool, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "is_release", lambda: released)
    project.build()
    damage, is_fresh = DAMAGES[name]
    damage(project)
    by_hashes, by_a_build = project.check(), project.check(regenerate=True)
    assert by_hashes == by_a_build
    assert by_hashes.is_fresh == is_fresh
    if not is_fresh:
        project.build(force="--force" in by_hashes.command)
        assert project.check().is_fresh


@pytest.mark.parametrize("released", [True, pytest.param(False, marks=pytest.mark.conformance)])
def test_hashes_and_a_build_say_the_same_of_two_at_once(
    released: bool, make_project: Callable[[], Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "is_release", lambda: released)
    for first, second in combinations(DAMAGES, 2):
        project = make_project()
        project.build()
        for name in (first, second):
            with suppress(FileNotFoundError):
                DAMAGES[name][0](project)
        assert project.check() == project.check(regenerate=True), (first, second)
        assert project.check().is_fresh == (DAMAGES[first][1] and DAMAGES[second][1])


def lie(project: Project) -> None:
    """Change a file, and the whole manifest with it."""
    path = project.package / "models.py"
    path.write_text("# mine\n", encoding="utf-8")
    manifest = read_manifest(project.package)
    assert manifest is not None
    files = {**manifest.files, "models.py": digest(path.read_bytes())}
    text = replace(manifest, files=files).text()
    (project.package / "soapgen.json").write_text(text, encoding="utf-8")


def test_a_hash_that_lies_is_found_by_a_build(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "is_release", lambda: True)
    project.build()
    lie(project)
    assert project.check().is_fresh
    assert not project.check(regenerate=True).is_fresh


def test_a_hash_that_lies_is_found_where_only_notes_are_trusted(project: Project) -> None:
    project.build()
    lie(project)
    assert not project.check().is_fresh


def test_a_checkout_is_no_release() -> None:
    """The tests run in one."""
    assert not fingerprint.is_release()


def test_only_the_newest_notes_stay(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirmed, "_MOST_NOTES", 3)
    for number in range(5):
        project.contract(OLD.replace("Age", f"Age{number}"))
        project.build()
    notes = Path(os.environ["XDG_CACHE_HOME"]) / "soapgen" / "confirmed"
    assert len(list(notes.iterdir())) == 3


def test_the_fingerprint_is_of_code_templates_and_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jinja").write_text("a")
    seen = {fingerprint.fingerprint.__wrapped__()}
    monkeypatch.setattr(fingerprint, "templates_folder", lambda: tmp_path)
    seen.add(fingerprint.fingerprint.__wrapped__())
    (tmp_path / "a.jinja").write_text("b")
    seen.add(fingerprint.fingerprint.__wrapped__())
    (tmp_path / "a.jinja").rename(tmp_path / "b.jinja")
    seen.add(fingerprint.fingerprint.__wrapped__())
    monkeypatch.setattr(fingerprint, "version", lambda library: "1.2.3")
    seen.add(fingerprint.fingerprint.__wrapped__())
    assert len(seen) == 5
    assert fingerprint.fingerprint.__wrapped__() in seen
