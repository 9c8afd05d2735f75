"""Messages in SOAP's encoding: types in the start tags, arrays, and values that are referred to."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from soapgen.serve import SoapServer

from tests.support.packages import Built, build_package, generated
from tests.support.paths import LEDGER

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
SOAPENC = "{http://schemas.xmlsoap.org/soap/encoding/}"
ENVELOPE = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:c="http://schemas.xmlsoap.org/soap/encoding/"'
    ' xmlns:x="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><e:Body>{}</e:Body></e:Envelope>'
)

OTHER_SCHEMA = """<xs:schema targetNamespace="urn:example:other"><xs:simpleType name="Name">
    <xs:restriction base="xs:string"/></xs:simpleType></xs:schema>"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_package(LEDGER, tmp_path_factory.mktemp("encoded"), name="ledger_encoded")


def envelope(body: str) -> bytes:
    """An envelope as another stack might write it."""
    return ENVELOPE.format(body).encode()


def markup_of(content: bytes) -> str:
    """What is in the body of ``content``, as it was written."""
    found = re.search("<s:Body>(.*)</s:Body>", content.decode())
    assert found is not None
    return found[1]


# --- what is written ----------------------------------------------------------------------------


def test_each_element_says_its_type(ledger: Built) -> None:
    models = ledger.models
    account = models.Account(
        number=7, owner="Ø & co", kind=models.Kind.SAVINGS, opened=date(2026, 1, 2), closed=False
    )
    assert markup_of(ledger.build("open_account", account)) == (
        '<calls:openAccount s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">'
        '<account xsi:type="ledger:Account">'
        '<number xsi:type="xsd:int">7</number>'
        '<owner xsi:type="xsd:string">Ø &amp; co</owner>'
        '<kind xsi:type="ledger:Kind">savings</kind>'
        '<balance xsi:nil="true"/>'
        '<opened xsi:type="xsd:date">2026-01-02</opened>'
        '<closed xsi:type="xsd:boolean">false</closed>'
        "</account></calls:openAccount>"
    )


def test_a_derived_type_is_the_one_that_is_said(ledger: Built) -> None:
    shared = ledger.models.SharedAccount(number=1, closed=True, owners=["a", "b"])
    root = etree.fromstring(ledger.build("open_account", shared))
    (account,) = root[-1][0]
    assert account.get(f"{XSI}type") == "ledger:SharedAccount"
    (owners,) = account.iterchildren("owners")
    assert owners.get(f"{XSI}type") == "soapenc:Array"
    assert owners.get(f"{SOAPENC}arrayType") == "xsd:string[2]"
    assert [(item.tag, item.text) for item in owners] == [("item", "a"), ("item", "b")]


def test_an_array_of_arrays(ledger: Built) -> None:
    rows = [[1.5, 2.0], []]
    root = etree.fromstring(ledger.build("sum", rows))
    (table,) = root[-1][0]
    assert table.get(f"{SOAPENC}arrayType") == "xsd:double[][2]"
    assert [row.get(f"{SOAPENC}arrayType") for row in table] == ["xsd:double[2]", "xsd:double[0]"]


def test_a_value_may_be_made_while_it_is_written(ledger: Built) -> None:
    content = ledger.build("sum", ([float(number)] for number in range(3)))
    assert ledger.parse_request("sum", content) == ([[0.0], [1.0], [2.0]],)


@pytest.mark.parametrize("refused", ["text", {"a": 1}, 5])
def test_what_is_no_list_is_refused(refused: Any, ledger: Built) -> None:
    with pytest.raises(ledger.errors.InvalidValue, match="table/item: expected a list"):
        ledger.build("sum", refused)


def test_a_wrong_item_is_refused_with_its_path(ledger: Built) -> None:
    account = ledger.models.SharedAccount(number=1, closed=True, owners=["a", 5])
    with pytest.raises(ledger.errors.InvalidValue, match=r"account/owners/item\[1\]"):
        ledger.build("open_account", account)


@pytest.mark.parametrize(
    ("operation", "made"),
    [
        ("open_account", lambda models: (models.Account(number=1, closed=False),)),
        ("find_accounts", lambda models: (None, 5)),
        (
            "transfer",
            lambda models: (models.Account(number=1, closed=False), None, Decimal("1.50")),
        ),
        ("sum", lambda models: ([[1.0], [2.0, 3.0]],)),
        ("turn", lambda models: (models.Node(value=1, next=models.Node(value=2)),)),
        ("status", lambda models: ()),
    ],
)
def test_what_is_written_is_read(operation: str, made: Any, ledger: Built) -> None:
    arguments = made(ledger.models)
    content = ledger.build(operation, *arguments)
    assert ledger.parse_request(operation, content) == arguments


