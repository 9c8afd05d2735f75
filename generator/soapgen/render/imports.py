"""Rendered text → the same text with the imports of the names that it uses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from itertools import dropwhile, takewhile

from .guard import parsed, require_known

Module = tuple[str, ...]
"""A module of the output by its path: ``("common", "models", "contact")``."""

_MARKER = "# imports\n"

_DEFINITION = re.compile(r"^(?:(?:async )?def|class) (\w+)|^(\w+)(?:: [^=\n]+)? = ", re.MULTILINE)

# The default line length of black and ruff: imports up to it are on one line in any project.
_SHORTEST_LIMIT = 88

_IMPORT = re.compile(r"(?:from (\w[\w.]*) )?import (.+)")


def declared_imports(template: str) -> dict[str, str]:
    """The names that a template may import from other packages, each with its module.

    They are in the lines that follow the line ``# imports``. A module itself is in none.
    """
    lines = template.partition(_MARKER)[2].split("\n")
    imports = takewhile(bool, map(_IMPORT.fullmatch, lines))
    return {name: match[1] or "" for match in imports if match for name in match[2].split(", ")}


def imports_of(text: str, module: Module, homes: Mapping[str, Module], path: str) -> str:
    """The imports of the names that ``text`` uses; empty if it has no line ``# imports``.

    Args:
        text: A rendered module. The imports that follow the line ``# imports`` are those that it
            may need from other packages; the names that it does not use are left out.
        module: The module that ``text`` is.
        homes: The module of the output that defines each name.
        path: The path of the module, for a message.

    Raises:
        GuardError: ``text`` is not Python, or uses a name that nothing defines.
    """
    if _MARKER not in text:
        return ""
    declared = declared_imports(text)
    tree = parsed(_rest(text), path)
    used = set(_loaded(tree)) - set(_defined(tree))
    require_known(used - declared.keys() - homes.keys(), tree, path)
    others: dict[str, set[str]] = {}
    for name in used & declared.keys():
        others.setdefault(declared[name], set()).add(name)
    own: dict[str, set[str]] = {}
    for name in used & homes.keys() - declared.keys():
        own.setdefault(relative(module, homes[name]), set()).add(name)
    blocks = (
        [import_statement(home, names) for home, names in sorted(others.items())],
        [import_statement(home, own[home]) for home in in_module_order(own)],
    )
    return "\n".join("".join(block) for block in blocks if block)


def with_imports(text: str, imports: str) -> str:
    """``text`` with ``imports`` in place of its line ``# imports`` and the imports that follow."""
    before, marker, _ = text.partition(_MARKER)
    return before + imports + _rest(text) if marker else text


def _rest(text: str) -> str:
    """What follows the imports that ``text`` declares."""
    lines = text.partition(_MARKER)[2].split("\n")
    return "\n".join(dropwhile(_IMPORT.fullmatch, lines))


def _loaded(module: ast.AST) -> Iterator[str]:
    """The names that a module loads, without the parameters of the functions around them."""
    nodes: list[tuple[ast.AST, Set[str]]] = [(module, frozenset())]
    while nodes:
        node, bound = nodes.pop()
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load) and node.id not in bound:
                yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            outside = (node.args, node.returns, *node.decorator_list)
            nodes += [(item, bound) for item in outside if item is not None]
            inside = bound | {item.arg for item in ast.walk(node.args) if isinstance(item, ast.arg)}
            nodes += [(statement, inside) for statement in node.body]
        else:
            nodes += [(child, bound) for child in ast.iter_child_nodes(node)]


def relative(module: Module, target: Module) -> str:
    """How ``module`` names ``target`` in an import: ``..common.models.contact``."""
    package = module[:-1]
    common = 0
    while common < min(len(package), len(target)) and package[common] == target[common]:
        common += 1
    return "." * (len(package) - common + 1) + ".".join(target[common:])


def in_module_order(modules: Iterable[str]) -> list[str]:
    """Relative names of modules, those with the most dots first, as isort orders imports."""
    return sorted(modules, key=lambda name: (len(name.lstrip(".")) - len(name), name.lstrip(".")))


def import_statement(module: str, names: Iterable[str], indent: int = 0) -> str:
    """The import of ``names`` from ``module``: one line, or a line for each name.

    Without a ``module``, they are modules themselves.
    """
    listed, margin = in_import_order(names), " " * indent
    if not module:
        return "".join(f"import {name}\n" for name in listed)
    line = f"from {module} import {', '.join(listed)}"
    if indent + len(line) <= _SHORTEST_LIMIT:
        return f"{line}\n"
    # A line for each name, as isort writes it; black keeps these lines because of the last comma.
    lines = [f"from {module} import (", *(f"{margin}    {name}," for name in listed), f"{margin})"]
    return "\n".join(lines) + "\n"


def in_import_order(names: Iterable[str]) -> list[str]:
    """Constants, then classes, then functions, as isort orders an import."""
    return sorted(names, key=lambda name: (_kind(name), name.lower(), name))


def in_list_order(names: Iterable[str]) -> list[str]:
    """The same order, but with capitals before small letters, as isort orders ``__all__``."""
    return sorted(names, key=lambda name: (_kind(name), name))


def _kind(name: str) -> int:
    return 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2


@cache
def defined(text: str) -> frozenset[str]:
    """The names that a module of the runtime defines at its top level."""
    # Parsing the runtime would take longer than rendering a service.
    return frozenset(match[1] or match[2] for match in _DEFINITION.finditer(text))


def _defined(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
