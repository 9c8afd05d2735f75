"""The page on compatibility is what the rules say, and each rule has a section with an example."""

from __future__ import annotations

import re

import pytest
from soapgen.compare.python_rules import PYTHON_RULES
from soapgen.compare.wire_rules import WIRE_RULES

from tests.support.command import soapgen
from tests.support.paths import corpus

from .page import PAGE, page


def test_the_page_is_made_of_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_each_rule_has_a_section_with_an_example() -> None:
    sections = re.findall(r"^### (.+)\n\n.+\n\n```diff\n[+-] .+", page(), re.MULTILINE)
    assert sorted(sections) == sorted({**WIRE_RULES, **PYTHON_RULES})


def test_names_are_in_kebab_case() -> None:
    for name in {**WIRE_RULES, **PYTHON_RULES}:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)


@pytest.mark.conformance
def test_the_difference_of_two_editions_is_what_is_printed() -> None:
    found = re.search(r"```console\n\$ soapgen ([^\n]+)\n(.+?)```", page(), re.DOTALL)
    assert found
    result = soapgen(*found[1].split(), cwd=corpus())
    assert (result.returncode, result.stderr) == (1, "")
    first, *others = found[2].split("…\n")
    assert others
    assert result.stdout.startswith(first)
    rest = result.stdout.removeprefix(first)
    for rows in others:
        left_out, _, rest = rest.partition(rows)
        assert left_out.endswith("|\n"), f"{rows} does not follow"
    assert rest == ""
