"""What a person wrote before there was a template for it, beside what soapgen writes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support.paths import BY_HAND, GOLDEN

PACKAGE = GOLDEN / "orders_client"


def definitions(path: Path) -> dict[str, str]:
    """The functions, classes and named values in ``path``, as they are written there.

    A string below one belongs to it.
    """
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    found: dict[str, str] = {}
    name = ""
    for node in ast.parse(text).body:
        first = node.lineno
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                first = min(item.lineno for item in (node, *node.decorator_list))
                found[name] = ""
            case ast.AnnAssign(target=ast.Name(name)) | ast.Assign(targets=[ast.Name(name)]):
                found[name] = ""
            case ast.Expr(ast.Constant(str())) if name:
                pass
            case _:
                name = ""
                continue
        found[name] += "\n".join(lines[first - 1 : node.end_lineno]) + "\n"
    return found


@pytest.mark.parametrize("path", sorted(BY_HAND.glob("*.txt")), ids=lambda path: path.stem)
def test_soapgen_writes_what_a_person_wrote(path: Path) -> None:
    written = definitions(PACKAGE / path.stem)
    wanted = definitions(path)
    assert wanted
    for name, text in wanted.items():
        assert written.get(name) == text
