"""Formatting by several processes gives what one gives."""

from __future__ import annotations

import multiprocessing

import black
import pytest
from black.parsing import InvalidInput
from soapgen.render.workers import Formatter

TEXTS = [f"x={{'a':{number}}}\n" + f"y  =  {number}\n" * (number % 7) for number in range(60)]


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_the_order_is_kept_and_what_is_the_same_is_formatted_once(workers: int) -> None:
    told: list[int] = []
    with Formatter(workers) as formatter:
        formatter.begin(TEXTS[5])
        formatter.begin("never = 'asked for'")
        found = formatter.format((text for text in [*TEXTS, *TEXTS]), told.append)
    assert found == [black.format_str(text, mode=black.Mode()) for text in [*TEXTS, *TEXTS]]
    assert told == sorted(told)


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_to_do(workers: int) -> None:
    with Formatter(workers) as formatter:
        assert formatter.format([]) == []
        assert formatter.format(["", "x = 1\n"]) == ["", "x = 1\n"]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_not_python_is_an_error(workers: int) -> None:
    with Formatter(workers) as formatter, pytest.raises(InvalidInput):
        formatter.format(["x = 1", "x = (", "y = 2"])


def test_an_error_elsewhere_ends_the_other_processes() -> None:
    formatter = Formatter(2)
    for text in TEXTS:
        formatter.begin(text)
    formatter.__exit__(LookupError, LookupError(), None)
    assert not multiprocessing.active_children()
