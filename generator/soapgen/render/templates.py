"""The templates: their folder, their names and their text.

Three runtime modules are modules of soapgen itself, which has the same rules to follow.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from .. import automata, near, secret_names

_SHARED = {
    "_automata.py": Path(automata.__file__),
    "_near.py": Path(near.__file__),
    "_secret_names.py": Path(secret_names.__file__),
}


@cache
def folder() -> Path:
    """The folder of the templates: in the installed package or, in a checkout, at its root."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parents[1] / "templates"


def pages_folder() -> Path:
    """The folder of the templates for the pages of a reference."""
    return folder() / "reference"


@cache
def text(name: str) -> str:
    """The text of the template ``name``."""
    return _SHARED.get(name, folder() / name).read_text(encoding="utf-8")


@cache
def runtime_modules() -> tuple[str, ...]:
    """The names of the runtime modules, which are copied into packages as they are."""
    paths = [*folder().glob("*.py"), *map(Path, _SHARED)]
    return tuple(sorted(path.stem for path in paths))


@cache
def jinja_templates() -> tuple[str, ...]:
    """The paths of the Jinja2 files, both templates of modules and macros, with slashes.

    The pages of a reference are no modules.
    """
    paths = (path for path in folder().rglob("*.jinja") if path.parent != pages_folder())
    return tuple(sorted(path.relative_to(folder()).as_posix() for path in paths))
