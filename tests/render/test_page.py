"""The page on templates is what the code says, and describes each part of it."""

from __future__ import annotations

import re

from soapgen.render.interface import CHANGES, VERSION

from .page import PAGE, page


def test_the_page_is_made_of_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.render.page writes it anew"


def test_each_part_is_described() -> None:
    rows = re.findall(r"^\| `.+", page(), re.MULTILINE)
    assert len(rows) > 400
    for row in rows:
        assert not row.endswith("|  |"), row


def test_each_version_says_what_it_changed() -> None:
    assert sorted(CHANGES) == [*range(1, VERSION + 1)]
