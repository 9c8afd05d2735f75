"""Nil, missing and empty are three things; so are a default and what is given."""

from __future__ import annotations

import copy
import inspect
import pickle
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.echoes import Echoes, complex_type, optional
from tests.support.packages import build_package
from tests.support.small import wsdl

SCHEMA = "".join(
    [
        complex_type(
            "Person",
            '<xs:sequence><xs:element name="Name" type="xs:string" nillable="true"/>'
            '<xs:element name="Nick" type="xs:string" nillable="true" minOccurs="0"/>'
            '<xs:element name="Born" type="xs:date" nillable="true" minOccurs="0"/>'
            '<xs:element name="Home" type="tns:Place" nillable="true" minOccurs="0"/>'
            '<xs:element name="Code" type="xs:string" minOccurs="0"/></xs:sequence>',
        ),
        complex_type(
            "Place", '<xs:sequence><xs:element name="Town" type="xs:string"/></xs:sequence>'
        ),
        complex_type(
            "Author",
            '<xs:complexContent><xs:extension base="tns:Person"><xs:sequence>'
            '<xs:element name="Books" type="xs:int" nillable="true" minOccurs="0"/>'
            "</xs:sequence></xs:extension></xs:complexContent>",
        ),
        complex_type(
            "Priced",
            '<xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="unit"/>'
            "</xs:extension></xs:simpleContent>",
        ),
        complex_type(
            "Usual",
            '<xs:sequence><xs:element name="Text" type="xs:string" default="a &quot;b&quot;"/>'
            '<xs:element name="Count" type="xs:int" default="3" minOccurs="0"/>'
            '<xs:element name="Share" type="xs:decimal" default="0.5" nillable="true"/>'
            '<xs:element name="Sizes" type="xs:int" default="7" minOccurs="0" maxOccurs="3"/>'
            '<xs:element name="Price" type="tns:Priced" default="9.5"/></xs:sequence>',
        ),
        complex_type(
            "Fixed",
            '<xs:sequence><xs:element name="Version" type="xs:decimal" fixed="1.0"/>'
            '<xs:element name="Kind" type="xs:string" fixed="a" minOccurs="0"/>'
            '<xs:element name="Nil" type="xs:int" fixed="5" minOccurs="0" nillable="true"/>'
            '<xs:element name="All" type="xs:int" fixed="1" minOccurs="0" maxOccurs="9"/>'
            '<xs:element name="Price" type="tns:Priced" fixed="9.5" minOccurs="0"/>'
            '<xs:element name="Prices" type="tns:Priced" fixed="2" minOccurs="0" maxOccurs="9"/>'
            '<xs:element name="State" type="tns:Named" fixed="on" minOccurs="0" nillable="true"/>'
            "</xs:sequence>",
        ),
        '<xs:simpleType name="State"><xs:restriction base="xs:token">'
        '<xs:enumeration value="on"/><xs:enumeration value="off"/></xs:restriction>'
        "</xs:simpleType>",
        complex_type(
            "Named",
            '<xs:simpleContent><xs:extension base="tns:State"><xs:attribute name="by"/>'
            "</xs:extension></xs:simpleContent>",
        ),
        complex_type(
            "Either",
            '<xs:choice><xs:element name="Left" type="tns:Place" nillable="true"/>'
            '<xs:element name="Right" type="xs:int" nillable="true"/></xs:choice>',
        ),
        complex_type(
            "Room",
            '<xs:sequence><xs:element name="Size" type="xs:int" minOccurs="0"/>'
            '<xs:element name="Door" type="xs:int" nillable="true"/>'
            '<xs:element name="Inner" type="tns:Room" nillable="true" minOccurs="0" '
            'maxOccurs="9"/></xs:sequence><xs:attribute name="floor" type="xs:int"/>',
        ),
        complex_type(
            "Hall",
            '<xs:complexContent><xs:extension base="tns:Room"><xs:sequence>'
            '<xs:element name="Seats" type="xs:int" minOccurs="0"/></xs:sequence>'
            '<xs:attribute name="name"/></xs:extension></xs:complexContent>',
        ),
    ]
)


