"""Sets of messages that went over the wire: what ``soapgen verify`` says of each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soapgen.errors import SoapgenError
from soapgen.sources import find_sources
from soapgen.verify import Verdict, examples_in, verify


@dataclass(frozen=True)
class Set:
    """A WSDL, and messages that went over the wire.

    Attributes:
        name: The path of its folder, below that of all sets.
        folder: Its folder.
    """

    name: str
    folder: Path

    @property
    def wsdl(self) -> Path:
        """The WSDL, which may import others."""
        described = json.loads((self.folder / "set.json").read_text(encoding="utf-8"))
        return self.folder / str(described["entry"])

    @property
    def checked(self) -> dict[str, str]:
        """What an independent check says of each message, by the name of its file."""
        found = json.loads((self.folder / "verify.json").read_text(encoding="utf-8"))
        return {name: item["verdict"] for name, item in found["messages"].items()}


@dataclass(frozen=True)
class Outcome:
    """What became of a set.

    Attributes:
        messages: How many messages it has.
        same: The names of those that come back the same.
        differs: Why others do not, by their names.
        not_tried: What others have instead of a message, by their names.
        refused: Why no code can be generated; empty if it can.
        crashed: The exception that soapgen raised, which is a bug in it; else empty.
    """

    messages: int
    same: tuple[str, ...] = ()
    differs: tuple[tuple[str, str], ...] = ()
    not_tried: tuple[tuple[str, str], ...] = ()
    refused: str = ""
    crashed: str = ""

    def as_data(self) -> dict[str, Any]:
        """The outcome as data for JSON."""
        return {
            "messages": self.messages,
            "same": len(self.same),
            "differs": dict(self.differs),
            "not_tried": dict(self.not_tried),
            "refused": self.refused,
            "crashed": self.crashed,
        }

    def reasons(self) -> Counter[str]:
        """How many messages differ or are not tried, by the reason."""
        return Counter(reason for _, reason in (*self.differs, *self.not_tried))


def sets_in(folder: Path) -> Iterator[Set]:
    """All sets in ``folder`` and below it, by their names."""
    for path in sorted(folder.rglob("set.json")):
        yield Set(path.parent.relative_to(folder).as_posix(), path.parent)


def outcome(one: Set) -> Outcome:
    """What becomes of ``one``."""
    examples = examples_in(one.folder / "messages")
    try:
        verdict = verify(find_sources([one.wsdl]), examples)
    except SoapgenError as error:
        return Outcome(len(examples), refused=error.message)
    except Exception as error:  # a bug, which must not hide what becomes of the other sets
        return Outcome(len(examples), crashed=f"{type(error).__name__}: {error}")
    return _outcome(verdict, len(examples))


def _outcome(verdict: Verdict, messages: int) -> Outcome:
    return Outcome(
        messages,
        tuple(item.example.path for item in verdict.results if item.matches),
        tuple(
            (item.example.path, item.problems[0][1]) for item in verdict.results if not item.matches
        ),
        tuple((example.path, what) for example, what in verdict.not_tried),
    )
