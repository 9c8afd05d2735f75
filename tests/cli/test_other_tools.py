"""Tools leave a package alone: by its marks, or by the lines of the page on them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import snapshot, soapgen
from tests.support.paths import PROJECT
from tests.support.small import wsdl
from tests.support.unmarked import unmark

pytestmark = pytest.mark.slow

PAGE = (PROJECT / "docs" / "other-tools.md").read_text(encoding="utf-8")
PACKAGE = "src/email_client"

# Settings of a repository that has other ideas of how code looks, by the table that they stand in.
HOSTILE = {
    "[tool.ruff]": 'line-length = 60\nlint = {select = ["ALL"], ignore = ["PGH004"]}\n'
    'format = {quote-style = "single", indent-style = "tab"}\n',
    "[tool.black]": "line-length = 60\nskip-magic-trailing-comma = true\n",
    "[tool.isort]": "line_length = 60\nforce_single_line = true\n",
    "[tool.coverage.run]": "",
}
MYPY = '[tool.mypy]\nstrict = true\ndisallow_any_expr = true\nmypy_path = "src"\n'

FORMATTERS = {
    "ruff check": ("ruff", "check", "--no-cache", "--fix", "--unsafe-fixes"),
    "ruff format": ("ruff", "format", "--no-cache"),
    "black": ("black", "--quiet"),
    "isort": ("isort",),
}


def block(language: str) -> str:
    """The one block of ``language`` on the page, behind that of the marks."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


def settings(lines: str) -> str:
    """The ``lines`` of a pyproject.toml, with hostile settings in their tables."""
    for table, hostile in HOSTILE.items():
        assert lines.count(f"{table}\n") == 1
        lines = lines.replace(f"{table}\n", f"{table}\n{hostile}")
    return lines + MYPY


def tool(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-m", *command), cwd=cwd, capture_output=True, text=True, check=False
    )


def files(repository: Path) -> list[str]:
    return [str(path.relative_to(repository)) for path in (repository / "src").rglob("*.py")]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a package, and with settings that would change it."""
    (tmp_path / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    built = soapgen("build", "People.wsdl", "--name=email_client", "-o", "src", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    (tmp_path / "pyproject.toml").write_text(settings("\n".join(HOSTILE) + "\n"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def unmarked(repository: Path) -> Path:
    """The same, where the package has no marks."""
    unmark(repository / PACKAGE)
    return repository


def use_the_lines(repository: Path) -> None:
    """Configure tools as the page says."""
    (repository / "pyproject.toml").write_text(settings(block("toml")), encoding="utf-8")


@pytest.mark.parametrize("command", FORMATTERS.values(), ids=FORMATTERS)
class TestFormatters:
    def test_they_would_change_a_package(self, command: tuple[str, ...], unmarked: Path) -> None:
        before = snapshot(unmarked / "src")
        tool(*command, "src", cwd=unmarked)
        assert snapshot(unmarked / "src") != before

    def test_marks_keep_them_away(self, command: tuple[str, ...], repository: Path) -> None:
        before = snapshot(repository / "src")
        for named in (["src"], files(repository)):
            result = tool(*command, *named, cwd=repository)
            assert result.returncode == 0, result.stdout
        assert snapshot(repository / "src") == before

    def test_lines_keep_them_away(self, command: tuple[str, ...], unmarked: Path) -> None:
        use_the_lines(unmarked)
        before = snapshot(unmarked / "src")
        for named in (["src"], files(unmarked)):
            result = tool(*command, *named, cwd=unmarked)
            assert result.returncode == 0, result.stdout
        assert snapshot(unmarked / "src") == before

    def test_lines_let_them_change_other_code(
        self, command: tuple[str, ...], repository: Path
    ) -> None:
        use_the_lines(repository)
        own = repository / "src" / "own.py"
        own.write_text("from os import sep, path\nimport abc\nx = [ abc,path ,sep]\n", "utf-8")
        before = own.read_bytes()
        tool(*command, "src", cwd=repository)
        assert own.read_bytes() != before


def test_type_checkers_still_check_what_calls_a_package(repository: Path) -> None:
    (repository / "own.py").write_text(
        "from email_client import PeopleClient\n\n\n"
        "def run(client: PeopleClient) -> None:\n    client.find(1)\n",
        encoding="utf-8",
    )
    mypy = ("mypy", "--cache-dir", str(PROJECT / ".cache" / "mypy"), "own.py", "src")
    assert f"{PACKAGE}/" in tool(*mypy, cwd=repository).stdout
    use_the_lines(repository)
    result = tool(*mypy, cwd=repository)
    assert result.returncode == 1
    assert 'own.py:5: error: Argument 1 to "find"' in result.stdout
    assert PACKAGE not in result.stdout


def test_coverage_leaves_it_out(repository: Path) -> None:
    (repository / "src" / "own.py").write_text("import email_client.models\n", encoding="utf-8")
    tool("coverage", "run", "--source=src", "src/own.py", cwd=repository)
    assert PACKAGE in tool("coverage", "report", cwd=repository).stdout
    use_the_lines(repository)
    tool("coverage", "run", "--source=src", "src/own.py", cwd=repository)
    report = tool("coverage", "report", cwd=repository).stdout
    assert "src/own.py" in report
    assert PACKAGE not in report


def test_the_attribute_for_github(repository: Path) -> None:
    (lines,) = re.findall(r"^```\n(.*linguist.*\n)```$", PAGE, re.MULTILINE)
    (repository / ".gitattributes").write_text(lines, encoding="utf-8")
    subprocess.run(("git", "init", "--quiet"), cwd=repository, check=True)
    for path, wanted in (
        (f"{PACKAGE}/models.py", "true"),
        (f"{PACKAGE}/soapgen.json", "true"),
        ("src/own.py", "unspecified"),
    ):
        command = ("git", "check-attr", "linguist-generated", path)
        shown = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=True)
        assert shown.stdout == f"{path}: linguist-generated: {wanted}\n"


def test_the_marks_on_the_page_are_those_in_a_package(repository: Path) -> None:
    text = (repository / PACKAGE / "models.py").read_text(encoding="utf-8")
    assert text.partition("\n")[2].startswith(block("python"))
