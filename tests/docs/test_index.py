"""The first page of the documentation leads to each guide of the site."""

from __future__ import annotations

import re

import yaml

from tests.support.paths import PROJECT


def test_it_names_all_guides() -> None:
    site = yaml.safe_load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))
    (guides,) = [part["Guides"] for part in site["nav"] if "Guides" in part]
    wanted = {path for guide in guides for path in guide.values()}
    index = (PROJECT / "docs" / "index.md").read_text(encoding="utf-8")
    assert wanted <= {*re.findall(r"\]\(([^)#]+)", index)}
