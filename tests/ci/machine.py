"""A machine with soapgen's repository and an index of packages, and on it a user's repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.support.paths import PROJECT
from tests.support.small import wsdl

PAGE = PROJECT / "docs" / "ci.md"

# What soapgen is installed from, and what other repositories use of it.
_SOAPGEN = (
    ".pre-commit-hooks.yaml",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "action.yml",
    "generator",
    "pyproject.toml",
    "templates",
)

_CONFIGURATION = """\
[tool.soapgen.packages.people]
sources = ["wsdl/People.wsdl"]
out = "src"
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its status, and all that it printed."""

    status: int
    printed: str


def example(key: str) -> str:
    """The one block of YAML in docs/ci.md that has ``key``."""
    text = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    (found,) = (block for block in blocks if re.search(rf"^(- )?{key}:", block, re.MULTILINE))
    return str(found)


class Machine:
    """The machine.

    Args:
        folder: Where all of it is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.repository = folder / "repository"
        self._wheels = folder / "wheels"
        self.home.mkdir()
        self._fill_index()
        self._publish()
        self._commit_client()

    @cached_property
    def job(self) -> dict[str, Any]:
        """The job for GitLab on the page."""
        return dict(yaml.safe_load(example("soapgen"))["soapgen"])

    def environment(self, programs: Path) -> dict[str, str]:
        """The environment of commands that find the ``programs`` of a folder first."""
        kept = {name: os.environ[name] for name in ("LANG", "TMPDIR") if name in os.environ}
        own = Path(sys.executable).parent  # pre-commit is there
        return kept | {
            "HOME": str(self.home),
            "PATH": os.pathsep.join((str(programs), os.environ["PATH"], str(own))),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_FIND_LINKS": str(self._wheels),
            "PIP_NO_INDEX": "1",
            "COLUMNS": "80",
        }

    def python(self, name: str) -> Path:
        """The programs of a Python without any package, in a folder of that name."""
        place = self.folder / name
        venv.create(place, with_pip=True)
        return place / "bin"

    @cached_property
    def developer(self) -> Path:
        """The programs of whoever builds the package: with soapgen, as the job installs it."""
        programs = self.python("developer")
        self.run(self.job["script"][0], programs)
        return programs

    @cached_property
    def _image(self) -> Path:
        """The programs in the image of the job for GitLab."""
        return self.python("image")

    @cached_property
    def _hosted(self) -> Path:
        """The programs that a runner of GitHub has."""
        return self.python("hosted")

    def run(self, command: str, programs: Path | None = None, **more: str) -> Ended:
        """Run ``command`` in the repository; ``more`` is for its environment."""
        return self._run(["bash", "-c", command], programs or self.developer, more)

    def run_job(self) -> Ended:
        """Run the job as GitLab's runner does: all lines in one shell, each printed before."""
        lines = "".join(f"echo {_quoted('$ ' + line)}\n{line}\n" for line in self.job["script"])
        script = f"set -eo pipefail\n{lines}"
        return self._run(["bash", "-c", script], self._image, {})

    def run_action(self) -> Ended:
        """Run the steps of the action as GitHub's runner does, with the page's inputs."""
        (use,) = (step for step in yaml.safe_load(example("- uses")) if "soapgen" in step["uses"])
        action = yaml.safe_load((self.folder / "soapgen" / "action.yml").read_text("utf-8"))
        given = use.get("with", {})
        assert given.keys() <= action["inputs"].keys()
        inputs = {
            name: given[name] if name in given or declared.get("required") else declared["default"]
            for name, declared in action["inputs"].items()
        }
        printed = f"Run {use['uses']}\n"
        runner = self.folder / "runner"  # as on a runner of one's own, it stays from job to job
        runner.mkdir(exist_ok=True)
        for step in action["runs"]["steps"]:
            assert step["shell"] == "bash"
            variables = {
                name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: inputs[found[1]], value)
                for name, value in step["env"].items()
            }
            assert not any("${{" in text for text in (step["run"], *variables.values()))
            script = runner / "step.sh"
            script.write_text(step["run"], encoding="utf-8")
            ended = self._run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
                self._hosted,
                {"RUNNER_TEMP": str(runner), **variables},
            )
            printed += ended.printed
            if ended.status:
                return Ended(ended.status, printed)
        return Ended(0, printed)

    def run_hook(self) -> Ended:
        """Run pre-commit, with the hook of the page."""
        installed = self.run("pre-commit install-hooks")  # once, which it tells
        assert installed.status == 0, installed.printed
        command = "pre-commit run --all-files"
        ended = self.run(command)
        return Ended(ended.status, f"$ {command}\n{ended.printed}")

    def _run(self, command: list[str], programs: Path, more: dict[str, str]) -> Ended:
        ended = subprocess.run(
            command,
            cwd=self.repository,
            env=self.environment(programs) | more,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout)

    def _fill_index(self) -> None:
        """All packages that soapgen needs, in the versions of the page, and soapgen itself."""
        black = re.findall(r"black==\d+(?:\.\d+)+", PAGE.read_text(encoding="utf-8"))
        (pinned,) = set(black)
        pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(self._wheels))
        subprocess.run((*pip, str(PROJECT), pinned, "hatchling"), check=True, capture_output=True)

    def _publish(self) -> None:
        """Commit soapgen to a repository, which has the address of the page."""
        place = self.folder / "soapgen"
        for name in _SOAPGEN:
            source, copy = PROJECT / name, place / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copyfile(source, copy)
        (hooks,) = yaml.safe_load(example("repos"))["repos"]
        (self.home / ".gitconfig").write_text(
            "[user]\nname = me\nemail = me@example.com\n[init]\ndefaultBranch = main\n"
            f'[url "{place}"]\ninsteadOf = {hooks["repo"]}\n',
            encoding="utf-8",
        )
        self._git(place, "init", "--quiet")
        self._git(place, "add", "--all")
        self._git(place, "commit", "--quiet", "--message", "soapgen")
        self._git(place, "tag", hooks["rev"])

    def _commit_client(self) -> None:
        """Build a client and commit it, with the hook of the page."""
        (self.repository / "wsdl").mkdir(parents=True)
        for name, text in (
            ("wsdl/People.wsdl", wsdl()),
            ("pyproject.toml", _CONFIGURATION),
            (".pre-commit-config.yaml", example("repos")),
        ):
            (self.repository / name).write_text(text, encoding="utf-8")
        built = self.run("soapgen build")
        assert built.status == 0, built.printed
        self._git(self.repository, "init", "--quiet")
        self._git(self.repository, "add", "--all")
        self._git(self.repository, "commit", "--quiet", "--message", "A client")

    def _git(self, folder: Path, *arguments: str) -> None:
        environment = self.environment(self.home)
        command = ("git", *arguments)
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
