"""Dates, times and durations that hold more than Python's own."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.support.kinds import KINDS
from tests.support.packages import Built

HELD = [
    ("dateTime", "2026-01-02T03:04:05.7366667+02:00", datetime),
    ("dateTime", "2026-01-02T03:04:05.0000007", datetime),
    ("time", "03:04:05.1234567Z", time),
    ("duration", "-P1DT2.1234567S", timedelta),
    ("date", "2026-01-02+02:00", date),
]


@pytest.fixture(params=HELD, ids=[text for _, text, _ in HELD])
def held(request: pytest.FixtureRequest, email: Built) -> Any:
    kind, text, plain = request.param
    value = KINDS[kind].value(email, text)
    assert isinstance(value, plain)
    assert type(value) is not plain
    return value


@pytest.mark.parametrize(
    "copied",
    [
        copy.copy,
        copy.deepcopy,
        *(
            lambda value, protocol=protocol: pickle.loads(pickle.dumps(value, protocol))
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
        ),
    ],
)
def test_a_copy_holds_it_too(held: Any, copied: Any) -> None:
    other = copied(held)
    assert other == held
    assert (other != held) is False
    assert hash(other) == hash(held)
    assert type(other) is type(held)
    assert repr(other) == repr(held)


def test_repr_shows_it(held: Any, email: Built) -> None:
    names = vars(email.module("_times")) | {"datetime": __import__("datetime")}
    assert eval(repr(held), dict(names)) == held


def test_a_subclass_travels(email: Built) -> None:
    zoned = email.module("_times").ZonedDate(2026, 1, 2, tzinfo=UTC)
    assert pickle.loads(pickle.dumps([zoned])) == [zoned]


def test_arithmetic_and_replace_give_plain_values(email: Built) -> None:
    moment, clock, length, day = (
        KINDS[kind].value(email, text)
        for kind, text in (
            ("dateTime", "2026-01-02T03:04:05.7366667Z"),
            ("time", "03:04:05.7366667"),
            ("duration", "PT1.7366667S"),
            ("date", "2026-01-02Z"),
        )
    )
    plain = datetime(2026, 1, 2, 3, 4, 5, 736666, UTC)
    results = [
        (moment + timedelta(), plain),
        (moment.replace(microsecond=0), plain.replace(microsecond=0)),
        (moment.astimezone(UTC) - plain, timedelta()),
        (clock.replace(hour=3), time(3, 4, 5, 736666)),
        (length * 1, timedelta(seconds=1, microseconds=736666)),
        (-length, -timedelta(seconds=1, microseconds=736666)),
        (day + timedelta(), date(2026, 1, 2)),
        (day.replace(day=2), date(2026, 1, 2)),
    ]
    for result, expected in results:
        assert (result, type(result)) == (expected, type(expected))


def test_comparisons_take_the_digits_into_account(email: Built) -> None:
    texts = [
        "-PT0.0000012S",
        "-PT0.0000001S",
        "PT0S",
        "PT0.0000001S",
        "PT0.0000002S",
        "PT0.000001S",
    ]
    values = [KINDS["duration"].value(email, text) for text in texts]
    for index, value in enumerate(values):
        for place, other in enumerate(values):
            assert (value < other, value <= other) == (index < place, index <= place)
            assert (value > other, value >= other) == (index > place, index >= place)
            assert (value == other, value != other) == (index == place, index != place)
    assert [bool(value) for value in values] == [True, True, False, True, True, True]


def test_a_naive_moment_is_still_not_compared_with_an_aware_one(email: Built) -> None:
    aware = KINDS["dateTime"].value(email, "2026-01-02T03:04:05.7366667Z")
    naive = KINDS["dateTime"].value(email, "2026-01-02T03:04:05.7366667")
    assert aware != naive
    with pytest.raises(TypeError):
        assert aware < naive


@pytest.mark.parametrize("beyond", [Decimal(1), Decimal(-1), Decimal("1e9")])
def test_no_more_than_a_part_of_a_microsecond(beyond: Decimal, email: Built) -> None:
    with pytest.raises(ValueError, match="expected a part of a microsecond"):
        email.module("_times").FineDatetime(2026, 1, 2, beyond=beyond)


def test_a_part_of_another_sign_is_not_written(email: Built) -> None:
    times, part = email.module("_times"), Decimal("-0.5")
    for kind, value in (
        ("dateTime", times.FineDatetime(2026, 1, 2, beyond=part)),
        ("time", times.FineTime(1, beyond=part)),
        ("duration", times.FineDuration(1, beyond=part)),
        ("duration", times.FineDuration(-1, beyond=-part)),
    ):
        with pytest.raises(email.errors.InvalidValue, match="A: the part of a microsecond"):
            KINDS[kind].written(email, value)


def test_a_value_with_nothing_more_is_plain(email: Built) -> None:
    times = email.module("_times")
    assert type(times.FineTime(1, 2, 3)) is time
    assert type(times.ZonedDate(2026, 1, 2)) is date
    assert type(KINDS["dateTime"].value(email, "2026-01-02T03:04:05.7000000")) is datetime
