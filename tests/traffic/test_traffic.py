"""Messages that went over the wire: generated code reads them, and makes them again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from soapgen.verify.told import EMPTY_BODY, FAULT

from tests.support.paths import corpus

from .sets import Outcome, Set, outcome, sets_in

pytestmark = pytest.mark.conformance

# By the name of a set: why it is refused, or the messages that differ, each with the reason.
# It only shrinks.
_KNOWN = json.loads(Path(__file__).with_name("known.json").read_text(encoding="utf-8"))


def _measured() -> list[str]:
    return sorted(_KNOWN)


@pytest.fixture(scope="module", params=_measured())
def one(request: pytest.FixtureRequest) -> Set:
    return next(item for item in sets_in(corpus() / "traffic") if item.name == request.param)


@pytest.fixture(scope="module")
def found(one: Set) -> Outcome:
    return outcome(one)


def test_nothing_crashes(found: Outcome) -> None:
    assert not found.crashed


def test_what_differs_is_known(one: Set, found: Outcome) -> None:
    assert (found.refused, sorted(name for name, _ in found.differs)) == (
        _KNOWN[one.name]["refused"],
        sorted(_KNOWN[one.name]["differs"]),
    )


def test_no_message_is_lost(one: Set, found: Outcome) -> None:
    names = [*found.same, *(name for name, _ in (*found.differs, *found.not_tried))]
    assert found.messages == len(one.checked)
    assert sorted(names) == ([] if found.refused else sorted(one.checked))


def test_only_faults_and_empty_bodies_are_not_tried(one: Set, found: Outcome) -> None:
    verdicts = {FAULT: "fault", EMPTY_BODY: "empty-body"}
    for name, what in found.not_tried:
        assert one.checked[name] in (verdicts[what], "odd"), name
