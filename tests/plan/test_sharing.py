"""Which types are shared, and the modules that they stand in."""

from __future__ import annotations

from pathlib import Path

import pytest
from soapgen.contract import read_all
from soapgen.project import Options
from soapgen.project.generate import choose, plan_package
from soapgen.sources import find_sources, read_all_documents

from tests.support.packages import generated
from tests.support.small import wsdl
from tests.support.steps import steps


def service(name: str, types: str, uses: str) -> str:
    """A WSDL of the service ``name`` whose one operation takes an element of the type ``uses``."""
    find = f"""
      <xs:element name="Find">
        <xs:complexType><xs:sequence>
          <xs:element name="What" type="tns:{uses}" minOccurs="0"/>
        </xs:sequence></xs:complexType>
      </xs:element>
      <xs:element name="FindResponse">
        <xs:complexType><xs:sequence/></xs:complexType>
      </xs:element>"""
    return wsdl(types + find).replace('"People', f'"{name}').replace("tns:People", f"tns:{name}")


def complex_type(name: str, *members: str, base: str = "") -> str:
    """A complex type with a member of each of the types ``members``."""
    content = "".join(
        f'<xs:element name="{member}" type="tns:{member}" minOccurs="0"/>' for member in members
    )
    content = f'<xs:sequence><xs:element name="{name}X" type="xs:int"/>{content}</xs:sequence>'
    if base:
        content = f'<xs:extension base="tns:{base}">{content}</xs:extension>'
        content = f"<xs:complexContent>{content}</xs:complexContent>"
    return f'<xs:complexType name="{name}">{content}</xs:complexType>'


def modules(folder: Path, **services: tuple[str, str]) -> dict[str, set[str]]:
    """The classes in each shared module of a build of ``services``: their types, what they use."""
    for name, (types, uses) in services.items():
        (folder / f"{name}.wsdl").write_text(service(name, types, uses), encoding="utf-8")
    plan = generated(folder, name="family").plan
    return {module.name: set(module.class_names) for module in plan.shared}


@pytest.mark.slow
def test_types_with_the_same_users_stand_together(tmp_path: Path) -> None:
    types = complex_type("A", "B") + complex_type("B", "C") + complex_type("C")
    found = modules(tmp_path, One=(types, "A"), Two=(types, "A"), Three=(types, "C"))
    assert found == {"c": {"C"}, "a": {"A", "B"}}


def test_a_type_that_one_service_uses_is_its_own(tmp_path: Path) -> None:
    types = complex_type("A", "B") + complex_type("B")
    assert modules(tmp_path, One=(types, "A"), Two=(types, "B")) == {"b": {"B"}}


@pytest.mark.slow
def test_a_circle_of_modules_becomes_one(tmp_path: Path) -> None:
    """What derives from a type that is declared may be asked for by fewer than its base is."""
    types = (
        complex_type("Base")
        + complex_type("Derived", "Part", base="Base")
        + complex_type("Part")
        + complex_type("Other", base="Base")
    )
    found = modules(tmp_path, One=(types, "Base"), Two=(types, "Base"), Three=(types, "Other"))
    # Code for Base leads to Derived, which may stand in for it, and back.
    assert set.union(*found.values()) == {"Base", "Derived", "Other", "Part"}
    (home,) = (classes for classes in found.values() if "Base" in classes)
    assert "Derived" in home


def test_types_that_contain_one_another(tmp_path: Path) -> None:
    types = complex_type("A", "B") + complex_type("B", "A")
    assert modules(tmp_path, One=(types, "A"), Two=(types, "B")) == {"a": {"A", "B"}}


def test_a_list_of_itself(tmp_path: Path) -> None:
    types = (
        '<xs:complexType name="Tree"><xs:sequence><xs:element name="Tree" type="tns:Tree"'
        ' minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>'
    )
    assert modules(tmp_path, One=(types, "Tree"), Two=(types, "Tree")) == {"tree": {"Tree"}}


