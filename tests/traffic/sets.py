"""Sets of messages that went over the wire: what ``soapgen verify`` says of each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from soapgen.errors import SoapgenError
from soapgen.sources import find_sources
from soapgen.verify import Verdict, examples_in, verify
from soapgen.verify.told import why_no_message


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
    """What became of a set: each message is in one of the first four.

    Attributes:
        same: The names of the messages that come back the same.
        not_tried: What others have instead of a message, by their names.
        not_valid: Where others are not valid by the schemas of the set, by their names; the
            independent check does not call them valid. Or why they are no messages of SOAP, by
            SOAP itself, whatever the schemas say of what is in them.
        different: Why the rest is not the same, by their names.
        refused: Why no code can be generated; empty if it can. All messages differ then.
        crashed: The exception that soapgen raised, which is a bug in it; else empty.
        checked: What an independent check says of each message, by its name.
    """

    same: tuple[str, ...] = ()
    not_tried: Mapping[str, str] = field(default_factory=dict)
    not_valid: Mapping[str, str] = field(default_factory=dict)
    different: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    crashed: str = ""
    checked: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names of all messages, sorted."""
        return sorted([*self.same, *self.not_tried, *self.not_valid, *self.different])

    @property
    def known(self) -> dict[str, Any]:
        """What ``known.json`` has of the set."""
        known: dict[str, Any] = {
            "same": len(self.same),
            "not_tried": len(self.not_tried),
            "not_valid": len(self.not_valid),
            "different": len(self.different),
        }
        if self.refused:
            known["refused"] = self.refused
        elif self.different:
            known["why"] = dict(self.different)
        return known

    def as_data(self) -> dict[str, Any]:
        """The outcome as data for JSON."""
        return {
            "messages": len(self.names),
            "same": list(self.same),
            "not_tried": dict(self.not_tried),
            "not_valid": dict(self.not_valid),
            "different": dict(self.different),
            "refused": self.refused,
            "crashed": self.crashed,
            "checked": dict(self.checked),
        }

    def reasons(self) -> Counter[str]:
        """How many messages are not the same, by the reason."""
        groups = (self.different, self.not_valid, self.not_tried)
        return Counter(reason for group in groups for reason in group.values())


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
        different = {example.path: error.message for example in examples}
        return Outcome(different=different, refused=error.message, checked=one.checked)
    except Exception as error:  # a bug, which must not hide what becomes of the other sets
        crashed = f"{type(error).__name__}: {error}"
        different = {example.path: crashed for example in examples}
        return Outcome(different=different, crashed=crashed, checked=one.checked)
    return _outcome(verdict, one.checked)


def _outcome(verdict: Verdict, checked: Mapping[str, str]) -> Outcome:
    same: list[str] = []
    not_valid: dict[str, str] = {}
    different: dict[str, str] = {}
    for result in verdict.results:
        name = result.example.path
        if result.matches:
            same.append(name)
        elif result.invalid and (checked.get(name) != "valid" or why_no_message(result.example)):
            not_valid[name] = result.invalid
        else:
            different[name] = result.invalid or result.problems[0][1]
    not_tried = {example.path: what for example, what in verdict.not_tried}
    return Outcome(tuple(same), not_tried, not_valid, different, checked=checked)


def summary(outcomes: Iterable[Mapping[str, Any]]) -> str:
    """A sentence on all sets, of what ``known.json`` has of each."""
    found = list(outcomes)
    kinds = ("same", "not_tried", "not_valid", "different")
    same, not_tried, not_valid, different = (sum(one[kind] for one in found) for kind in kinds)
    refused = [one for one in found if one.get("refused")]
    of_these = sum(one["different"] for one in refused)
    return (
        f"Of {same + not_tried + not_valid + different:,} messages in {len(found)} sets, {same:,} "
        f"come back the same, {not_valid} are not valid, {not_tried} are faults, have an empty "
        f"body or lack their binaries, and {different} differ, {of_these} of them in the "
        f"{len(refused)} sets that are refused."
    )