@pytest.fixture(scope="module")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> Echoes:
    elements = optional("Person", "Usual", "Fixed", "Either")
    elements.append('<xs:element name="Root" type="xs:int" nillable="true" minOccurs="0"/>')
    elements.append('<xs:element name="Any" nillable="true" minOccurs="0"/>')
    elements.append('<xs:element name="Room" type="tns:Room" nillable="true" minOccurs="0"/>')
    return Echoes(tmp_path_factory.mktemp("nil"), SCHEMA, elements)


@pytest.fixture
def nil(echoes: Echoes) -> Any:
    return echoes.built.module("_nil_members")


NIL = ' xsi:nil="true"/>'


def test_nil_missing_and_empty_go_back_as_they_came(echoes: Echoes, nil: Any) -> None:
    for content, value, is_nil in (
        ("<Nick>a</Nick>", "a", False),
        ("<Nick></Nick>", "", False),
        ("", None, False),
        (f"<Nick{NIL}", None, True),
    ):
        person = echoes.unchanged(f"<Person><Name>b</Name>{content}</Person>", "person")
        assert person.nick == value
        assert nil.is_nil_member(person, "nick") is is_nil
        assert not nil.is_nil_member(person, "born")


def test_a_member_that_is_set_to_nil(echoes: Echoes, nil: Any) -> None:
    person = echoes.models.Person(name=None, nick="a", born=date(2026, 1, 2))
    nil.set_nil_member(person, "nick")
    nil.set_nil_member(person, "home")
    assert person.nick is None
    content = echoes.sent(person=person)
    assert content.startswith(f"<Person><Name{NIL}<Nick{NIL}<Born>2026-01-02</Born><Home{NIL}")
    echoes.again(person=person)


def test_what_is_given_is_written_whatever_was_nil(echoes: Echoes, nil: Any) -> None:
    person = echoes.read(f"<Person><Name/><Nick{NIL}</Person>", "person")
    person.nick = "again"
    assert not nil.is_nil_member(person, "nick")
    assert "<Nick>again</Nick>" in echoes.sent(person=person)


def test_only_members_can_be_nil(echoes: Echoes, nil: Any) -> None:
    with pytest.raises(AttributeError):
        nil.set_nil_member(echoes.models.Person(), "nickname")


def test_copies_are_nil_where_the_first_was(echoes: Echoes, nil: Any) -> None:
    person = echoes.read(f"<Person><Name/><Nick{NIL}</Person>", "person")
    for other in (copy.deepcopy(person), pickle.loads(pickle.dumps(person))):
        assert other == person
        assert nil.is_nil_member(other, "nick")
    assert person != echoes.read("<Person><Name/></Person>", "person"), "missing is not nil"


def test_nil_members_of_derived_classes(echoes: Echoes, nil: Any) -> None:
    author = echoes.models.Author(name="a")
    nil.set_nil_member(author, "books")
    nil.set_nil_member(author, "nick")
    content = echoes.sent(person=author)
    assert f"<Nick{NIL}" in content
    assert f"<Books{NIL}" in content
    again = echoes.again(person=author)
    assert nil.is_nil_member(again, "books")


def test_nil_is_one_of_the_branches_of_a_choice(echoes: Echoes, nil: Any) -> None:
    either = echoes.unchanged(f"<Either><Left{NIL}</Either>", "either")
    assert nil.is_nil_member(either, "left")
    either.right = 0
    assert "Either: expected one of left and right, got left and right" in (
        echoes.refused(either=either)
    )
    either.nil_members = frozenset()
    assert echoes.sent(either=either) == "<Either><Right>0</Right></Either>"
    with pytest.raises(echoes.errors.InvalidValue, match="left and right, got none"):
        echoes.built.builders.build_find(either=echoes.models.Either())


