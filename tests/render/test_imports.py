"""What a module of the runtime defines is found without parsing it."""

from __future__ import annotations

import ast

import pytest
from soapgen.errors import GuardError
from soapgen.render import templates
from soapgen.render.imports import defined, imports_of

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


def test_a_name_that_nothing_defines_is_an_error() -> None:
    text = (
        "# imports\nfrom re import match\n\n"
        "def read(node, *rest, **more):\n"
        "    try:\n        (first, *others) = [len(item) for item in rest]\n"
        "    except ValueError as error:\n        print(error, first, others, more, match)\n"
        "    return {name}(node, lambda one: one)\n"
    )
    assert imports_of(text.format(name="local"), ("a",), {"local": ("b",)}, "a.py") == (
        "from re import match\n\nfrom .b import local\n"
    )
    with pytest.raises(GuardError, match="nothing defines elsewhere"):
        imports_of(text.format(name="elsewhere"), ("a",), {"local": ("b",)}, "a.py")
