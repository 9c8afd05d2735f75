"""What was measured, and what it says: medians, ratios and their spread."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(slots=True)
class Case:
    """One case: the seconds that each tool took, round by round.

    Attributes:
        name: What is done.
        goal: What is to be reached, in words.
        seconds: The rounds of each tool; those of one round were measured one after the other.
        base: The tool that the others are compared with.
        notes: What a tool did otherwise.
        apart: The tools that came to other values, and cannot be compared.
    """

    name: str
    goal: str = ""
    seconds: dict[str, list[float]] = field(default_factory=dict)
    base: str = "soapgen"
    notes: dict[str, str] = field(default_factory=dict)
    apart: set[str] = field(default_factory=set)

    def median(self, tool: str) -> float:
        """What ``tool`` took, in seconds."""
        return median(self.seconds[tool])

    def is_compared(self, tool: str) -> bool:
        """Whether ``tool`` is another one than the base, and did the same."""
        return tool != self.base and self.did_the_same(tool)

    def did_the_same(self, tool: str) -> bool:
        """Whether ``tool`` came to the same values."""
        return tool not in self.apart

    def ratios(self, tool: str) -> tuple[float, float, float]:
        """How much longer ``tool`` took than the base: the median, the least and the most."""
        pairs = zip(self.seconds[tool], self.seconds[self.base], strict=True)
        found = [other / own for other, own in pairs]
        return median(found), min(found), max(found)

    def as_data(self) -> dict[str, Any]:
        """The case for JSON."""
        tools = {tool: self._tool_as_data(tool) for tool in self.seconds}
        return {"case": self.name, "goal": self.goal, "base": self.base, "tools": tools}

    def _tool_as_data(self, tool: str) -> dict[str, Any]:
        found: dict[str, Any] = {"median": self.median(tool), "rounds": self.seconds[tool]}
        if self.is_compared(tool):
            names = ("median", "min", "max")
            found["ratio"] = dict(zip(names, self.ratios(tool), strict=True))
        if tool in self.notes:
            found["note"] = self.notes[tool]
        return found


def shown(seconds: float) -> str:
    """A duration for people."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    if seconds >= 1e-3:
        return f"{seconds * 1e3:.1f} ms" if seconds < 0.1 else f"{seconds * 1e3:.0f} ms"
    return f"{seconds * 1e6:.1f} µs"
