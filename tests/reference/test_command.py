"""``soapgen docs``: what it says, and that it overwrites nothing but what it wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command import snapshot, soapgen
from tests.support.paths import PROJECT, SHOP
from tests.support.small import wsdl

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    return tmp_path


def test_pages_are_written(folder: Path) -> None:
    result = soapgen("docs", "People.wsdl", "-o", "site", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    read, wrote = result.stdout.splitlines()
    assert read == "Read People.wsdl: 1 service, 1 operation, 1 type."
    assert wrote.startswith("Wrote site: 12 files of 12, 0.1 MB in all, in ")
    assert wrote.endswith(" Open site/index.html in a browser.")
    files = snapshot(folder / "site")
    listed = json.loads(files.pop("soapgen-reference.json"))["files"]
    assert listed.keys() == files.keys()
    again = soapgen("docs", "People.wsdl", "-o", "site", cwd=folder)
    assert again.stdout.splitlines()[1] == "site is up to date: nothing written."


def test_only_what_it_wrote_is_replaced_or_removed(folder: Path) -> None:
    site = folder / "site"
    assert soapgen("docs", SHOP, "-o", "site", cwd=folder).returncode == 0
    (site / "notes.txt").write_text("ours", encoding="utf-8")
    result = soapgen("docs", "People.wsdl", "-o", "site", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    files = snapshot(site)
    assert files.pop("notes.txt") == b"ours"
    assert len(files) == 12
    assert sorted(path.name for path in (site / "services").iterdir()) == ["people_client"]


def test_a_file_of_another_is_kept(folder: Path) -> None:
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text("ours", encoding="utf-8")
    result = soapgen("docs", "People.wsdl", "-o", "site", cwd=folder)
    assert result.returncode == 2
    assert "site/index.html: this file is in the way, and soapgen did not write it" in result.stderr
    assert snapshot(site) == {"index.html": b"ours"}
    assert soapgen("docs", "People.wsdl", "-o", "site", "--force", cwd=folder).returncode == 0
    assert b"<!doctype html>" in snapshot(site)["index.html"]


def test_a_page_that_was_edited_is_kept(folder: Path) -> None:
    assert soapgen("docs", "People.wsdl", "-o", "site", cwd=folder).returncode == 0
    page = folder / "site" / "types" / "Person.html"
    page.write_text("ours", encoding="utf-8")
    result = soapgen("docs", "People.wsdl", "-o", "site", cwd=folder)
    assert result.returncode == 2
    assert "edited by hand" in result.stderr


@pytest.mark.parametrize("text", ["{", "[]", '{"files": {"../index.html": "0"}}'])
def test_a_list_that_is_none(folder: Path, text: str) -> None:
    assert soapgen("docs", "People.wsdl", "-o", "site", cwd=folder).returncode == 0
    (folder / "site" / "soapgen-reference.json").write_text(text, encoding="utf-8")
    result = soapgen("docs", "People.wsdl", "-o", "site", cwd=folder)
    assert result.returncode == 2
    assert "soapgen-reference.json: this is no list of the files of a reference" in result.stderr


def test_a_package_is_described_with_its_own_names(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(
        '[tool.soapgen.packages.people_client]\nsources = ["People.wsdl"]\n'
        '[tool.soapgen.packages.people_client.names.types]\nPerson = "Human"\n',
        encoding="utf-8",
    )
    for arguments in ((), ("generated/people_client",)):
        result = soapgen("docs", *arguments, "-o", "site", cwd=folder)
        assert (result.returncode, result.stderr) == (0, "")
        assert (folder / "site" / "types" / "Human.html").is_file()


PAGE = """\
# Operation Find

Looks for somebody.

| Parameter | Description |
|---|---|
| Name | Whom to find. |
| Town | Where to look. |

# Type Person

| Member | Description |
|---|---|
| Age | In years. |
"""

SITE_DESCRIBED = {
    "services/people_client/find.html": ("Looks for somebody.", "Whom to find."),
    "types/Person.html": ("In years.",),
}


def described(folder: Path, *arguments: str) -> str:
    """What is printed where the pages have the descriptions of ``PAGE``."""
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "pages" / "people.md").write_text(PAGE, encoding="utf-8")
    result = soapgen("docs", *arguments, "-o", "site", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    pages = snapshot(folder / "site")
    for path, texts in SITE_DESCRIBED.items():
        for text in texts:
            assert text.encode() in pages[path]
    assert not any(b"Town" in page for page in pages.values())
    return result.stdout


def test_descriptions_of_pages(folder: Path) -> None:
    printed = described(folder, "People.wsdl", "--docs", "pages")
    assert printed.endswith(
        "Left out: description of parameter Find.Town (pages/people.md:8): "
        "there is no parameter 'Town' of Find; check the name.\n"
    )


def test_descriptions_of_pages_of_a_package(folder: Path) -> None:
    described(folder, "People.wsdl", "--docs", "pages")
    result = soapgen("build", "People.wsdl", "--docs", "pages", cwd=folder)
    assert result.returncode == 0, result.stderr
    described(folder, "generated/people_client")
    result = soapgen("docs", "generated/people_client", "--docs", "pages", "-o", "site", cwd=folder)
    assert result.returncode == 2
    assert "says what the package is; change it there" in result.stderr


def test_a_folder_of_pages_that_is_not_there(folder: Path) -> None:
    result = soapgen("docs", "People.wsdl", "--docs", "pages", "-o", "site", cwd=folder)
    assert result.returncode == 2
    assert "soapgen: error: pages: there is no such folder" in result.stderr
    assert not (folder / "site").exists()


def test_what_is_counted_is_what_a_build_counts(folder: Path) -> None:
    """A list is a type and has no class; headers have a class and are no type."""
    source = PROJECT / "docs" / "tutorial" / "Library.wsdl"
    built = soapgen("build", source, "-o", ".", cwd=folder).stdout.splitlines()[0]
    result = soapgen("docs", source, "-o", "site", cwd=folder)
    assert "3 operations, 3 types, " in built
    assert result.stdout.splitlines()[0].endswith(": 1 service, 3 operations, 3 types.")
    assert ">5 classes</a>" in (folder / "site" / "index.html").read_text(encoding="utf-8")


def test_it_is_no_package(folder: Path) -> None:
    """A check of all that is in a folder leaves a reference alone."""
    assert soapgen("build", "People.wsdl", "-o", "out", cwd=folder).returncode == 0
    assert soapgen("docs", "People.wsdl", "-o", "out/site", cwd=folder).returncode == 0
    result = soapgen("check", "out", cwd=folder)
    assert (result.returncode, "site" in result.stdout) == (0, False)
