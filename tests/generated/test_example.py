"""The example that ``make demo`` runs does what it says."""

from __future__ import annotations

import subprocess
import sys

from tests.support.paths import PROJECT


def test_the_example_shows_a_request_and_an_answer() -> None:
    result = subprocess.run(
        [sys.executable, str(PROJECT / "examples" / "sync_email_accounts.py")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    assert "<AccountId>17</AccountId>" in result.stdout
    assert "<AssociateName>bjørn</AssociateName>" in result.stdout
    assert "account_id=18, associate_name='bjørn', associate_id=5" in result.stdout
