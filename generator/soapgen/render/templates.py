"""The templates: their folder, their names and their text.

Three runtime modules are modules of soapgen itself, which has the same rules to follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A template of the user's.

    Attributes:
        name: The name of the template of soapgen's that it stands for.
        text: Its text.
        place: The path of its file.
    """

    name: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of a build: soapgen's, but for those that are the user's own."""

    own: tuple[OwnTemplate, ...] = ()

    def places(self) -> Mapping[str, str]:
        """The path of the file of each of the user's templates, by its name."""
        return {item.name: item.place for item in self.own}

    def text(self, name: str) -> str:
        """The text of the template ``name``."""
        return next((item.text for item in self.own if item.name == name), None) or text(name)


SOAPGENS = Templates()
"""The templates of a build with none of the user's."""


@cache
def runtime_modules() -> tuple[str, ...]:
    """The names of the runtime modules, which are copied into packages as they are."""
    paths = [*folder().glob("*.py"), *map(Path, _SHARED)]
    return tuple(sorted(path.stem for path in paths))


@cache
def all_names() -> tuple[str, ...]:
    """The names of all templates, also of the runtime modules and of those for vendors."""
    runtime = (f"{name}.py" for name in runtime_modules())
    vendors = (folder() / "vendors").rglob("*.py")
    others = (path.relative_to(folder()).as_posix() for path in vendors)
    return tuple(sorted((*jinja_templates(), *runtime, *others)))


@cache
def jinja_templates() -> tuple[str, ...]:
    """The paths of the Jinja2 files, both templates of modules and macros, with slashes.

    The pages of a reference are no modules.
    """
    paths = (path for path in folder().rglob("*.jinja") if path.parent != pages_folder())
    return tuple(sorted(path.relative_to(folder()).as_posix() for path in paths))
