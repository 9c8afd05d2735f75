"""What a module of the runtime defines is found without parsing it."""

from __future__ import annotations

import ast

import pytest
from soapgen.render import templates
from soapgen.render.imports import defined

RUNTIME = sorted(path.name for path in templates.folder().glob("*.py"))


@pytest.mark.parametrize("name", RUNTIME)
def test_the_definitions_are_those_that_python_sees(name: str) -> None:
    text = templates.text(name)
    seen = set()
    for node in ast.parse(text).body:
        match node:
            case ast.FunctionDef(name=found) | ast.AsyncFunctionDef(name=found):
                seen.add(found)
            case ast.ClassDef(name=found):
                seen.add(found)
            case ast.Assign(targets=[ast.Name(id=found)]) | ast.AnnAssign(
                target=ast.Name(id=found)
            ):
                seen.add(found)
    assert defined(text) == seen
