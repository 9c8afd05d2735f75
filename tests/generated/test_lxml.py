"""Which lxml a generated package needs: it says so, and refuses an older one at once."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest

from tests.support.packages import Built
from tests.support.paths import PROJECT

OLD = """
import sys, lxml.etree as etree
etree.LXML_VERSION, etree.__version__ = {version}, "{shown}"
import {module}
"""


def imported(
    email: Built, module: str, version: tuple[int, ...]
) -> subprocess.CompletedProcess[str]:
    """Import a module of the package where lxml is said to be of ``version``."""
    shown = ".".join(map(str, version[:3]))
    return subprocess.run(
        [sys.executable, "-c", OLD.format(version=version, shown=shown, module=module)],
        cwd=email.path.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("module", ["parsers", "client", "_stream"])
def test_an_lxml_that_is_too_old(email: Built, module: str) -> None:
    result = imported(email, f"{email.path.name}.{module}", (4, 9, 4, 0))
    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == (
        "ImportError: this package needs lxml 5.2 or newer, and this is lxml 4.9.4, which may "
        "expand entities for minutes; run: pip install --upgrade lxml"
    )


@pytest.mark.slow
def test_an_lxml_that_is_new_enough(email: Built) -> None:
    result = imported(email, f"{email.path.name}.client", (5, 2, 0, 0))
    assert result.returncode == 0, result.stderr


def test_a_package_without_a_network_and_without_answers_needs_none(email: Built) -> None:
    result = imported(email, f"{email.path.name}.builders", (4, 9, 4, 0))
    assert result.returncode == 0, result.stderr


def test_the_version_is_the_one_that_soapgen_needs(email: Built) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    (needed,) = (item for item in project["dependencies"] if item.startswith("lxml"))
    assert needed == "lxml>=5.2"
    docstring = (email.path / "__init__.py").read_text("utf-8")
    assert re.search(r"It needs lxml 5\.2 or newer, and httpx to make calls\.", docstring)