# --- what others write --------------------------------------------------------------------------

ACCOUNT = (
    '<m id="{0}" c:root="0" i:type="n:Account" xmlns:n="urn:example:ledger">'
    '<number href="#n"/><owner i:type="c:string">{0}</owner><closed>0</closed></m>'
)
NUMBER = '<m id="n" c:root="0" i:type="x:int">9</m>'


def test_values_that_are_referred_to(ledger: Built) -> None:
    answer = envelope(
        '<r:findAccountsResponse xmlns:r="urn:example:ledger:calls"><findAccountsReturn '
        'c:arrayType="q:Account[3]" xmlns:q="urn:example:ledger"><a href="#one"/><b href="#two"/>'
        f'<a href="#one"/></findAccountsReturn></r:findAccountsResponse>'
        f"{ACCOUNT.format('one')}{ACCOUNT.format('two')}{NUMBER}"
    )
    one, two = (
        ledger.models.Account(number=9, owner=owner, closed=False) for owner in ("one", "two")
    )
    assert ledger.parse("find_accounts", answer) == [one, two, one]


def test_a_value_is_referred_to_once_by_one_that_is_there_twice(ledger: Built) -> None:
    answer = envelope(
        '<r:findAccountsResponse xmlns:r="urn:example:ledger:calls"><findAccountsReturn '
        'c:arrayType="q:Account[2]" xmlns:q="urn:example:ledger"><a href="#one"/><a href="#one"/>'
        f"</findAccountsReturn></r:findAccountsResponse>{ACCOUNT.format('one')}{NUMBER}"
    )
    account = ledger.models.Account(number=9, owner="one", closed=False)
    assert ledger.parse("find_accounts", answer) == [account, account]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [("", None), ('<note i:type="x:int">5</note>', 5), ('<note i:nil="true"/>', None)],
)
def test_a_part_of_any_type(markup: str, expected: int | None, ledger: Built) -> None:
    """No type of the contract has attributes: nothing else asks for what reads such a part."""
    answer = envelope(f"<statusResponse><open>true</open>{markup}</statusResponse>")
    status = ledger.parse("status", answer)
    assert (status.open, status.note) == (True, expected)


def test_a_derived_type_that_is_referred_to(ledger: Built) -> None:
    # The prefixes of its type, and of the type of what refers to it, stand for the same namespace.
    answer = envelope(
        '<p:findAccountsResponse xmlns:p="urn:example:ledger"><findAccountsReturn '
        'c:arrayType="p:Account[1]"><item href="#s"/></findAccountsReturn>'
        '</p:findAccountsResponse><m id="s" i:type="z:SharedAccount" xmlns:z="urn:example:ledger">'
        "<number>1</number><closed>true</closed><owners href='#o'/></m>"
        '<m id="o" c:arrayType="x:string[1]"><x>a</x></m>'
    )
    shared = ledger.models.SharedAccount(number=1, closed=True, owners=["a"])
    assert ledger.parse("find_accounts", answer) == [shared]


def test_a_value_within_another_one_is_referred_to(ledger: Built) -> None:
    answer = envelope(
        '<t><turnReturn><value>1</value><next id="x"><value>2</value></next></turnReturn></t>'
    )
    assert ledger.parse("turn", answer) == ledger.models.Node(
        value=1, next=ledger.models.Node(value=2)
    )
    found = ledger.parse_request(
        "transfer",
        envelope(
            '<r:transfer xmlns:r="urn:example:ledger:calls"><from id="f"><number>1</number>'
            '<closed>1</closed></from><to href="#f"/><amount>5</amount></r:transfer>'
        ),
    )
    account = ledger.models.Account(number=1, closed=True)
    assert found == (account, account, Decimal(5))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<t><turnReturn href="#no"/></t>', "'no' is referred to and not there"),
        (
            '<t><turnReturn href="#a"/></t><m id="a"><value>1</value><next href="#a"/></m>',
            "turnReturn/next: the value contains itself",
        ),
        (
            '<t><turnReturn id="a"><value>1</value><next href="#a"/></turnReturn></t>',
            "turnReturn/next: the value contains itself",
        ),
        ('<t><turnReturn href="cid:part"/></t>', "'cid:part' is referred to and not there"),
        ("<t/><u/>", "expected an element in a SOAP body, got t, u"),
    ],
)
def test_a_reference_that_cannot_be_followed(body: str, reason: str, ledger: Built) -> None:
    with pytest.raises(ledger.errors.UnexpectedResponse, match=re.escape(reason)):
        ledger.parse("turn", envelope(body))


