"""What ``soapgen check`` tells a CI job."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.support.command import snapshot, soapgen
from tests.support.small import SCHEMA, wsdl
from tests.support.web import Answer, serving

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
        "generated/people_client is stale; run: " "soapgen build generated/people_client\n"
    )


def mended(
    folder: Path, *arguments: str, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``check``, which must find a stale package, and the command that it prints, as it is.

    Returns:
        What the check printed.
    """
    place = cwd or folder
    stale = soapgen("check", *arguments, cwd=place)
    assert stale.returncode == 1
    command = stale.stderr.rpartition("run: ")[2]
    words = shlex.split(command)
    assert words.pop(0) == "soapgen"
    ran = soapgen(*words, cwd=place)
    assert (ran.returncode, ran.stderr) == (0, ""), command
    again = [word for word in arguments if not word.startswith(("--source", "new"))]
    assert soapgen("check", "--regenerate", *again, cwd=place).returncode == 0
    return stale


def change_the_contract(folder: Path) -> None:
    (folder / "People.wsdl").write_text(wsdl(SCHEMA.replace("Age", "Years")), encoding="utf-8")


def edit(folder: Path) -> None:
    path = folder / "generated/people_client/models.py"
    path.write_text("# mine\n", encoding="utf-8")


def test_the_command_that_it_gives_mends_it(folder: Path) -> None:
    change_the_contract(folder)
    assert "--force" not in mended(folder).stderr


def test_the_command_mends_what_was_edited_and_says_what_goes(folder: Path) -> None:
    edit(folder)
    assert mended(folder).stderr == (
        "generated/people_client: models.py: this generated file was edited by hand; "
        "--force overwrites it\n"
        "generated/people_client is stale; run: "
        "soapgen build generated/people_client --force\n"
    )
    change_the_contract(folder)
    edit(folder)
    assert "--force" in mended(folder).stderr


@pytest.mark.parametrize("path", ["models.py", "py.typed", "soapgen.json"])
def test_the_command_mends_a_link(path: str, folder: Path) -> None:
    place = folder / "generated/people_client" / path
    place.rename(folder / path)
    place.symlink_to(folder / path)
    assert f"{path}: a link is in the way" in mended(folder).stderr


def test_the_command_mends_a_missing_file(folder: Path) -> None:
    (folder / "generated/people_client/py.typed").unlink()
    assert "--force" not in mended(folder).stderr


def test_the_command_has_the_source_that_was_given(folder: Path) -> None:
    change_the_contract(folder)
    (folder / "new place").mkdir()
    (folder / "People.wsdl").rename(folder / "new place" / "People.wsdl")
    result = mended(folder, "--source", "new place/People.wsdl")
    assert "'new place/People.wsdl'" in result.stderr


@pytest.mark.parametrize("name", ["-People.wsdl", "--help", "My people's.wsdl", "$HOME;x.wsdl"])
def test_the_command_can_be_given_to_a_shell(name: str, folder: Path) -> None:
    (folder / name).write_text(wsdl(), encoding="utf-8")
    out = ("--out", "-out", "--name", "people")
    assert soapgen("build", f"./{name}", *out, cwd=folder).returncode == 0
    change_the_contract(folder)
    (folder / "People.wsdl").rename(folder / name)
    mended(folder, "./-out")


@pytest.mark.parametrize("place", ["generated", "generated/people_client", "elsewhere"])
def test_the_command_is_for_the_working_directory(place: str, folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    change_the_contract(folder)
    mended(folder, str(folder / "generated"), cwd=folder / place)


def test_the_command_through_a_link_to_the_package(folder: Path) -> None:
    change_the_contract(folder)
    (folder / "far" / "away").mkdir(parents=True)
    (folder / "far" / "away" / "people").symlink_to(folder / "generated" / "people_client")
    mended(folder, "far/away/people")


def test_the_command_for_a_package_with_another_name(folder: Path) -> None:
    change_the_contract(folder)
    (folder / "generated/people_client").rename(folder / "generated/others")
    assert "soapgen build generated/others" in mended(folder).stderr


def test_the_command_keeps_the_options(folder: Path) -> None:
    options = (
        "--server",
        "--facets",
        "-O",
        "Find",
        "--with",
        "security",
        "--service",
        "PeopleService",
    )
    apart = ("--keep-apart", "urn:example:people")
    out = ("--out", "more")
    assert soapgen("build", "People.wsdl", *options, *apart, *out, cwd=folder).returncode == 0
    change_the_contract(folder)
    mended(folder, "more")


def test_it_says_that_headers_and_passwords_are_not_kept(folder: Path) -> None:
    secret = ("--header", "Authorization: hunter2")
    with serving(lambda path, headers: Answer((folder / path[1:]).read_bytes())) as web:
        user = web.url.replace("http://", "http://me:hunter3@")
        build = ("build", f"{user}/People.wsdl", "--out", "more")
        assert soapgen(*build, *secret, cwd=folder).returncode == 0
        change_the_contract(folder)
        source = ("--source", f"{user}/People.wsdl")
        result = soapgen("check", "more", *source, *secret, cwd=folder)
    assert result.returncode == 1
    assert result.stderr == (
        "more/people_client: headers are not kept: give --header again\n"
        "more/people_client: secrets in an address are not shown: "
        "give them again\n"
        "more/people_client is stale; run: "
        f"soapgen build {web.url}/People.wsdl --out more --name people_client\n"
    )
    assert "hunter" not in result.stdout


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


def test_the_packages_of_this_project_are_fresh() -> None:
    from tests.support.paths import PROJECT

    result = soapgen("check", "generated", cwd=PROJECT)
    assert (result.returncode, result.stdout) == (
        0,
        "generated/email_client is fresh.\ngenerated/so_principal_client is fresh.\n",
    )
