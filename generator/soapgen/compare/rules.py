"""What a rule is: the name of a kind of difference, and what it means for whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How much a difference matters, the least first."""

    DOCUMENTATION = "documentation only"
    COMPATIBLE = "compatible"
    RISKY = "risky"
    BREAKING = "breaking"

    @property
    def rank(self) -> int:
        """Its place in this order."""
        return list(Grade).index(self)


def worst(*grades: Grade) -> Grade:
    """The grade that matters most."""
    return max(grades, key=lambda grade: grade.rank)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a difference means for messages of one direction.

    Attributes:
        old_client: What it means for an old client with a new server.
        new_client: What it means for a new client with an old server.
    """

    old_client: Grade
    new_client: Grade

    @property
    def worst(self) -> Grade:
        """What matters most of both."""
        return worst(self.old_client, self.new_client)

    def __or__(self, other: Effect) -> Effect:
        return Effect(
            worst(self.old_client, other.old_client), worst(self.new_client, other.new_client)
        )


@dataclass(frozen=True, slots=True)
class WireRule:
    """A kind of difference between contracts.

    Attributes:
        name: Its name, in kebab-case.
        what: What it is, in a sentence.
        why: What follows, and why.
        request: What it means in requests.
        response: What it means in responses.
        example: What goes and what comes, as in a unified diff.
    """

    name: str
    what: str
    why: str
    request: Effect
    response: Effect
    example: str


@dataclass(frozen=True, slots=True)
class PythonRule:
    """A kind of difference between generated packages.

    Attributes:
        name: Its name, in kebab-case.
        what: What it is, in a sentence.
        why: What follows, and why.
        grade: What it means for code that uses the package.
        example: What goes and what comes, as in a unified diff.
    """

    name: str
    what: str
    why: str
    grade: Grade
    example: str


_C, _R, _B, _D = Grade.COMPATIBLE, Grade.RISKY, Grade.BREAKING, Grade.DOCUMENTATION


def narrows(grade: Grade = _B) -> tuple[Effect, Effect]:
    """Messages that were valid no longer are: who sends as before is refused."""
    return Effect(grade, _C), Effect(_C, grade)


def widens(grade: Grade = _B) -> tuple[Effect, Effect]:
    """Messages are valid that were not: who reads as before is surprised."""
    return Effect(_C, grade), Effect(grade, _C)


def either(grade: Grade) -> tuple[Effect, Effect]:
    """It matters for all alike."""
    return Effect(grade, grade), Effect(grade, grade)


def old_only(grade: Grade) -> tuple[Effect, Effect]:
    """It matters for old clients with new servers."""
    return Effect(grade, _C), Effect(grade, _C)


def wire_rule(
    name: str, effects: tuple[Effect, Effect], what: str, why: str, *example: str
) -> WireRule:
    """A rule with ``effects`` in requests and responses, and an example in lines."""
    return WireRule(name, what, why, *effects, "\n".join(example))
