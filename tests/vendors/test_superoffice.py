"""Each rule takes one difference out of a documented message, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from soapgen.contract import select
from soapgen.contract.services import Contract, Port
from soapgen.messages import canonical
from soapgen.vendors.superoffice.quirks import Quirks

from tests.support.command import soapgen
from tests.support.packages import contract_of
from tests.support.paths import WSDL

ENVELOPE = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"'
    ' xmlns="http://www.superoffice.net/ws/crm/NetServer/Services86">'
    "%s</s:Envelope>"
)


@pytest.fixture(scope="module")
def said() -> Contract:
    return contract_of(WSDL / "EMail.wsdl")


@pytest.fixture(scope="module")
def port(said: Contract) -> Port:
    return select([said])[0].port


def taken_out(content: str, operation: str, said: Contract, port: Port) -> tuple[str, list[str]]:
    """The canonical form of the message without its quirks, and the rules that applied."""
    declared = next(item for item in port.binding.operations if item.name == operation)
    assert declared.output is not None
    root = etree.fromstring(content)
    rules = Quirks(port, said.types).take_out(root, declared.output.parts[0].element)
    return canonical(root), list(rules)


def body(operation: str, content: str) -> str:
    """A response, with ``content`` in its one member."""
    return ENVELOPE % (
        f"<s:Body><{operation}Response><Response>{content}</Response></{operation}Response></s:Body>"
    )


CASES = [
    pytest.param("types_that_are_declared", "GetEMail", '<Size xsi:type="xsd:int">1</Size>',
                 "<Size>1</Size>"),
    pytest.param("nil_where_there_must_be_a_value", "GetEMail", '<Size xsi:nil="true"/>',
                 "<Size>0</Size>"),
    pytest.param("nil_where_there_must_be_a_value", "GetEMail", '<Sent xsi:nil="true"/>',
                 "<Sent>0001-01-01T00:00:00</Sent>"),
    pytest.param("nil_where_there_must_be_a_value", "GetEMail", '<Priority xsi:nil="true"/>',
                 "<Priority>NoPriority</Priority>"),
    pytest.param("nil_where_there_must_be_a_value", "GetEMail", '<Flags xsi:nil="true"/>',
                 "<Flags/>"),
    pytest.param("nil_instead_of_nothing", "GetEMail", '<Subject xsi:nil="true"/><Size>1</Size>',
                 "<Size>1</Size>"),
    pytest.param("empty_where_there_must_be_a_value", "GetEMail", "<Sent/>",
                 "<Sent>0001-01-01T00:00:00</Sent>"),
    pytest.param("layout", "GetEMail", "\n  <To>\n </To>\n <Subject> </Subject>\n",
                 "<To/><Subject> </Subject>"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "operation", "documented", "wire"), CASES)
def test_a_rule(
    rule: str, operation: str, documented: str, wire: str, said: Contract, port: Port
) -> None:
    found, rules = taken_out(body(operation, documented), operation, said, port)
    assert found == canonical(etree.fromstring(body(operation, wire)))
    assert rules == [rule]


@pytest.mark.parametrize(
    "content",
    [
        "<Size>1</Size><Subject>  </Subject>",
        '<To><EMailAddress xsi:nil="true"/></To>',  # in a list, nil keeps a place
        '<Unknown xsi:nil="true"/><Other xsi:type="xsd:int">1</Other>',  # not in the contract
        '<Size xsi:type="xsd:short">1</Size>',  # not the declared type
        "<Subject/>",
    ],
)
def test_what_is_as_on_the_wire_stays(content: str, said: Contract, port: Port) -> None:
    message = body("GetEMail", content)
    found, rules = taken_out(message, "GetEMail", said, port)
    assert found == canonical(etree.fromstring(message))
    assert rules == []


def test_the_other_soap_version(said: Contract, port: Port) -> None:
    message = body("GetEMail", "<Size>1</Size>")
    other = message.replace(
        "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"
    )
    assert taken_out(other, "GetEMail", said, port) == (
        canonical(etree.fromstring(message)),
        ["other_soap_version"],
    )


def test_headers_beside_the_body(said: Contract, port: Port) -> None:
    inner = "<s:Body><GetEMailResponse/></s:Body>"
    found = taken_out(ENVELOPE % f"<Credentials/>{inner}", "GetEMail", said, port)
    expected = ENVELOPE % f"<s:Header><Credentials/></s:Header>{inner}"
    assert found == (canonical(etree.fromstring(expected)), ["headers_beside_the_body"])


AGENT_PAGE = """\
---
title: POST Agents/EMail/GetEMail
---

# POST Agents/EMail/GetEMail

```http
POST /api/v1/Agents/EMail/GetEMail
```

Reads a message by its key.


## Online Restricted: ## Not for everybody.

## Query String Parameters

| Parameter Name | Type |  Description |
|----------------|------|--------------|
| $select | string |  What to include. |

## Request Body: request

Id, IncludeAttachments

| Property Name | Type |  Description |
|----------------|------|--------------|
| Id | Integer | The key of it. |
| IncludeAttachments | Boolean |  |

## Response:

OK

| Response | Description |
|----------------|-------------|
| 200 | OK |

### Response body: EMailEntity

| Property Name | Type |  Description |
|----------------|------|--------------|
| Subject | string | What it is about. |
| TableRight | TableRight | Who may do what. |
| HasCalendarData | bool | Whether it has one. |
"""

ENUMERATION_PAGE = """---
title: Enum values for EMailFlags
---

# EMailFlags Enum

What became of it.

| Name | Value | Description |
|------|-------|-------------|
|Seen|1|1: Somebody read it|
|Deleted|2||

## Usage

* [email_item](../email-item.md).flags - Of all there are
"""


@pytest.mark.slow
def test_pages_of_the_web_api_describe(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "v1EMailAgent_GetEMail.md").write_text(AGENT_PAGE, encoding="utf-8")
    (tmp_path / "pages" / "emailflags.md").write_text(ENUMERATION_PAGE, encoding="utf-8")
    # As the vendor publishes it: with no documentation.
    for path in (path for path in WSDL.rglob("*") if path.suffix in (".wsdl", ".xsd")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"<(\w+:documentation)>.*?</\1>", "", text, flags=re.DOTALL)
        copy = tmp_path / path.relative_to(WSDL)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(text, encoding="utf-8")
    arguments = ("--operation", "GetEMail", "--docs", "pages")
    result = soapgen("build", "EMail.wsdl", *arguments, cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("Left out: ")]
    number = AGENT_PAGE.splitlines().index("| HasCalendarData | bool | Whether it has one. |") + 1
    assert line.startswith(
        "Left out: description of member EMailEntity.HasCalendarData "
        f"(pages/v1EMailAgent_GetEMail.md:{number}): there is no member 'HasCalendarData' of "
    )
    package = tmp_path / "generated" / "email_client"
    client = (package / "client.py").read_text(encoding="utf-8")
    models = (package / "models.py").read_text(encoding="utf-8")
    assert '"""Reads a message by its key.\n' in client
    assert "The key of it." in client
    assert "What it is about." in models
    assert "Who may do what." in models  # it is inherited
    assert '"""What became of it."""\n\n    SEEN = "Seen"\n    """1: Somebody read it."""' in models
    for other in (
        "Not for everybody",
        "What to include",
        "IncludeAttachments.",
        "Of all there are",
    ):
        assert other not in client + models
