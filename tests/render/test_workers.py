"""Formatting by several processes gives what one gives."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator

import black
import pytest
from black.parsing import InvalidInput
from soapgen.errors import GuardError
from soapgen.render import Formatter, OutputFile


def files(texts: Iterable[str]) -> Iterator[OutputFile]:
    return (OutputFile("a.py", text, harmless=text) for text in texts)


TEXTS = [f"x={{'a':{number}}}\n" + f"y  =  {number}\n" * (number % 7) for number in range(60)]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2, 4])
def test_the_order_is_kept_and_what_is_the_same_is_formatted_once(workers: int) -> None:
    told: list[int] = []
    with Formatter(workers) as formatter:
        found = formatter.format(files([*TEXTS, *TEXTS]), told.append)
    assert found == [black.format_str(text, mode=black.Mode()) for text in [*TEXTS, *TEXTS]]
    assert told == sorted(told)


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_to_do(workers: int) -> None:
    with Formatter(workers) as formatter:
        assert formatter.format([]) == []
        assert formatter.format(files(["", "x = 1\n"])) == ["", "x = 1\n"]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_not_python_is_an_error(workers: int) -> None:
    with Formatter(workers) as formatter, pytest.raises(InvalidInput):
        formatter.format(files(["x = 1", "x = (", "y = 2"]))


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_not_the_program_that_was_expected_is_an_error(workers: int) -> None:
    wrong = OutputFile("b.py", "x = 1\nimport os\n", harmless="x = 1\n")
    with Formatter(workers) as formatter, pytest.raises(GuardError, match=r"^b\.py"):
        formatter.format([*files(TEXTS), wrong])


def test_an_error_elsewhere_ends_the_other_processes() -> None:
    def texts() -> Iterator[str]:
        yield from TEXTS
        raise LookupError

    with pytest.raises(LookupError), Formatter(2) as formatter:
        formatter.format(files(texts()))
    assert not multiprocessing.active_children()
