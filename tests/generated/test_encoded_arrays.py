"""Arrays in SOAP's encoding: several dimensions, and arrays of which only a part is sent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from soapgen.contract import read_with_schemas
from soapgen.messages import WireStyle
from soapgen.sources import find_sources, read_documents

from tests.support.packages import Built, build_package
from tests.support.paths import LEDGER

SOAPENC = "{http://schemas.xmlsoap.org/soap/encoding/}"
ENVELOPE = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:c="http://schemas.xmlsoap.org/soap/encoding/" xmlns:l="urn:example:ledger"'
    ' xmlns:x="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><e:Body><t>{}</t></e:Body></e:Envelope>'
)
TWELFTH = (
    ("http://schemas.xmlsoap.org/wsdl/soap/", "http://schemas.xmlsoap.org/wsdl/soap12/"),
    (
        'encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"',
        'encodingStyle="http://www.w3.org/2003/05/soap-encoding"',
    ),
)


def contract(folder: Path, rank: str, *changes: tuple[str, str]) -> Path:
    """The contract whose ``Table`` is an array of the given type."""
    text = LEDGER.read_text(encoding="utf-8")
    for old, new in (("xs:double[][]", rank), *changes):
        assert old in text
        text = text.replace(old, new)
    path = folder / "Ledger.wsdl"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A package whose table is a list of lists."""
    return build_package(LEDGER, tmp_path_factory.mktemp("lists"), name="ledger_lists")


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A package whose table has two dimensions, of numbers."""
    folder = tmp_path_factory.mktemp("numbers")
    return build_package(contract(folder, "xs:double[,]"), folder, name="ledger_numbers")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A package whose table has two dimensions, of texts, which may be nil."""
    folder = tmp_path_factory.mktemp("texts")
    return build_package(contract(folder, "xs:string[,]"), folder, name="ledger_texts")


def summed(built: Built, array: str) -> Any:
    """What the array in an answer is read as."""
    return built.parse("sum", ENVELOPE.format(array).encode())


def shown(built: Built, values: Any) -> Any:
    """``values`` with None for each text that is nil."""
    if isinstance(values, list):
        return [shown(built, value) for value in values]
    return None if built.module("_values").is_nil(values) else values


# --- several dimensions -------------------------------------------------------------------------


def test_two_dimensions_are_a_list_of_lists(numbers: Built) -> None:
    rows = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    content = numbers.build("sum", rows)
    (table,) = etree.fromstring(content)[-1][0]
    assert table.get(f"{SOAPENC}arrayType") == "xsd:double[2,3]"
    assert [item.text for item in table] == ["1.0", "2.0", "3.0", "4.0", "5.0", "6.0"]
    assert numbers.parse_request("sum", content) == (rows,)


@pytest.mark.parametrize("rows", [[], [[], []], [[1.0]], [[1.0], [2.0]]])
def test_dimensions_without_items(rows: list[list[float]], numbers: Built) -> None:
    assert numbers.parse_request("sum", numbers.build("sum", rows)) == (rows,)


def test_rows_may_be_made_while_they_are_written(numbers: Built) -> None:
    content = numbers.build("sum", ((float(item) for item in row) for row in ("12", "34")))
    assert numbers.parse_request("sum", content) == ([[1.0, 2.0], [3.0, 4.0]],)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rank", "item_type", "value"),
    [
        ("xs:int[,,]", "xsd:int[1,2,2]", [[[1, 2], [3, 4]]]),
        # An array of one dimension of those of two, and one of two of those of one.
        ("xs:int[,][]", "xsd:int[,][2]", [[[1, 2]], [[3], [4]]]),
        ("xs:int[][,]", "xsd:int[][1,2]", [[[1, 2], []]]),
        ("tns:Node[,]", "ledger:Node[0,0]", []),
    ],
)
def test_ranks(rank: str, item_type: str, value: Any, tmp_path: Path) -> None:
    name = f"ledger_of_{rank.encode().hex()}"
    built = build_package(contract(tmp_path, rank), tmp_path, name=name)
    content = built.build("sum", value)
    assert etree.fromstring(content)[-1][0][0].get(f"{SOAPENC}arrayType") == item_type
    assert built.parse_request("sum", content) == (value,)


@pytest.mark.slow
def test_the_encoding_of_soap_12(tmp_path: Path) -> None:
    path = contract(tmp_path, "xs:double[,]", *TWELFTH)
    built = build_package(path, tmp_path, name="ledger_dimensions_12")
    content = built.build("sum", [[1.0], [2.0]])
    assert b'enc:itemType="xsd:double" enc:arraySize="2 1"' in content
    assert built.parse_request("sum", content) == ([[1.0], [2.0]],)
    unknown = content.replace(b'"2 1"', b'"* 1"')
    assert built.parse_request("sum", unknown) == ([[1.0], [2.0]],)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1.0], [2.0, 3.0]], "table/item[1]/item: expected a list as long as the first one"),
        ([[1.0], None], "item: expected a list in each dimension, got None"),
        ([[1.0], ["a"]], "table/item[1]/item[0]/item: expected"),
        ([1.0], "table/item[0]/item: expected a list"),
    ],
)
def test_what_is_no_such_table_is_refused(rows: Any, reason: str, numbers: Built) -> None:
    with pytest.raises(numbers.errors.InvalidValue, match=re.escape(reason)):
        numbers.build("sum", rows)


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["1.1", "1.2"])
def test_a_sample_has_an_item(encoding: str, tmp_path: Path) -> None:
    changes = TWELFTH if encoding == "1.2" else ()
    path = contract(tmp_path, "xs:double[,]", *changes)
    (source,) = find_sources([path]).wsdls
    read, _ = read_with_schemas(read_documents(source))
    (service,) = read.services
    port = service.ports[0]
    (operation,) = (item for item in port.binding.operations if item.name == "sum")
    text = WireStyle(read, service, port, "2001-01-01T00:00:00").request(operation)
    built = build_package(path, tmp_path, name=f"ledger_sampled_{encoding[-1]}")
    assert built.parse_request("sum", text.encode()) == ([[0.0]],)