@pytest.mark.slow
def test_an_anonymous_type_that_extends_a_shared_one(tmp_path: Path) -> None:
    types = complex_type("A")
    derived = types + complex_type("Box").replace(
        '<xs:element name="BoxX" type="xs:int"/>',
        '<xs:element name="BoxX"><xs:complexType><xs:complexContent><xs:extension base="tns:A">'
        "<xs:sequence/></xs:extension></xs:complexContent></xs:complexType></xs:element>",
    )
    found = modules(tmp_path, One=(types, "A"), Two=(types, "A"), Three=(derived, "Box"))
    assert found == {"a": {"A"}}


@pytest.mark.slow
def test_what_refers_to_a_type_that_is_not_shared_is_not_shared(tmp_path: Path) -> None:
    """Along a long line of types, too."""
    line = "".join(complex_type(f"T{i}", f"T{i + 1}") for i in range(40))
    apart = '<xs:element name="Apart" xmlns:o="urn:other" type="o:Apart" minOccurs="0"/>'
    last = complex_type("T40").replace("</xs:sequence>", f"{apart}</xs:sequence>")
    other = f'<xs:schema targetNamespace="urn:other">{complex_type("Apart")}</xs:schema>'
    for name in ("One", "Two"):
        text = service(name, '<xs:import namespace="urn:other"/>' + line + last, "T0")
        text = text.replace("</wsdl:types>", f"{other}</wsdl:types>")
        (tmp_path / f"{name}.wsdl").write_text(text, encoding="utf-8")
    assert len(generated(tmp_path, name="family").plan.shared) == 1
    assert not generated(tmp_path, name="family", unshared=("urn:other",)).plan.shared


@pytest.mark.slow
def test_sharing_takes_steps_that_grow_with_the_types(tmp_path: Path) -> None:
    def taken(count: int) -> int:
        folder = tmp_path / str(count)
        folder.mkdir()
        line = [complex_type(f"T{i}", f"T{i + 1}") for i in range(count)]
        types = "".join(line) + complex_type(f"T{count}")
        for name in ("One", "Two"):
            text = service(name, types, "T0")
            (folder / f"{name}.wsdl").write_text(text, encoding="utf-8")
        sources, options = find_sources([folder]), Options(name="family")
        contracts = read_all(read_all_documents(sources))
        chosen = choose(contracts, options)
        return steps(lambda: plan_package(sources, contracts, chosen, options, ()))

    taken(1)
    assert taken(200) / taken(100) < 2.2


@pytest.mark.slow
def test_shared_types_that_are_plain_values_need_modules_only_if_they_are_checked(
    tmp_path: Path,
) -> None:
    code = '<xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction>'
    for name in ("One", "Two"):
        text = service(name, f'<xs:simpleType name="Code">{code}</xs:simpleType>', "Code")
        (tmp_path / f"{name}.wsdl").write_text(text, encoding="utf-8")
    plain = generated(tmp_path, name="family").texts
    assert [path for path in plain if path.startswith("common/")] == []
    checked = generated(tmp_path, name="family", facets=True).texts
    (module,) = (path for path in checked if "common" in path and "__init__" not in path)
    assert "write_code = writer(text_of_code)" in checked[module]
    assert "import write_code\n" in checked["one/builders.py"]


def test_shared_lists_of_plain_values_are_no_classes(tmp_path: Path) -> None:
    item = '<xs:element name="Item" type="xs:int" maxOccurs="unbounded"/>'
    types = f'<xs:complexType name="Sizes"><xs:sequence>{item}</xs:sequence></xs:complexType>'
    for name in ("One", "Two"):
        (tmp_path / f"{name}.wsdl").write_text(service(name, types, "Sizes"), encoding="utf-8")
    texts = generated(tmp_path, name="family").texts
    assert "__all__" not in texts["common/__init__.py"]
    assert "def write_sizes(" in texts["common/writers/arrays.py"]
