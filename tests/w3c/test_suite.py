"""How much of the W3C's test suite for XML Schema is carried: a ratchet."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.support.paths import corpus

from . import report
from .groups import unpacked
from .runner import run
from .trial import CRASHED, FAILED, GOOD, LOST, REFUSED, REFUSED_WHEN_READ, TOLERATED

# Groups whose valid instances all come back. It only grows.
CARRIED = 1_899

# Invalid instances that are refused, of 161 in groups that are built. Why the others are read is in
# ``tolerated``.
REFUSED_INVALID = 36

# Groups of which something fails or is lost, or is refused though it is valid. These only shrink.
AT_MOST = {REFUSED_WHEN_READ: 1, FAILED: 0, LOST: 0, CRASHED: 0}


@pytest.mark.conformance
@pytest.mark.minutes
def test_carries_as_much_as_before(tmp_path: Path) -> None:
    archive = corpus() / "w3c.zip"
    if not archive.is_file():
        pytest.skip(f"the test suite is not at {archive}")
    results = run(unpacked(archive, tmp_path), tmp_path)
    counts = Counter(result.verdict for result in results)
    shown = [line for verdict in AT_MOST for line in report.shown(results, verdict)]
    assert counts[GOOD] >= CARRIED, "\n".join([*report.table(results), *shown])
    for verdict, most in AT_MOST.items():
        assert counts[verdict] <= most, "\n".join(report.shown(results, verdict))


@pytest.mark.conformance
def test_what_is_not_valid_is_refused_or_read_for_a_reason(tmp_path: Path) -> None:
    archive = corpus() / "w3c.zip"
    if not archive.is_file():
        pytest.skip(f"the test suite is not at {archive}")
    groups = [group for group in unpacked(archive, tmp_path) if group.invalid]
    results = run(groups, tmp_path, invalid=True)
    outcomes = [outcome for result in results for outcome in result.invalid]
    counts = Counter(outcome.verdict for outcome in outcomes)
    assert counts[REFUSED] >= REFUSED_INVALID
    assert counts[REFUSED] + counts[TOLERATED] == len(outcomes)
    assert [item for item in outcomes if not item.reason] == []
