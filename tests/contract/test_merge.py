"""Services that share a package: what they define alike is one, and what differs is an error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.small import SCHEMA, wsdl

OTHER = SCHEMA.replace('type="xs:int"', 'type="xs:long"')


@pytest.fixture
def conflict(tmp_path: Path) -> Path:
    """Two services whose types Person differ."""
    (tmp_path / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    other = wsdl(OTHER).replace('"People', '"Staff').replace("tns:People", "tns:Staff")
    (tmp_path / "Staff.wsdl").write_text(other, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_one_name_with_two_meanings_is_an_error_that_names_both_places(conflict: Path) -> None:
    result = soapgen("build", "Staff.wsdl", "People.wsdl", "--name", "both", cwd=conflict)
    assert result.returncode == 2
    assert result.stderr == (
        "soapgen: error: People.wsdl:7: type {urn:example:people}Person is not the same as in "
        "Staff.wsdl:7; give each service its own with --keep-apart urn:example:people\n"
    )
    assert not (conflict / "generated").exists()


@pytest.mark.slow
def test_what_is_not_asked_for_may_differ(conflict: Path) -> None:
    arguments = ["--name", "one", "--service", "Staff"]
    result = soapgen("build", "Staff.wsdl", "People.wsdl", *arguments, cwd=conflict)
    assert result.returncode == 0, result.stderr


@pytest.mark.slow
def test_unless_its_namespace_is_kept_apart(conflict: Path) -> None:
    arguments = ["--name", "both", "--keep-apart", "urn:example:people"]
    result = soapgen("build", "Staff.wsdl", "People.wsdl", *arguments, cwd=conflict)
    assert result.returncode == 0, result.stderr
    folder = conflict / "generated" / "both"
    assert not (folder / "common" / "models" / "person.py").exists()
    for service in ("staff", "people"):
        assert "class Person" in (folder / service / "models.py").read_text("utf-8")
    assert soapgen("check", cwd=conflict).returncode == 0


@pytest.mark.slow
def test_a_service_that_two_sources_define_alike_is_taken_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    sources = ["a/People.wsdl", "b/People.wsdl", "a"]
    result = soapgen("build", *sources, "--name", "people", cwd=tmp_path)
    assert "1 service, 1 operation, 1 type" in result.stdout
    assert (tmp_path / "generated" / "people" / "people" / "client.py").exists()


@pytest.mark.slow
def test_a_service_that_two_sources_define_differently(tmp_path: Path) -> None:
    (tmp_path / "a.wsdl").write_text(wsdl(), encoding="utf-8")
    other = wsdl().replace('soapAction="', 'soapAction="urn:other:')
    (tmp_path / "b.wsdl").write_text(other, encoding="utf-8")
    refused = soapgen("build", "a.wsdl", "b.wsdl", "--name", "people", cwd=tmp_path)
    assert refused.returncode == 2
    assert re.match(
        r"soapgen: error: b\.wsdl:\d+: service \{urn:example:people\}PeopleService is not the same "
        r"as in a\.wsdl:\d+; give each its own package with --keep-apart urn:example:people\n",
        refused.stderr,
    )
    apart = ["--name", "people", "--keep-apart", "urn:example:people"]
    assert soapgen("build", "a.wsdl", "b.wsdl", *apart, cwd=tmp_path).returncode == 0
    folder = tmp_path / "generated" / "people"
    assert {path.name for path in folder.iterdir() if path.is_dir()} >= {"people", "people_2"}
