"""Files that make no package stay in their folder, and are whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from soapgen.errors import OutputError
from soapgen.project import write_files

from tests.support.command import snapshot, soapgen
from tests.support.dying import DEAD, NOT_REACHED, REFUSED, failing_at, killed_at
from tests.support.small import SCHEMA, wsdl


def test_files_are_written_anew(tmp_path: Path) -> None:
    for content in (b"1", b"2"):
        write_files(tmp_path / "out", [("a.xml", content), ("b/c/a.xml", content)], "-o")
        assert snapshot(tmp_path) == {"out/a.xml": content, "out/b/c/a.xml": content}


@pytest.mark.parametrize("path", ["../a", "/a", "a/../../b", "a\\b", "a\0", ""])
def test_no_file_leads_out(path: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no file can be named"):
        write_files(tmp_path / "out", [("good", b""), (path, b"")], "-o")
    assert not snapshot(tmp_path)


def test_two_files_with_one_path(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="in one place"):
        write_files(tmp_path / "out", [("a", b"1"), ("a", b"2")], "-o")
    assert not snapshot(tmp_path)


def test_a_link_is_replaced_itself(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").symlink_to(tmp_path / "precious")
    write_files(tmp_path / "out", [("a", b"1")], "-o")
    assert snapshot(tmp_path) == {"precious": b"mine", "out/a": b"1"}
    assert not (tmp_path / "out" / "a").is_symlink()


@pytest.mark.parametrize("target", ["precious", "nowhere"])
def test_a_link_to_a_folder_is_not_followed(target: str, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").symlink_to(tmp_path / target)
    with pytest.raises(OutputError, match="a: a link is in the way"):
        write_files(tmp_path / "out", [("a/b", b"1")], "-o")
    assert not snapshot(tmp_path)
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OutputError, match="the files cannot be written: Is a directory"):
        write_files(tmp_path, [("a", b"1")], "-o")
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("stop", [killed_at, failing_at])
def test_a_file_is_whole_when_its_writing_is_killed_or_fails(
    stop: Callable[[int, Callable[[], object]], int], tmp_path: Path
) -> None:
    number, result = 0, REFUSED
    while result != NOT_REACHED:
        number += 1
        (tmp_path / "a").write_bytes(b"old")
        result = stop(number, lambda: write_files(tmp_path, [("a", b"new")], "-o"))
        is_old = result in (DEAD, REFUSED)
        assert (tmp_path / "a").read_bytes() == (b"old" if is_old else b"new")
        assert os.listdir(tmp_path) == ["a"] or stop is killed_at
    assert number == 4


@pytest.mark.slow
def test_two_services_with_operations_of_one_name(tmp_path: Path) -> None:
    """Each service has a folder of its own: no message replaces another."""
    text = wsdl(SCHEMA)
    start, end = text.index("  <wsdl:service"), text.index("</wsdl:definitions>")
    again = text[start:end].replace("PeopleService", "OtherService")
    (tmp_path / "People.wsdl").write_text(text[:end] + again + text[end:], encoding="utf-8")
    services = ("--service", "PeopleService", "--service", "OtherService")
    result = soapgen("sample", "People.wsdl", "--all", "-o", "out", *services, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    kinds = ("request", "response")
    assert set(snapshot(tmp_path / "out")) == {
        f"{folder}/Find.{kind}.xml" for folder in ("People", "Other") for kind in kinds
    }
