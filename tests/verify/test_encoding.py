"""Two encoded messages are the same if their values are: what else differs does not count."""

from __future__ import annotations

import pytest
from lxml import etree
from soapgen.errors import UnsupportedError
from soapgen.messages import canonical
from soapgen.verify import encoding

ENVELOPE = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:c="http://schemas.xmlsoap.org/soap/encoding/" xmlns:n="urn:n"'
    ' xmlns:x="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><e:Body>{}</e:Body></e:Envelope>'
)


def same(one: str, other: str) -> bool:
    """Whether two bodies are the same."""
    expected, actual = (etree.fromstring(ENVELOPE.format(body)) for body in (one, other))
    encoding.settle(expected, actual)
    return canonical(expected) == canonical(actual)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<t><a>1</a></t>", '<t><a i:type="x:int">1</a></t>'),
        ('<t e:encodingStyle="urn:any"><a>1</a></t>', "<t><a>1</a></t>"),
        ("<t><n:a>1</n:a></t>", "<t><a>1</a></t>"),
        ('<t><a href="#1"/></t><m id="1">5</m>', "<t><a>5</a></t>"),
        ('<t><a id="1">5</a><b href="#1"/></t>', "<t><a>5</a><b>5</b></t>"),
        ('<t><a i:nil="1" i:type="n:T"/></t>', '<t><a i:nil="true"/></t>'),
        (
            '<t><a i:type="n:List" c:arrayType="x:int[2]"><b>1</b><c>2</c></a></t>',
            '<t><a i:type="c:Array" c:arrayType="x:int[2]"><item>1</item><item>2</item></a></t>',
        ),
        (
            '<t><a href="#1"/></t><m id="1" xmlns:q="urn:n" i:type="q:T">5</m>',
            '<t><a i:type="n:T">5</a></t>',
        ),
        ("<t><a>1</a><b>2</b></t>", "<t><b>2</b><a>1</a></t>"),
        ("<t><s><a>1</a><b>2</b></s></t>", "<t><s><b>2</b><a>1</a></s></t>"),
        ('<t><s><a i:nil="1"/><b>2</b></s></t>', "<t><s><b>2</b></s></t>"),
        ('<t><a i:nil="true" i:type="x:string"/></t>', "<t/>"),
        (
            '<t><a c:arrayType="x:int[4]" c:offset="[2]"><b>1</b></a></t>',
            '<t><a c:arrayType="x:int[4]"><b i:nil="1"/><b i:nil="1"/><b>1</b><b i:nil="1"/>'
            "</a></t>",
        ),
        (
            '<t><a c:arrayType="x:int[3]"><b c:position="[2]" href="#1"/><b c:position="[0]">1</b>'
            '</a></t><m id="1">5</m>',
            '<t><a c:arrayType="x:int[3]"><b>1</b><b i:nil="1"/><b>5</b></a></t>',
        ),
        (
            '<t><a c:arrayType="x:int[2,2]"><b c:position="[1,0]">1</b></a></t>',
            '<t><a c:arrayType="x:int[2,2]"><b i:nil="1"/><b i:nil="1"/><b>1</b><b i:nil="1"/>'
            "</a></t>",
        ),
    ],
)
def test_what_does_not_count(one: str, other: str) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<t><a>1</a></t>", "<t><a>2</a></t>"),
        ("<t><a>1</a></t>", "<t/>"),
        ("<t><a>1</a></t>", "<t><b>1</b></t>"),
        ('<t><a i:type="n:T">1</a></t>', '<t><a i:type="n:S">1</a></t>'),
        ('<t><a i:nil="1"/></t>', "<t><a/></t>"),
        ('<t><a k="1"/></t>', "<t><a/></t>"),
        ('<t><a href="#1"/></t><m id="1">5</m>', "<t><a>6</a></t>"),
        (
            '<t><a c:arrayType="x:int[2]"><b>1</b><c>2</c></a></t>',
            '<t><a c:arrayType="x:int[1]"><item>1</item></a></t>',
        ),
        ("<t><s><a>1</a><a>2</a></s></t>", "<t><s><a>2</a><a>1</a></s></t>"),
        ("<t><s><a>1</a><b>2</b></s></t>", "<t><s><a>2</a><b>1</b></s></t>"),
        (
            '<t><a c:arrayType="x:int[2]"><b>1</b><c>2</c></a></t>',
            '<t><a c:arrayType="x:int[2]"><b>2</b><c>1</c></a></t>',
        ),
        (
            '<t><a c:arrayType="x:int[2]"><b>1</b><b i:nil="1"/></a></t>',
            '<t><a c:arrayType="x:int[1]"><b>1</b></a></t>',
        ),
        ("<t><a/></t>", "<t/>"),
        (
            '<t><a c:arrayType="x:int[1,2]"><b>1</b><b>2</b></a></t>',
            '<t><a c:arrayType="x:int[2,1]"><b>1</b><b>2</b></a></t>',
        ),
        (
            '<t><a c:arrayType="x:int[2]" c:offset="[1]"><b>1</b></a></t>',
            '<t><a c:arrayType="x:int[2]"><b>1</b></a></t>',
        ),
    ],
)
def test_what_counts(one: str, other: str) -> None:
    assert not same(one, other)
    assert not same(other, one)


@pytest.mark.parametrize(
    "body",
    [
        '<t><a href="#1"/></t>',
        '<t><a id="1"><b href="#1"/></a></t>',
    ],
)
def test_what_cannot_be_compared_is_said(body: str) -> None:
    with pytest.raises(UnsupportedError, match="the reference to '1' cannot be followed"):
        same(body, body)


@pytest.mark.parametrize(
    "array",
    [
        '<a c:arrayType="x:int[1,1]"><b>1</b><b>2</b></a>',
        '<a c:arrayType="x:int[2]"><b c:position="[5]">1</b></a>',
        '<a c:arrayType="x:int[99999,99999]"/>',
    ],
)
def test_an_array_whose_sizes_do_not_fit_is_not_compared(array: str) -> None:
    with pytest.raises(UnsupportedError, match="the sizes of an array and the places of its items"):
        same(f"<t>{array}</t>", f"<t>{array}</t>")
