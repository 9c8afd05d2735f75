"""Names and references: what XML allows, or refused with file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from soapgen.contract.lexical import is_ncname
from soapgen.errors import SoapgenError, SourceError

from tests.support.command import snapshot, soapgen
from tests.support.packages import contract_of, planned
from tests.support.small import EVERYTHING, wsdl

BASE = wsdl(EVERYTHING, response_header="Limit")
NO_NAMES = [
    "",
    "{/../../../OUTSIDE/}Find",
    "../Find",
    "/outside/Find",
    "a:b",
    ":a",
    "1st",
    "-a",
    "two words",
    "two&#10;lines",
    "a&#9;b",
    "a\u2028b",
    "a;b",
    "a'b",
    "a&quot;b",
    "a\\b",
]
DEFINED = sorted(set(re.findall(r'<([a-z]+:[a-zA-Z]+) name="', BASE)) - {"wsdl:definitions"})
REFERRING = sorted(set(re.findall(r'<([a-z]+:[a-zA-Z]+)[^>]* ([a-zA-Z]+)="tns:', BASE)))


def refusal(folder: Path, text: str) -> SourceError:
    path = folder / "Faulty.wsdl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SoapgenError) as caught:
        contract_of(path)
    assert isinstance(caught.value, SourceError)
    assert caught.value.place is not None
    assert caught.value.place.line is not None
    return caught.value


@pytest.mark.slow
@pytest.mark.parametrize("tag", DEFINED)
def test_a_definition_has_a_name_that_xml_allows(tmp_path: Path, tag: str) -> None:
    for name in NO_NAMES:
        before, after = re.split(f'<{tag} name="[^"]*"', BASE, maxsplit=1)
        text = f'{before}<{tag} name="{name}"{after}'
        assert "is not a name that XML allows" in refusal(tmp_path, text).message


@pytest.mark.parametrize("tag", [tag for tag in DEFINED if tag.startswith("wsdl:")])
def test_a_definition_has_a_name(tmp_path: Path, tag: str) -> None:
    text = re.sub(f'<{tag} name="[^"]*"', f"<{tag}", BASE, count=1)
    assert f"{tag.partition(':')[2]} has no attribute 'name'" in refusal(tmp_path, text).message


def with_reference(tag: str, attribute: str, reference: str) -> str:
    """The contract with ``reference`` in the first ``attribute`` of a ``tag``."""
    pattern = f'(<{tag}[^>]* {attribute}=")tns:[^"]*'
    return re.sub(pattern, lambda found: found[1] + reference, BASE, count=1)


@pytest.mark.slow
@pytest.mark.parametrize(("tag", "attribute"), REFERRING)
def test_a_reference_is_a_name_whose_prefix_is_declared(
    tmp_path: Path, tag: str, attribute: str
) -> None:
    no_name = "is not a name that XML allows"
    for reference, message in (
        ("{urn:x}Find", no_name),
        ("tns:", no_name),
        (":Find", no_name),
        ("tns:a:b", no_name),
        ("tns:../Find", no_name),
        ("nope:Find", "the prefix of 'nope:Find' is not declared"),
    ):
        assert message in refusal(tmp_path, with_reference(tag, attribute, reference)).message


@pytest.mark.slow
@pytest.mark.parametrize(("tag", "attribute"), REFERRING)
def test_a_reference_leads_to_a_definition(tmp_path: Path, tag: str, attribute: str) -> None:
    """A name without a prefix is in no namespace where no default namespace is declared.

    Who refers to nothing is refused or, where no message needs it, left out with its place.
    """
    for reference in ("Nothing", "tns:Nothing", "xs:nothing", "xml:lang", ""):
        path = tmp_path / "Faulty.wsdl"
        text = with_reference(tag, attribute, reference)
        path.write_text(text, encoding="utf-8")
        try:
            contract = contract_of(path)
            of_ports = [item for service in contract.services for item in service.left_out]
            place = [*contract.left_out, *of_ports][0].place
        except SourceError as error:
            place = error.place
        assert place is not None
        assert place.line is not None


def test_white_space_around_names_and_references_means_nothing(tmp_path: Path) -> None:
    path = tmp_path / "Spaced.wsdl"
    path.write_text(BASE, encoding="utf-8")
    usual = planned(path, name="spaced")
    spaced = re.sub(
        r' (name|type|base|ref|message|element|binding)="([^"]*)"', r' \1=" \2&#10;"', BASE
    )
    assert spaced != BASE
    path.write_text(spaced, encoding="utf-8")
    assert planned(path, name="spaced") == usual


@pytest.mark.slow
def test_no_sample_is_written_outside_of_its_folder(tmp_path: Path) -> None:
    text = BASE.replace('operation name="Find"', 'operation name="{/../../../OUTSIDE/}Find"')
    folder = tmp_path / "a" / "b" / "c"
    folder.mkdir(parents=True)
    (folder / "Faulty.wsdl").write_text(text, encoding="utf-8")
    result = soapgen("sample", "Faulty.wsdl", "--all", "--out", "out", cwd=folder)
    assert result.returncode == 2
    assert "is not a name that XML allows" in result.stderr
    assert list(snapshot(tmp_path)) == ["a/b/c/Faulty.wsdl"]


@given(st.text(min_size=1, max_size=5))
def test_what_is_a_name_is_what_parsers_take_for_one(text: str) -> None:
    try:
        root = etree.fromstring(f"<{text}/>".encode())
        is_one_name = root.tag == text and ":" not in text
    except (etree.XMLSyntaxError, UnicodeEncodeError, ValueError):
        is_one_name = False
    assert is_ncname(text) == is_one_name
