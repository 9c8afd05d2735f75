"""The index of the decisions is what the records say of themselves."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.paths import PROJECT

DECISIONS = PROJECT / "docs" / "decisions"
RECORD = re.compile(
    r"# (?P<number>\d+)\. (?P<title>.+)\n\n"
    r"Status: (?P<status>accepted|"
    r"replaced (?:in part )?by \[decision \d+\]\(\d{4}-[\w-]+\.md\))\.\n\n"
)
RECORDS = sorted(DECISIONS.glob("[0-9]*.md"))


def row(path: Path) -> str:
    """The row of the index for the record at ``path``."""
    record = RECORD.match(path.read_text(encoding="utf-8"))
    assert record is not None, f"{path.name} has no number, title and status as the others have"
    assert int(record["number"]) == int(path.name[:4])
    return f"| [{record['number']}]({path.name}) | {record['title']} | {record['status']} |"


def test_the_index_is_what_the_records_say() -> None:
    text = (DECISIONS / "README.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| [")]
    assert rows == [row(path) for path in RECORDS]
