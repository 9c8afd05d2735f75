"""A plan → text: the files of a package, formatted.

In: a plan. Out: each file by its path. Templates place the text, each module imports the names that
it uses, and black decides the final form.

A name of this package is loaded when it is first used: a command that finds nothing changed needs
only the folder of the templates.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .templates import SOAPGENS, Templates, folder, pages_folder

if TYPE_CHECKING:
    from .interface import copied, listed, own_templates
    from .modules import OutputFile, guarded, render
    from .vocabulary import reserved_names
    from .workers import Formatter, formatted

__all__ = [
    "SOAPGENS",
    "Formatter",
    "OutputFile",
    "Templates",
    "copied",
    "folder",
    "formatted",
    "guarded",
    "listed",
    "own_templates",
    "pages_folder",
    "render",
    "reserved_names",
]

_MODULES = {
    "Formatter": ".workers",
    "OutputFile": ".modules",
    "copied": ".interface",
    "formatted": ".workers",
    "guarded": ".modules",
    "listed": ".interface",
    "own_templates": ".interface",
    "render": ".modules",
    "reserved_names": ".vocabulary",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name], __name__), name)
