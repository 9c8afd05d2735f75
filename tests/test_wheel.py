"""The wheel works on its own, and type checkers see the package in both kinds of install."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from soapgen.sources.bundled import BUNDLED

from tests.support.paths import PROJECT, WSDL
from tests.support.typing import mypy

pytestmark = pytest.mark.conformance


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--outdir", out, PROJECT, cwd=out)
    (path,) = out.glob("soapgen-*.whl")
    return path


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """A fresh environment with nothing in it but the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    _run(folder / "bin" / "pip", "install", "--quiet", wheel, cwd=folder)
    return folder / "bin"


def test_the_templates_travel_with_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = PROJECT / "templates"
    for path in templates.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert f"soapgen/templates/{path.relative_to(templates).as_posix()}" in names
    assert "soapgen/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "generated", "wsdl"))]


def test_the_schemas_that_it_brings_travel_with_it(wheel: Path) -> None:
    folder = "soapgen/sources/schemas/"
    names = zipfile.ZipFile(wheel).namelist()
    found = {name.removeprefix(folder) for name in names if name.startswith(folder)}
    assert found == set(BUNDLED.values())


def test_it_builds_from_an_empty_folder(fresh: Path, tmp_path: Path) -> None:
    shutil.copytree(WSDL, tmp_path / "wsdl")
    _run(fresh / "soapgen", "build", "wsdl/SoPrincipal.wsdl", cwd=tmp_path)
    built = tmp_path / "generated" / "so_principal_client"
    ours = PROJECT / "generated" / "so_principal_client"
    for path in ours.glob("*.py"):
        assert (built / path.name).read_bytes() == path.read_bytes()
    _run(fresh / "soapgen", "check", cwd=tmp_path)


def test_it_is_a_release_if_it_is_from_an_index(fresh: Path, tmp_path: Path) -> None:
    """One that was installed from a file says so in its metadata."""
    ask = "from soapgen.project.fingerprint import is_release; print(is_release())"
    (origin,) = fresh.parent.glob("lib/python*/site-packages/soapgen-*.dist-info/direct_url.json")
    hidden = origin.rename(tmp_path / "direct_url.json")
    try:
        assert _run(fresh / "python", "-c", ask, cwd=tmp_path) == "True\n"
    finally:
        shutil.move(hidden, origin)
    assert _run(fresh / "python", "-c", ask, cwd=tmp_path) == "False\n"


def test_type_checkers_resolve_it_in_a_wheel(fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "use.py").write_text(
        "import soapgen\nfrom soapgen.project import Options\n"
        "from soapgen.project.generate import generate\n"
        "reveal_type(soapgen.__version__)\nreveal_type(Options(name='a'))\n",
        encoding="utf-8",
    )
    python = fresh / "python"
    result = _run(
        sys.executable, "-m", "mypy", "--strict", "--python-executable", python, "use.py",
        cwd=tmp_path,
    )  # fmt: skip
    assert 'Revealed type is "str"' in result or 'Revealed type is "builtins.str"' in result
    assert "soapgen.project.options.Options" in result


def test_type_checkers_resolve_it_in_an_editable_install(tmp_path: Path) -> None:
    """The environment that the tests run in is one."""
    (tmp_path / "use.py").write_text(
        "import soapgen\nreveal_type(soapgen.__version__)\n", encoding="utf-8"
    )
    assert "Success: no issues found" in mypy("use.py", cwd=tmp_path)


def _run(*command: str | Path, cwd: Path) -> str:
    result = subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
