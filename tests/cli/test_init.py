"""``soapgen init``: a configuration that builds, with all that the file had."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.small import wsdl

pytestmark = pytest.mark.slow

PROJECT = """\
# What we sell.
[project]
name = "shop"
dependencies = [
    "httpx<1",  # for more than this
]

[dependency-groups]
dev = ["pytest"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wsdl").mkdir()
    (tmp_path / "wsdl" / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    return tmp_path


def test_what_is_written_builds_and_checks(folder: Path) -> None:
    path = folder / "pyproject.toml"
    path.write_text(PROJECT, encoding="utf-8")
    made = soapgen("init", "wsdl/People.wsdl", "--yes", cwd=folder)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout == "Wrote pyproject.toml. Now run: soapgen build\n"
    text = path.read_text(encoding="utf-8")
    for line in PROJECT.splitlines():
        if not line.startswith(("dependencies", "dev")):
            assert line in text.splitlines()
    content = tomllib.loads(text)
    assert content["tool"]["soapgen"]["packages"] == {
        "people_client": {"sources": ["wsdl/People.wsdl"], "out": "src"}
    }
    # One that is there stays as it is.
    assert content["project"]["dependencies"] == ["lxml>=5.2", "httpx<1"]
    assert content["dependency-groups"]["dev"] == ["soapgen", "pytest"]
    assert soapgen("build", cwd=folder).returncode == 0
    assert soapgen("check", cwd=folder).stdout == "src/people_client is fresh.\n"


def test_a_file_of_its_own_where_there_is_no_other(folder: Path) -> None:
    options = ("--yes", "-o", "lib", "--name", "people", "--server")
    made = soapgen("init", "wsdl/People.wsdl", *options, cwd=folder)
    assert made.stdout == (
        "Wrote soapgen.toml. Now run: soapgen build\n"
        "Add to the application's dependencies: httpx>=0.27\n"
        "Add to the application's dependencies: lxml>=5.2\n"
        "Add to your development group: soapgen\n"
    )
    assert (folder / "soapgen.toml").read_text(encoding="utf-8") == (
        '[packages.people]\nsources = ["wsdl/People.wsdl"]\nout = "lib"\nserver = true\n'
    )


def test_what_is_asked(folder: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "soapgen", "init"],
        input="wsdl/People.wsdl\n\nlib\ny\n",
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert (folder / "soapgen.toml").read_text(encoding="utf-8") == (
        '[packages.people_client]\nsources = ["wsdl/People.wsdl"]\nout = "lib"\nserver = true\n'
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('[project]\nname = "a"\ndynamic = ["dependencies"]\n', ["httpx>=0.27", "lxml>=5.2"]),
        ('project = { name = "a" }\n', ["httpx>=0.27", "lxml>=5.2"]),
        ("[tool.ruff]\n", ["httpx>=0.27", "lxml>=5.2", "soapgen"]),
    ],
)
def test_what_cannot_be_written_for_sure_is_said(folder: Path, text: str, left: list[str]) -> None:
    path = folder / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    made = soapgen("init", "wsdl/People.wsdl", "--yes", cwd=folder)
    assert made.returncode == 0
    assert [line.rpartition(" ")[2] for line in made.stdout.splitlines()[1:]] == left
    assert path.read_text(encoding="utf-8").startswith(text)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--yes",), "name what to read"),
        (
            ("wsdl/People.wsdl", "--yes", "--name", "class"),
            "'class' is not a name that Python allows",
        ),
    ],
)
def test_what_is_refused(folder: Path, arguments: tuple[str, ...], message: str) -> None:
    made = soapgen("init", *arguments, cwd=folder)
    assert made.returncode == 2
    assert message in made.stderr
    assert not (folder / "soapgen.toml").exists()


def test_a_second_configuration_is_refused(folder: Path) -> None:
    assert soapgen("init", "wsdl/People.wsdl", "--yes", cwd=folder).returncode == 0
    again = soapgen("init", "wsdl/People.wsdl", "--yes", cwd=folder)
    assert again.returncode == 2
    assert again.stderr == (
        "soapgen: error: soapgen.toml: this configures soapgen already; "
        "add a table for another package to it\n"
    )


def test_lines_end_as_they_did(folder: Path) -> None:
    path = folder / "pyproject.toml"
    path.write_bytes(PROJECT.replace("\n", "\r\n").encode())
    assert soapgen("init", "wsdl/People.wsdl", "--yes", cwd=folder).returncode == 0
    written = path.read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n")
