"""A group gets the verdict that it deserves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.paths import PROJECT

from . import refused
from .groups import Group
from .runner import run
from .trial import (
    CRASHED,
    FAILED,
    GOOD,
    NO_INSTANCE,
    REFUSED,
    REFUSED_WHEN_READ,
    TOLERATED,
    Result,
    anonymous,
    tried,
)

_ELEMENT = '<xs:element name="root" type="xs:int"/>'
_INVALID = """<xs:element name="other" type="xs:int"/>
<xs:element name="root"><xs:complexType><xs:element name="inner"/></xs:complexType></xs:element>"""


def group(folder: Path, schema: str, *valid: str, invalid: str = "") -> Group:
    """A group of one schema, whose instances are written into ``folder``."""
    namespace = "http://www.w3.org/2001/XMLSchema"
    (folder / "it.xsd").write_text(f'<xs:schema xmlns:xs="{namespace}">{schema}</xs:schema>')
    for number, text in enumerate([*valid, invalid]):
        (folder / f"{number}.xml").write_text(text)
    names = tuple(f"{number}.xml" for number in range(len(valid) + 1))
    return Group(0, "test", "it", ("it.xsd",), names[:-1], names[-1:] if invalid else ())


def verdict(folder: Path, schema: str, *valid: str) -> Result:
    return tried(group(folder, schema, *valid), folder, invalid=False)


def test_what_comes_back_is_good(tmp_path: Path) -> None:
    assert verdict(tmp_path, _ELEMENT, "<root>01</root>", "<root>2</root>").verdict == GOOD


def test_one_bad_instance_decides(tmp_path: Path) -> None:
    result = verdict(tmp_path, _ELEMENT, "<root>1</root>", "<root>one</root>")
    assert result.verdict == FAILED
    assert result.detail.startswith("1.xml: UnexpectedResponse: Envelope/Body/root: ")


_NAMED = """<xs:element name="root" type="xs:int"/>
<xs:complexType name="Sized"><xs:simpleContent><xs:extension base="xs:int">
<xs:attribute name="unit"/></xs:extension></xs:simpleContent></xs:complexType>"""


def test_what_is_refused_for_a_documented_reason_is_told_apart(tmp_path: Path) -> None:
    instance = "http://www.w3.org/2001/XMLSchema-instance"
    named = f'<root xmlns:i="{instance}" i:type="Sized" unit="{{}}">{{}}</root>'
    result = verdict(tmp_path, _NAMED, "<root>1</root>", named.format("m", "1"))
    assert result.verdict == REFUSED_WHEN_READ
    assert "Envelope/Body/root: it names the type Sized and has attributes" in result.detail
    assert verdict(tmp_path, _NAMED, named.format("m", "1"), "<root>one</root>").verdict == FAILED


def test_the_reasons_of_such_refusals_are_documented() -> None:
    said = " ".join((PROJECT / "docs" / "types.md").read_text(encoding="utf-8").split())
    assert [text for _, text in refused.REASONS if text not in said] == []


def test_a_refusal_has_its_place(tmp_path: Path) -> None:
    result = verdict(tmp_path, _INVALID, "<root/>")
    assert result.verdict == REFUSED
    assert result.detail.startswith("it.xsd:2: ")


@pytest.mark.parametrize("text", ["<other/>", "<root>"])
def test_what_cannot_be_a_message_is_no_instance(tmp_path: Path, text: str) -> None:
    assert verdict(tmp_path, _ELEMENT, text).verdict == NO_INSTANCE


@pytest.mark.parametrize(("text", "outcome"), [("1", TOLERATED), ("one", REFUSED)])
def test_invalid_instances_are_tried_as_well(tmp_path: Path, text: str, outcome: str) -> None:
    given = group(tmp_path, _ELEMENT, "<root>1</root>", invalid=f"<root>{text}</root>")
    (found,) = tried(given, tmp_path, invalid=True).invalid
    assert found.verdict == outcome


@pytest.mark.slow
@pytest.mark.parametrize(("seconds", "expected"), [(60, GOOD), (0.01, CRASHED)])
def test_a_group_has_its_time(tmp_path: Path, seconds: float, expected: str) -> None:
    given = group(tmp_path, _ELEMENT, "<root>1</root>")
    results = run([given, given], tmp_path, processes=1, seconds=seconds)
    assert [result.verdict for result in results] == [expected, expected]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("foo/bar has attributes", "… has attributes"),
        ("element {urn:a}b is abstract", "element … is abstract"),
        ("unknown type 'x'", "unknown type …"),
        ("more than 10,000 members", "more than 0 members"),
        ("it doesn't match 'x'", "it doesn't match …"),
    ],
)
def test_reasons_are_without_names_and_numbers(message: str, reason: str) -> None:
    assert anonymous(message) == reason
