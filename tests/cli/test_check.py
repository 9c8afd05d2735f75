"""What ``soapgen check`` tells a CI job."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import snapshot, soapgen
from tests.support.small import SCHEMA, wsdl

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    assert soapgen("build", "People.wsdl", cwd=tmp_path).returncode == 0
    return tmp_path


def test_fresh(folder: Path) -> None:
    for arguments in ([], ["generated"], ["generated/people_client"]):
        result = soapgen("check", *arguments, cwd=folder)
        assert (result.returncode, result.stderr) == (0, "")
        assert result.stdout == "generated/people_client is fresh.\n"


def test_a_check_writes_nothing(folder: Path) -> None:
    (folder / "generated/people_client/models.py").unlink()
    before = snapshot(folder)
    assert soapgen("check", cwd=folder).returncode == 1
    assert snapshot(folder) == before


def test_stale_source(folder: Path) -> None:
    renamed = SCHEMA.replace('name="Age"', 'name="Years"')
    (folder / "People.wsdl").write_text(wsdl(renamed), encoding="utf-8")
    result = soapgen("check", cwd=folder)
    assert result.returncode == 1
    assert "--- generated/people_client/models.py (as it is)" in result.stdout
    assert "+++ generated/people_client/models.py (as it should be)" in result.stdout
    assert "-    age: int | None = None" in result.stdout
    assert "+    years: int | None = None" in result.stdout
    assert result.stderr == (
        "generated/people_client is stale; run: "
        "soapgen build People.wsdl --out generated --name people_client\n"
    )


def test_the_command_that_it_gives_mends_it(folder: Path) -> None:
    (folder / "People.wsdl").write_text(wsdl(SCHEMA.replace("Age", "Years")), encoding="utf-8")
    command = soapgen("check", cwd=folder).stderr.rpartition("run: soapgen ")[2].split()
    assert soapgen(*command, cwd=folder).returncode == 0
    assert soapgen("check", cwd=folder).returncode == 0


def test_edited_by_hand(folder: Path) -> None:
    path = folder / "generated/people_client/builders.py"
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    result = soapgen("check", cwd=folder)
    assert result.returncode == 1
    assert "-# mine" in result.stdout


def test_a_missing_file(folder: Path) -> None:
    (folder / "generated/people_client/py.typed").unlink()
    result = soapgen("check", cwd=folder)
    assert result.returncode == 1
    assert "py.typed: missing" in result.stdout


def test_a_missing_source(folder: Path) -> None:
    (folder / "People.wsdl").unlink()
    result = soapgen("check", cwd=folder)
    assert result.returncode == 2
    assert "People.wsdl cannot be found" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_source_in_another_place(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "People.wsdl").rename(folder / "elsewhere" / "People.wsdl")
    result = soapgen("check", "--source", "elsewhere/People.wsdl", cwd=folder)
    assert (result.returncode, result.stdout) == (0, "generated/people_client is fresh.\n")


def test_a_source_that_has_no_folder_in_common_with_the_package(folder: Path) -> None:
    """Nothing portable leads from one to the other: the manifest has the name alone."""
    manifest = folder / "generated/people_client/soapgen.json"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace("../../People.wsdl", "People.wsdl"), encoding="utf-8")
    inner = folder / "generated"
    refused = soapgen("check", ".", cwd=inner)
    assert refused.returncode == 2
    assert "--source" in refused.stderr


def test_a_broken_source(folder: Path) -> None:
    (folder / "People.wsdl").write_text("<wsdl", encoding="utf-8")
    result = soapgen("check", cwd=folder)
    assert result.returncode == 2
    assert "People.wsdl:1: the file is not well-formed XML" in result.stderr


def test_no_package(tmp_path: Path) -> None:
    result = soapgen("check", cwd=tmp_path)
    assert result.returncode == 2
    assert "no soapgen.json" in result.stderr


OUTSIDE = (
    '{"source": "a", "options": {"name": "b", "server": false}, "inputs": {},'
    ' "files": {"../../People.wsdl": ""}}'
)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"source": 1}', "nonsense", OUTSIDE, OUTSIDE.replace('"a"', "1")],
)
def test_a_broken_manifest(folder: Path, content: str) -> None:
    (folder / "generated/people_client/soapgen.json").write_text(content, encoding="utf-8")
    result = soapgen("check", cwd=folder)
    assert result.returncode == 2
    assert "soapgen.json: this is not a manifest that soapgen wrote" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_packages_of_this_project_are_fresh() -> None:
    from tests.support.paths import PROJECT

    result = soapgen("check", "generated", cwd=PROJECT)
    assert (result.returncode, result.stdout) == (
        0,
        "generated/email_client is fresh.\ngenerated/so_principal_client is fresh.\n",
    )