def test_nil_members_of_a_message(echoes: Echoes, nil: Any) -> None:
    """What a message has is told apart where it is read; a builder's None is missing."""
    missing = echoes.built.builders.build_find_response(last=1)
    there = missing.replace(b"<Last>", f"<Root{NIL}<Last>".encode())
    for content, is_nil in ((missing, False), (there, True)):
        result = echoes.built.parse("find", content)
        assert result.root is None
        assert nil.is_nil_member(result, "root") is is_nil


def test_a_nil_element_keeps_its_attributes(echoes: Echoes) -> None:
    room = echoes.unchanged('<Room xsi:nil="true" floor="3"></Room>', "room")
    assert room == echoes.models.Room(floor=3, nil_with_attributes=True)
    for other in (copy.deepcopy(room), pickle.loads(pickle.dumps(room))):
        assert other == room
    assert echoes.read(f"<Room{NIL}", "room") is None
    room.size = 4
    content = f'<Room floor="3"><Size>4</Size><Door{NIL}</Room>'
    assert echoes.sent(room=room).startswith(content), "what is given is written"


def test_nil_items_keep_their_attributes(echoes: Echoes) -> None:
    inner = f'<Inner{NIL}<Inner xsi:nil="true" floor="2"></Inner><Inner><Door>1</Door></Inner>'
    room = echoes.unchanged(f"<Room><Door{NIL}{inner}</Room>", "room")
    plain, with_attributes, given = room.inner
    assert echoes.built.module("_values").is_nil(plain)
    assert [item.nil_with_attributes for item in room.inner] == [False, True, False]
    assert (with_attributes.floor, given.door) == (2, 1)


def test_a_nil_element_keeps_the_type_that_its_attributes_are_of(echoes: Echoes) -> None:
    content = '<Room xsi:type="Hall" xsi:nil="true" floor="3" name="great"></Room>'
    hall = echoes.unchanged(content, "room")
    assert hall == echoes.models.Hall(floor=3, name="great", nil_with_attributes=True)


def test_nil_without_attributes_is_no_value_of_any_type(echoes: Echoes) -> None:
    assert echoes.read(f'<Room xsi:type="Hall"{NIL}', "room") is None
    person = echoes.read(f'<Person><Name>a</Name><Home xsi:type="Place"{NIL}</Person>', "person")
    assert echoes.sent(person=person) == f"<Person><Name>a</Name><Home{NIL}</Person>"


def test_nil_of_any_type(echoes: Echoes) -> None:
    assert echoes.read(f"<Any{NIL}", "any") is None
    value = echoes.read(f'<Any xsi:type="people:Place"{NIL}', "any")
    assert 'xsi:type="people:Place" xsi:nil="true"/>' in echoes.sent(any=value)


def test_a_wrong_value_of_a_member_that_may_be_nil(echoes: Echoes) -> None:
    person = echoes.models.Person(name="a", home=echoes.models.Place(town=1))
    assert "Person/Home/Town: expected str, not int" in echoes.refused(person=person)


# --- defaults ------------------------------------------------------------------------------------

FULL = "<Usual><Text/><Count/><Share/><Sizes/><Sizes>1</Sizes><Price unit='a'/></Usual>"


def test_an_empty_element_means_its_default(echoes: Echoes) -> None:
    read = echoes.read(FULL, "usual")
    assert (read.text, read.count, read.share, read.sizes) == ('a "b"', 3, Decimal("0.5"), [7, 1])
    assert read.price == echoes.models.Priced(value=Decimal("9.5"), unit="a")
    echoes.again(usual=read)


def test_a_missing_or_nil_element_does_not(echoes: Echoes) -> None:
    read = echoes.read(f"<Usual><Text>a</Text><Share{NIL}<Price>1</Price></Usual>", "usual")
    assert (read.text, read.count, read.share, read.sizes) == ("a", None, None, [])
    echoes.again(usual=read)


