"""The table in docs/wild.md says what is built of each contract."""

from __future__ import annotations

import pytest

from tests.support.paths import corpus

from . import page
from .counted import wsdls_in
from .outcomes import outcome


def test_the_sentence_below_the_table_counts_its_rows() -> None:
    assert page.lines()[-1] == page.summary(page.rows().values())
    assert "0 lost" in page.lines()[-1]
    assert "crashed" not in page.lines()[-1]


def test_the_table_has_every_contract() -> None:
    folder = corpus() / "wild"
    assert [str(path.relative_to(folder)) for path in wsdls_in(folder)] == [*page.rows()]


@pytest.mark.conformance
@pytest.mark.parametrize("name", page.rows())
def test_a_row_says_what_is_built(name: str) -> None:
    """``python -m tests.wild --write`` writes all of them anew."""
    folder = (corpus() / "wild").resolve()
    assert page.row(outcome(folder / name, folder)) == page.rows()[name]
