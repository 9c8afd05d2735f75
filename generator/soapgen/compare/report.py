"""A comparison → what a person or a program reads of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .compare import Comparison, Difference
from .nodes import Value
from .python_rules import PYTHON_RULES
from .rules import Effect, Grade
from .wire_rules import WIRE_RULES

# How many items of a list are shown.
_MOST = 8


def as_data(comparison: Comparison) -> dict[str, Any]:
    """``comparison`` as JSON has it."""
    return {
        "step": comparison.step,
        "counts": counts(comparison),
        "differences": [_data(item) for item in comparison.differences],
    }


def _data(item: Difference) -> dict[str, Any]:
    return {
        "rule": item.rule,
        "where": list(item.where),
        "event": item.event,
        "field": item.field,
        "old": item.old,
        "new": item.new,
        "used": item.is_used,
        "wire": {"old_client": item.wire.old_client, "new_client": item.wire.new_client},
        "python": item.python,
        "python_rules": list(item.python_rules),
    }


def counts(comparison: Comparison) -> dict[str, int]:
    """How many differences there are of each grade, the worst first."""
    grades = [item.grade for item in comparison.differences]
    return {str(grade): grades.count(grade) for grade in reversed(Grade)}


def summary(comparison: Comparison) -> str:
    """How many differences there are, in a line."""
    if not comparison.differences:
        return "No differences."
    parts = [f"{number:,} {grade}" for grade, number in counts(comparison).items() if number]
    return f"{', '.join(parts)}; {_step(comparison)}."


def _step(comparison: Comparison) -> str:
    article = "a" if comparison.step != "none" else "no"
    return f"for the package, {article} {comparison.step} version"


def sentence(item: Difference) -> str:
    """What differs, in a line, without where."""
    rule = WIRE_RULES.get(item.rule) or PYTHON_RULES[item.rule]
    if item.field in ("documentation", "docstring") or item.event in ("added", "removed"):
        return rule.what
    return f"{rule.what.rstrip('.')}: {shown(item.old)} → {shown(item.new)}."


def shown(value: Value) -> str:
    """A value, for people."""
    if value is None or value in ("", ()):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        more = f" and {len(value) - _MOST:,} more" if len(value) > _MOST else ""
        return " ".join(shown(item) for item in value[:_MOST]) + more
    text = str(value)
    # Of names, people know the local part.
    return text.rpartition("}")[2] if text.startswith("{") else text


def wire_shown(effect: Effect) -> str:
    """What a difference means for messages, in a few words."""
    if effect.old_client is effect.new_client:
        return str(effect.old_client)
    return f"old client {effect.old_client}, new client {effect.new_client}"


def lines(comparison: Comparison) -> Iterator[str]:
    """The differences in plain text, those of a grade under a heading."""
    for grade, items in _grouped(comparison):
        yield f"{grade}:"
        for item in items:
            unused = "" if item.is_used else ", in no message"
            yield f"  {' / '.join(item.where)}"
            yield f"      {sentence(item)} [{item.rule}]"
            yield f"      wire: {wire_shown(item.wire)}; Python: {item.python}{unused}"
    yield summary(comparison)


def markdown(comparison: Comparison) -> Iterator[str]:
    """The differences as a comment on a pull request."""
    yield f"**{summary(comparison)}**"
    for grade, items in _grouped(comparison):
        yield ""
        yield f"### {str(grade).capitalize()} ({len(items):,})"
        yield ""
        yield "| where | what | wire | Python |"
        yield "|---|---|---|---|"
        for item in items:
            where = " / ".join(item.where)
            yield (
                f"| {_cell(where)} | {_cell(sentence(item))} `{item.rule}` "
                f"| {wire_shown(item.wire)} | {item.python} |"
            )


def _cell(text: str) -> str:
    """``text`` in a cell of a table: no line break, and nothing that Markdown takes for markup."""
    line = " ".join(text.split())
    return "".join(
        f"\\{character}" if character in r"\`*_[]<>|~#" else character for character in line
    )


_HEADINGS = (("removed", "Removed"), ("added", "Added"), ("changed", "Changed"))


def changelog(comparison: Comparison) -> Iterator[str]:
    """The differences as an entry of a changelog, in the form of Keep a Changelog."""
    yield f"## [Unreleased] ({comparison.step})"
    documentation = [i for i in comparison.differences if i.grade is Grade.DOCUMENTATION]
    others = [i for i in comparison.differences if i.grade is not Grade.DOCUMENTATION]
    for event, heading in _HEADINGS:
        items = [
            item
            for item in others
            if item.event == event
            or (event == "changed" and item.event not in ("added", "removed"))
        ]
        if items:
            yield ""
            yield f"### {heading}"
            yield ""
            yield from (_entry(item) for item in items)
    if documentation:
        yield ""
        yield "### Documentation"
        yield ""
        yield from (_entry(item) for item in documentation)


def _entry(item: Difference) -> str:
    mark = "**Breaking:** " if item.grade is Grade.BREAKING else ""
    return f"- {mark}{_cell(' / '.join(item.where))}: {_cell(sentence(item))}"


def _grouped(comparison: Comparison) -> Iterator[tuple[Grade, Sequence[Difference]]]:
    for grade in reversed(Grade):
        items = [item for item in comparison.differences if item.grade is grade]
        if items:
            yield grade, items