def test_an_empty_text_cannot_be_sent_where_it_means_a_default(echoes: Echoes) -> None:
    usual = echoes.read(FULL, "usual")
    usual.text = ""
    message = echoes.refused(usual=usual)
    assert message.endswith("Usual/Text: an empty text would be read as its default, 'a \"b\"'")


# --- fixed values --------------------------------------------------------------------------------


def test_a_fixed_element_has_its_value_and_no_other(echoes: Echoes) -> None:
    fixed = echoes.models.Fixed
    read = echoes.read("<Fixed><Version/><Kind/><Nil/><All/><All>1</All></Fixed>", "fixed")
    assert (read.version, read.kind, read.nil) == (1, "a", 5)
    echoes.again(fixed=read)
    assert echoes.sent(fixed=fixed(version=1)) == "<Fixed><Version>1</Version></Fixed>"


def test_a_fixed_text_with_attributes(echoes: Echoes) -> None:
    content = (
        '<Fixed><Version>1</Version><Price unit="a">9.50</Price><Prices/><Prices>2</Prices>'
        "<State by='b'/></Fixed>"
    )
    read = echoes.read(content, "fixed")
    assert read.price == echoes.models.Priced(value=Decimal("9.5"), unit="a")
    assert ([item.value for item in read.prices], read.state.value) == ([2, 2], "on")
    echoes.again(fixed=read)
    for members, message in (
        ({"price": "9.6"}, "Fixed/Price: expected '9.5', which is fixed, got '9.6'"),
        ({"prices": ["2.0", "3"]}, "Fixed/Prices[1]: expected '2', which is fixed, got '3'"),
    ):
        values = {
            name: (
                [echoes.models.Priced(value=Decimal(item)) for item in value]
                if isinstance(value, list)
                else echoes.models.Priced(value=Decimal(value))
            )
            for name, value in members.items()
        }
        assert message in echoes.refused(fixed=echoes.models.Fixed(version=Decimal(1), **values))
    state = echoes.models.Named(value=echoes.models.State.OFF)
    fixed = echoes.models.Fixed(version=Decimal(1), state=state)
    assert "Fixed/State: expected 'on', which is fixed, got 'off'" in echoes.refused(fixed=fixed)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"version": 2}, "Fixed/Version: expected '1.0', which is fixed, got '2'"),
        ({"version": "1.0"}, "Fixed/Version: expected a finite Decimal, not str"),
        ({"kind": "b"}, "Fixed/Kind: expected 'a', which is fixed, got 'b'"),
        ({"kind": ""}, "Fixed/Kind: expected 'a', which is fixed, got ''"),
        ({"nil": 6}, "Fixed/Nil: expected '5', which is fixed, got '6'"),
        ({"all": [1, 2]}, "Fixed/All[1]: expected '1', which is fixed, got '2'"),
        ({"all": 1}, "Fixed/All: expected a list, not int"),
        ({"price": 9.5}, "Fixed/Price: expected Priced, not float, which has no"),
        ({"prices": 1}, "Fixed/Prices: expected a list, not int"),
    ],
)
def test_another_value_than_the_fixed_one(
    echoes: Echoes, members: dict[str, Any], message: str
) -> None:
    value = echoes.models.Fixed(**{"version": Decimal(1), **members})
    assert message in echoes.refused(fixed=value)


def test_parameters_that_are_called_like_what_checks_them(tmp_path: Path) -> None:
    kinds = {"only_fixed": "int", "integer_value": "int", "string_text": "string", "str": "string"}
    one = '<xs:element name="{}" type="xs:{}" fixed="1" minOccurs="0"/>'
    elements = [one.format(name, kind) for name, kind in kinds.items()]
    elements.append('<xs:element name="not_empty" type="xs:string" default="a" minOccurs="0"/>')
    echoes = Echoes(tmp_path, "", elements)
    build = echoes.built.builders.build_find
    for name in inspect.signature(build).parameters:
        value = "1" if "str" in build.__annotations__[name] else 1
        assert b">1</" in build(**{name: value}), name


