"""Choices and substitution groups: one of several elements, once or in a list in their order."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.support.echoes import Echoes, complex_type, optional
from tests.support.packages import build_package
from tests.support.small import wsdl
from tests.support.typing import mypy

TWO = (
    '<xs:element name="Card" type="xs:string"/>'
    '<xs:sequence><xs:element name="Bank" type="xs:string"/>'
    '<xs:element name="Account" type="xs:int" minOccurs="0"/></xs:sequence>'
)
SCHEMA = "".join(
    [
        complex_type(
            "Book", '<xs:sequence><xs:element name="Title" type="xs:string"/></xs:sequence>'
        ),
        complex_type("Once", f"<xs:choice>{TWO}</xs:choice>"),
        complex_type("Perhaps", f'<xs:choice minOccurs="0">{TWO}</xs:choice>'),
        complex_type(
            "Nested",
            '<xs:choice><xs:element name="A" type="xs:int"/><xs:choice>'
            '<xs:element name="B" type="xs:int"/><xs:element name="C" type="xs:int"/>'
            "</xs:choice></xs:choice>",
        ),
        complex_type(
            "Many",
            '<xs:sequence><xs:choice minOccurs="0" maxOccurs="unbounded">'
            '<xs:element name="Book" type="tns:Book"/>'
            '<xs:element name="Note" type="xs:string"/>'
            '<xs:element name="Count" type="xs:int" nillable="true" default="5"/>'
            "</xs:choice></xs:sequence>",
        ),
        complex_type(
            "Entries",
            '<xs:sequence minOccurs="0" maxOccurs="3"><xs:element name="Key" type="xs:string"/>'
            '<xs:element name="Book" type="tns:Book" minOccurs="0"/></xs:sequence>',
        ),
        complex_type(
            "Again",
            '<xs:sequence><xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int"/>'
            '<xs:element name="A" type="xs:int" minOccurs="0"/></xs:sequence>',
        ),
        complex_type(
            "Tags",
            '<xs:sequence><xs:element name="Tag" type="xs:string" minOccurs="0"'
            ' maxOccurs="unbounded"/></xs:sequence>',
        ),
        complex_type(
            "Change",
            '<xs:choice><xs:element name="Add" type="tns:Tags"/>'
            '<xs:element name="Remove" type="tns:Tags"/>'
            '<xs:element name="Other" type="xs:string" maxOccurs="unbounded"/></xs:choice>',
        ),
        '<xs:group name="Lines"><xs:choice><xs:element name="Text" type="xs:string"/>'
        '<xs:element name="Rule" type="tns:Book"/></xs:choice></xs:group>',
        complex_type(
            "Grouped",
            '<xs:sequence><xs:group ref="tns:Lines" maxOccurs="unbounded"/></xs:sequence>',
        ),
        # Substitution groups: of types, of simple types, of one type, and with a head that stands.
        '<xs:element name="Stop" type="tns:Place" abstract="true"/>'
        '<xs:element name="Harbour" type="tns:Port" substitutionGroup="tns:Stop"/>'
        '<xs:element name="Town" type="tns:Place" substitutionGroup="tns:Stop"/>'
        '<xs:element name="Village" type="tns:Place" substitutionGroup="tns:Stop"/>',
        complex_type(
            "Place", '<xs:sequence><xs:element name="Name" type="xs:string"/></xs:sequence>'
        ),
        complex_type(
            "Port",
            '<xs:complexContent><xs:extension base="tns:Place"><xs:sequence>'
            '<xs:element name="Berths" type="xs:int"/></xs:sequence></xs:extension>'
            "</xs:complexContent>",
        ),
        '<xs:element name="Amount" type="xs:decimal"/>'
        '<xs:element name="Whole" type="xs:int" substitutionGroup="tns:Amount"/>',
        complex_type(
            "Route",
            '<xs:sequence><xs:element ref="tns:Stop"/>'
            '<xs:element ref="tns:Amount" minOccurs="0"/></xs:sequence>',
        ),
        complex_type(
            "Stops", '<xs:sequence><xs:element ref="tns:Stop" maxOccurs="unbounded"/></xs:sequence>'
        ),
        complex_type(
            "Mix",
            '<xs:choice maxOccurs="unbounded"><xs:element ref="tns:Stop"/>'
            '<xs:element name="Note" type="xs:string"/></xs:choice>',
        ),
    ]
)


@pytest.fixture(scope="module")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> Echoes:
    names = "Once Perhaps Nested Many Entries Again Grouped Route Stops Mix Change".split()
    return Echoes(tmp_path_factory.mktemp("choices"), SCHEMA, optional(*names))


# --- once ----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("members", [{"card": "1"}, {"bank": "b"}, {"bank": "b", "account": 2}])
def test_one_branch(echoes: Echoes, members: dict[str, Any]) -> None:
    echoes.again(once=echoes.models.Once(**members))
    echoes.again(perhaps=echoes.models.Perhaps(**members))


@pytest.mark.parametrize(
    ("members", "got"),
    [
        ({}, "none"),
        ({"card": "1", "bank": "b"}, "card and bank"),
        ({"card": "", "account": 0}, "card and bank"),
    ],
)
def test_no_branch_or_two(echoes: Echoes, members: dict[str, Any], got: str) -> None:
    message = echoes.refused(once=echoes.models.Once(**members))
    assert message.endswith(f"Once: expected one of card and bank, got {got}")


def test_a_choice_that_may_be_missing(echoes: Echoes) -> None:
    echoes.again(perhaps=echoes.models.Perhaps())
    message = echoes.refused(perhaps=echoes.models.Perhaps(card="1", bank="b"))
    assert "Perhaps: expected one of card and bank, got card and bank" in message


def test_a_choice_in_a_choice(echoes: Echoes) -> None:
    nested = echoes.models.Nested
    for members in ({"a": 1}, {"b": 1}, {"c": 1}):
        echoes.again(nested=nested(**members))
    assert "one of b and c, got b and c" in echoes.refused(nested=nested(b=1, c=1))
    assert "one of a and b, got a and b" in echoes.refused(nested=nested(a=1, c=1))
    assert "one of a and b, got none" in echoes.refused(nested=nested())


# --- lists in their order ------------------------------------------------------------------------


def test_a_choice_that_repeats_is_one_list(echoes: Echoes) -> None:
    models = echoes.models
    items = [models.ManyNote("a"), models.Book(title="b"), models.ManyCount(1), models.ManyNote("")]
    echoes.again(many=models.Many(items=[*items, models.ManyCount(None)]))
    echoes.again(many=models.Many())


def test_a_default_and_nil_among_items(echoes: Echoes) -> None:
    read = echoes.read('<Many><Count/><Count xsi:nil="true"/><Count>7</Count></Many>', "many")
    assert [item.value for item in read.items] == [5, None, 7]


def test_wrong_items(echoes: Echoes) -> None:
    models = echoes.models
    for items, message in (
        (
            [models.ManyNote("a"), "b"],
            "Many/items[1]: expected Book, ManyNote or ManyCount, not str",
        ),
        ([models.ManyCount("b")], "Many/items[0]/Count: expected int, not str"),
        ([models.Book(title=1)], "Many/items[0]/Book/Title: expected str, not int"),
        (models.ManyNote("a"), "Many/items: expected a list, not ManyNote"),
        ("abc", "Many/items: expected a list, not str"),
        (None, "Many/items: expected a list, not NoneType"),
    ):
        assert message in echoes.refused(many=models.Many(items=items))


def test_wrong_items_of_an_answer(echoes: Echoes) -> None:
    message = echoes.rejected("<Many><Note/><Count>many</Count></Many>")
    assert "FindResponse/Many/Count: expected an integer, got 'many'" in message


def test_a_sequence_that_repeats(echoes: Echoes) -> None:
    models = echoes.models
    key, book = models.EntriesKey, models.Book(title="b")
    echoes.again(entries=models.Entries(items=[key("a"), book, key("b"), key("c"), book]))


def test_an_element_in_two_places(echoes: Echoes) -> None:
    models = echoes.models
    echoes.again(again=models.Again(items=[models.AgainA(1), models.AgainB(2), models.AgainA(3)]))
    echoes.unchanged("<Again><A>1</A><B>2</B></Again>", "again")


def test_a_group_that_repeats_gives_the_list_its_name(echoes: Echoes) -> None:
    models = echoes.models
    lines = [models.GroupedText("a"), models.Book(title="b")]
    echoes.again(grouped=models.Grouped(lines=lines))


# --- substitution groups -------------------------------------------------------------------------


def test_an_abstract_head_has_the_elements_in_its_place(echoes: Echoes) -> None:
    models = echoes.models
    value = models.Port(name="a", berths=2)
    content = echoes.sent(route=models.Route(stop=value))
    assert content == "<Route><Harbour><Name>a</Name><Berths>2</Berths></Harbour></Route>"
    echoes.again(route=models.Route(stop=value))


def test_two_elements_of_one_type_are_told_apart(echoes: Echoes) -> None:
    models = echoes.models
    place = models.Place(name="a")
    stops = [models.TownElement(place), models.VillageElement(place), models.TownElement(place)]
    content = echoes.sent(stops=models.Stops(stop=stops))
    assert content.count("<Town>") == 2
    assert content.index("<Town>") < content.index("<Village>") < content.rindex("<Town>")
    echoes.again(stops=models.Stops(stop=stops))


def test_a_head_that_stands_itself_and_simple_types(echoes: Echoes) -> None:
    models = echoes.models
    stop = models.TownElement(models.Place(name="a"))
    for amount in (models.AmountElement2(Decimal("1.5")), models.WholeElement(2), None):
        echoes.again(route=models.Route(stop=stop, amount=amount))
    message = echoes.refused(route=models.Route(stop=stop, amount=3))
    assert "Route/Amount: expected AmountElement2 or WholeElement, not int" in message


def test_a_substitution_group_in_a_choice_that_repeats(echoes: Echoes) -> None:
    models = echoes.models
    place = models.Place(name="a")
    items = [
        models.MixNote("x"),
        models.MixTown(place),
        models.MixNote("y"),
        models.MixVillage(place),
    ]
    echoes.again(mix=models.Mix(items=items))


def test_none_of_the_elements_or_two(echoes: Echoes) -> None:
    for content, got in (
        ("", 0),
        ("<Town><Name/></Town><Village><Name/></Village>", 2),
    ):
        message = echoes.rejected(f"<Route>{content}</Route>")
        assert "FindResponse/Route: expected one of " in message
        assert message.endswith(f"got {got}")
    assert "Route/Stop: expected" in echoes.refused(route=echoes.models.Route(stop=None))


def test_an_empty_list_in_one_element_is_given(echoes: Echoes) -> None:
    change = echoes.models.Change
    echoes.again(change=change(add=[]))
    echoes.again(change=change(other=["a"]))
    assert "expected one of" in echoes.refused(change=change(add=[], remove=["a"]))
    assert "got none" in echoes.refused(change=change(other=[]))


def test_a_substitution_group_as_all_of_a_message(tmp_path: Path) -> None:
    one = "<xs:complexType><xs:sequence>{}</xs:sequence></xs:complexType></xs:element>"
    schema = SCHEMA + "".join(
        f'<xs:element name="{name}">' + one.format('<xs:element ref="tns:Amount"/>')
        for name in ("Find", "FindResponse")
    )
    path = tmp_path / "Only.wsdl"
    path.write_text(wsdl(schema), encoding="utf-8")
    built = build_package(path, tmp_path, name="only_client")
    value = built.models.WholeElement(3)
    assert built.parse_request("find", built.build("find", value)) == (value,)
    response = built.build_response("find", value)
    assert b"<FindResponse><Whole>3</Whole></FindResponse>" in response
    assert built.parse("find", response) == value
    with pytest.raises(built.errors.UnexpectedResponse, match="FindResponse: expected one of"):
        built.parse("find", response.replace(b"Whole", b"Half"))
    with pytest.raises(built.errors.InvalidValue, match="expected AmountElement2 or WholeElement"):
        built.build("find", 3)


@pytest.mark.slow
def test_mypy_knows_elements_of_simple_types_that_may_be_missing(tmp_path: Path) -> None:
    schema = (
        '<xs:element name="Head" type="xs:int"/>'
        '<xs:element name="Other" type="xs:short" substitutionGroup="tns:Head"/>'
    )
    head = '<xs:element ref="tns:Head" minOccurs="0"/>'
    record = complex_type("Record", f"<xs:sequence>{head}</xs:sequence>")
    echoes = Echoes(tmp_path, schema + record, [head, *optional("Record")])
    found = mypy("-p", echoes.built.path.name, cwd=tmp_path)
    assert found.startswith("Success"), found
    record = echoes.models.Record(head=echoes.models.OtherElement(3))
    assert echoes.sent(record=record) == "<Record><Other>3</Other></Record>"
    message = "Record/Head: expected HeadElement2 or OtherElement, not int"
    assert message in echoes.refused(record=echoes.models.Record(head=3))