def test_references_that_double_are_refused(ledger: Built) -> None:
    levels = "".join(
        f'<m id="l{n}"><item href="#l{n + 1}"/><item href="#l{n + 1}"/></m>' for n in range(60)
    )
    answer = envelope(f'<t><sumReturn href="#l0"/></t>{levels}<m id="l60"/>')
    with pytest.raises(ledger.errors.UnexpectedResponse, match="stand for too many elements"):
        ledger.parse("sum", answer)


def test_many_references_to_a_large_value_are_refused(ledger: Built) -> None:
    answer = envelope(
        "<t><sumReturn>" + '<item href="#l"/>' * 1000 + "</sumReturn></t>"
        f'<m id="l">{"<item/>" * 2000}</m>'
    )
    with pytest.raises(ledger.errors.UnexpectedResponse, match="stand for too many elements"):
        ledger.parse("sum", answer)


@pytest.mark.slow
def test_as_many_values_as_there_are_may_be_referred_to(ledger: Built) -> None:
    """One that a single element refers to is not copied, and does not count."""
    count = 60_000
    answer = envelope(
        '<r:findAccountsResponse xmlns:r="urn:example:ledger:calls"><findAccountsReturn '
        f'c:arrayType="q:Account[{count}]" xmlns:q="urn:example:ledger">'
        + "".join(f'<a href="#a{number}"/>' for number in range(count))
        + "</findAccountsReturn></r:findAccountsResponse>"
        + "".join(
            f'<m id="a{number}" c:root="0"><number href="#n{number}"/><closed>0</closed></m>'
            f'<m id="n{number}" c:root="0" i:type="x:int">{number}</m>'
            for number in range(count)
        )
    )
    found = ledger.parse("find_accounts", answer)
    assert [account.number for account in found] == [*range(count)]


def test_references_that_are_nested_too_deeply_are_refused(ledger: Built) -> None:
    chain = "".join(
        f'<m id="l{n}"><value>1</value><next href="#l{n + 1}"/></m>' for n in range(1000)
    )
    answer = envelope(f'<t><turnReturn href="#l0"/></t>{chain}<m id="l1000"><value>1</value></m>')
    with pytest.raises(ledger.errors.UnexpectedResponse, match="nested too deeply"):
        ledger.parse("turn", answer)


@pytest.mark.parametrize("levels", [3, 50])
def test_references_in_deep_elements_are_refused(levels: int, ledger: Built) -> None:
    before, after = "<next><value>1</value>" * levels, "</next>" * levels
    chain = "".join(
        f'<m id="l{n}"><value>1</value>{before}<next href="#l{n + 1}"/>{after}</m>'
        for n in range(255)
    )
    answer = envelope(f'<t><turnReturn href="#l0"/></t>{chain}<m id="l255"><value>1</value></m>')
    with pytest.raises(ledger.errors.UnexpectedResponse, match="nested too deeply"):
        ledger.parse("turn", answer)


def test_the_names_of_an_answer_and_its_result_do_not_count(ledger: Built) -> None:
    assert ledger.parse("open_account", envelope("<anything><result>5</result></anything>")) == 5


def test_the_name_of_the_result_is_no_result(ledger: Built) -> None:
    answer = envelope(
        '<t><r:result xmlns:r="http://www.w3.org/2003/05/soap-rpc">openAccountReturn</r:result>'
        "<openAccountReturn>5</openAccountReturn></t>"
    )
    assert ledger.parse("open_account", answer) == 5


def test_members_may_have_namespaces(ledger: Built) -> None:
    answer = envelope(
        '<t xmlns:l="urn:example:ledger"><l:turnReturn><l:value>1</l:value></l:turnReturn></t>'
    )
    assert ledger.parse("turn", answer) == ledger.models.Node(value=1)


@pytest.mark.parametrize("year", ["1999", "2000/10", "2001"])
def test_nil_by_a_former_name(year: str, ledger: Built) -> None:
    old = f"http://www.w3.org/{year}/XMLSchema-instance"
    answer = envelope(
        f'<t xmlns:o="{old}"><turnReturn><value>1</value><next o:null="1"/></turnReturn></t>'
    )
    assert ledger.parse("turn", answer) == ledger.models.Node(value=1)


