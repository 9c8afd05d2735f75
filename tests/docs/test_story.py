"""A page that shows what is not so is found out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.blocks import Block
from tests.docs.story import Story


def run(folder: Path, language: str, text: str) -> None:
    with Story(folder) as story:
        story.run(Block("page.md", 1, language, None, text))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("console", "$ echo one \\\n  two\none two\n"),
        ("console", "$ printf 'a\\nb\\nc\\n'\na\n…\nc\n$ echo d\nd\n"),
        ("console", "$ echo Wrote 3 files in 1.4 s.\nWrote 3 files in 2.5 s.\n"),
        ("console", "$ echo no such file; false\nno such file\n"),
        ("sh", "true\n"),
        ("python", "value = 1\n"),
        ("python", ">>> 1 + 1\n2\n"),
        ("json", "{}"),
    ],
)
def test_what_is_so(language: str, text: str, tmp_path: Path) -> None:
    run(tmp_path, language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("console", "$ echo one\ntwo\n"),
        ("console", "$ echo one\none\n$ echo two\none\n"),
        ("console", "$ printf 'a\\nb\\n'\na\nc\n…\n"),
        ("console", "$ echo Wrote 3 files in 1.4 s.\nWrote 4 files in 1.4 s.\n"),
        ("console", "$ false\n"),
        ("console", "$ echo no such file; false\n…\n"),
        ("console", "$ soapgen serve nowhere.wsdl\n"),
        ("sh", "false\n"),
        ("sh", "false\ntrue\n"),
        ("python", ">>> 1 + 1\n3\n"),
        ("text", "nothing printed this\n"),
        ("cobol", "STOP RUN."),
    ],
)
def test_what_is_not_so(language: str, text: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"page\.md:1"):
        run(tmp_path, language, text)


def test_an_error_in_a_snippet_is_seen(tmp_path: Path) -> None:
    with pytest.raises(NameError):
        run(tmp_path, "python", "print(answer)\n")
    with pytest.raises(NameError):
        run(tmp_path, "python", "def ask(answer: Answer) -> None: ...\n")
