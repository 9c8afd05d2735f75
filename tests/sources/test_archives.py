"""ZIP archives that are damaged, hostile or odd: one line, and never more than the limits allow."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from soapgen.errors import LimitError, SourceError
from soapgen.sources import Documents, Limits, find_sources, read_all_documents

from tests.support.small import SCHEMA, wsdl

INCLUDING = wsdl(f'<xs:include schemaLocation="types/people.xsd"/>{SCHEMA}')
TYPES = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>'


def archive(
    path: Path, files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return path


def read(path: Path, limits: Limits | None = None) -> tuple[Documents, ...]:
    return read_all_documents(find_sources([path], limits=limits))


GOOD = {"People.wsdl": INCLUDING, "types/people.xsd": TYPES}


def patched(path: Path, offset: int, signature: bytes, value: bytes) -> None:
    """Put ``value`` at ``offset`` behind each ``signature``."""
    content = bytearray(path.read_bytes())
    start = content.find(signature)
    while start >= 0:
        content[start + offset : start + offset + len(value)] = value
        start = content.find(signature, start + 1)
    path.write_bytes(content)


LOCAL, CENTRAL = b"PK\3\4", b"PK\1\2"


def wrong_sum(path: Path) -> None:
    patched(path, 14, LOCAL, b"1234")
    patched(path, 16, CENTRAL, b"1234")


def encrypted(path: Path) -> None:
    patched(path, 6, LOCAL, b"\1\0")
    patched(path, 8, CENTRAL, b"\1\0")


def unknown_method(path: Path) -> None:
    patched(path, 8, LOCAL, b"\x63\0")
    patched(path, 10, CENTRAL, b"\x63\0")


def not_deflated(path: Path) -> None:
    with zipfile.ZipFile(path) as file:
        start = file.infolist()[0].header_offset + 30 + len("People.wsdl")
    content = bytearray(path.read_bytes())
    content[start : start + 20] = b"\xff" * 20
    path.write_bytes(content)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def smaller_size(path: Path) -> None:
    patched(path, 24, CENTRAL, struct.pack("<L", 10))


def header_elsewhere(path: Path) -> None:
    patched(path, 42, CENTRAL, struct.pack("<L", 7))


def name_that_is_no_text(path: Path) -> None:
    patched(path, 8, CENTRAL, b"\0\x08")
    patched(path, 46, CENTRAL, b"\xff\xfe")


DAMAGES = [
    wrong_sum,
    encrypted,
    unknown_method,
    not_deflated,
    cut_off,
    smaller_size,
    header_elsewhere,
    name_that_is_no_text,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: str(damage.__name__))
def test_an_archive_that_is_damaged(damage: object, tmp_path: Path) -> None:
    path = archive(tmp_path / "people.zip", GOOD)
    assert callable(damage)
    damage(path)
    with pytest.raises(SourceError, match=r"people\.zip.*make the archive again") as caught:
        read(path)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.slow
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), cut=st.booleans())
def test_any_change_of_bytes_is_an_error_or_harmless(seed: int, cut: bool, tmp_path: Path) -> None:
    path = archive(tmp_path / "people.zip", GOOD)
    content = bytearray(path.read_bytes())
    choose = random.Random(seed)
    for _ in range(choose.randint(1, 6)):
        content[choose.randrange(len(content))] = choose.randrange(256)
    path.write_bytes(content[: choose.randrange(len(content))] if cut else content)
    with contextlib.suppress(SourceError):
        read(path)


@pytest.mark.parametrize("name", ["/etc/x.wsdl", "../x.wsdl", "a/../../x.wsdl", "C:\\x.wsdl"])
def test_a_name_that_leads_out(name: str, tmp_path: Path) -> None:
    path = archive(tmp_path / "people.zip", {**GOOD, name: INCLUDING})
    with pytest.raises(SourceError, match=r"a name that leads out of it: "):
        read(path)


@pytest.mark.parametrize("name", ["./People.wsdl", "a//../People.wsdl", "People.wsdl"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / "people.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("People.wsdl", wsdl())
        file.writestr(name.replace("a//..", "."), wsdl().replace("Find", "Lose"))
    with pytest.raises(SourceError, match=r"zip/People\.wsdl: the archive has two files of this"):
        read(path)


def test_names_as_some_tools_write_them(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "people.zip",
        {"./a/People.wsdl": INCLUDING, "a\\types\\people.xsd": TYPES, "a/types/": ""},
    )
    (documents,) = read(path)
    assert sorted(documents.inputs) == ["a/People.wsdl", "a/types/people.xsd"]


def test_what_macos_adds_is_left_out(tmp_path: Path) -> None:
    path = archive(tmp_path / "people.zip", {**GOOD, "__MACOSX/._People.wsdl": b"\0\5\x16\7"})
    assert len(read(path)) == 1


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_of_which_few_bytes_unpack_to_gigabytes(method: int, tmp_path: Path) -> None:
    path = archive(tmp_path / "people.zip", GOOD, method)
    with pytest.raises(SourceError, match=r"packed by a method that soapgen does not unpack"):
        read(path)


def test_an_archive_in_an_archive(tmp_path: Path) -> None:
    inner = archive(tmp_path / "inner.zip", GOOD).read_bytes()
    path = archive(tmp_path / "outer.zip", {"inner.zip": inner})
    with pytest.raises(SourceError, match=r"outer\.zip: there is no WSDL with a service in it"):
        read(path)


def test_the_number_of_files(tmp_path: Path) -> None:
    path = archive(tmp_path / "people.zip", {**GOOD, "notes.txt": ""})
    read(path, Limits(files=3))
    with pytest.raises(LimitError, match=r"more than 2 files in the archive; .*--limit files=4$"):
        read(path, Limits(files=2))


def test_a_table_of_contents_that_is_too_large_to_read(tmp_path: Path) -> None:
    path = archive(tmp_path / "people.zip", {"x" * 300 + str(n): "" for n in range(10)})
    with pytest.raises(LimitError, match=r"more than 10 files in the archive"):
        read(path, Limits(files=10))


def test_files_that_unpack_to_too_much_together(tmp_path: Path) -> None:
    content = wsdl() + " " * 2**20
    path = archive(tmp_path / "people.zip", {f"{number}.wsdl": content for number in range(5)})
    with pytest.raises(LimitError, match=r"together larger than 4 MB"):
        read(path, Limits(total=4 * 2**20))


def test_a_file_that_is_larger_than_the_archive_says(tmp_path: Path) -> None:
    path = archive(tmp_path / "people.zip", {"People.wsdl": b" " * (3 * 2**20)})
    patched(path, 24, CENTRAL, struct.pack("<L", 10))
    with pytest.raises(SourceError, match=r"cannot be read: Bad CRC-32|larger than"):
        read(path, Limits(size=2**20))


@pytest.mark.slow
def test_an_archive_of_many_wsdls_is_opened_once_for_finding_and_once_for_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path / "people.zip", {f"{number}.wsdl": wsdl() for number in range(20)})
    opened: list[object] = []
    original = zipfile.ZipFile

    def counting(file: io.FileIO) -> zipfile.ZipFile:
        opened.append(file)
        return original(file)

    monkeypatch.setattr(zipfile, "ZipFile", counting)
    assert len(read(path)) == 20
    assert len(opened) <= 2
