"""The page on the architecture names every package and module that there is, and no other."""

from __future__ import annotations

import re

from tests.support.paths import PROJECT

SOAPGEN = PROJECT / "generator" / "soapgen"
PAGE = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")


def modules() -> set[str]:
    """Every module of soapgen by its path, without those that only export or start."""
    paths = (path.relative_to(SOAPGEN).with_suffix("") for path in SOAPGEN.rglob("*.py"))
    return {path.as_posix() for path in paths if not path.name.startswith("__")}


def named() -> set[str]:
    """The modules that the tables of the page name, by their paths."""
    names: set[str] = set()
    package = ""
    for line in PAGE.splitlines():
        if line.startswith("#"):
            heading = re.fullmatch(r"### `(\w+)`: .+", line)
            package = f"{heading[1]}/" if heading else ""
        elif line.startswith("| `"):
            cell = line.split("|")[1]
            first, *others = re.findall(r"`([\w/]+)`", cell)
            folder = f"{first.rpartition('/')[0]}/" if "/" in first else package
            names |= {package + first if "/" not in first else first}
            names |= {other if "/" in other else folder + other for other in others}
    return names


def test_every_module_is_in_a_table_of_its_package() -> None:
    assert named() == modules()
