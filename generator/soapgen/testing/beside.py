"""Generated code beside a package → the same code, imported, with the classes of that package."""

from __future__ import annotations

import dataclasses
import importlib
import sys
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import CallError, Place

# What generated functions take and return values of: those of the package itself.
_CLASSES = ("models", "faults")

# Modules of the runtime that have classes of values, beside those whose names begin with "_".
_RUNTIME = ("errors", "options")


def import_beside(package: str, folder: Path, name: str, place: Path) -> None:
    """Import the code in ``place`` as ``name``, with the classes of ``package``.

    The modules of the runtime are those of the package, where it has them; and the generated
    modules with classes have those of the package in place of their own. All that there is of the
    code that writes and reads is imported, so that ``place`` may go away.

    Args:
        package: The name of the package, whose runtime and classes are used.
        folder: Its folder.
        name: The name of the code.
        place: Its folder.

    Raises:
        CallError: The package has other classes: it was built from another contract.
    """
    found = [path.relative_to(place).with_suffix("") for path in sorted(place.rglob("*.py"))]
    modules = [".".join(path.parts) for path in found if path.name != "__init__"]
    for path in found:
        if path.name == "__init__":
            _add_package(".".join([name, *path.parts[:-1]]), place.joinpath(*path.parts[:-1]))
    there = [item for item in modules if (folder / f"{item.replace('.', '/')}.py").is_file()]
    for module in there:
        if module.startswith("_") or module in _RUNTIME:
            with suppress(ImportError):  # it needs a library that is not installed
                sys.modules[f"{name}.{module}"] = importlib.import_module(f"{package}.{module}")
    for kind in _CLASSES:
        those = [item for item in modules if kind in item.split(".")]
        for module in those:
            importlib.import_module(f"{name}.{module}")
        for module in those:
            if module in there:
                own = importlib.import_module(f"{package}.{module}")
                _use_classes_of(own, sys.modules[f"{name}.{module}"], folder)
    for module in modules:
        if not {"builders", "parsers", "writers", "readers"}.isdisjoint(module.split(".")):
            importlib.import_module(f"{name}.{module}")


def _add_package(name: str, folder: Path) -> None:
    """A package without what is in its ``__init__``, which is for users of clients."""
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package


def _use_classes_of(own: ModuleType, other: ModuleType, folder: Path) -> None:
    for name in [name for name in vars(other) if not name.startswith("__")]:
        if not hasattr(own, name):
            continue
        mine, its = getattr(own, name), getattr(other, name)
        if _members(mine) != _members(its):
            raise CallError(
                f"the sources of the package have another {name} than it has",
                place=Place(str(folder)),
                hint=f"build it again: soapgen build {folder}",
            )
        setattr(other, name, mine)


def _members(value: Any) -> list[str]:
    """The members of a class of values."""
    if isinstance(value, type) and dataclasses.is_dataclass(value):
        return [field.name for field in dataclasses.fields(value)]
    return []
