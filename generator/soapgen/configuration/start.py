"""A first package, and what it needs → the file that configures it, with all that it had."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from copy import deepcopy
from importlib.metadata import requires
from pathlib import Path
from typing import Any

from ..errors import Place
from .files import PYPROJECT, SOAPGEN, ConfigurationError, ConfigurationFile, Key, has_key

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_DEPENDENCIES: Key = ("project", "dependencies")
_DEVELOPMENT: Key = ("dependency-groups", "dev")


def runtime_requirements() -> tuple[str, ...]:
    """What an application needs to use generated packages, as its dependencies have it."""
    wanted = ("httpx", "lxml")
    found = (item.partition(";")[0].strip() for item in requires("soapgen") or ())
    return tuple(sorted(item for item in found if _name(item) in wanted))


def started(folder: Path, name: str, values: Sequence[tuple[str, object]]) -> tuple[Path, str]:
    """The file in ``folder`` that is to configure the package ``name``, and its new text.

    Args:
        folder: The folder. A ``pyproject.toml`` in it is added to, else it is a ``soapgen.toml``.
        name: The name of the package.
        values: What its table says: texts, lists of texts, true or false.

    Raises:
        ConfigurationError: There is a configuration already, or a file cannot be read.
    """
    own, shared = folder / SOAPGEN, folder / PYPROJECT
    for path in (own, shared):
        file = ConfigurationFile.read(path) if path.is_file() else None
        if file is not None and file.configures:
            raise ConfigurationError(
                "this configures soapgen already",
                place=Place(file.shown, file.line_of(file.root)),
                hint="add a table for another package to it",
            )
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values]
    if not shared.is_file():
        return own, "\n".join([f"[packages.{name}]", *lines, ""])
    text = ConfigurationFile.read(shared).text
    before = f"{text.rstrip()}\n\n" if text.strip() else ""
    return shared, before + "\n".join([f"[tool.soapgen.packages.{name}]", *lines, ""])


def with_requirements(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` of a pyproject.toml with what is needed, and what of that it could not be given.

    It is given nothing if it describes no project. What is there already stays as it is.
    """
    left: list[str] = []
    if not has_key(tomllib.loads(text), ("project", "name")):
        return text, (*runtime_requirements(), "soapgen")
    for key, items in ((_DEPENDENCIES, runtime_requirements()), (_DEVELOPMENT, ("soapgen",))):
        changed = _with_items(text, key, items)
        if changed is None:
            left += items
        else:
            text = changed
    return text, tuple(left)


def _with_items(text: str, key: Key, items: Sequence[str]) -> str | None:
    """``text`` with ``items`` in the list ``key``; None if that cannot be done for sure."""
    content = tomllib.loads(text)
    table, name = key
    if name in content.get(table, {}).get("dynamic", ()):
        return None
    there = content.get(table, {}).get(name, [])
    if not isinstance(there, list):
        return None
    names = {_name(item) for item in there if isinstance(item, str)}
    missing = [item for item in items if _name(item) not in names]
    if not missing:
        return text
    listed = ", ".join(map(json.dumps, missing))
    header = re.compile(rf"^\[{table}\][^\n]*\n", re.MULTILINE)
    if there:
        opened = re.compile(rf"^{name}\s*=\s*\[", re.MULTILINE)
        changed = opened.sub(lambda found: f"{found[0]}{listed}, ", text, count=1)
    elif has_key(content, key):
        changed = re.sub(rf"(?m)^{name}\s*=\s*\[\s*\]", lambda _: f"{name} = [{listed}]", text)
    elif table in content:
        changed = header.sub(lambda found: f"{found[0]}{name} = [{listed}]\n", text, count=1)
    else:
        changed = f"{text.rstrip()}\n\n[{table}]\n{name} = [{listed}]\n"
    expected: dict[str, Any] = deepcopy(content)
    expected.setdefault(table, {})[name] = [*missing, *there]
    try:
        return changed if tomllib.loads(changed) == expected else None
    except tomllib.TOMLDecodeError:
        return None


def _name(requirement: str) -> str:
    """The name of what is required, in the form in which names are compared (PEP 503)."""
    found = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""