def test_a_declared_fault_that_is_referred_to(ledger: Built) -> None:
    faults = ledger.module("faults")
    answer = envelope(
        "<e:Fault><faultcode>e:Server</faultcode><faultstring>no</faultstring><detail>"
        '<r:refusal href="#id0" xmlns:r="urn:example:ledger:calls"/></detail></e:Fault>'
        '<m id="id0"><code i:type="x:int">4</code><why>why not</why></m>'
    )
    with pytest.raises(faults.Refused) as caught:
        ledger.parse("transfer", answer)
    assert caught.value.detail == ledger.models.Refusal(code=4, why="why not")


# --- calls --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_generated_client_calls_the_server_for_tests(
    ledger: Built, soap_server: Callable[..., SoapServer]
) -> None:
    models, server = ledger.models, soap_server(LEDGER)
    with ledger.client.LedgerClient(server.url) as client:
        # Samples are complete: what comes is what a sample has.
        assert client.open_account(models.Account(number=1, closed=False)) == 0
        (account,) = client.find_accounts("o", most=1)
        assert (account.number, account.kind) == (0, models.Kind.CURRENT)
        assert client.sum([[1.0]]) == [[0.0]]
        server.service.answer("turn", ledger.build_response("turn", models.Node(value=3)))
        assert client.turn() == models.Node(value=3)


@pytest.mark.slow
def test_a_part_that_is_not_there_is_refused(
    ledger: Built, soap_server: Callable[..., SoapServer]
) -> None:
    content = ledger.build("find_accounts", "o", 1).replace(b"most", b"least")
    answer = soap_server(LEDGER).service.handle(content)
    assert answer.problem is not None
    assert "has no part least, only owner most" in answer.problem


# --- contracts ----------------------------------------------------------------------------------


def edited(folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of the contract in ``folder``, with every text of ``changes`` replaced."""
    text = LEDGER.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "Ledger.wsdl"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_array_of_what_is_not_defined_is_left_out(tmp_path: Path) -> None:
    made = generated(edited(tmp_path, ("xs:double[][]", "tns:Row[]")), name="ledger")
    assert [item.what for item in made.left_out] == ["operation sum"]
    assert "Table is an array of {urn:example:ledger}Row" in made.left_out[0].reason


def test_the_namespace_of_a_simple_type_alone_is_declared(tmp_path: Path) -> None:
    """No element of the messages is in it, and no other type."""
    path = edited(
        tmp_path,
        ("</wsdl:types>", OTHER_SCHEMA + "</wsdl:types>"),
        ('name="owner" type="xs:string"', 'name="owner" type="o:Name" xmlns:o="urn:example:other"'),
    )
    ledger = build_package(path, tmp_path, name="ledger_named")
    owner, _ = etree.fromstring(ledger.build("find_accounts", "Ann", 1))[-1][0]
    prefix, _, local = str(owner.get(f"{XSI}type")).rpartition(":")
    assert (owner.nsmap.get(prefix), local) == ("urn:example:other", "Name")


def test_operations_of_another_use_are_left_out(tmp_path: Path) -> None:
    text = LEDGER.read_text(encoding="utf-8")
    start = text.index('<wsdl:operation name="status"><soap:operation')
    literal = text[start:].replace('use="encoded"', 'use="literal"', 2)
    path = tmp_path / "Ledger.wsdl"
    path.write_text(text[:start] + literal, encoding="utf-8")
    made = generated(path, name="ledger")
    assert [item.what for item in made.left_out] == ["operation status"]
    assert "it is literal, and operation openAccount is encoded" in made.left_out[0].reason
    alone = generated(path, name="status", operations=("status",))
    assert not alone.left_out


def test_another_encoding_is_left_out(tmp_path: Path) -> None:
    made_up = ('encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"', 'encodingStyle="urn:x"')
    path = edited(tmp_path, made_up)
    with pytest.raises(Exception, match="in the encoding 'urn:x' is not supported"):
        generated(path, name="ledger")


def test_soap_12(tmp_path: Path) -> None:
    path = edited(
        tmp_path,
        ("http://schemas.xmlsoap.org/wsdl/soap/", "http://schemas.xmlsoap.org/wsdl/soap12/"),
        (
            'encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"',
            'encodingStyle="http://www.w3.org/2003/05/soap-encoding"',
        ),
    )
    ledger = build_package(path, tmp_path, name="ledger_encoded_12")
    content = ledger.build("sum", [[1.0], []])
    (table,) = etree.fromstring(content)[-1][0]
    encoding = "{http://www.w3.org/2003/05/soap-encoding}"
    assert table.get(f"{encoding}itemType") == "xsd:double[]"
    assert table.get(f"{encoding}arraySize") == "2"
    assert ledger.parse_request("sum", content) == ([[1.0], []],)
