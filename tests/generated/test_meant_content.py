"""Default and fixed values of mixed content, lists, and names: what is another value is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.echoes import Echoes, complex_type
from tests.support.packages import build_package
from tests.support.small import wsdl

# What the prefix means in the schema, no message has to say.
_ELEMENT = '<xs:element xmlns:own="urn:example:own" name="{}" type="{}" minOccurs="0" {}/>'
SCHEMA = "".join(
    [
        complex_type(
            "Marked",
            '<xs:choice minOccurs="0" maxOccurs="9"><xs:element name="b" type="xs:string"/>'
            '</xs:choice><xs:attribute name="lang"/>',
            mixed="true",
        ),
        '<xs:simpleType name="Sizes"><xs:list itemType="xs:int"/></xs:simpleType>',
        *(
            complex_type(
                name,
                f'<xs:simpleContent><xs:extension base="{base}"><xs:attribute name="by" '
                f'xmlns:own="urn:example:own" {attribute}/></xs:extension></xs:simpleContent>',
            )
            for name, base, attribute in (
                ("Called", "xs:QName", 'type="xs:QName" fixed="own:me"'),
                ("Sized", "tns:Sizes", 'type="xs:int"'),
                ("Said", "xs:string", 'type="xs:int"'),
            )
        ),
    ]
)
ELEMENTS = [
    _ELEMENT.format(name, kind, more)
    for name, kind, more in (
        ("Only", "tns:Marked", 'fixed="yes"'),
        ("Onlys", "tns:Marked", 'fixed="yes" maxOccurs="9"'),
        ("Usual", "tns:Marked", 'default="yes" nillable="true"'),
        ("Usuals", "tns:Marked", 'default="yes" maxOccurs="9"'),
        ("Name", "xs:QName", 'fixed="own:me"'),
        ("Names", "xs:QName", 'default="own:me" maxOccurs="9"'),
        ("Called", "tns:Called", 'fixed="own:me"'),
        ("Sizes", "tns:Sizes", 'default="1 2"'),
        ("Sized", "tns:Sized", 'default="1 2"'),
        ("Said", "tns:Said", 'default="none"'),
        ("Saids", "tns:Said", 'default="none" maxOccurs="9"'),
    )
]


@pytest.fixture(scope="module")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> Echoes:
    return Echoes(tmp_path_factory.mktemp("meant"), SCHEMA, ELEMENTS)


def answer(echoes: Echoes, content: str) -> Any:
    """What a response with ``content`` carries.

    xmlschema compares a qualified name that is fixed by its text, in which the prefix may differ.
    """
    return echoes.built.parse(
        "find",
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:example:people"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f"><s:Body><FindResponse>{content}</FindResponse></s:Body></s:Envelope>".encode(),
    )


def test_an_empty_element_is_its_mixed_content(echoes: Echoes) -> None:
    for name, content in (("only", "<Only/>"), ("only", "<Only>yes</Only>"), ("usual", "<Usual/>")):
        assert echoes.read(content, name).content == ["yes"]
        echoes.again(**{name: echoes.read(content, name)})
    nil = echoes.read('<Usual xsi:nil="true" lang="en"/>', "usual")
    assert (nil.content, nil.nil_with_attributes) == ([], True)
    echoes.again(usual=nil)


def test_an_empty_element_is_its_name(echoes: Echoes) -> None:
    content = (
        '<Name/><Names/><Names xmlns:default="urn:a">default:it</Names>'
        '<Called xmlns:x="urn:example:own" by="x:me"/>'
    )
    read = answer(echoes, content)
    name = echoes.built.module("_qnames").QName
    me = name("urn:example:own", "me")
    assert read.name == me
    assert read.names == [me, name("urn:a", "it")]
    assert read.called == echoes.models.Called(value=me, by=me)
    sent = echoes.built.builders.build_find_response(
        name=read.name, names=read.names, called=read.called
    )
    assert echoes.built.parse("find", sent) == read
    assert answer(echoes, "<Called/>").called == echoes.models.Called(value=me)


@pytest.mark.parametrize(
    ("member", "content", "message"),
    [
        ("only", ["no"], "Only: expected 'yes', which is fixed, got 'no'"),
        ("only", [], "Only: expected 'yes', which is fixed, got ''"),
        ("only", ["yes", None], "Only: expected 'yes', which is fixed, got elements"),
        ("usual", [], "Usual: an empty text would be read as its default, 'yes'"),
        ("sized", [], "Sized: an empty text would be read as its default, '1 2'"),
        ("said", "", "Said: an empty text would be read as its default, 'none'"),
        ("called", "you", "Called: expected '{urn:example:own}me', which is fixed, got '{urn:exam"),
        ("name", "you", "Name: expected '{urn:example:own}me', which is fixed, got '{urn:example"),
    ],
)
def test_what_would_be_another_value(
    echoes: Echoes, member: str, content: Any, message: str
) -> None:
    models, name = echoes.models, echoes.built.module("_qnames").QName
    made = {
        "only": lambda: models.Marked(content=[item or models.MarkedB("a") for item in content]),
        "usual": lambda: models.Marked(content=content),
        "sized": lambda: models.Sized(value=content),
        "said": lambda: models.Said(value=content),
        "called": lambda: models.Called(value=name("urn:example:own", content)),
        "name": lambda: name("urn:example:own", content),
    }[member]()
    assert f"people:{message}" in echoes.refused(**{member: made})


def test_one_of_several_that_would_be_another_value(echoes: Echoes) -> None:
    marked, said = echoes.models.Marked, echoes.models.Said
    for member, items, message in (
        ("onlys", [marked(content=["yes"]), marked()], "Onlys[1]: expected 'yes', which is fixed"),
        ("usuals", [marked(content=["a"]), marked()], "Usuals[1]: an empty text would be read as"),
        ("saids", [said(value="a"), said(value="")], "Saids[1]: an empty text would be read as"),
        ("onlys", "yes", "Onlys: expected a list, not str"),
    ):
        assert f"people:{message}" in echoes.refused(**{member: items})


def test_an_empty_list(echoes: Echoes) -> None:
    empty: list[Any] = [[], (), iter(())]
    for sizes in empty:
        assert "Sizes: an empty text would be read as its default" in echoes.refused(sizes=sizes)
    assert echoes.sent(sizes=iter([3])).endswith("Sizes>3</Sizes>")


def test_an_attribute_that_is_another_name(echoes: Echoes) -> None:
    name = echoes.built.module("_qnames").QName
    called = echoes.models.Called(value=name("urn:example:own", "me"), by=name("urn:a", "me"))
    assert "people:Called/@by: expected '{urn:example:own}me', which is fixed, got '{urn:a}me'" in (
        echoes.refused(called=called)
    )


def test_all_of_a_message_that_is_empty(tmp_path: Path) -> None:
    marked = complex_type("Marked", '<xs:sequence><xs:any minOccurs="0"/></xs:sequence>', mixed="1")
    messages = "".join(
        f'<xs:element name="{name}" type="tns:Marked" default="yes"/>'
        for name in ("Find", "FindResponse")
    )
    path = tmp_path / "Marked.wsdl"
    path.write_text(wsdl(marked + messages), encoding="utf-8")
    built = build_package(path, tmp_path, name="marked_client")
    response = built.build_response("find", built.models.Marked(content=["a"]))
    empty = response.replace(b">a<", b"><")
    assert [built.parse("find", item).content for item in (response, empty)] == [["a"], ["yes"]]
