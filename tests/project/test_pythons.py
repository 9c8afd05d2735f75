"""Each Python that soapgen supports, as far as this machine has it, writes the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import pytest

from tests.support.command import snapshot
from tests.support.paths import BANK, PROJECT, WSDL

pytestmark = pytest.mark.conformance

VERSIONS = ("3.11", "3.12", "3.13")
BUILDS = {
    "email_client": ["vendor/EMail.wsdl"],
    "shapes": ["tests/Shapes.wsdl", "--server"],
    "orders": ["tests/Orders.wsdl", "--with", "json", "--with", "security"],
    "facets": ["tests/Facets.wsdl", "--facets", "--with", "addressing"],
    "bank": ["tests/Bank.wsdl", "--server", "--with", "json"],
    "shop": ["tests/shop", "--server"],
}


def candidates(version: str) -> Iterator[Path]:
    """Where Python ``version`` may be: on the path, and where pyenv and uv keep it."""
    name = f"python{version}"
    if found := shutil.which(name):
        yield Path(found)
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT", home / ".pyenv")) / "versions"
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR", home / ".local" / "share" / "uv" / "python"))
    for folder in (pyenv, uv):
        yield from sorted(folder.glob(f"*/bin/{name}"))


def python(version: str) -> Path:
    """A Python ``version`` that runs; the test is skipped where there is none."""
    for path in candidates(version):
        # pyenv has a program for each version on the path, which may say that it is not chosen.
        if subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0:
            return path
    pytest.skip(f"there is no Python {version} on the path, nor of pyenv or uv")


def installed(version: str, folder: Path) -> Path:
    """A Python ``version`` with soapgen and what it needs, in the versions that are here."""
    subprocess.run([python(version), "-m", "venv", folder], check=True)
    constraints = folder / "constraints.txt"
    here = {item.name.lower(): item.version for item in distributions()}
    here.pop("soapgen")
    lines = "".join(f"{name}=={number}\n" for name, number in sorted(here.items()))
    constraints.write_text(lines, encoding="utf-8")
    path = folder / "bin" / "python"
    install = ["-m", "pip", "install", "--quiet", "--constraint"]
    command = [str(path), *install, str(constraints), str(PROJECT)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"soapgen cannot be installed for Python {version}: {made.stderr[-300:]}")
    return path


def built(executable: Path, folder: Path, seed: str) -> dict[str, bytes]:
    """All packages, each built twice by ``executable``: the second time, nothing changes."""
    # A manifest has the paths of sources: they must lie beside the packages.
    shutil.copytree(WSDL, folder / "vendor")
    shutil.copytree(BANK.parent, folder / "tests")
    environment = {**os.environ, "PYTHONHASHSEED": seed, "XDG_CACHE_HOME": str(folder / "cache")}
    for name, arguments in BUILDS.items():
        build = ["-m", "soapgen", "build", *arguments, "--name", name, "-o", "out"]
        command = [str(executable), *build]
        before: dict[str, bytes] = {}
        for _ in range(2):
            made = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
            assert made.returncode == 0, made.stderr
            files = snapshot(folder / "out" / name)
            assert not before or files == before, name
            before = files
    return snapshot(folder / "out")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(Path(sys.executable), tmp_path_factory.mktemp("here"), "1")


@pytest.mark.parametrize("version", VERSIONS)
def test_each_python_writes_the_same(
    version: str, expected: dict[str, bytes], tmp_path: Path
) -> None:
    executable = installed(version, tmp_path / "venv")
    folder = tmp_path / "there"
    folder.mkdir()
    found = built(executable, folder, "2")
    assert found.keys() == expected.keys()
    assert [path for path in found if found[path] != expected[path]] == []
