"""The tests and advisories that the documentation names exist."""

from __future__ import annotations

import ast
import re

import pytest

from tests.support.paths import PROJECT

TEXT = (PROJECT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)))
OF_ADVISORIES = [("tests/test_advisories.py", name) for name in re.findall(r"`(test_\w+)`", TEXT)]
ADVISORY = re.compile(r"CVE-\d+-\d+|GHSA(?:-\w{4}){3}")


@pytest.mark.parametrize(("path", "name"), [*NAMED, *sorted(set(OF_ADVISORIES))])
def test_each_test_exists(path: str, name: str) -> None:
    tree = ast.parse((PROJECT / path).read_text(encoding="utf-8"))
    tests = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert name in tests if name else any(test.startswith("test_") for test in tests)


def test_each_test_of_an_advisory_is_named() -> None:
    text = (PROJECT / "tests" / "test_advisories.py").read_text(encoding="utf-8")
    tests = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    named = {name for _, name in OF_ADVISORIES}
    with_advisory = {node.name for node in tests if ADVISORY.search(ast.get_docstring(node) or "")}
    assert with_advisory <= named
    assert len(set(ADVISORY.findall(TEXT))) >= 25
