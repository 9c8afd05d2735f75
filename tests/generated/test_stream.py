"""Lists that are read while they arrive: the same items, in little memory, the same errors."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.packages import Built, build_package
from tests.support.samples import sample_arguments
from tests.support.small import wsdl

LISTS = [
    "find_address",
    "get_email_addresses",
    "get_email_envelopes",
    "get_email_message_ids",
    "get_emails_as_string",
    "get_folder_info",
    "get_folder_list",
    "get_person_entities_from_email_address",
    "get_ready_sync_email_accounts",
    "send_emails",
]
SIZES = [1, 7, 1000, 10**6]


def answer(email: Built, operation: str, items: int) -> bytes:
    (value,) = sample_arguments(getattr(email.builders, f"build_{operation}_response")).values()
    return email.build_response(operation, value * items)


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def large(content: bytes) -> bytes:
    """The same message with a comment of a megabyte behind the first tag."""
    first = content.index(b">", content.index(b"nvelope") if b"nvelope" in content else 0) + 1
    return content[:first] + b"<!--" + b" " * 2**20 + b"-->" + content[first:]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("operation", LISTS)
def test_it_gives_what_reading_all_of_it_gives(email: Built, operation: str, size: int) -> None:
    content = answer(email, operation, 3)
    whole = getattr(email.parsers, f"parse_{operation}")(content)

    found = list(getattr(email.parsers, f"iter_{operation}")(pieces(content, size)))

    assert found == whole
    assert len(found) == 3


@pytest.mark.parametrize("operation", LISTS)
def test_a_large_answer_reads_as_a_small_one(email: Built, operation: str) -> None:
    parse = getattr(email.parsers, f"parse_{operation}")
    content = answer(email, operation, 3)

    assert parse(large(content)) == parse(content)


def test_a_large_answer_is_not_kept_as_a_tree(
    email: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read while it is parsed, so that what was read can go."""
    content = large(answer(email, "get_email_envelopes", 3))
    monkeypatch.setattr(f"{email.path.name}._envelope.etree.fromstring", None)

    assert len(email.parsers.parse_get_email_envelopes(content)) == 3


@pytest.mark.parametrize(
    ("response", "value"),
    [("", None), ("<Response/>", []), ('<Response xsi:nil="true"/>', None)],
)
def test_a_large_answer_without_items(email: Built, response: str, value: object) -> None:
    empty = envelope(f"<GetEMailEnvelopesResponse>{response}</GetEMailEnvelopesResponse>")

    assert email.parsers.parse_get_email_envelopes(empty) == value
    assert email.parsers.parse_get_email_envelopes(large(empty)) == value


def test_it_reads_a_file(email: Built) -> None:
    content = answer(email, "get_email_envelopes", 50)

    found = list(email.parsers.iter_get_email_envelopes(io.BytesIO(content)))

    assert found == email.parsers.parse_get_email_envelopes(content)


def test_only_operations_with_a_list_have_one(email: Built) -> None:
    lists = {
        operation.name
        for operation in email.plan.operations
        if operation.response and operation.response.result.startswith("list[")
    }

    found = {name.removeprefix("iter_") for name in vars(email.parsers) if name[:5] == "iter_"}

    assert found == lists > set(LISTS)


def test_an_item_is_there_before_the_answer_has_ended(email: Built) -> None:
    content = answer(email, "get_email_envelopes", 3)
    second = content.index(b"<EMailEnvelope>", content.index(b"</EMailEnvelope>"))
    given: list[str] = []

    def arriving() -> Iterator[bytes]:
        yield content[: second + 20]
        given.append("the rest")
        yield content[second + 20 :]

    items = email.parsers.iter_get_email_envelopes(arriving())
    next(items)
    assert given == []
    assert len(list(items)) == 2


@pytest.mark.parametrize("content", ["", "<Response/>", '<Response xsi:nil="true"/>'])
def test_a_list_that_is_empty_or_missing(email: Built, content: str) -> None:
    empty = envelope(f"<GetEMailEnvelopesResponse>{content}</GetEMailEnvelopesResponse>")

    assert list(email.parsers.iter_get_email_envelopes(pieces(empty, 10))) == []


def test_an_element_of_the_same_name_elsewhere(email: Built) -> None:
    """Only what stands where the contract has it is the list."""
    item = "<EMailEnvelope><Subject>x</Subject><Response><a/><a/></Response></EMailEnvelope>"
    content = envelope(
        f"<GetEMailEnvelopesResponse><Response>{item * 2}</Response></GetEMailEnvelopesResponse>",
        head="<Response><EMailEnvelope/><EMailEnvelope/></Response>",
    )

    found = list(email.parsers.iter_get_email_envelopes(pieces(content, 20)))

    assert [item.subject for item in found] == ["x", "x"]


@pytest.mark.parametrize("size", SIZES)
def test_a_fault(email: Built, size: int) -> None:
    content = envelope(
        "<s:Fault xmlns=''><faultcode>s:Server</faultcode><faultstring>No</faultstring></s:Fault>"
    )

    with pytest.raises(email.errors.SoapFault, match="No"):
        list(email.parsers.iter_get_email_envelopes(pieces(content, size)))
    with pytest.raises(email.errors.SoapFault, match="No"):
        email.parsers.parse_get_email_envelopes(large(content))


