"""Contracts of a few lines that stand for a lot: work that grows with their text, and limits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from soapgen.contract import LIMITS, read_all
from soapgen.errors import UnsupportedError
from soapgen.messages import on_the_wire, read_samples
from soapgen.project import Options
from soapgen.project.generate import choose, plan_package
from soapgen.sources import Limits, find_sources, read_all_documents

from tests.support import large
from tests.support.packages import contract_of, planned
from tests.support.steps import steps

OPTIONS = Options(name="large", server=True)


def written(folder: Path, text: str) -> Path:
    path = folder / "Large.wsdl"
    path.write_text(text, encoding="utf-8")
    return path


def work(folder: Path, text: str, *, samples: bool = True) -> dict[str, int]:
    """The steps of each stage with the contract ``text``."""
    sources = find_sources([written(folder, text)])
    documents = read_all_documents(sources)
    made: dict[str, Any] = {}

    def read() -> None:
        made["contracts"] = read_all(documents)

    def plan() -> None:
        contracts = made["contracts"]
        plan_package(sources, contracts, choose(contracts, OPTIONS), OPTIONS, ())

    def sample() -> None:
        assert list(read_samples(sources, on_the_wire("2000-01-01T00:00:00Z")).all())

    counted = {"read": steps(read), "plan": steps(plan)}
    return counted | ({"sample": steps(sample)} if samples else {})


@pytest.fixture(scope="module", autouse=True)
def _warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is loaded and made once is no part of the work."""
    work(tmp_path_factory.mktemp("warm"), large.members(3))


@pytest.mark.slow
@pytest.mark.parametrize("make", large.GROWING)
def test_work_grows_with_the_text(tmp_path: Path, make: Callable[[int], str]) -> None:
    once = work(tmp_path, make(150), samples=make is not large.types)
    twice = work(tmp_path, make(300), samples=make is not large.types)
    assert {stage: twice[stage] / once[stage] < 2.2 for stage in once} == dict.fromkeys(once, True)


@pytest.mark.slow
@pytest.mark.parametrize("make", large.GROWING_IN_TYPES)
def test_work_grows_with_the_number_of_types(tmp_path: Path, make: Callable[[int], str]) -> None:
    work(tmp_path, make(1), samples=False)  # what is made once for each shape is no part of it
    none, once, more = (work(tmp_path, make(count), samples=False) for count in (0, 10, 40))
    # Beyond what is done once for each contract, four times the types are four times the work.
    growth = {stage: (more[stage] - none[stage]) / (once[stage] - none[stage]) for stage in once}
    assert {stage: ratio < 4.2 for stage, ratio in growth.items()} == dict.fromkeys(once, True)


@pytest.mark.slow
def test_work_with_inherited_members_grows_with_what_is_generated(tmp_path: Path) -> None:
    """Twice as many types that extend one another have four times as many members in all."""
    once, twice = (work(tmp_path, large.lineage(count)) for count in (40, 80))
    assert {stage: twice[stage] / once[stage] < 4.2 for stage in once} == dict.fromkeys(once, True)


@pytest.mark.slow
def test_a_long_line_of_types_is_planned(tmp_path: Path) -> None:
    plan = planned(written(tmp_path, large.lineage(150)), name="large")
    (package,) = plan.packages
    assert len(package.entities) == 150
    assert max(len(entity.all_members) for entity in package.entities) == 150


@pytest.mark.slow
def test_a_long_way_from_type_to_type_is_planned(tmp_path: Path) -> None:
    plan = planned(written(tmp_path, large.types(1500)), name="large")
    assert plan.types == 1501


def deep(tag: str, levels: int) -> str:
    inner = (
        f"<xs:{tag}>" * levels + '<xs:element name="A" type="xs:int"/>' + f"</xs:{tag}>" * levels
    )
    return large.contract("", inner)


