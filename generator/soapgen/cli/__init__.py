"""The command line: arguments in; text on the terminal and an exit status out."""

from .app import main, run

__all__ = ["main", "run"]
