"""The definitions in a piece of Python, as they are written there."""

from __future__ import annotations

import ast


def definitions(text: str) -> dict[str, str]:
    """The functions, classes and named values in ``text``, by their names.

    A string below one belongs to it.
    """
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