# --- parts of arrays ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        ('<a c:arrayType="x:string[2,2]"><i>a</i></a>', [["a", None], [None, None]]),
        (
            '<a c:arrayType="x:string[2,2]" c:offset="[0,1]"><i>a</i><i>b</i></a>',
            [[None, "a"], ["b", None]],
        ),
        (
            '<a c:arrayType="x:string[,2]"><i c:position="[1,0]">a</i></a>',
            [[None, None], ["a", None]],
        ),
        ('<a c:arrayType="x:string[,]"/>', []),
        ('<a c:arrayType="x:string[][1]"><i c:arrayType="x:string[1]"><i>a</i></i></a>', [["a"]]),
    ],
)
def test_what_is_not_sent_is_nil(array: str, expected: Any, texts: Built) -> None:
    answer = array.replace("<a ", "<sumReturn ").replace("</a>", "</sumReturn>")
    values = summed(texts, answer)
    assert shown(texts, values) == expected
    content = texts.build("sum", values)
    assert shown(texts, [*texts.parse_request("sum", content)]) == [expected]


def test_a_list_of_which_a_part_is_sent(lists: Built) -> None:
    account = (
        '<findAccountsReturn><x i:type="l:SharedAccount"><number>1</number><closed>0</closed>'
        '<owners c:arrayType="x:string[4]" c:offset="[1]"><i>a</i><i>b</i></owners></x>'
        '<y i:type="l:SharedAccount"><number>1</number><closed>0</closed>'
        '<owners c:arrayType="x:string[]"><i c:position="[2]" href="#t"/>'
        '<i c:position="[0]">a</i></owners></y></findAccountsReturn></t><m id="t">b</m><t>'
    )
    content = ENVELOPE.format(account).replace("<t></t>", "").encode()
    one, other = lists.parse("find_accounts", content)
    assert shown(lists, one.owners) == [None, "a", "b", None]
    assert shown(lists, other.owners) == ["a", None, "b"]


@pytest.mark.parametrize(
    ("array", "reason"),
    [
        # Numbers and lists have no nil.
        ('c:arrayType="x:double[2,1]"><i>1</i>', "the item was not sent and may not be nil"),
        ('c:arrayType="x:double[1,1]"><i>1</i><i>2</i>', "more items than its sizes allow"),
        ('c:arrayType="x:double[,]"><i>1</i>', "the size of a dimension behind the first"),
        ('c:arrayType="x:double[1,a]"><i>1</i>', "'a' is no size or position"),
        ('c:arrayType="x:double[2,2]"><i c:position="[2,0]">1</i>', "no position '[2,0]'"),
        ('c:arrayType="x:double[2,2]"><i c:position="[1]">1</i>', "no position '[1]'"),
        (
            'c:arrayType="x:double[1,2]"><i c:position="[0,0]">1</i><i c:position="[0,0]">1</i>',
            "two items are in one place",
        ),
        (
            'c:arrayType="x:double[1,2]"><i c:position="[0,0]">1</i><i>1</i>',
            "expected a position for each item or for none",
        ),
        ('c:arrayType="x:double[999999999,0]">', "too many items that were not sent"),
        ('c:arrayType="x:double[9999,9999]"><i>1</i>', "too many items that were not sent"),
        (f'c:arrayType="x:double[1{",1" * 300}]"><i>1</i>', "it has 301 dimensions"),
        ('c:offset="[1]"><i>1</i>', "it has 0 dimensions"),
    ],
)
def test_an_array_that_cannot_be_read(array: str, reason: str, numbers: Built) -> None:
    with pytest.raises(numbers.errors.UnexpectedResponse, match=re.escape(reason)):
        summed(numbers, f"<sumReturn {array}</sumReturn>")


def test_a_part_of_a_list_of_lists_is_refused(lists: Built) -> None:
    row = '<i c:arrayType="x:double[1]"{}><i>1</i></i>'
    array = '<sumReturn c:arrayType="x:double[][2]"{}>{}</sumReturn>'
    assert summed(lists, array.format("", row.format(""))) == [[1.0]]
    with pytest.raises(lists.errors.UnexpectedResponse, match="was not sent and may not be nil"):
        summed(lists, array.format(' c:offset="[1]"', row.format("")))


def test_many_arrays_do_not_add_up_without_an_end(lists: Built) -> None:
    row = '<i c:arrayType="x:double[100000]" c:offset="[1]"/>'
    with pytest.raises(lists.errors.UnexpectedResponse, match="too many items that were not sent"):
        summed(lists, f'<sumReturn c:arrayType="x:double[][9]">{row * 9}</sumReturn>')


def test_a_table_of_any_type_is_one_of_lists(lists: Built) -> None:
    """What Python has no class for is kept as markup, which says itself what it is."""
    note = '<note i:type="c:Array" c:arrayType="x:int[1,2]"><i>1</i><i>2</i></note>'
    status = lists.parse("status", ENVELOPE.format(f"<open>1</open>{note}").encode())
    array = etree.fromstring(status.note.xml)
    assert array.get(f"{SOAPENC}arrayType") == "x:int[][1]"
    assert array[0].get(f"{SOAPENC}arrayType") == "x:int[2]"
    assert [item.text for item in array[0]] == ["1", "2"]
