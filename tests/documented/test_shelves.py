"""The whole family on its shelves: 56 services in one package, and every documented example."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from soapgen.plan import Family
from soapgen.render.templates import runtime_modules

from tests.support.command import soapgen
from tests.support.families import loaded
from tests.support.packages import planned
from tests.support.paths import corpus
from tests.support.typing import mypy
from tests.support.unmarked import unmark

pytestmark = pytest.mark.conformance

NAME = "superoffice86"

# What stands beside the services in the package.
SURROUNDINGS = {*runtime_modules(), "common", "netserver"}


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of Services86, built by the command."""
    folder = tmp_path_factory.mktemp("family")
    source = corpus() / "Services86" / "wsdl"
    result = soapgen("build", source, "--name", NAME, "--out", folder, cwd=folder)
    assert result.returncode == 0, result.stderr
    assert "56 services, 1,461 operations, 609 types, from 56 files" in result.stdout
    return folder / NAME


@pytest.fixture(scope="module")
def plan() -> Family:
    return planned(corpus() / "Services86" / "wsdl", name=NAME)


def test_all_operations_in_96_000_lines(family: Path) -> None:
    """The runtime, which is there once for all of them, has a bound of its own."""
    runtime = {f"{name}.py" for name in runtime_modules()}
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in family.rglob("*")
        if path.is_file() and not (path.parent == family and path.name in runtime)
    }
    assert sum(text.count("\n") for text in texts.values()) <= 96_000
    clients = [text for path, text in texts.items() if path.name == "client.py"]
    assert len(clients) == 56
    methods = sum(len(re.findall(r"^    def [a-z]\w*\(", text, re.MULTILINE)) for text in clients)
    assert methods == 1461


def test_every_type_stands_once(family: Path) -> None:
    """But for records, which are named after a message, and RequestHeaders."""
    places: dict[str, list[str]] = {}
    for path in family.rglob("models*/*.py"):
        for name in re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            places.setdefault(name, []).append(str(path.relative_to(family)))
    for path in family.glob("*/models.py"):
        for name in re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            places.setdefault(name, []).append(str(path.relative_to(family)))
    twice = {name: found for name, found in places.items() if len(found) > 1}
    assert {name for name in twice if not name.endswith("Result")} <= {"RequestHeaders"}
    assert len([found for found in twice.get("RequestHeaders", []) if "common" in found]) == 1


def test_strangers_tools_find_nothing(family: Path, tmp_path: Path) -> None:
    unmark(shutil.copytree(family, tmp_path / NAME))
    found = mypy("-p", NAME, cwd=tmp_path)
    assert found.startswith("Success"), found[-3000:]
    result = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--isolated", NAME],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-3000:]


def loaded_of(family: Path, statement: str) -> set[str]:
    """The modules within the family that ``statement`` loads in a fresh process."""
    return {name.removeprefix(f"{NAME}.") for name in loaded(family, statement) - {NAME}}


def test_each_service_loads_what_it_needs_and_no_more(family: Path, plan: Family) -> None:
    for package in plan.packages:
        modules = loaded_of(family, f"from {NAME}.{package.name} import {package.client}")
        services = {name.partition(".")[0] for name in modules} - SURROUNDINGS
        assert services == {package.name}
        shared = {module.name for module in plan.shared if package.service in module.services}
        found = {name.rpartition(".")[2] for name in modules if name.count(".") == 2}
        assert found <= shared, package.name


def test_no_module_leads_back_to_itself(family: Path) -> None:
    """By the imports that run when a module is loaded, not those for type checkers."""
    graph: dict[str, set[str]] = {}
    for path in family.rglob("*.py"):
        module = path.relative_to(family.parent).with_suffix("").as_posix().replace("/", ".")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.level:
                package = module.split(".")[: -node.level]
                target = ".".join([*package, *([node.module] if node.module else [])])
                names = (
                    [target] if node.module else [f"{target}.{name.name}" for name in node.names]
                )
                graph.setdefault(module, set()).update(names)
    assert len(graph) > 300
    assert list(TopologicalSorter(graph).static_order())


def test_everything_can_be_imported_at_once(family: Path, plan: Family) -> None:
    statement = (
        "\n".join(f"from {NAME}.{package.name} import *" for package in plan.packages)
        + f"\nfrom {NAME}.common import *"
    )
    names = {path.parent.name for path in family.glob("*/client.py")}
    modules = loaded_of(family, statement)
    assert {f"{name}.client" for name in names} <= modules


@pytest.mark.parametrize(("edition", "count"), [("Services86", 2922), ("Services85", 2770)])
def test_every_documented_example(edition: str, count: int, tmp_path: Path) -> None:
    folder = corpus() / edition
    result = soapgen("verify", folder / "wsdl", folder / "envelopes", cwd=tmp_path)
    assert result.stdout.endswith(f"{count:,} of {count:,} examples match.\n"), result.stdout
    assert result.returncode == 0
    assert "Messages without an example" not in result.stdout
