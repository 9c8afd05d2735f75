"""Counts that noise does not touch, with bounds that a person set: raise one only for a reason."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from benchmarks.messages import Messages
from tests.support.packages import Built, contract_of
from tests.support.paths import PROJECT, WSDL

GENERATED = PROJECT / "generated"


@pytest.fixture(scope="module")
def messages() -> Messages:
    return Messages(contract_of(WSDL / "EMail.wsdl"), seed=86)


@pytest.mark.parametrize(
    ("package", "lines", "kilobytes"),
    [("email_client", 6_040, 240), ("so_principal_client", 1_280, 45)],
)
def test_what_is_generated(package: str, lines: int, kilobytes: int) -> None:
    """Without the runtime, which is the same in all packages."""
    names = ("__init__", "builders", "client", "models", "parsers")
    files = [GENERATED / package / f"{name}.py" for name in names]
    assert sum(path.read_bytes().count(b"\n") for path in files) < lines
    assert sum(path.stat().st_size for path in files) < kilobytes * 1000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("operation", "python", "c"),
    [
        ("get_email_envelopes", 73, 84),
        ("get_person_entities_from_email_address", 587, 625),
    ],
)
def test_calls_for_an_item_that_is_read(
    operation: str, python: float, c: float, email: Built, messages: Messages
) -> None:
    """Functions in Python, and functions in C, on the average of a hundred items."""
    (name,) = (item.xml_name for item in email.plan.operations if item.name == operation)
    content = messages.answer(name, 100)
    parse = getattr(email.parsers, f"parse_{operation}")
    items = parse(content)
    assert len(items) == 100
    found = calls(lambda: parse(content))
    assert found["call"] / 100 < python
    assert found["c_call"] / 100 < c


@pytest.mark.parametrize(
    ("operation", "python", "c"),
    [
        ("sync_email_accounts", 6.5, 3.5),
        ("save_email_account", 22, 5),
    ],
)
def test_calls_for_an_item_that_is_written(
    operation: str, python: float, c: float, email: Built, messages: Messages
) -> None:
    models = email.models
    if operation == "sync_email_accounts":
        account = models.SyncUserAccount(account_id=17, associate_name="Åse", associate_id=5)
        one, many = [account], [account] * 101
        more = calls(lambda: email.builders.build_sync_email_accounts(many))
        less = calls(lambda: email.builders.build_sync_email_accounts(one))
        found = {kind: (more[kind] - less[kind]) / 100 for kind in more}
    else:
        account = models.EMailAccount(email_account_id=1, email_address="a@b.example")
        found = dict(calls(lambda: email.builders.build_save_email_account(account)))
    assert found["call"] < python
    assert found["c_call"] < c


def calls(work: Callable[[], Any]) -> Counter[str]:
    """How many functions ``work`` calls, of Python and of C."""
    found: Counter[str] = Counter()

    def count(frame: FrameType, event: str, argument: Any) -> None:
        found[event] += 1

    work()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return found


def test_the_counts_would_notice() -> None:
    """A function more is a call more."""

    def add(one: int, other: int) -> int:
        return one + other

    assert calls(lambda: add(1, 2))["call"] == 2
    assert calls(lambda: add(len("a"), 2))["c_call"] - calls(lambda: add(1, 2))["c_call"] == 1


def test_the_runtime_is_no_larger_than_it_was() -> None:
    lines = {
        path.name: path.read_bytes().count(b"\n") for path in (PROJECT / "templates").rglob("*.py")
    }
    assert sum(lines.values()) <= 9_430
    assert max(lines.values()) <= 400, lines
