"""The command line: arguments in; text on the terminal and an exit status out.

This is the only package that prints or exits. Each command has a module, and imports inside its
function what only it needs: ``soapgen --help`` loads nothing but Typer, and no command waits for
the libraries of another one.
"""

from .start import main

__all__ = ["main"]
