"""A verdict → a report for people: a table, the first problems, and the total in a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from .trial import Result
from .verify import Verdict

# How many examples that do not match are reported, and how many problems of each.
_MOST = 10


def report(verdict: Verdict) -> Iterator[Table | Text]:
    """What to print of ``verdict``, part by part."""
    yield _table(verdict)
    failed = [result for result in verdict.results if not result.matches]
    for result in failed[:_MOST]:
        for place, problem in result.problems[:_MOST]:
            yield Text(f"{place}: {problem}")
        if result.invalid and not any(result.invalid in problem for _, problem in result.problems):
            yield Text(f"{result.example.place()}: the example is not valid: {result.invalid}")
    if len(failed) > _MOST:
        yield Text(f"{len(failed) - _MOST:,} more do not match; --json lists all.")
    for rule, count in verdict.rules.items():
        yield Text(f"Taken out: {rule.replace('_', ' ')} ({count:,}).")
    for what, count in verdict.reasons.items():
        yield Text(f"Not tried: {what} ({count:,}).")
    if verdict.undocumented:
        yield Text(f"Messages without an example: {verdict.undocumented:,}.")
    yield Text(f"{verdict.matches:,} of {len(verdict.results):,} examples match.")


def _table(verdict: Verdict) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_footer=True, padding=0)
    table.add_column("service", footer="all", no_wrap=True)
    titles = ("requests", "same", "valid", "responses", "same", "valid", "lossless")
    for title, total in zip(titles, _counts(verdict.results), strict=True):
        table.add_column(title, total, justify="right", no_wrap=True)
    for service, results in verdict.services.items():
        table.add_row(Text(service or "(none)"), *_counts(results))
    return table


def _counts(results: Sequence[Result]) -> Iterator[Text]:
    """How many requests and responses there are, and how many pass each check."""
    for is_request in (True, False):
        part = [result for result in results if result.example.is_request == is_request]
        yield Text(f"{len(part):,}")
        for good in (
            sum(result.same for result in part),
            sum(result.valid for result in part),
            *(() if is_request else (sum(result.lossless for result in part),)),
        ):
            yield Text(f"{good:,}", style="" if good == len(part) else "bold red")
