"""What tests are told of types is about the text that they have now."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.typing import mypy


@pytest.mark.slow
def test_a_text_of_the_same_size_and_second_is_read_anew(tmp_path: Path) -> None:
    program = tmp_path / "changed.py"
    for text, errors in (("x: int = 1\n", 0), ("x: str = 1\n", 1)):
        program.write_text(text, encoding="utf-8")
        os.utime(program, (1_000_000_000, 1_000_000_000))
        assert mypy("changed.py", cwd=tmp_path).count("error:") == errors
