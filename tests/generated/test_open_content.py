"""Wildcards and mixed content: what the contract leaves open goes back as it came."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.echoes import Echoes, complex_type, optional
from tests.support.strategies import TEXT


def wildcard(attributes: str = "") -> str:
    return f'<xs:any processContents="skip" {attributes}/>'


NAMED = '<xs:element name="A" type="xs:int"/><xs:element name="B" type="xs:int" minOccurs="0"/>'
MANY = 'minOccurs="0" maxOccurs="unbounded"'
SCHEMA = "".join(
    [
        complex_type(
            "Needed", f"<xs:sequence>{NAMED}" + wildcard('namespace="##other"') + "</xs:sequence>"
        ),
        complex_type("Perhaps", "<xs:sequence>" + wildcard('minOccurs="0"') + "</xs:sequence>"),
        complex_type(
            "Several",
            f"<xs:sequence>{NAMED}" + wildcard(f'namespace="##other" {MANY}') + "</xs:sequence>",
        ),
        complex_type(
            "Rest",
            '<xs:sequence><xs:element name="A" type="xs:int"/>' + wildcard(MANY) + "</xs:sequence>",
        ),
        complex_type(
            "Around",
            "<xs:sequence>"
            + wildcard('namespace="##other"')
            + '<xs:element name="A" type="xs:int"/>'
            + wildcard('namespace="##other" minOccurs="0"')
            + "</xs:sequence>",
        ),
        complex_type(
            "Amount",
            '<xs:simpleContent><xs:extension base="xs:decimal">'
            '<xs:attribute name="unit"/></xs:extension></xs:simpleContent>',
        ),
        complex_type(
            "Remark",
            '<xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="b" type="xs:string"/>'
            '<xs:element name="Amount" type="tns:Amount"/></xs:choice><xs:attribute name="lang"/>',
            mixed="true",
        ),
        complex_type(
            "Letter",
            '<xs:sequence><xs:element name="To" type="xs:string"/></xs:sequence>',
            mixed="true",
        ),
        complex_type(
            "Signed",
            '<xs:complexContent mixed="true"><xs:extension base="tns:Letter"><xs:sequence>'
            '<xs:element name="By" type="xs:string"/></xs:sequence></xs:extension>'
            "</xs:complexContent>",
        ),
        complex_type("Plain", "<xs:attribute name='kind'/>", mixed="true"),
        complex_type("Free", "<xs:sequence>" + wildcard(MANY) + "</xs:sequence>", mixed="true"),
    ]
)
NAMES = "Needed Perhaps Several Rest Around Remark Letter Plain Free".split()


@pytest.fixture(scope="module")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> Echoes:
    return Echoes(tmp_path_factory.mktemp("open"), SCHEMA, optional(*NAMES))


# --- wildcards -----------------------------------------------------------------------------------


def markup(echoes: Echoes, *texts: str) -> Any:
    found = [echoes.built.anytype.Markup(text) for text in texts]
    return found[0] if len(found) == 1 else found


def names(items: list[Any]) -> list[str]:
    """The elements in some markup, by the names that they have in the message."""
    return [item.xml.partition(">")[0].split()[0].lstrip("<").rstrip("/") for item in items]


@pytest.mark.slow
def test_one_element_that_must_be_there(echoes: Echoes) -> None:
    value = echoes.models.Needed(
        a=1, other=markup(echoes, '<x xmlns="urn:x" a="&quot;">1 &lt; 2</x>')
    )
    content = echoes.sent(needed=value)
    assert content == '<Needed><A>1</A><x xmlns="urn:x" a="&quot;">1 &lt; 2</x></Needed>'
    read = echoes.read(content, "needed")
    assert (read.a, read.b) == (1, None)
    assert echoes.read(echoes.sent(needed=read), "needed") == read
    with pytest.raises(TypeError, match="other"):
        echoes.models.Needed(a=1)


def test_one_element_that_is_missing_or_one_too_many(echoes: Echoes) -> None:
    end = "Needed: expected one more element, got none"
    assert echoes.rejected("<Needed><A>1</A></Needed>").endswith(end)
    two = '<Needed><A>1</A><x xmlns="urn:x"/><y xmlns="urn:x"/></Needed>'
    assert echoes.rejected(two).endswith("Needed: expected one more element, got 2")


def test_one_element_that_may_be_missing(echoes: Echoes) -> None:
    echoes.again(perhaps=echoes.models.Perhaps())
    read = echoes.read('<Perhaps><x xmlns=""/></Perhaps>', "perhaps")
    assert echoes.read(echoes.sent(perhaps=read), "perhaps") == read


def test_an_element_without_a_namespace_stays_without_one(echoes: Echoes) -> None:
    value = echoes.models.Perhaps(other=markup(echoes, "<x><y/></x>"))
    assert '<x xmlns=""><y/></x>' in echoes.sent(perhaps=value)


def test_an_element_without_a_namespace_is_none_with_one(tmp_path: Path) -> None:
    named = "".join(f'<xs:element ref="tns:{name}" minOccurs="0"/>' for name in "ABC")
    schema = [
        *(f'<xs:element name="{name}" type="xs:int"/>' for name in "ABC"),
        complex_type(
            "Local",
            f"<xs:sequence>{named}" + wildcard(f'namespace="##local" {MANY}') + "</xs:sequence>",
        ),
        complex_type(
            "Both",
            f'<xs:sequence>{named}<xs:element name="A" type="xs:int" form="unqualified" '
            'minOccurs="0"/></xs:sequence>',
        ),
    ]
    echoes = Echoes(tmp_path, "".join(schema), optional("Local", "Both"))
    read = echoes.read('<Local><B>1</B><A xmlns="">2</A><B xmlns=""/></Local>', "local")
    assert (read.a, read.b, names(read.others)) == (None, 1, ["A", "B"])
    echoes.again(local=read)
    read = echoes.read('<Both><A>1</A><A xmlns="">2</A></Both>', "both")
    assert (read.a, read.a_2) == (1, 2)
    content = echoes.built.builders.build_find_response(both=read)
    assert echoes.built.parse("find", content).both == read
    assert echoes.read('<Both><A xmlns="">2</A></Both>', "both").a is None


def test_several_elements_of_other_namespaces(echoes: Echoes) -> None:
    texts = ('<x xmlns="urn:x"/>', '<p:y xmlns:p="urn:y">a<p:z/>b</p:y>')
    value = echoes.models.Several(a=1, b=2, others=markup(echoes, *texts))
    assert echoes.sent(several=value) == f"<Several><A>1</A><B>2</B>{''.join(texts)}</Several>"
    read = echoes.read(echoes.sent(several=value), "several")
    assert names(read.others) == ["x", "p:y"]
    assert (read.a, read.b) == (1, 2)
    echoes.again(several=echoes.models.Several(a=1))


def test_a_second_element_of_a_name_goes_to_the_wildcard(echoes: Echoes) -> None:
    read = echoes.read("<Rest><A>1</A><A>2</A><C/><A>x</A></Rest>", "rest")
    assert read.a == 1
    assert names(read.others) == ["A", "C", "A"]
    again = echoes.read(echoes.sent(rest=read), "rest")
    assert again == read


def test_two_wildcards_are_one_list_with_what_is_between_them(echoes: Echoes) -> None:
    read = echoes.read('<Around><x xmlns="urn:x"/><A>1</A><x xmlns="urn:x"/></Around>', "around")
    assert [type(item).__name__ for item in read.items] == ["Markup", "AroundA", "Markup"]
    assert echoes.read(echoes.sent(around=read), "around") == read


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("text", "other: the markup is not an element"),
        ("<a/><b/>", "other: the markup is not an element"),
        ("</Perhaps><Perhaps>", "other: the markup is not an element"),
        ('<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "other: the markup has a DOCTYPE"),
    ],
)
def test_what_is_no_element(echoes: Echoes, text: str, message: str) -> None:
    value = echoes.models.Perhaps(other=markup(echoes, text))
    assert f"Perhaps/{message}" in echoes.refused(perhaps=value)


def test_what_is_no_markup(echoes: Echoes) -> None:
    models = echoes.models
    assert "other: expected Markup, not str" in echoes.refused(perhaps=models.Perhaps(other="<a/>"))
    for others in (markup(echoes, "<a/>"), "<a/>", None):
        message = echoes.refused(several=models.Several(a=1, others=others))
        assert "Several/others: expected a list, not" in message


# --- mixed content -------------------------------------------------------------------------------


@pytest.mark.slow
@given(st.lists(TEXT.filter(bool) | st.tuples(TEXT), max_size=6))
def test_text_between_elements(echoes: Echoes, parts: list[Any]) -> None:
    """Two texts beside each other are one when they are read."""
    bold = echoes.models.RemarkB
    content: list[Any] = []
    for part in parts:
        if isinstance(part, str) and content and isinstance(content[-1], str):
            content[-1] += part
        else:
            content.append(part if isinstance(part, str) else bold(part[0]))
    echoes.again(remark=echoes.models.Remark(content=content, lang="nb"))


def test_mixed_content_with_elements_and_attributes(echoes: Echoes) -> None:
    content = (
        '<Remark lang="en">Pay <b>only</b> <Amount unit="kg">1.50</Amount>, &lt;up&gt;.\n</Remark>'
    )
    read = echoes.read(content, "remark")
    models = echoes.models
    assert read.content == [
        "Pay ",
        models.RemarkB("only"),
        " ",
        models.Amount(value=Decimal("1.50"), unit="kg"),
        ", <up>.\n",
    ]
    assert echoes.sent(remark=read) == content


def test_comments_do_not_part_texts(echoes: Echoes) -> None:
    read = echoes.read("<Remark>a<!-- b -->c<?d e?>f<b/></Remark>", "remark")
    assert read.content == ["acf", echoes.models.RemarkB("")]


def test_text_alone(echoes: Echoes) -> None:
    echoes.unchanged('<Plain kind="a">text</Plain>', "plain")
    echoes.again(plain=echoes.models.Plain(value=""))


def test_mixed_content_of_types_that_extend_one_another(echoes: Echoes) -> None:
    models = echoes.models
    signed = models.Signed(
        content=["Dear ", models.LetterTo("a"), ", yours ", models.LetterBy("b")]
    )
    assert 'xsi:type="Signed"' in echoes.sent(letter=signed)
    echoes.again(letter=signed)
    echoes.again(letter=models.Letter(content=[models.LetterTo("a"), "!"]))


def test_mixed_content_with_elements_of_any_name(echoes: Echoes) -> None:
    read = echoes.read('<Free>a<x xmlns="urn:x">b</x>c<y xmlns=""/></Free>', "free")
    assert [type(item).__name__ for item in read.content] == ["str", "Markup", "str", "Markup"]
    assert echoes.read(echoes.sent(free=read), "free") == read


def test_wrong_mixed_content(echoes: Echoes) -> None:
    remark = echoes.models.Remark
    message = echoes.refused(remark=remark(content=["a", 1]))
    assert "Remark/content[1]: expected str, RemarkB or Amount, not int" in message
    assert "Remark/content: expected a list, not str" in echoes.refused(remark=remark(content="a"))
    assert "content[0]: XML cannot carry" in echoes.refused(remark=remark(content=["\x00"]))