def test_what_is_no_answer_to_the_operation(email: Built) -> None:
    errors = email.errors
    good = answer(email, "get_email_envelopes", 2)
    other = answer(email, "get_folder_list", 1)
    doctype = good.replace(b"<s:Envelope", b"<!DOCTYPE x><s:Envelope", 1)
    page = b"<html><p>Sorry<br></p></html>"
    foreign = good.replace(b"http://schemas.xmlsoap.org/soap/envelope/", b"urn:other")
    for content, error in (
        (other, errors.WrongMessage),
        (doctype, errors.NotSoap),
        (page, errors.NotSoap),
        (b"", errors.NotSoap),
        (foreign, errors.NotSoap),
        (good[: len(good) // 2], errors.Truncated),
        (good.replace(b"</Size>", b"x</Size>", 1), errors.UnexpectedResponse),
    ):
        for size in SIZES:
            with pytest.raises(error):
                list(email.parsers.iter_get_email_envelopes(pieces(content, size)))
        with pytest.raises(error):
            email.parsers.parse_get_email_envelopes(large(content) if content else content)


PERSON = """
      <xs:complexType name="Person"><xs:sequence>
        <xs:element name="Name" type="xs:string"/>
      </xs:sequence></xs:complexType>
      <xs:element name="Find"><xs:complexType><xs:sequence/></xs:complexType></xs:element>"""
REPEATED = """
      <xs:element name="FindResponse"><xs:complexType><xs:sequence>
        <xs:element name="Person" type="tns:Person" minOccurs="0" maxOccurs="unbounded"/>
      </xs:sequence></xs:complexType></xs:element>"""
BARE = """
      <xs:complexType name="ArrayOfPerson"><xs:sequence>
        <xs:element name="Person" type="tns:Person" minOccurs="0" maxOccurs="unbounded"/>
      </xs:sequence></xs:complexType>
      <xs:element name="FindResponse" type="tns:ArrayOfPerson"/>"""


@pytest.mark.slow
@pytest.mark.parametrize("response", [REPEATED, BARE])
def test_a_list_without_an_element_around_it(response: str, tmp_path: Path) -> None:
    source = tmp_path / "People.wsdl"
    source.write_text(wsdl(PERSON + response), encoding="utf-8")
    name = f"people_{'repeated' if response is REPEATED else 'bare'}"
    people: Any = build_package(source, tmp_path, name=name)
    persons = [people.models.Person(name=name) for name in ("Åse", "Bo", "Cy")]
    content = people.build_response("find", persons)

    for size in SIZES:
        assert list(people.parsers.iter_find(pieces(content, size))) == persons
    assert people.parsers.parse_find(content) == persons
    assert people.parsers.parse_find(large(content)) == persons
    assert people.parsers.parse_find(large(people.build_response("find", []))) == []


def test_a_header_like_the_list(tmp_path: Path) -> None:
    """What stands in the header is not the list, whatever it is called."""
    source = tmp_path / "People.wsdl"
    source.write_text(wsdl(PERSON + BARE), encoding="utf-8")
    people: Any = build_package(source, tmp_path, name="people_headed")
    content = people.build_response("find", [people.models.Person(name="Bo")])
    head = b'<s:Header><FindResponse xmlns="urn:example:people"><a/><a/></FindResponse></s:Header>'
    headed = content.replace(b"<s:Body>", head + b"<s:Body>")

    found = list(people.parsers.iter_find(pieces(headed, 10)))

    assert [person.name for person in found] == ["Bo"]
    assert people.parsers.parse_find(large(headed)) == found


@pytest.mark.slow
def test_it_takes_no_more_memory_for_a_longer_list(email: Built) -> None:
    """Lists of 4 and of 40 megabytes, each in a process of its own."""
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells how much memory a process took at the most")
    code = f"""
import re, sys
sys.path.insert(0, {str(email.path.parent)!r})
from {email.path.name} import parsers
content = {answer(email, "get_email_envelopes", 1)!r}
start, end = content.index(b"<EMailEnvelope>"), content.rindex(b"</EMailEnvelope>") + 16
def pieces(items):
    yield content[:start]
    for _ in range(items // 10):
        yield content[start:end] * 10
    yield content[end:]
items = int(sys.argv[1]) // (end - start) // 10 * 10
assert sum(1 for _ in parsers.iter_get_email_envelopes(pieces(items))) == items
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""
    small, large = (
        int(subprocess.check_output([sys.executable, "-c", code, str(size)]))
        for size in (4_000_000, 40_000_000)
    )
    assert large < small * 1.1


def envelope(body: str, head: str = "") -> bytes:
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xmlns="http://www.superoffice.net/ws/crm/NetServer/Services86">'
        f"<s:Header>{head}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    ).encode()


def test_a_request_that_is_a_list(tmp_path: Path) -> None:
    """The other half reads it, though no response is a list."""
    source = tmp_path / "People.wsdl"
    schema = PERSON.replace('"Find"', '"FindResponse"') + REPEATED.replace(
        '"FindResponse"', '"Find"'
    )
    source.write_text(wsdl(schema), encoding="utf-8")
    people: Any = build_package(source, tmp_path, name="people_listed")
    persons = [people.models.Person(name=name) for name in ("Åse", "Bo")]
    assert people.parse_request("find", people.build("find", persons)) == (persons,)
