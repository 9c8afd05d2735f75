"""Whole generated packages for what Services86 does not use, as a person has read them.

They lie in ``packages/``, where they are type-checked and linted like any other code.
``make golden`` writes them anew; read what it changed before you commit it.
"""

from __future__ import annotations

import shutil
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import GOLDEN, ORDERS, SHAPES, SHOP
from tests.support.store import Store

PACKAGES: dict[str, tuple[Path, dict[str, Any]]] = {
    # Constructs of a single service, both halves, and every module that can be asked for.
    "shapes_client": (SHAPES, {"server": True, "extras": ("addressing", "security")}),
    # The harder shapes of XML Schema, as in the pieces in by_hand.
    "orders_client": (ORDERS, {"server": True}),
    # Two services that share some types.
    "shop": (SHOP, {}),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_is_what_soapgen_writes(
    name: str, store: Store, request: pytest.FixtureRequest
) -> None:
    source, options = PACKAGES[name]
    wanted = files_in(store.path(source, name=name, **options))
    if request.config.getoption("--renew-golden"):
        renew(GOLDEN / name, wanted)
    problem = first_difference(files_in(GOLDEN / name), wanted)
    assert not problem, (
        f"{name}/{problem}\nIf the change is meant, run `make golden`, read the difference "
        "and commit it."
    )


def test_there_is_no_other_package(request: pytest.FixtureRequest) -> None:
    found = (path for path in GOLDEN.iterdir() if not path.name.startswith("."))
    others = [path for path in found if path.name not in PACKAGES and files_in(path)]
    if request.config.getoption("--renew-golden"):
        while others:
            shutil.rmtree(others.pop())
    assert others == []


def test_the_first_difference_is_named() -> None:
    there = {"a.py": "x = 1\n", "b.py": "y = 1\n", "d.py": ""}
    assert first_difference(there, there) == ""
    found = first_difference(there, {**there, "b.py": "y = 2\n"})
    assert found.startswith("b.py is not what soapgen writes now:\n")
    assert "\n-y = 1\n+y = 2" in found
    assert first_difference(there, {**there, "c.py": ""}) == "c.py is missing"
    assert first_difference({**there, "c.py": ""}, there) == "c.py is a file too many"


def first_difference(there: dict[str, str], wanted: dict[str, str]) -> str:
    """The first file in which ``there`` is not ``wanted``, and how; empty if there is none."""
    for path in sorted(there.keys() | wanted.keys()):
        if path not in there:
            return f"{path} is missing"
        if path not in wanted:
            return f"{path} is a file too many"
        if there[path] != wanted[path]:
            lines = (there[path].splitlines(), wanted[path].splitlines())
            names = ("as it is", "as soapgen writes it")
            shown = islice(unified_diff(*lines, *names, lineterm=""), 40)
            return "\n".join([f"{path} is not what soapgen writes now:", *shown])
    return ""


def files_in(package: Path) -> dict[str, str]:
    """Every file of ``package`` by its path there, but for what Python itself writes."""
    return {
        path.relative_to(package).as_posix(): path.read_text(encoding="utf-8")
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def renew(package: Path, wanted: dict[str, str]) -> None:
    """Write the files of ``package`` anew, and no others."""
    shutil.rmtree(package, ignore_errors=True)
    for path, text in wanted.items():
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text(text, encoding="utf-8")
