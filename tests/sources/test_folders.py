"""Files and folders that are odd: links, pipes, names, and what cannot be read."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest
from soapgen.errors import LimitError, SourceError
from soapgen.sources import Documents, Limits, find_sources, read_all_documents

from tests.support.small import SCHEMA, wsdl

TYPES = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>'


def including(reference: str) -> str:
    return wsdl(f'<xs:include schemaLocation="{reference}"/>{SCHEMA}')


def read(path: Path | str, limits: Limits | None = None) -> tuple[Documents, ...]:
    return read_all_documents(find_sources([path], limits=limits))


def refused(path: Path | str) -> str:
    with pytest.raises(SourceError) as caught:
        read(path)
    assert caught.value.hint
    return f"{caught.value.place}: {caught.value.message}"


# --- what is no file -----------------------------------------------------------------------------


def test_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "People.wsdl"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path):
        assert refused(path) == f"{pipe}: this is a pipe, and not a file"


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("People.wsdl")
        assert refused("People.wsdl") == "People.wsdl: this is a socket, and not a file"


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device(device: str, tmp_path: Path) -> None:
    assert refused(device) == f"{device}: this is a device, and not a file"
    os.symlink(device, tmp_path / "types.xsd")
    (tmp_path / "People.wsdl").write_text(including("types.xsd"), "utf-8")
    assert "leads out of the folder" in refused(tmp_path / "People.wsdl")


def test_a_folder_that_is_imported(tmp_path: Path) -> None:
    (tmp_path / "types.xsd").mkdir()
    (tmp_path / "People.wsdl").write_text(including("types.xsd"), "utf-8")
    assert "types.xsd: this is a folder" in refused(tmp_path / "People.wsdl")


@pytest.mark.parametrize("name", ["", " ", "a\0b", "x\udcff.wsdl"])
def test_a_name_that_is_none(name: str) -> None:
    with pytest.raises(SourceError, match=r"is empty|no text"):
        read(name)


def test_a_name_in_a_folder_that_is_no_text(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/x\xff.wsdl"))).write_text(wsdl(), "utf-8")
    assert "the name has characters that are no text" in refused(tmp_path)


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    assert "there is no file of so long a name" in refused("x" * 5_000)


# --- links ---------------------------------------------------------------------------------------


def test_a_link_to_nothing(tmp_path: Path) -> None:
    link = tmp_path / "People.wsdl"
    link.symlink_to("nothing")
    for path in (link, tmp_path):
        assert refused(path) == f"{link}: this is a link that leads to nothing"


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a.wsdl").symlink_to("b.wsdl")
    (tmp_path / "b.wsdl").symlink_to("a.wsdl")
    for path in (tmp_path / "a.wsdl", tmp_path / "a.wsdl" / "x.wsdl", tmp_path):
        assert "a.wsdl" in refused(path)


def test_a_link_in_a_folder_that_leads_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "People.wsdl").write_text(wsdl(), "utf-8")
    (tmp_path / "inner").mkdir()
    link = tmp_path / "inner" / "People.wsdl"
    link.symlink_to("../People.wsdl")
    assert refused(tmp_path / "inner") == f"{link}: this is a link that leads out of the folder"
    (documents,) = read(link)  # it was named itself
    assert list(documents.inputs) == ["People.wsdl"]


def test_a_file_and_a_link_to_it_are_one(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "People.wsdl").write_text(including("types.xsd"), "utf-8")
    (tmp_path / "a" / "types.xsd").write_text(TYPES, "utf-8")
    (tmp_path / "0.wsdl").symlink_to("a/People.wsdl")  # there is no types.xsd beside it
    (documents,) = read(tmp_path)
    assert sorted(documents.inputs) == ["a/People.wsdl", "a/types.xsd"]


def test_ways_to_one_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "types.xsd").write_text(TYPES, "utf-8")
    (tmp_path / "link.xsd").symlink_to("types.xsd")
    ways = ("types.xsd", "./types.xsd", "a/../types.xsd", "link.xsd", "types.xsd#part")
    includes = "".join(f'<xs:include schemaLocation="{way}"/>' for way in ways)
    (tmp_path / "People.wsdl").write_text(wsdl(includes + SCHEMA), "utf-8")
    (documents,) = read(tmp_path / "a" / ".." / "People.wsdl")
    assert sorted(documents.inputs) == ["People.wsdl", "types.xsd"]
    assert len(documents.schemas) == 2


# --- how imports are written ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("my types.xsd", "my%20types.xsd"),
        ("my%20types.xsd", "my%20types.xsd"),
        ("a/types.xsd", "a\\types.xsd"),
        ("a/types.xsd", "  a/types.xsd\n"),
        ("types.xsd", "types.xsd#schema"),
        ("C#types.xsd", "C#types.xsd"),
        ("é.xsd", "%C3%A9.xsd"),
        ("people.svc?xsd=0", "people.svc?xsd=0"),
    ],
)
def test_a_reference_is_a_name_or_an_address(name: str, reference: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(TYPES, "utf-8")
    (tmp_path / "People.wsdl").write_text(including(reference), "utf-8")
    (documents,) = read(tmp_path / "People.wsdl")
    assert sorted(documents.inputs) == sorted(["People.wsdl", name])


@pytest.mark.parametrize("reference", ["..%2Fx.xsd", "%2e%2e/x.xsd", "..\\x.xsd", "/etc/passwd"])
def test_a_reference_that_leads_out_however_it_is_written(reference: str, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "x.xsd").write_text(TYPES, "utf-8")
    (tmp_path / "inner" / "People.wsdl").write_text(including(reference), "utf-8")
    assert "leads out of the folder" in refused(tmp_path / "inner" / "People.wsdl")


@pytest.mark.parametrize("reference", ["a%00b.xsd", "%", "%ff.xsd", "#x", "x" * 5_000])
def test_a_reference_to_nothing(reference: str, tmp_path: Path) -> None:
    (tmp_path / "People.wsdl").write_text(including(reference), "utf-8")
    assert refused(tmp_path / "People.wsdl").startswith(f"{tmp_path / 'People.wsdl'}:6: ")


# --- folders -------------------------------------------------------------------------------------


def test_the_order_of_wsdls_in_a_folder(tmp_path: Path) -> None:
    for name in ("b.wsdl", "a-b/x.wsdl", "a/x.wsdl", "a.wsdl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(wsdl(), "utf-8")
    keys = [key for documents in read(tmp_path) for key in documents.inputs]
    assert keys == ["a/x.wsdl", "a-b/x.wsdl", "a.wsdl", "b.wsdl"]


def test_a_folder_of_too_many_files(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "People.wsdl").write_text(wsdl(), "utf-8")
    read(tmp_path, Limits(files=2))
    (tmp_path / "notes.txt").write_text("", "utf-8")
    with pytest.raises(LimitError, match=r"more than 2 files in the folder; .*--limit files=4$"):
        read(tmp_path, Limits(files=2))


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "People.wsdl").write_text(wsdl(), "utf-8")
    original = os.scandir

    def forbidden(path: str) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied", path)
        return original(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    assert refused(tmp_path) == f"{tmp_path / 'a'}: the folder cannot be read: Permission denied"


def test_a_file_that_vanishes_between_finding_and_reading(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "People.wsdl").write_text(wsdl(), "utf-8")
    found = find_sources([tmp_path / "a"])
    shutil.rmtree(tmp_path / "a")
    with pytest.raises(SourceError, match=r"People\.wsdl: there is no such file"):
        read_all_documents(found)
