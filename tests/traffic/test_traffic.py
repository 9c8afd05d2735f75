"""Messages that went over the wire: generated code reads them, and makes them again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from soapgen.verify.told import BESIDE, EMPTY_BODY, FAULT

from tests.support.paths import PROJECT, corpus

from .sets import Outcome, Set, outcome, sets_in, summary

# What `python -m tests.traffic --known` prints: for each set how many messages come back the same,
# and why each of the others that no schema excuses does not. Those only become fewer.
_KNOWN = json.loads(Path(__file__).with_name("known.json").read_text(encoding="utf-8"))
_SAID = PROJECT / "docs" / "decisions" / "0055-the-body-tells-the-operation.md"


def test_what_is_said_of_all_sets_is_what_was_found() -> None:
    assert summary(_KNOWN.values()) in " ".join(_SAID.read_text(encoding="utf-8").split())


@pytest.fixture(scope="module", params=_KNOWN)
def one(request: pytest.FixtureRequest) -> Set:
    return next(item for item in sets_in(corpus() / "traffic") if item.name == request.param)


@pytest.fixture(scope="module")
def found(one: Set) -> Outcome:
    return outcome(one)


@pytest.mark.conformance
def test_nothing_crashes(found: Outcome) -> None:
    assert not found.crashed


@pytest.mark.conformance
def test_what_differs_is_known(one: Set, found: Outcome) -> None:
    assert found.known == _KNOWN[one.name]


@pytest.mark.conformance
def test_no_message_is_lost(one: Set, found: Outcome) -> None:
    assert found.names == sorted(one.checked)


@pytest.mark.conformance
def test_only_what_has_no_whole_message_is_not_tried(one: Set, found: Outcome) -> None:
    # Where a file refers to binaries that were sent beside it, it is not valid without them.
    verdicts = {FAULT: "fault", EMPTY_BODY: "empty-body", BESIDE: "matched-not-valid"}
    for name, what in found.not_tried.items():
        assert one.checked[name] in (verdicts[what], "odd"), name


@pytest.mark.conformance
def test_all_sets_are_known() -> None:
    assert [one.name for one in sets_in(corpus() / "traffic")] == list(_KNOWN)