@pytest.mark.parametrize("tag", ["sequence", "choice"])
def test_groups_deep_within_one_another(tmp_path: Path, tag: str) -> None:
    (package,) = planned(
        written(tmp_path, deep(tag, 230)), limits=Limits(depth=250), name="large"
    ).packages
    (operation,) = package.operations
    assert [member.name for member in operation.request.members] == ["a"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (large.groups(30), "has more than 10,000 elements and attributes"),
        (large.references(30), "a type has more than 10,000 members"),
        (large.lineage(300), "is more than 600 levels deep"),
        (large.members(10_001), "has more than 10,000 elements and attributes"),
        (large.schemas(900), "there are more than 900 schemas"),
    ],
    ids=["groups", "references", "lineage", "members", "schemas"],
)
def test_what_is_too_large_is_refused_where_it_is(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UnsupportedError, match=message) as caught:
        contract_of(written(tmp_path, text))
    assert caught.value.place is not None
    assert caught.value.place.line is not None


def test_what_is_too_large_in_all_is_refused(tmp_path: Path) -> None:
    base = "".join(f'<xs:element name="m{i}" type="xs:int"/>' for i in range(2000))
    text = large.derived(200).replace('<xs:element name="m0" type="xs:int"/>', base, 1)
    with pytest.raises(UnsupportedError, match="have more than 250,000 elements"):
        contract_of(written(tmp_path, text))


def test_lists_within_lists(tmp_path: Path) -> None:
    assert planned(written(tmp_path, large.lists(LIMITS.nested_lists)), name="large").types == 21
    with pytest.raises(UnsupportedError, match="with more than 20 others within one another"):
        planned(written(tmp_path, large.lists(LIMITS.nested_lists + 1)), name="large")


def dictionary(value: str, key: str = "xs:string") -> str:
    """A dictionary Map with values of the type ``value``."""
    pair = f'<xs:element name="Key" type="{key}"/><xs:element name="Value" type="{value}"/>'
    return f"""
      <xs:complexType name="Map">
        <xs:annotation><xs:appinfo>
          <IsDictionary xmlns="http://schemas.microsoft.com/2003/10/Serialization/">true</IsDictionary>
        </xs:appinfo></xs:annotation>
        <xs:sequence>
          <xs:element name="Pair" minOccurs="0" maxOccurs="unbounded">
            <xs:complexType><xs:sequence>{pair}</xs:sequence></xs:complexType>
          </xs:element>
        </xs:sequence>
      </xs:complexType>
      <xs:complexType name="Person">
        <xs:sequence><xs:element name="Name" type="xs:string"/></xs:sequence>
      </xs:complexType>"""


@pytest.mark.parametrize(
    ("definitions", "message"),
    [
        (dictionary("tns:Map"), "Map is a list or dictionary with more than 20 others"),
        (dictionary("xs:int", key="tns:Person"), "Map is a dictionary whose keys have members"),
    ],
    ids=["of itself", "keys with members"],
)
def test_dictionaries_that_python_has_no_type_for(
    tmp_path: Path, definitions: str, message: str
) -> None:
    text = large.contract(definitions, '<xs:element name="A" type="tns:Map"/>')
    with pytest.raises(UnsupportedError, match=message):
        planned(written(tmp_path, text), name="large")


def test_a_large_number_of_occurrences(tmp_path: Path) -> None:
    for most in ("1000000000", "9" * 100):
        element = f'<xs:element name="A" type="xs:int" minOccurs="0" maxOccurs="{most}"/>'
        (package,) = planned(written(tmp_path, large.contract("", element)), name="large").packages
        assert package.operations[0].request.members[0].annotation == "list[int]"


PATTERN = '<xs:pattern value="(a+)+b"/>'
VALUE = "a" * 64


@pytest.mark.slow
@pytest.mark.parametrize(
    ("definitions", "parameter"),
    [
        ("", f'<xs:element name="A" type="tns:S" default="{VALUE}"/>'),
        ("", f'<xs:element name="A" type="tns:S" fixed="{VALUE}"/>'),
        (
            '<xs:simpleType name="E"><xs:restriction base="tns:S">'
            f'<xs:enumeration value="{VALUE}"/></xs:restriction></xs:simpleType>',
            '<xs:element name="A" type="tns:E"/>',
        ),
        (
            '<xs:simpleType name="L"><xs:list itemType="tns:S"/></xs:simpleType>',
            f'<xs:element name="A" type="tns:L" default="{VALUE}"/>',
        ),
        (
            '<xs:simpleType name="U"><xs:union memberTypes="xs:int tns:S"/></xs:simpleType>',
            f'<xs:element name="A" type="tns:U" default="{VALUE}"/>',
        ),
        (
            '<xs:complexType name="T"><xs:sequence/>'
            f'<xs:attribute name="A" type="tns:S" default="{VALUE}"/></xs:complexType>',
            "",
        ),
    ],
    ids=["default", "fixed", "enumeration", "list", "union", "attribute"],
)
def test_no_value_is_tried_against_a_pattern(
    tmp_path: Path, definitions: str, parameter: str
) -> None:
    """Each try would take more than 2**60 steps."""
    restriction = f'<xs:restriction base="xs:string">{PATTERN}</xs:restriction>'
    simple = f'<xs:simpleType name="S">{restriction}</xs:simpleType>'
    path = written(tmp_path, large.contract(simple + definitions, parameter))
    planned(path, name="large")


