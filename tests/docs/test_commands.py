"""The page on commands is what the program says of itself."""

from __future__ import annotations

from tests.docs.commands import PAGE, page


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.docs --write"
