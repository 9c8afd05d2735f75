"""A repository that commits a client, and what its hook and its action say of each commit."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.paths import CACHE, PROJECT
from tests.support.small import SCHEMA, wsdl

pytestmark = pytest.mark.slow

CONFIGURATION = """\
[tool.soapgen.packages.people]
sources = ["wsdl/People.wsdl"]
out = "src"
"""


def git(*arguments: str, cwd: Path) -> None:
    user = ("-c", "user.name=me", "-c", "user.email=me@example.com")
    subprocess.run(("git", *user, *arguments), cwd=cwd, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository in which a client is committed."""
    (tmp_path / "wsdl").mkdir()
    (tmp_path / "wsdl" / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION, encoding="utf-8")
    assert soapgen("build", cwd=tmp_path).returncode == 0
    git("init", "--quiet", cwd=tmp_path)
    git("add", "--all", cwd=tmp_path)
    git("commit", "--quiet", "--message", "A client", cwd=tmp_path)
    return tmp_path


def run_as_hook(repository: Path) -> subprocess.CompletedProcess[str]:
    """Run the entry of the hook as pre-commit does: without the names of files."""
    hooks = (PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert "pass_filenames: false" in hooks
    entry = re.search(r"^  entry: (.+)$", hooks, re.MULTILINE)
    assert entry is not None
    command, *arguments = shlex.split(entry[1])
    assert command == "soapgen"
    return soapgen(*arguments, cwd=repository)


def run_as_action(repository: Path) -> subprocess.CompletedProcess[str]:
    """Run the last line of the action's script, with the soapgen of this environment."""
    action = (PROJECT / "action.yml").read_text(encoding="utf-8")
    (line,) = re.findall(
        r'^ +"\$RUNNER_TEMP/soapgen/bin/soapgen" (check .+)$', action, re.MULTILINE
    )
    return subprocess.run(
        ("bash", "-c", f"{shlex.quote(sys.executable)} -m soapgen {line}"),
        cwd=repository,
        env={**os.environ, "PACKAGES": "", "XDG_CACHE_HOME": str(CACHE)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("run", [run_as_hook, run_as_action])
def test_a_fresh_client_passes_and_a_changed_contract_fails(
    run: Callable[[Path], subprocess.CompletedProcess[str]], repository: Path
) -> None:
    fresh = run(repository)
    assert (fresh.returncode, fresh.stdout) == (0, "src/people is fresh.\n")
    text = wsdl(SCHEMA.replace("Age", "Years"))
    (repository / "wsdl" / "People.wsdl").write_text(text, encoding="utf-8")
    git("commit", "--all", "--quiet", "--message", "A new edition", cwd=repository)
    stale = run(repository)
    assert stale.returncode == 1
    assert "+    years: int | None = None" in stale.stdout
    assert stale.stderr == "src/people is stale; run: soapgen build src/people\n"


def test_an_edit_by_hand_fails_with_a_command_that_works(repository: Path) -> None:
    path = repository / "src/people/models.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nMINE = 1\n", encoding="utf-8")
    git("commit", "--all", "--quiet", "--message", "An edit", cwd=repository)
    stale = run_as_hook(repository)
    assert stale.returncode == 1
    assert "-MINE = 1" in stale.stdout
    command, *arguments = shlex.split(stale.stderr.rpartition("run: ")[2])
    assert command == "soapgen"
    assert soapgen(*arguments, cwd=repository).returncode == 0
    assert run_as_hook(repository).returncode == 0
    git("diff", "--exit-code", "HEAD~1", cwd=repository)


def test_a_sample_and_a_comparison_can_be_quiet(tmp_path: Path) -> None:
    for name, text in (("old", wsdl()), ("new", wsdl(SCHEMA.replace("Age", "Years")))):
        (tmp_path / f"{name}.wsdl").write_text(text, encoding="utf-8")
    written = soapgen("sample", "old.wsdl", "--all", "-o", "messages", "-q", cwd=tmp_path)
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "")
    assert [*(tmp_path / "messages").iterdir()]
    compared = soapgen("diff", "old.wsdl", "new.wsdl", "-q", cwd=tmp_path)
    assert (compared.returncode, compared.stdout, compared.stderr) == (1, "", "")
    assert soapgen("diff", "old.wsdl", "old.wsdl", "-q", cwd=tmp_path).returncode == 0
