"""Schemas → types: what the contract says, as data."""

from __future__ import annotations

from pathlib import Path

import pytest
from soapgen.contract.model import (
    ArrayType,
    ComplexType,
    Compositor,
    ElementParticle,
    EnumType,
    Group,
    ListType,
    MapType,
    Occurrence,
    QName,
    UnionType,
)
from soapgen.contract.services import Contract
from soapgen.errors import Place

from tests.support.packages import contract_of
from tests.support.paths import SHAPES, WSDL
from tests.support.small import SCHEMA, wsdl

CRM = "http://www.superoffice.net/ws/crm/NetServer/Services86"
ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
XSD = "http://www.w3.org/2001/XMLSchema"


@pytest.fixture(scope="module")
def email() -> Contract:
    return contract_of(WSDL / "EMail.wsdl")


@pytest.fixture(scope="module")
def shapes() -> Contract:
    return contract_of(SHAPES)


def test_an_entity_keeps_its_own_members_and_names_its_base(email: Contract) -> None:
    found = email.types[QName(CRM, "SyncUserAccount")]
    assert isinstance(found, ComplexType)
    assert found.base == QName(CRM, "Carrier")
    assert found.data_contract
    names = [
        item.name.local for item in found.content.particles if isinstance(item, ElementParticle)
    ]
    assert names == ["AccountId", "AssociateName", "AssociateId"]
    assert found.content.particles[1] == ElementParticle(
        QName(CRM, "AssociateName"), QName(XSD, "string"), Occurrence(0, 1), nillable=True
    )


def test_containers(email: Contract) -> None:
    array = email.types[QName(ARRAYS, "ArrayOfint")]
    assert array == ArrayType(
        QName(ARRAYS, "ArrayOfint"),
        ElementParticle(QName(ARRAYS, "int"), QName(XSD, "int"), Occurrence(0, None)),
    )
    pairs = email.types[QName(CRM, "StringDictionary")]
    assert isinstance(pairs, MapType)
    assert pairs.entry == QName(CRM, "StringKeyValuePair")
    assert (pairs.key.name.local, pairs.value.name.local) == ("Key", "Value")


def test_enumerations_and_flags(email: Contract) -> None:
    kind = email.types[QName(CRM, "AddressType")]
    assert isinstance(kind, EnumType)
    assert [(item.value, item.number) for item in kind.values][-2:] == [
        ("QuoteBillingAddress", 8196),
        ("QuoteShippingAddress", 8197),
    ]
    flags = email.types[QName(CRM, "EMailFlags")]
    assert isinstance(flags, ListType)
    assert isinstance(flags.item, EnumType)
    assert [item.value for item in flags.item.values][:2] == ["Seen", "Deleted"]


def test_particles(shapes: Contract) -> None:
    drawing = shapes.types[QName("urn:example:shapes", "Drawing")]
    assert isinstance(drawing, ComplexType)
    choice = drawing.content.particles[3]
    assert isinstance(choice, Group)
    assert choice.compositor is Compositor.CHOICE
    assert isinstance(shapes.types[QName("urn:example:shapes", "Size")], UnionType)
    assert not drawing.data_contract


def test_an_extension_that_adds_nothing(shapes: Contract) -> None:
    dot = shapes.types[QName("urn:example:shapes", "Dot")]
    assert isinstance(dot, ComplexType)
    assert dot.base == QName("urn:example:shapes", "Shape")
    assert dot.content.particles == ()


def test_documentation_and_places_are_kept_and_not_compared(tmp_path: Path) -> None:
    plain = wsdl()
    noted = plain.replace(
        '<xs:complexType name="Person">',
        '<xs:complexType name="Person"><xs:annotation><xs:documentation>Somebody\n  alive.'
        "</xs:documentation></xs:annotation>",
    )
    found = []
    for name, content in (("plain", plain), ("noted", noted)):
        path = tmp_path / f"{name}.wsdl"
        path.write_text(content, encoding="utf-8")
        found.append(contract_of(path).types[QName("urn:example:people", "Person")])
    first, second = found
    assert first == second
    assert isinstance(first, ComplexType)
    assert isinstance(second, ComplexType)
    assert (first.documentation, second.documentation) == ("", "Somebody alive.")
    line = plain[: plain.index('name="Person"')].count("\n") + 1
    assert first.place == Place(str(tmp_path / "plain.wsdl"), line)


def test_the_serialization_schema_makes_a_data_contract_even_where_nothing_imports_it(
    tmp_path: Path,
) -> None:
    serialization = (
        '<xs:schema targetNamespace="http://schemas.microsoft.com/2003/10/Serialization/"/>'
    )
    for extra, expected in (("", False), (serialization, True)):
        (tmp_path / "People.wsdl").write_text(
            wsdl().replace("</wsdl:types>", f"{extra}</wsdl:types>"), encoding="utf-8"
        )
        said = contract_of(tmp_path / "People.wsdl")
        person = said.types[QName("urn:example:people", "Person")]
        assert isinstance(person, ComplexType)
        assert person.data_contract is expected


def test_a_schema_without_a_namespace_adopts_that_of_the_one_that_includes_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "part.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">'
        '<xs:complexType name="Town"><xs:sequence><xs:element name="Twin" type="Town"'
        ' minOccurs="0"/></xs:sequence></xs:complexType></xs:schema>',
        encoding="utf-8",
    )
    content = wsdl().replace(
        '<xs:complexType name="Person">',
        '<xs:include schemaLocation="part.xsd"/><xs:complexType name="Person">',
    )
    (tmp_path / "People.wsdl").write_text(content, encoding="utf-8")
    town = contract_of(tmp_path / "People.wsdl").types[QName("urn:example:people", "Town")]
    assert isinstance(town, ComplexType)
    assert town.content.particles == (
        ElementParticle(
            QName("urn:example:people", "Twin"),
            QName("urn:example:people", "Town"),
            Occurrence(0, 1),
        ),
    )


def test_places_where_a_schema_has_comments_and_what_only_looks_like_a_part_of_it(
    tmp_path: Path,
) -> None:
    """An include in an appinfo is none, and a pattern that is left out moves no place."""
    noise = (
        "<!-- a comment --><?target data?><xs:annotation><xs:appinfo><xs:include "
        'schemaLocation="nowhere.xsd"/><xs:pattern value="x"/><été/></xs:appinfo></xs:annotation>'
        '<xs:simpleType name="Code"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]+"/>'
        "</xs:restriction></xs:simpleType>"
    )
    path = tmp_path / "Noisy.wsdl"
    path.write_text(wsdl(noise + SCHEMA), encoding="utf-8")
    line = next(
        number
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if 'complexType name="Person"' in text
    )
    found = contract_of(path).types[QName("urn:example:people", "Person")]
    assert found.place == Place(str(path), line)