def test_a_list_as_all_of_a_message_that_is_nil(tmp_path: Path) -> None:
    schema = complex_type(
        "Numbers",
        '<xs:sequence><xs:element name="Number" type="xs:int" maxOccurs="unbounded"/>'
        "</xs:sequence>",
    ) + "".join(
        f'<xs:element name="{name}" type="tns:Numbers" nillable="true"/>'
        for name in ("Find", "FindResponse")
    )
    path = tmp_path / "Numbers.wsdl"
    path.write_text(wsdl(schema), encoding="utf-8")
    built = build_package(path, tmp_path, name="numbers_client")
    for value in (None, [1, 2]):
        assert built.parse_request("find", built.build("find", value)) == (value,)
        assert built.parse("find", built.build_response("find", value)) == value


def test_parameters_that_are_nil_or_missing(tmp_path: Path) -> None:
    member = '<xs:element name="{}" type="xs:{}" nillable="true" minOccurs="0"/>'
    members = member.format("name", "string") + member.format("nil_members", "int")
    schema = "".join(
        f'<xs:element name="{name}"><xs:complexType><xs:sequence>{members}</xs:sequence>'
        "</xs:complexType></xs:element>"
        for name in ("Find", "FindResponse")
    )
    path = tmp_path / "Save.wsdl"
    path.write_text(wsdl(schema), encoding="utf-8")
    built = build_package(path, tmp_path, name="save_client")
    builders, parsers = built.builders, built.parsers
    for nil in ((), {"name"}, {"nil_members_"}, {"name", "nil_members_"}):
        request = builders.build_find(None, nil_members=nil)
        assert request.count(b'xsi:nil="true"') == len(nil)
        assert parsers.parse_find_request(request).nil_members == frozenset(nil)
        response = builders.build_find_response(None, nil_members=nil)
        assert parsers.parse_find(response).nil_members == frozenset(nil)
    assert b"xsi:nil" not in builders.build_find("a", 1, nil_members={"name"})


def test_an_answer_of_one_member_that_is_nil_or_missing(tmp_path: Path) -> None:
    member = '<xs:element name="Age" type="xs:int" nillable="true" minOccurs="0"/>'
    schema = "".join(
        f'<xs:element name="{name}"><xs:complexType><xs:sequence>{member}</xs:sequence>'
        "</xs:complexType></xs:element>"
        for name in ("Find", "FindResponse")
    )
    path = tmp_path / "Ages.wsdl"
    path.write_text(wsdl(schema), encoding="utf-8")
    built = build_package(path, tmp_path, name="ages_client", server=False)
    server = build_package(path, tmp_path, name="ages_server").builders
    is_nil_answer = import_module("ages_client").is_nil_answer
    for value, nil in ((None, True), (None, False), (3, False)):
        answer = server.build_find_response(value, nil_members={"age"} if nil else ())
        assert built.parse("find", answer) == value
        assert is_nil_answer(answer) is nil
    with pytest.raises(built.errors.UnexpectedResponse):
        is_nil_answer(b"<Age/>")


def test_clients_hand_on_which_parameters_are_nil(tmp_path: Path) -> None:
    member = '<xs:element name="Age" type="xs:int" nillable="true" minOccurs="0"/>'
    schema = (
        f'<xs:element name="Find"><xs:complexType><xs:sequence>{member}</xs:sequence>'
        "</xs:complexType></xs:element>"
        '<xs:element name="FindResponse"><xs:complexType/></xs:element>'
    )
    path = tmp_path / "Save.wsdl"
    path.write_text(wsdl(schema), encoding="utf-8")
    built = build_package(path, tmp_path, name="nil_age_client")
    sent = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.content)
        return httpx.Response(200, content=built.builders.build_find_response())

    http = httpx.Client(transport=httpx.MockTransport(answer))
    with built.client.PeopleClient("http://x/", http=http) as client:
        client.find(nil_members={"age"})
        client.find()
    assert [b'Age xsi:nil="true"/>' in content for content in sent] == [True, False]
