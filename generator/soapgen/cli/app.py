"""The command ``soapgen``: runs one of the commands and reports its errors."""

from __future__ import annotations

import os
import re
from typing import Annotated, Any

import typer

from .. import __version__
from ..errors import GuardError, SoapgenError
from ..near import did_you_mean
from .build import build
from .call import call
from .check import check
from .diff import diff
from .docs import docs
from .fetch import fetch
from .init import init
from .listing import list_
from .sample import sample
from .serve import serve
from .show import show
from .templates import templates
from .terminal import ERROR, INTERRUPTED, complain, say, told
from .verify import verify

# Typer would guess the shell, and would not look at the one that is named.
os.environ.setdefault("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")

app = typer.Typer(
    name="soapgen",
    help="Write small, typed, readable Python packages from WSDL.",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
# The help lists the commands in this order.
app.command()(init)
app.command()(build)
app.command()(check)
app.command("list")(list_)
for command in (show, docs, diff, call, fetch, sample, verify, serve, templates):
    app.command()(command)

# What Typer says of a value that is none of some.
_CHOICE = re.compile(r"(.*: )(?:Value error, )?'(.*)' is not one of (.+)")

# The error for a wrong command line. Newer versions of Typer include a copy of click, whose classes
# are not those of the package click; so the class is taken from one that Typer exports.
_UsageError: Any = typer.BadParameter.__mro__[1]


def run(arguments: list[str]) -> int:
    """Run the command line with ``arguments`` and return its exit status.

    0 is done, 1 stale or no match, 2 an error with a message, 130 interrupted.

    Raises:
        GuardError: What was generated is not sound.
    """
    try:
        os.getcwd()
    except FileNotFoundError:  # it may have been a package, which a build has exchanged
        _fail('the working directory was replaced or removed; enter it again: cd "$PWD"')
        return 2
    try:
        status = typer.main.get_command(app).main(
            arguments, prog_name="soapgen", standalone_mode=False
        )
        say("", end="")  # what Typer printed may still wait
    except _UsageError as error:
        _fail(f"{_first_line(error)} See `soapgen --help`.")
        return 2
    except GuardError:  # a bug, which the start of the process reports as such
        raise
    except SoapgenError as error:
        _fail(str(error))
        for sentence in told((), error.left_out[1:]):
            complain(sentence)
        return 2
    except SystemExit:  # Typer's, if nobody reads the help that it prints
        return 0
    # Typer turns an interrupt into one or the other.
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    if status == INTERRUPTED:
        _fail("interrupted")
    return int(status or 0)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"soapgen {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


def _fail(message: str) -> None:
    complain(f"{ERROR}{message}")


def _first_line(error: Any) -> str:
    message: str = error.format_message()
    first = message.splitlines()[0] if message else "No command."
    if getattr(error, "possibilities", None):
        first = f"No such option: {error.option_name}"
        return f"{first}; {did_you_mean(error.option_name, error.possibilities, '', 3)}"
    if choice := _CHOICE.fullmatch(first):
        about, given, values = choice.groups()
        names = re.findall("'([^']*)'", values)
        hint = did_you_mean(given, names, f"there are {', '.join(names)}.")
        return f"{about}there is no {given!r}; {hint}"
    return first if first.endswith("?") else f"{first.rstrip('.')}."
