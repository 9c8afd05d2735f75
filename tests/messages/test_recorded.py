"""A folder with recorded exchanges, as ``verify`` and ``serve`` read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from soapgen.errors import SourceError
from soapgen.messages import recorded_in, recorded_name


def write(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).write_text(f"<{name[5:8]}/>", encoding="utf-8")
    return folder


def test_exchanges_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    write(tmp_path, "10000-Late-request.xml", "0002-Get-request.xml", "0002-Get-response.xml")
    write(tmp_path, "notes.txt", "0003-Get-response.txt", "Get.request.xml", "0001-A-b-request.xml")
    found = recorded_in(tmp_path)
    assert [(item.number, item.operation) for item in found] == [
        (1, "A-b"),
        (2, "Get"),
        (10000, "Late"),
    ]
    assert found[1].request.content == b"<Get/>"
    assert found[1].response is not None
    assert found[1].response.path == tmp_path / "0002-Get-response.xml"
    assert found[0].response is None


def test_two_processes_may_have_used_one_number(tmp_path: Path) -> None:
    write(tmp_path, "0001-Get-request.xml", "0001-Find-request.xml", "0001-Find-response.xml")
    assert [item.operation for item in recorded_in(tmp_path)] == ["Find", "Get"]


@pytest.mark.parametrize("name", ["Get.request.xml", "001-Get-request.xml", "0001--request.xml"])
def test_other_names_are_those_of_no_recording(name: str) -> None:
    assert recorded_name(name) is None


def test_a_folder_without_a_recording(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no exchanges are recorded here"):
        recorded_in(tmp_path)
    with pytest.raises(SourceError, match="no exchanges are recorded here"):
        recorded_in(tmp_path / "nowhere")


def test_a_response_without_its_request(tmp_path: Path) -> None:
    write(tmp_path, "0007-Get-response.xml")
    with pytest.raises(SourceError, match="this response has no request") as caught:
        recorded_in(tmp_path)
    assert "put back 0007-Get-request.xml" in str(caught.value.hint)


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "0001-Get-request.xml").mkdir()
    with pytest.raises(SourceError, match="not a file"):
        recorded_in(tmp_path)
