"""Results → what a person reads of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .trial import REFUSED, VERDICTS, Result


def table(results: Sequence[Result]) -> Iterator[str]:
    """How many groups of each contributor have which verdict, in lines."""
    counts = Counter((result.group.contributor, result.verdict) for result in results)
    contributors = sorted({result.group.contributor for result in results})
    yield _line("contributor", [*VERDICTS, "groups"])
    for contributor in contributors:
        row = [counts[contributor, verdict] for verdict in VERDICTS]
        yield _line(contributor, [*row, sum(row)])
    if len(contributors) != 1:
        row = [sum(result.verdict == verdict for result in results) for verdict in VERDICTS]
        yield _line("all", [*row, sum(row)])


def refusals(results: Sequence[Result]) -> Iterator[str]:
    """The reasons of refusals, the most frequent first, in lines."""
    reasons = Counter(result.reason for result in results if result.verdict == REFUSED)
    for reason, count in reasons.most_common():
        yield f"{count:6}  {reason}"


def left_out(results: Sequence[Result]) -> int:
    """How many valid instances cannot be messages, in groups where others can."""
    return sum(result.left_out for result in results)


def shown(results: Sequence[Result], verdict: str) -> Iterator[str]:
    """The groups with ``verdict``, each with its reason, in lines."""
    for result in results:
        if result.verdict == verdict:
            yield f"{result.group.contributor}/{result.group.name}  {result.detail}"


def invalid(results: Sequence[Result]) -> Iterator[str]:
    """What became of invalid instances, in lines."""
    outcomes = [outcome for result in results for outcome in result.invalid]
    for verdict, count in Counter(outcome.verdict for outcome in outcomes).most_common():
        yield f"{count:6}  {verdict}"
        for outcome in outcomes:
            if outcome.verdict == verdict:
                yield f"        {outcome.instance}: {outcome.reason}"


def as_data(results: Sequence[Result]) -> list[dict[str, object]]:
    """The results, as data for JSON."""
    return [
        {
            "set": result.group.contributor,
            "group": result.group.name,
            "number": result.group.number,
            "verdict": result.verdict,
            "reason": result.reason,
            "detail": result.detail,
            "invalid": [vars(outcome) for outcome in result.invalid],
            "left_out": result.left_out,
            "seconds": result.seconds,
        }
        for result in results
    ]


def _line(first: str, rest: Sequence[object]) -> str:
    widths = [max(12, len(name) + 2) for name in (*VERDICTS, "groups")]
    columns = zip(rest, widths, strict=True)
    return f"{first:<12}" + "".join(f"{item!s:>{width}}" for item, width in columns)
