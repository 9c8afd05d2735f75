"""The command line → the page docs/commands.md, which says what each command takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from soapgen.cli.app import app

from tests.support.paths import PROJECT

PAGE = PROJECT / "docs" / "commands.md"

_TOP = """\
# Commands

All commands and their options, as `soapgen COMMAND --help` prints them.
`python -m tests.docs --write` makes this page of the program itself.

Each command ends with status 0 if all is well, and 2 after an error, which is said in one line.
Other statuses are named with their commands. 130 is an interrupt; 70 is a bug in soapgen.
"""


def page() -> str:
    """The page as it should be now."""
    commands: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return "\n".join([_TOP, *(_section(name, command) for name, command in commands.items())])


def _section(name: str, command: Any) -> str:
    lines = [f"## soapgen {name}", "", _text(command.help), ""]
    arguments = [item for item in command.params if item.param_type_name == "argument"]
    usage = " ".join(["soapgen", name, *map(_argument, arguments), "[OPTIONS]"])
    lines += [f"`{usage}`", "", "| what is given | what it does |", "|---|---|"]
    lines += [
        f"| {_name(item)} | {_cell(item.help)} |" for item in command.params if not item.hidden
    ]
    return "\n".join([*lines, ""])


def _argument(item: Any) -> str:
    name = item.name.upper() + ("..." if item.nargs == -1 else "")
    return name if item.required else f"[{name}]"


def _name(item: Any) -> str:
    if item.param_type_name == "argument":
        return f"`{_argument(item)}`"
    names = ", ".join(f"`{name}`" for name in [*item.opts, *item.secondary_opts])
    return names if item.is_flag else f"{names} *{item.metavar or item.name.upper()}*"


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


def _text(text: str | None) -> str:
    """The help of a command, a paragraph in a line each."""
    return "\n\n".join(_paragraphs(text or ""))


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.replace("\b\n", "").split("\n\n"):
        yield " ".join(paragraph.split())
