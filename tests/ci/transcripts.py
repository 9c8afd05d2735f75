"""What each way of checking says of a client that is fresh, of a new contract, and of an edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .machine import PAGE, Ended, Machine

_MADE = "<!-- made by python -m tests.ci -->"
_END = "<!-- end -->"

# How many lines of a difference are shown; what follows up to the last words is shown as "…".
_SHOWN = 13

CHANGES = {
    "A new edition of the contract": """sed -i 's/"Age"/"Years"/' wsdl/People.wsdl""",
    "An edit by hand": "echo 'MINE = 1' >> src/people/models.py",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one change, and after the command that mends it.

    Attributes:
        change: The command that made the change.
        stale: How the check ended.
        command: The command that this tells to run.
        mended: How that one ended.
        fresh: How the check ended after it.
    """

    change: str
    stale: Ended
    command: str
    mended: Ended
    fresh: Ended


WAYS: dict[str, Callable[[Machine], Ended]] = {
    "pre-commit": Machine.run_hook,
    "GitHub": Machine.run_action,
    "GitLab": Machine.run_job,
}


@dataclass(frozen=True, slots=True)
class Story:
    """What one way of checking told.

    Attributes:
        way: Its name.
        fresh: How the check of the package as it was committed ended.
        told: What was told of each change, by what it is.
    """

    way: str
    fresh: Ended
    told: dict[str, Told]


def stories(machine: Machine) -> list[Story]:
    """What all ways of checking tell on ``machine``."""
    return [
        Story(name, way(machine), {what: _told(machine, way, what) for what in CHANGES})
        for name, way in WAYS.items()
    ]


def _told(machine: Machine, way: Callable[[Machine], Ended], what: str) -> Told:
    """Make a change, check, run what this says, and check again; then all is as before."""
    made = machine.run(CHANGES[what])
    assert made.status == 0, made.printed
    stale = way(machine)
    command = stale.printed.rpartition("; run: ")[2].strip()
    mended = machine.run(command) if command.startswith("soapgen ") else Ended(1, "")
    fresh = way(machine)
    machine.run("git checkout --quiet -- .")
    return Told(CHANGES[what], stale, command, mended, fresh)


def section(told: Iterable[Story]) -> str:
    """The section of the page that shows what was told."""
    return "\n".join(line for story in told for line in _lines(story)).rstrip("\n")


def written(section: str) -> str:
    """The text of the page with ``section`` in its place."""
    head, made, rest = PAGE.read_text(encoding="utf-8").partition(f"{_MADE}\n")
    _, end, tail = rest.partition(_END)
    assert made
    assert end
    return f"{head}{made}\n{section}\n\n{end}{tail}"


def _lines(story: Story) -> Iterator[str]:
    yield f"### {story.way}\n"
    yield "```console"
    yield from _shown(story.fresh)
    for told in story.told.values():
        yield f"$ {told.change}"
        yield from _shown(told.stale)
        yield f"$ {told.command}"
        yield from _shown(told.mended)
        yield from _shown(told.fresh)
    yield "```\n"


def _shown(ended: Ended) -> Iterator[str]:
    # How large a package is, and how long it took, changes more often than the page.
    printed = re.sub(r"^(Wrote [^:]+:) .+", r"\1 …", ended.printed, flags=re.MULTILINE)
    lines = printed.rstrip("\n").splitlines()
    words = next(i for i in range(len(lines), -1, -1) if not lines[i - 1].startswith("src/"))
    if words > _SHOWN:
        lines[_SHOWN:words] = ["…"]
    yield from (line.rstrip() for line in lines)
    if ended.status:
        yield f"(exit status {ended.status})"