@pytest.mark.parametrize("pattern", ["a{99999999999999999999}", "[", "(" * 3000 + ")" * 3000])
def test_patterns_that_python_cannot_read(tmp_path: Path, pattern: str) -> None:
    restriction = (
        f'<xs:restriction base="xs:string"><xs:pattern value="{pattern}"/></xs:restriction>'
    )
    simple = f'<xs:simpleType name="S">{restriction}</xs:simpleType>'
    planned(written(tmp_path, large.contract(simple)), name="large")


def group(name: str, content: str) -> str:
    return f'<xs:group name="{name}"><xs:sequence>{content}</xs:sequence></xs:group>'


def simple(name: str, content: str) -> str:
    return f'<xs:simpleType name="{name}">{content}</xs:simpleType>'


def extension(name: str, base: str) -> str:
    content = f'<xs:complexContent><xs:extension base="tns:{base}"/></xs:complexContent>'
    return f'<xs:complexType name="{name}">{content}</xs:complexType>'


@pytest.mark.parametrize(
    "definitions",
    [
        group("a", '<xs:group ref="tns:b"/>') + group("b", '<xs:group ref="tns:a"/>'),
        extension("A", "B") + extension("B", "A"),
        extension("A", "A"),
        simple("A", '<xs:restriction base="tns:B"/>')
        + simple("B", '<xs:restriction base="tns:A"/>'),
        simple("A", '<xs:union memberTypes="xs:int tns:A"/>'),
        simple("A", '<xs:list itemType="tns:A"/>'),
        '<xs:attributeGroup name="a"><xs:attributeGroup ref="tns:a"/></xs:attributeGroup>',
        '<xs:element name="a" type="xs:int" substitutionGroup="tns:a"/>',
    ],
    ids=["groups", "types", "type", "simple types", "union", "list", "attributes", "substitution"],
)
def test_a_definition_that_consists_of_itself(tmp_path: Path, definitions: str) -> None:
    """It is left out, with what needs it; the operation does not, and is there."""
    contract = contract_of(written(tmp_path, large.contract(definitions)))
    assert "consists of itself" in contract.repairs[0].what
    assert {repair.name for repair in contract.repairs} == {"invalid-definition"}
    assert contract.services[0].ports[0].binding.operations
    assert {item.what for item in contract.left_out}


def test_a_type_may_contain_elements_of_itself(tmp_path: Path) -> None:
    person = (
        '<xs:complexType name="Person"><xs:sequence><xs:element name="Age" type="xs:int"/>'
        '<xs:element name="Friend" type="tns:Person" minOccurs="0"/></xs:sequence></xs:complexType>'
    )
    parameter = '<xs:element name="A" type="tns:Person"/>'
    assert planned(written(tmp_path, large.contract(person, parameter)), name="large").types == 1


def sampled(folder: Path, text: str) -> list[tuple[str, str]]:
    sources = find_sources([written(folder, text)])
    return list(read_samples(sources, on_the_wire("2000-01-01T00:00:00Z")).all())


@pytest.mark.slow
def test_a_sample_message_of_a_few_lines_and_no_end(tmp_path: Path) -> None:
    assert sampled(tmp_path, large.boxes(3, 10))
    with pytest.raises(UnsupportedError, match="Find has more than 100,000 elements"):
        sampled(tmp_path, large.boxes(10, 10))


def test_a_sample_message_that_no_parser_would_read(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError, match="Find has more than 200 levels of elements"):
        sampled(tmp_path, large.types(300))
