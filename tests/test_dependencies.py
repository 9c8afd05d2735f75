"""What development needs, in pyproject.toml: as an extra and as groups, the same."""

from __future__ import annotations

import tomllib
from typing import Any

from tests.support.paths import PROJECT

PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_extra_dev_is_the_group_dev() -> None:
    """Older versions of pip know extras alone."""
    extra = PYPROJECT["project"]["optional-dependencies"]["dev"]
    assert sorted(extra) == sorted(set(members("dev", PYPROJECT["dependency-groups"])))


def members(name: str, groups: dict[str, list[Any]]) -> list[str]:
    """The requirements of the group ``name``, with those of the groups that it includes."""
    requirements: list[str] = []
    for item in groups[name]:
        requirements += members(item["include-group"], groups) if isinstance(item, dict) else [item]
    return requirements
