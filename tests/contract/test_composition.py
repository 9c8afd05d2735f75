"""How schemas are put together: includes, imports, redefinitions, versions, and what is absent."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from soapgen.contract.model import ComplexType, ElementParticle, QName, ScalarType
from soapgen.contract.services import Contract
from soapgen.errors import Place, SoapgenError, SourceError

from tests.support.command import soapgen
from tests.support.packages import contract_of, generated, planned
from tests.support.small import SCHEMA, wsdl

NS = "urn:example:people"
START = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="urn:example:people"'
QUALIFIED = 'elementFormDefault="qualified"'
TOWN = """<xs:complexType name="Town"><xs:sequence>
  <xs:element name="Name" type="xs:string"/>
</xs:sequence></xs:complexType>"""
LARGER = """<xs:complexType name="Town"><xs:complexContent><xs:extension base="tns:Town">
  <xs:sequence><xs:element name="{0}" type="xs:int" minOccurs="0"/></xs:sequence>
</xs:extension></xs:complexContent></xs:complexType>"""


def document(content: str, namespace: str | None = NS, *, attributes: str = QUALIFIED) -> str:
    """A schema document of ``namespace``."""
    target = "" if namespace is None else f' targetNamespace="{namespace}"'
    return f"{START}{target} {attributes}>{content}</xs:schema>"


def redefine(location: str, content: str) -> str:
    return f'<xs:redefine schemaLocation="{location}">{content}</xs:redefine>'


def include(location: str) -> str:
    return f'<xs:include schemaLocation="{location}"/>'


def saved(folder: Path, first: str, member: str = 'type="tns:Town"', **documents: str) -> Path:
    """A WSDL whose request has the element Town, with ``first`` in its schema, and documents.

    Args:
        folder: Where to save them.
        first: What the schema of the WSDL has before its definitions.
        member: The attributes of the element.
        documents: The schemas, by their names without the suffix.
    """
    for name, text in documents.items():
        (folder / f"{name}.xsd").write_text(text, encoding="utf-8")
    find = '<xs:element name="Find">\n        <xs:complexType>\n          <xs:sequence>'
    assert find in SCHEMA
    particle = member if member.startswith("<") else f'<xs:element name="Town" {member}/>'
    path = folder / "People.wsdl"
    path.write_text(wsdl(first + SCHEMA.replace(find, find + particle)), encoding="utf-8")
    return path


def refusal(path: Path) -> SoapgenError:
    with pytest.raises(SoapgenError) as caught:
        planned(path, name="people")
    assert caught.value.place is not None
    return caught.value


def complex_type(contract: Contract, local: str, namespace: str = NS) -> ComplexType:
    type_ = contract.types[QName(namespace, local)]
    assert isinstance(type_, ComplexType)
    return type_


def members(type_: ComplexType) -> list[str]:
    return [
        str(item.name) if item.name.namespace != NS else item.name.local
        for item in type_.content.particles
        if isinstance(item, ElementParticle)
    ]


def test_a_redefined_type_extends_the_original(tmp_path: Path) -> None:
    path = saved(tmp_path, redefine("town.xsd", LARGER.format("Size")), town=document(f"\n{TOWN}"))
    contract = contract_of(path)
    town, original = complex_type(contract, "Town"), complex_type(contract, "TownOriginal")
    assert (town.base, members(town)) == (QName(NS, "TownOriginal"), ["Size"])
    assert (original.base, original.abstract, members(original)) == (None, True, ["Name"])
    assert original.place == Place(str(tmp_path / "town.xsd"), 2)
    assert town.place is not None
    assert town.place.document == str(path)
    (package,) = planned(path, name="people").packages
    assert {"Town", "TownOriginal"} <= {entity.class_name for entity in package.entities}


def test_redefinitions_of_redefinitions_in_any_order_of_includes(tmp_path: Path) -> None:
    for first in (
        redefine("b.xsd", LARGER.format("Third")),
        include("a.xsd") + redefine("b.xsd", LARGER.format("Third")),
        include("b.xsd") + include("a.xsd") + redefine("c.xsd", LARGER.format("Third")),
    ):
        path = saved(
            tmp_path,
            first,
            a=document(TOWN),
            b=document(redefine("a.xsd", LARGER.format("Second"))),
            c=document(include("b.xsd")),
        )
        contract = contract_of(path)
        found = {name.local: type_ for name, type_ in contract.types.items()}
        chain = [("Town", ["Third"]), ("TownOriginal2", ["Second"]), ("TownOriginal", ["Name"])]
        bases = [name for name, _ in chain[1:]]
        for (name, expected), base in zip(chain, [*bases, None], strict=True):
            type_ = found[name]
            assert isinstance(type_, ComplexType)
            assert members(type_) == expected
            assert (type_.base.local if type_.base else None) == base


def test_everything_else_means_the_new_type(tmp_path: Path) -> None:
    village = """<xs:complexType name="Village"><xs:complexContent><xs:extension base="tns:Town">
      <xs:sequence><xs:element name="Near" type="tns:Town"/></xs:sequence>
      </xs:extension></xs:complexContent></xs:complexType>"""
    twin = TOWN.replace("</xs:sequence>", '<xs:element name="Twin" type="tns:Town"/></xs:sequence>')
    path = saved(
        tmp_path,
        include("village.xsd") + redefine("town.xsd", LARGER.format("Size")),
        town=document(twin),
        village=document(include("town.xsd") + village),
    )
    contract = contract_of(path)
    assert complex_type(contract, "Village").base == QName(NS, "Town")
    last = complex_type(contract, "TownOriginal").content.particles[-1]
    assert isinstance(last, ElementParticle)
    assert last.type == QName(NS, "Town")


def test_the_name_of_an_original_is_free(tmp_path: Path) -> None:
    taken = '<xs:element name="TownOriginal" type="xs:int"/>'
    path = saved(tmp_path, redefine("town.xsd", LARGER.format("Size")), town=document(TOWN + taken))
    assert complex_type(contract_of(path), "Town").base == QName(NS, "TownOriginal2")


def test_redefined_simple_types_groups_and_attribute_groups(tmp_path: Path) -> None:
    simple = (
        '<xs:simpleType name="Code"><xs:restriction base="{}">{}</xs:restriction></xs:simpleType>'
    )
    original = (
        simple.format("xs:string", '<xs:maxLength value="9"/>')
        + '<xs:group name="G"><xs:sequence><xs:element name="A" type="tns:Code"/></xs:sequence>'
        + '</xs:group><xs:attributeGroup name="Unused"><xs:attribute name="a"/></xs:attributeGroup>'
    )
    redefined = (
        simple.format("tns:Code", '<xs:minLength value="1"/>')
        + '<xs:group name="G"><xs:sequence><xs:group ref="tns:G"/>'
        + '<xs:element name="B" type="xs:int"/></xs:sequence></xs:group>'
        + '<xs:attributeGroup name="Unused"><xs:attributeGroup ref="tns:Unused"/>'
        + '<xs:attribute name="b"/></xs:attributeGroup>'
    )
    path = saved(
        tmp_path,
        redefine("parts.xsd", redefined)
        + '<xs:complexType name="Town"><xs:group ref="tns:G"/></xs:complexType>'
        + '<xs:complexType name="With"><xs:attributeGroup ref="tns:Unused"/></xs:complexType>',
        parts=document(original),
    )
    contract = contract_of(path)
    assert isinstance(contract.types[QName(NS, "Code")], ScalarType)
    attributes = complex_type(contract, "With").attributes
    assert [item.name.local for item in attributes] == ["a", "b"]
    (package,) = planned(path, name="people").packages
    (town,) = [type_ for type_ in package.entities if type_.class_name == "Town"]
    assert [member.tag.local for member in town.all_members] == ["A", "B"]


def test_a_group_may_be_redefined_without_the_original(tmp_path: Path) -> None:
    group = '<xs:group name="G"><xs:sequence>{}</xs:sequence></xs:group>'
    a, b = (f'<xs:element name="{name}" type="xs:int" minOccurs="0"/>' for name in "AB")
    path = saved(
        tmp_path,
        redefine("parts.xsd", group.format(a))
        + '<xs:complexType name="Town"><xs:group ref="tns:G"/></xs:complexType>',
        parts=document(group.format(a + b)),
    )
    (package,) = planned(path, name="people").packages
    (town,) = [type_ for type_ in package.entities if type_.class_name == "Town"]
    assert [member.tag.local for member in town.all_members] == ["A"]


def test_prefixes_of_a_redefinition_and_a_schema_without_a_namespace(tmp_path: Path) -> None:
    larger = LARGER.format("Size").replace("tns:Town", "own:Town")
    first = f'<xs:redefine xmlns:own="{NS}" schemaLocation="town.xsd">{larger}</xs:redefine>'
    contract = contract_of(saved(tmp_path, first, town=document(TOWN, None)))
    assert complex_type(contract, "Town").base == QName(NS, "TownOriginal")
    own = LARGER.format("Size").replace("tns:Town", "Town")
    contract = contract_of(
        saved(
            tmp_path,
            include("larger.xsd"),
            larger=document(redefine("town.xsd", own), None),
            town=document(TOWN, None),
        )
    )
    assert complex_type(contract, "Town").base == QName(NS, "TownOriginal")


def test_what_is_no_redefinition(tmp_path: Path) -> None:
    other = TOWN.replace("Town", "Village")
    for content, said in (
        (other, f"type {{{NS}}}Village is redefined, but no schema defines it"),
        (TOWN, f"the redefinition of type {{{NS}}}Town is not derived from it"),
    ):
        found = refusal(saved(tmp_path, redefine("town.xsd", content), town=document(TOWN)))
        assert found.message == said
    found = refusal(
        saved(
            tmp_path,
            include("a.xsd") + include("b.xsd"),
            a=document(redefine("town.xsd", LARGER.format("One"))),
            b=document(redefine("town.xsd", LARGER.format("Two"))),
            town=document(TOWN),
        )
    )
    assert f"type {{{NS}}}Town is already redefined at" in found.message


def test_the_same_redefinition_twice_is_one(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        include("a.xsd") + include("b.xsd"),
        a=document(redefine("town.xsd", LARGER.format("One"))),
        b=document(redefine("town.xsd", LARGER.format("One"))),
        town=document(TOWN),
    )
    assert members(complex_type(contract_of(path), "Town")) == ["One"]


@pytest.mark.slow
def test_a_redefined_type_is_read_and_validated(tmp_path: Path) -> None:
    path = saved(tmp_path, redefine("town.xsd", LARGER.format("Size")), town=document(TOWN))
    found = generated(path, name="people").texts
    assert "class Town(TownOriginal):" in found["models.py"]
    result = soapgen("sample", path, "--all", "--out", "messages", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    (request,) = (tmp_path / "messages").glob("*equest.xml")
    town = etree.parse(str(request)).getroot().find(f".//{{{NS}}}Town")
    assert town is not None
    assert [etree.QName(child).localname for child in town] == ["Name", "Size"]
    assert not town.attrib


def test_a_schema_without_a_namespace_in_several(tmp_path: Path) -> None:
    other = '<xs:import namespace="urn:other" schemaLocation="other.xsd"/>'
    path = saved(
        tmp_path,
        other + include("town.xsd"),
        '<xs:element name="Town" type="tns:Town"/>'
        '<xs:element xmlns:o="urn:other" name="Far" type="o:Town"/>',
        other=document(include("town.xsd"), "urn:other"),
        town=document(TOWN, None),
    )
    contract = contract_of(path)
    assert members(complex_type(contract, "Town")) == ["Name"]
    assert members(complex_type(contract, "Town", "urn:other")) == ["{urn:other}Name"]
    assert planned(path, name="people").packages


def test_circular_includes_and_imports_and_two_ways_to_one_document(tmp_path: Path) -> None:
    back = f'<xs:import namespace="{NS}" schemaLocation="town.xsd"/>'
    there = '<xs:import namespace="urn:other" schemaLocation="./other.xsd"/>'
    other = TOWN.replace('"Town"', '"Far"').replace("xs:string", "tns:Town")
    town = TOWN.replace(
        "</xs:sequence>",
        '<xs:element xmlns:o="urn:other" name="Far" type="o:Far" minOccurs="0"/></xs:sequence>',
    )
    path = saved(
        tmp_path,
        include("town.xsd") + include("./also.xsd") + there,
        other=document(back + other, "urn:other"),
        also=document(include("town.xsd")),
        town=document(include("also.xsd") + include("town.xsd") + there + town),
    )
    assert members(complex_type(contract_of(path), "Town")) == ["Name", "Far"]


def test_a_copy_of_a_document_defines_nothing_anew(tmp_path: Path) -> None:
    noted = TOWN.replace(
        "<xs:sequence>",
        "<xs:annotation><xs:documentation>A town.</xs:documentation></xs:annotation><xs:sequence>",
    )
    path = saved(
        tmp_path,
        include("town.xsd") + include("copy.xsd"),
        town=document(TOWN),
        copy=document(noted).replace("xs:", "x:").replace("xmlns:xs", "xmlns:x"),
    )
    assert members(complex_type(contract_of(path), "Town")) == ["Name"]
    for other in (
        document(TOWN.replace("xs:string", "xs:int")),
        document(TOWN, attributes=""),
        document(TOWN.replace("<xs:sequence>", '<xs:sequence minOccurs="0">')),
    ):
        (tmp_path / "copy.xsd").write_text(other, encoding="utf-8")
        assert "is already defined at" in refusal(path).message


def test_elements_of_no_namespace(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        '<xs:import schemaLocation="plain.xsd"/>',
        '<xs:element ref="Plain"/>',
        plain=document('<xs:element name="Plain" type="T"/>' + TOWN.replace('"Town"', '"T"'), None),
    )
    contract = contract_of(path)
    assert members(complex_type(contract, "T", "")) == ["Name"]
    (package,) = planned(path, name="people").packages
    plain, _ = package.operations[0].request.members
    assert plain.tag.name == "Plain"


def test_form_defaults_are_those_of_each_document(tmp_path: Path) -> None:
    local = TOWN.replace(
        "</xs:sequence>", '<xs:element name="In" form="qualified" type="xs:int"/></xs:sequence>'
    )
    path = saved(tmp_path, include("town.xsd"), town=document(local, attributes=""))
    town = complex_type(contract_of(path), "Town")
    assert [
        str(item.name) for item in town.content.particles if isinstance(item, ElementParticle)
    ] == [
        "Name",
        f"{{{NS}}}In",
    ]


@pytest.mark.parametrize(
    "location", ["", ' schemaLocation="http://www.w3.org/2001/xml.xsd"', ' schemaLocation="no.xsd"']
)
def test_attributes_of_the_namespace_of_xml(tmp_path: Path, location: str) -> None:
    name = "http://www.w3.org/XML/1998/namespace"
    one = '<xs:complexType name="One"><xs:attribute ref="xml:lang"/></xs:complexType>'
    all_ = '<xs:complexType name="All"><xs:attributeGroup ref="xml:specialAttrs"/></xs:complexType>'
    path = saved(tmp_path, f'<xs:import namespace="{name}"{location}/>{one}{all_}{TOWN}')
    contract = contract_of(path)
    assert contract.left_out == ()
    for type_, expected in (("One", {"lang"}), ("All", {"lang", "space", "base", "id"})):
        attributes = complex_type(contract, type_).attributes
        assert {item.name for item in attributes} == {QName(name, local) for local in expected}


@pytest.mark.parametrize("location", ["nothing.xsd", "page.xsd"])
def test_the_schema_for_schemas_needs_no_document(tmp_path: Path, location: str) -> None:
    """WCF on Mono imports it from an address that gives a page of HTML."""
    (tmp_path / "page.xsd").write_text("<html/>", encoding="utf-8")
    name = "http://www.w3.org/2001/XMLSchema"
    path = saved(tmp_path, f'<xs:import namespace="{name}" schemaLocation="{location}"/>{TOWN}')
    assert members(complex_type(contract_of(path), "Town")) == ["Name"]


def test_what_means_nothing_for_messages_hinders_nothing(tmp_path: Path) -> None:
    note = (
        "<xs:annotation id='{}'><xs:appinfo><xs:element ref='nothing'/></xs:appinfo>"
        "</xs:annotation>"
    )
    town = f"""{note.format("a")}<xs:notation name="gif" public="image/gif" id="n"/>
      <xs:complexType name="Town" id="t" block="#all" final="" f:by="me" xmlns:f="urn:f">
      {note.format("b")}<xs:sequence id="s">{note.format("c")}
      <xs:element name="Name" type="xs:string" id="e" block="extension" f:x="1">{note.format("d")}
      </xs:element></xs:sequence></xs:complexType>
      <xs:element name="Keyed" type="tns:Town"><xs:key name="k"><xs:selector xpath=".//tns:Name"/>
      <xs:field xpath="."/></xs:key><xs:keyref name="kr" refer="tns:k">
      <xs:selector xpath="tns:Name"/><xs:field xpath="."/></xs:keyref></xs:element>
      {note.format("z")}"""
    defaults = 'elementFormDefault="qualified" blockDefault="#all" finalDefault="restriction"'
    path = saved(tmp_path, include("town.xsd"), town=document(town, attributes=defaults))
    assert members(complex_type(contract_of(path), "Town")) == ["Name"]
    assert planned(path, name="people")


VERSIONING = 'xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning"'


@pytest.mark.parametrize(
    ("condition", "is_there"),
    [
        ('vc:minVersion="1.0"', True),
        ('vc:minVersion="1.1"', False),
        ('vc:maxVersion="1.1"', True),
        ('vc:maxVersion="1.0"', False),
        ('vc:minVersion="0.9" vc:maxVersion="1.05"', True),
        ('vc:typeAvailable="xs:int xs:date"', True),
        ('vc:typeAvailable="xs:int xs:dateTimeStamp"', False),
        ('vc:typeUnavailable="xs:int"', False),
        ('vc:typeUnavailable="xs:int xs:dateTimeStamp"', True),
        ('vc:facetAvailable="xs:assertion"', False),
        ('vc:facetUnavailable="xs:assertion"', True),
        ('vc:facetUnavailable="xs:length tns:length"', True),
        ('vc:unknown="x"', True),
    ],
)
def test_what_is_there_for_some_versions_only(
    tmp_path: Path, condition: str, is_there: bool
) -> None:
    extra = f'<xs:element name="Extra" type="xs:int" {VERSIONING} {condition}/></xs:sequence>'
    path = saved(tmp_path, TOWN.replace("</xs:sequence>", extra))
    expected = ["Name", "Extra"] if is_there else ["Name"]
    assert members(complex_type(contract_of(path), "Town")) == expected


def test_documents_for_other_versions_are_not_read(tmp_path: Path) -> None:
    new = f'<xs:include {VERSIONING} vc:minVersion="1.1" schemaLocation="missing.xsd"/>'
    path = saved(tmp_path, new + TOWN)
    assert members(complex_type(contract_of(path), "Town")) == ["Name"]
    whole = document(include("missing.xsd"), attributes=f'{VERSIONING} vc:minVersion="1.1"')
    path = saved(tmp_path, include("whole.xsd") + TOWN, whole=whole)
    assert members(complex_type(contract_of(path), "Town")) == ["Name"]
    bad = f'<xs:element name="E" {VERSIONING} vc:minVersion="new"/>'
    assert "minVersion is not a decimal number" in refusal(saved(tmp_path, bad + TOWN)).message


@pytest.mark.slow
def test_what_is_absent_is_left_out_unless_a_message_needs_it(tmp_path: Path) -> None:
    absent = (
        '<xs:element name="Bad" type="tns:Ghost"/>\n'
        '<xs:simpleType name="Ghosts"><xs:list itemType="tns:Ghost"/></xs:simpleType>\n'
        '<xs:complexType name="Haunted"><xs:sequence><xs:element name="By" type="tns:Ghosts"/>'
        "</xs:sequence></xs:complexType>\n"
    )
    path = saved(tmp_path, TOWN + absent)
    contract = contract_of(path)
    line = path.read_text(encoding="utf-8").split('"tns:Ghost"')[0].count("\n") + 1
    assert [(item.what, item.place) for item in contract.left_out] == [
        (f"element {{{NS}}}Bad", Place(str(path), line)),
        (f"type {{{NS}}}Ghosts", Place(str(path), line + 1)),
        (f"type {{{NS}}}Haunted", Place(str(path), line + 1)),
    ]
    reason = f"it needs type {{{NS}}}Ghost, which is not defined"
    assert {item.reason for item in contract.left_out} == {reason}
    result = soapgen("build", path, cwd=tmp_path)
    assert result.returncode == 0
    assert f"Left out: element {{{NS}}}Bad ({path}:{line}): {reason}." in result.stdout
    for arguments in (("build", path), ("check", "generated")):
        strict = soapgen(*arguments, "--strict", cwd=tmp_path)
        assert strict.returncode == 2
        assert "would be left out, and 2 more" in strict.stderr

    found = refusal(saved(tmp_path, TOWN + absent, 'type="tns:Haunted"'))
    assert isinstance(found, SourceError)
    assert f"element {{{NS}}}Find cannot be read: {reason}" in found.message


def test_a_prefix_may_mean_several_namespaces_in_a_document(tmp_path: Path) -> None:
    other = '<xs:import namespace="urn:other" schemaLocation="other.xsd"/>'
    path = saved(
        tmp_path,
        other + """<xs:complexType name="Town"><xs:sequence xmlns="urn:other">
          <xs:element name="A" type="T"/>
          <xs:element name="B" type="tns:T" xmlns:tns="urn:other"/>
          <xs:element name="C" type="T" xmlns="urn:example:people"/>
          <xs:element name="D" type="tns:T"/>
        </xs:sequence></xs:complexType><xs:complexType name="T"/>""",
        other=document('<xs:complexType name="T"/>', "urn:other"),
    )
    town = complex_type(contract_of(path), "Town")
    types = [item.type for item in town.content.particles if isinstance(item, ElementParticle)]
    assert types == [QName(namespace, "T") for namespace in ("urn:other",) * 2 + (NS,) * 2]


@pytest.mark.slow
@pytest.mark.parametrize("letter", ["\U00015000", "\u0220", "\u3021"])
def test_names_with_any_letters_of_xml(tmp_path: Path, letter: str) -> None:
    town = TOWN.replace('"Town"', f'"Town{letter}"').replace('"Name"', f'"Name{letter}"')
    path = saved(tmp_path, town, f'type="tns:Town{letter}"')
    assert members(complex_type(contract_of(path), f"Town{letter}")) == [f"Name{letter}"]
    assert planned(path, name="people").packages


def test_a_fixed_value_of_a_union_with_identifiers(tmp_path: Path) -> None:
    union = '<xs:simpleType><xs:union memberTypes="xs:long xs:ID"/></xs:simpleType>'
    path = saved(tmp_path, TOWN + f'<xs:element name="Either" fixed="a">{union}</xs:element>')
    assert contract_of(path).left_out == ()
