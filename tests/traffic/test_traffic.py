"""Messages that went over the wire: generated code reads them, and makes them again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from soapgen.verify.told import EMPTY_BODY, FAULT

from tests.support.paths import corpus

from .sets import Outcome, Set, outcome, sets_in

pytestmark = pytest.mark.conformance

# The sets; why some are refused; and why valid messages differ. Both only shrink.
_KNOWN = json.loads(Path(__file__).with_name("known.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=_KNOWN["sets"])
def one(request: pytest.FixtureRequest) -> Set:
    return next(item for item in sets_in(corpus() / "traffic") if item.name == request.param)


@pytest.fixture(scope="module")
def found(one: Set) -> Outcome:
    return outcome(one)


def test_nothing_crashes(found: Outcome) -> None:
    assert not found.crashed


def test_a_set_is_refused_for_a_known_reason(one: Set, found: Outcome) -> None:
    assert found.refused == _KNOWN["refused"].get(one.name, "")


def test_a_valid_message_comes_back_the_same(one: Set, found: Outcome) -> None:
    assert found.valid_and_different == _KNOWN["valid_and_different"].get(one.name, {})


def test_no_message_is_lost(one: Set, found: Outcome) -> None:
    names = [*found.same, *(name for name, _ in (*found.differs, *found.not_tried))]
    assert found.messages == len(one.checked)
    assert sorted(names) == ([] if found.refused else sorted(one.checked))


def test_only_faults_and_empty_bodies_are_not_tried(one: Set, found: Outcome) -> None:
    verdicts = {FAULT: "fault", EMPTY_BODY: "empty-body"}
    for name, what in found.not_tried:
        assert one.checked[name] in (verdicts[what], "odd"), name
