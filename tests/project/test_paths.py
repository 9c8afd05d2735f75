"""Which paths files may have, whatever the system: within the folder, and each for one file."""

from __future__ import annotations

import pytest
from soapgen.errors import OutputError
from soapgen.project import paths
from soapgen.project.paths import is_plain, require_good


@pytest.mark.parametrize("path", ["a", "a/b.py", "…/ä.xml", ".hidden", "a:b", "con.xml", "a "])
def test_plain(path: str) -> None:
    assert is_plain(path)


OUT = ["", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", "a/./b", "a\\b", "..\\a", "a\0b"]


@pytest.mark.parametrize("path", [*OUT, "\ud800"])
def test_not_plain(path: str) -> None:
    assert not is_plain(path)
    with pytest.raises(OutputError, match="no file can be named"):
        require_good([path], "out")


@pytest.mark.parametrize(
    "path", ["C:a", "a:stream", "con", "CON.xml", "a/nul.txt", "com1", "LPT9.py", "a.", "a ./b"]
)
def test_what_windows_reads_in_another_way(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_ON_WINDOWS", True)
    assert not is_plain(path)
    assert is_plain("a/console.py")


@pytest.mark.parametrize(
    "files",
    [
        ["a.py", "a.py"],
        ["a.py", "A.py"],
        ["straße", "strasse"],
        ["\u00e9.py", "e\u0301.py"],
        ["a", "a/b"],
        ["a/b", "a"],
        ["a/b", "A/c"],
        ["a/b/c", "a/B/d"],
    ],
)
def test_two_in_one_place(files: list[str]) -> None:
    with pytest.raises(OutputError, match="two files would be in one place"):
        require_good(files, "out")


def test_files_of_several_folders() -> None:
    require_good(["a/b.py", "a/c.py", "b/b.py", "b.py", "a/b/c.py"], "out")
