"""Restriction, extension, and anonymous types: classes that extend one another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from soapgen.errors import UnsupportedError

from tests.support.echoes import Echoes, complex_type, optional


def derived(name: str, kind: str, base: str, content: str, **attributes: str) -> str:
    inner = (
        f'<xs:complexContent><xs:{kind} base="tns:{base}">{content}</xs:{kind}></xs:complexContent>'
    )
    return complex_type(name, inner, **attributes)


ITEM = '<xs:element name="Item" type="xs:int" minOccurs="0" maxOccurs="unbounded"/>'
PAIR = (
    '<xs:element name="Pair" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>'
    '<xs:element name="Key" type="xs:string"/><xs:element name="Value" type="xs:int"/>'
    "</xs:sequence></xs:complexType></xs:element>"
)
MARK = (
    '<xs:annotation><xs:appinfo><IsDictionary xmlns="http://schemas.microsoft.com/2003/10/'
    'Serialization/">true</IsDictionary></xs:appinfo></xs:annotation>'
)
SCHEMA = "".join(
    [
        complex_type(
            "Address",
            '<xs:sequence><xs:element name="Street" type="xs:string"/>'
            '<xs:element name="Floor" type="xs:int" minOccurs="0"/></xs:sequence>'
            '<xs:attribute name="kind" type="xs:string"/><xs:attribute name="locked" '
            'type="xs:boolean" default="false"/><xs:attribute name="since" type="xs:string" '
            'default="a"/><xs:anyAttribute processContents="lax"/>',
        ),
        '<xs:attribute name="Zone" type="xs:int"/>',
        derived(
            "Ground",
            "restriction",
            "Address",
            '<xs:sequence><xs:element name="Street" type="xs:string"/></xs:sequence>'
            '<xs:attribute name="kind" use="prohibited"/><xs:attribute ref="tns:Zone"/>'
            '<xs:attribute name="locked" use="prohibited"/>'
            '<xs:attribute name="since" use="prohibited"/>',
        ),
        complex_type(
            "All",
            '<xs:all><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/>'
            '<xs:element name="C" type="xs:int" minOccurs="0"/>'
            '<xs:element name="D" type="xs:int" minOccurs="0" nillable="true"/></xs:all>',
        ),
        derived(
            "Turned",
            "restriction",
            "All",
            '<xs:sequence><xs:element name="B" type="xs:int"/><xs:element name="A" type="xs:int"/>'
            "</xs:sequence>",
        ),
        complex_type("Rows", f"<xs:sequence>{ITEM}</xs:sequence>"),
        derived(
            "Named",
            "extension",
            "Rows",
            '<xs:sequence><xs:element name="Name" type="xs:string"/>' "</xs:sequence>",
        ),
        complex_type("Table", f"{MARK}<xs:sequence>{PAIR}</xs:sequence>"),
        derived("Titled", "extension", "Table", '<xs:attribute name="title" type="xs:string"/>'),
        complex_type(
            "Once",
            '<xs:sequence><xs:choice><xs:element name="A" type="xs:int"/>'
            '<xs:element name="B" type="xs:int"/></xs:choice></xs:sequence>',
        ),
        derived(
            "Twice", "extension", "Once", '<xs:attribute name="c" type="xs:int" use="required"/>'
        ),
        '<xs:element name="Node"><xs:complexType><xs:sequence>'
        '<xs:element name="Name" type="xs:string"/><xs:element ref="tns:Node" '
        'minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>',
        complex_type(
            "Tree",
            '<xs:sequence><xs:element name="Leaf"><xs:complexType mixed="true"><xs:sequence>'
            '<xs:element name="Vein" type="xs:int"/></xs:sequence></xs:complexType></xs:element>'
            "</xs:sequence>",
        ),
    ]
)
LONGER = derived(
    "Longer",
    "extension",
    "Address",
    '<xs:sequence><xs:element name="Street" type="xs:string"/></xs:sequence>',
)


@pytest.fixture(scope="module")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> Echoes:
    names = "Ground Turned Rows Named Table Titled Once Tree".split()
    node = '<xs:element ref="tns:Node" minOccurs="0"/>'
    return Echoes(tmp_path_factory.mktemp("derived"), SCHEMA, [*optional(*names), node])


@pytest.mark.slow
def test_a_restriction_is_what_it_restricts(echoes: Echoes) -> None:
    ground = echoes.models.Ground(street="a", zone=7)
    assert isinstance(ground, echoes.models.Address)
    echoes.again(ground=ground)
    assert 'Zone="7"><Street>a</Street></Ground>' in echoes.sent(ground=ground)


def test_members_that_a_restriction_takes_away_are_none(echoes: Echoes) -> None:
    read = echoes.unchanged("<Ground><Street>a</Street></Ground>", "ground")
    assert (read.floor, read.kind, read.zone) == (None, None, None)


def test_members_that_a_restriction_takes_away_must_not_be_given(echoes: Echoes) -> None:
    models = echoes.models
    message = echoes.refused(ground=models.Ground(street="a", floor=1))
    assert message == "people:Ground: the type has no floor, which it takes away from its base"
    assert "the type has no kind" in echoes.refused(ground=models.Ground(street="a", kind="b"))
    assert "no locked" in echoes.refused(ground=models.Ground(street="a", locked=True))
    assert "no since" in echoes.refused(ground=models.Ground(street="a", since="b"))


def test_a_restriction_may_change_the_order_of_all(echoes: Echoes) -> None:
    assert echoes.unchanged("<Turned><B>1</B><A>2</A></Turned>", "turned").a == 2
    echoes.again(turned=echoes.models.Turned(a=1, b=2))
    assert "has no c" in echoes.refused(turned=echoes.models.Turned(a=1, b=2, c=3))
    nil = echoes.models.Turned(a=1, b=2)
    echoes.built.module("_nil_members").set_nil_member(nil, "d")
    assert "has no d" in echoes.refused(turned=nil)


def test_types_that_extend_a_list_or_a_dictionary(echoes: Echoes) -> None:
    models = echoes.models
    named = models.Named(item=[1, 2], name="a")
    echoes.again(named=named)
    echoes.again(rows=named)
    assert 'xsi:type="Named"' in echoes.sent(rows=named).replace("people:", "")
    titled = models.Titled(pair=[models.TablePair(key="a", value=1)], title="b")
    echoes.again(titled=titled)
    echoes.again(table=titled)


def test_a_type_whose_prefix_is_not_declared(echoes: Echoes) -> None:
    message = echoes.rejected('<Rows xsi:type="nope:Named"><Item>1</Item></Rows>')
    assert message == (
        "Envelope/Body/FindResponse/Rows: the prefix of the type 'nope:Named' is not declared"
    )


def test_a_choice_is_checked_in_derived_classes_too(echoes: Echoes) -> None:
    twice = echoes.models.Twice
    echoes.again(once=twice(a=1, c=2))
    assert "one of a and b, got a and b" in echoes.refused(once=twice(a=1, b=2, c=3))
    assert "one of a and b, got none" in echoes.refused(once=twice(c=3))


@pytest.mark.slow
def test_an_element_that_comes_back_in_an_extension(tmp_path: Any) -> None:
    echoes = Echoes(tmp_path, SCHEMA + LONGER, optional("Address", "Longer"))
    models = echoes.models
    streets = [models.AddressStreet("a"), models.AddressFloor(1), models.AddressStreet("b")]
    longer = models.Longer(items=streets)
    echoes.again(longer=longer)
    echoes.again(address=longer)
    echoes.again(address=models.Address(items=[models.AddressStreet("a")], kind="b"))


def test_an_anonymous_type_that_contains_itself(echoes: Echoes) -> None:
    node = echoes.models.Node
    tree = node(name="a", node=[node(name="b"), node(name="c", node=[node(name="d")])])
    echoes.again(node=tree)
    tree.node[1].node[0].name = 1
    path = echoes.refused(node=tree).replace("people:", "")
    assert path == "Node/Node[1]/Node[0]/Name: expected str, not int"


def test_an_anonymous_type_within_another(echoes: Echoes) -> None:
    models = echoes.models
    leaf = models.TreeLeaf(content=["a", models.TreeLeafVein(1), "b"])
    echoes.again(tree=models.Tree(leaf=leaf))


def test_an_abstract_type_between_others(tmp_path: Path) -> None:
    """No element is of it: it is neither written nor read, as what extends it is."""
    empty = "<xs:sequence/>"
    schema = "".join(
        [
            complex_type("Animal", empty, abstract="true"),
            derived("Mammal", "extension", "Animal", empty, abstract="true"),
            derived("Dog", "extension", "Mammal", empty),
        ]
    )
    echoes = Echoes(tmp_path, schema, optional("Animal"))
    dog = echoes.models.Dog()
    assert echoes.again(animal=dog) == dog
    assert "Animal is abstract" in echoes.refused(animal=echoes.models.Mammal())
    assert "Mammal" in echoes.rejected('<Animal xsi:type="people:Mammal"/>')


NOTED = complex_type(
    "Noted",
    '<xs:sequence><xs:element name="Count" type="xs:int" default="1" minOccurs="0"/>'
    '<xs:element name="Note" type="xs:string" minOccurs="0"/></xs:sequence>'
    '<xs:attribute name="kind" type="xs:string" default="base"/>'
    '<xs:attribute name="size" type="xs:int"/>',
)
OTHER = derived(
    "Other",
    "restriction",
    "Noted",
    '<xs:sequence><xs:element name="Count" type="xs:int" default="2" minOccurs="0"/>'
    '<xs:element name="Note" type="xs:string" default="none" minOccurs="0"/></xs:sequence>'
    '<xs:attribute name="kind" type="xs:string" default="other"/>'
    '<xs:attribute name="size" type="xs:int" fixed="7"/>',
)


def test_a_restriction_with_other_defaults(tmp_path: Path) -> None:
    further = derived(
        "Further", "extension", "Other", '<xs:attribute name="far" type="xs:boolean"/>'
    ) + derived(
        "Bare",
        "restriction",
        "Other",
        '<xs:sequence/><xs:attribute name="kind" use="prohibited"/>',
    )
    echoes = Echoes(tmp_path, NOTED + OTHER + further, optional("Noted", "Other"))
    other = echoes.models.Other
    assert (other().kind, other().size, echoes.models.Noted().kind) == ("other", 7, "base")
    assert echoes.read("<Noted><Count/></Noted>", "noted") == echoes.models.Noted(count=1)
    for content, kind in (
        ("<Other><Count/><Note/></Other>", other),
        ('<Other xsi:type="Further"><Count/><Note/></Other>', echoes.models.Further),
    ):
        read = echoes.read(content, "other")
        assert read == kind(count=2, note="none")
        echoes.again(other=read)
    bare = echoes.read('<Other xsi:type="Bare"/>', "other")
    assert 'size="7"' in echoes.sent(other=bare)
    assert "kind" not in echoes.sent(other=bare)
    assert "Other: the type has no kind" in echoes.refused(other=echoes.models.Bare(kind="base"))
    message = "Other/Note: an empty text would be read as its default, 'none'"
    assert message in echoes.refused(other=other(note=""))


def test_a_restriction_that_takes_a_default_away_is_left_out(tmp_path: Path) -> None:
    without = OTHER.replace(' default="other"', "")
    with pytest.raises(UnsupportedError, match="Other takes the default of its attribute kind"):
        Echoes(tmp_path, NOTED + without, optional("Other"))
