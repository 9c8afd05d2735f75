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
        notes: What a tool did otherwise, which says that it cannot be compared.
    """

    name: str
    goal: str = ""
    seconds: dict[str, list[float]] = field(default_factory=dict)
    base: str = "soapgen"
    notes: dict[str, str] = field(default_factory=dict)

    def median(self, tool: str) -> float:
        """What ``tool`` took, in seconds."""
        return median(self.seconds[tool])

    def is_compared(self, tool: str) -> bool:
        """Whether ``tool`` is another one than the base, and did the same."""
        return tool != self.base and self.did_the_same(tool)

    def did_the_same(self, tool: str) -> bool:
        """Whether ``tool`` came to the same values."""
        return not self.notes.get(tool, "").startswith("not")

    def ratios(self, tool: str) -> tuple[float, float, float]:
        """How much longer ``tool`` took than the base: the median, the least and the most."""
        pairs = zip(self.seconds[tool], self.seconds[self.base], strict=True)
        found = [other / own for other, own in pairs]
        return median(found), min(found), max(found)

    def as_data(self) -> dict[str, Any]:
        """The case for JSON."""
        return {
            "case": self.name,
            "goal": self.goal,
            "base": self.base,
            "tools": {
                tool: {
                    "median": self.median(tool),
                    "rounds": rounds,
                    **(
                        {
                            "ratio": dict(
                                zip(("median", "min", "max"), self.ratios(tool), strict=True)
                            )
                        }
                        if self.is_compared(tool)
                        else {}
                    ),
                    **({"note": self.notes[tool]} if tool in self.notes else {}),
                }
                for tool, rounds in self.seconds.items()
            },
        }


def shown(seconds: float) -> str:
    """A duration for people."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    if seconds >= 1e-3:
        return f"{seconds * 1e3:.1f} ms" if seconds < 0.1 else f"{seconds * 1e3:.0f} ms"
    return f"{seconds * 1e6:.1f} µs"
