"""Sets of messages that went over the wire: what ``soapgen verify`` says of each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
    def source(self) -> Path:
        """The WSDL or, if there is no other, the folder: some import what is beside their own."""
        described = json.loads((self.folder / "set.json").read_text(encoding="utf-8"))
        entry = self.folder / str(described["entry"])
        whole = self.folder / entry.relative_to(self.folder).parts[0]
        return whole if [*whole.rglob("*.wsdl")] == [entry] else entry

    @property
    def checked(self) -> dict[str, str]:
        """What an independent check says of each message, by the name of its file, if there is one.

        It says ``valid`` of a message that is valid by the schemas of the set.
        """
        if not (self.folder / "verify.json").exists():
            return {}
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
        verdicts: What an independent check says of each message.
    """

    messages: int
    same: tuple[str, ...] = ()
    differs: tuple[tuple[str, str], ...] = ()
    not_tried: tuple[tuple[str, str], ...] = ()
    refused: str = ""
    crashed: str = ""
    verdicts: Mapping[str, str] = field(default_factory=dict)

    @property
    def valid_and_different(self) -> dict[str, str]:
        """Why messages differ that are valid by the schemas of the set."""
        return {name: why for name, why in self.differs if self.verdicts.get(name) == "valid"}

    def as_data(self) -> dict[str, Any]:
        """The outcome as data for JSON."""
        return {
            "messages": self.messages,
            "same": len(self.same),
            "differs": {
                name: {"why": why, "checked": self.verdicts.get(name, "")}
                for name, why in self.differs
            },
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
        verdict = verify(find_sources([one.source]), examples)
    except SoapgenError as error:
        return Outcome(len(examples), refused=error.message, verdicts=one.checked)
    except Exception as error:  # a bug, which must not hide what becomes of the other sets
        return Outcome(len(examples), crashed=f"{type(error).__name__}: {error}")
    return _outcome(verdict, len(examples), one.checked)


def _outcome(verdict: Verdict, messages: int, verdicts: Mapping[str, str]) -> Outcome:
    return Outcome(
        messages,
        tuple(item.example.path for item in verdict.results if item.matches),
        tuple(
            (item.example.path, item.problems[0][1]) for item in verdict.results if not item.matches
        ),
        tuple((example.path, what) for example, what in verdict.not_tried),
        verdicts=verdicts,
    )
