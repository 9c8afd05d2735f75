"""Where the header, the body and the faults of an answer are: in their places, by full names."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.generated.test_errors import CRM, GOOD, URL, answer, called, enveloped
from tests.support.packages import Built, build_package
from tests.support.small import wsdl

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP12 = "http://www.w3.org/2003/05/soap-envelope"
FAILED = "<Succeeded>false</Succeeded>"
RESPONSE = "<GetEMailResponse><Response><Subject>Hi</Subject></Response></GetEMailResponse>"
FAULT = (
    "<s:Fault xmlns=''><faultcode>s:Server</faultcode><faultstring>It failed</faultstring>"
    "</s:Fault>"
)


def envelope(content: str, soap: str = SOAP, encoding: str = "utf-8") -> bytes:
    declaration = "" if encoding == "utf-8" else f'<?xml version="1.0" encoding="{encoding}"?>'
    start = f'<s:Envelope xmlns:s="{soap}" xmlns="{CRM}" xmlns:x="urn:x">'
    return f"{declaration}{start}{content}</s:Envelope>".encode(encoding)


def header(content: str) -> str:
    return f"<s:Header>{content}</s:Header>"


def body(content: str = RESPONSE) -> str:
    return f"<s:Body>{content}</s:Body>"


# --- a failure that the server reports in the header ---------------------------------------------


@pytest.mark.parametrize(
    "before",
    [
        "",
        "<x:Log><x:Body/></x:Log>",
        "<x:Log><s:Body/></x:Log>",
        "<x:Log><x:Header/></x:Log>",
        "<x:Log><s:Header/></x:Log>",
        "<x:Header/>",
        "<x:Header><s:Body/></x:Header>",
        "<s:Header/>",
        "<s:Body/>",
        "<x:Body/>",
        "<x:Log><s:Envelope><s:Header/><s:Body/></s:Envelope></x:Log>",
        "<!-- <s:Body/> --><?s:Body?>",
        "<x:Succeeded>true</x:Succeeded>",
        "<x:Log><Succeeded>true</Succeeded></x:Log>",
        f"<x:Log>{'x' * 100_000}</x:Log>",
    ],
)
@pytest.mark.parametrize("outside", ["", "<x:Header/>", "<x:Body/>", "<!-- <s:Header/> -->"])
def test_a_failure_is_found_behind_what_is_only_called_alike(
    before: str, outside: str, email: Built
) -> None:
    content = envelope(outside + header(before + FAILED) + body())
    with pytest.raises(email.errors.ServerFailure):
        called(email, answer(content))


@pytest.mark.parametrize("soap", [SOAP, SOAP12])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "iso-8859-1"])
def test_a_failure_is_found_in_any_encoding(encoding: str, soap: str, email: Built) -> None:
    """Those in four bytes cannot be read in pieces."""
    content = envelope(header(FAILED) + body(), soap, encoding)
    with pytest.raises(email.errors.ServerFailure):
        called(email, answer(content))


@pytest.mark.parametrize("text", ["fa<!-- -->lse", "f&#97;lse", "<![CDATA[false]]>", " false "])
def test_a_failure_is_found_however_it_is_written(text: str, email: Built) -> None:
    with pytest.raises(email.errors.ServerFailure):
        called(email, answer(envelope(header(f"<Succeeded>{text}</Succeeded>") + body())))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(body() + header(FAILED), id="header after body"),
        pytest.param(header("") + header(FAILED) + body(), id="two headers"),
        pytest.param(body("") + body(), id="an empty body before"),
        pytest.param(body() + body("<x:Other/>"), id="two bodies"),
        pytest.param(body(RESPONSE * 2), id="two answers"),
        pytest.param(body(RESPONSE + "<x:Other/>"), id="another message behind"),
        pytest.param(body("<x:Other/>" + RESPONSE), id="another message before"),
        pytest.param(f"<x:Body>{RESPONSE}</x:Body>", id="a body of another namespace"),
        pytest.param(f"<x:Log>{body()}</x:Log>", id="a body further inside"),
        pytest.param(f"<Body xmlns='{SOAP12}'>{RESPONSE}</Body>", id="the body of SOAP 1.2"),
        pytest.param(header(""), id="no body"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_envelope_with_other_parts_than_a_header_and_a_body(content: str, email: Built) -> None:
    sent = envelope(content)
    with pytest.raises(email.errors.WrongMessage):
        called(email, answer(sent))
    with pytest.raises(email.errors.WrongMessage):
        email.parsers.parse_get_email(sent)
    with pytest.raises(email.errors.WrongMessage):
        streamed(email, sent)


@pytest.mark.parametrize("first", ["true", "false"])
def test_a_header_that_is_there_twice(first: str, email: Built) -> None:
    """Which of them counts is not known."""
    twice = f"<Succeeded>{first}</Succeeded>" + FAILED
    with pytest.raises(email.errors.WrongMessage, match="Succeeded once"):
        called(email, answer(envelope(header(twice) + body())))


def streamed(package: Built, content: bytes) -> Any:
    """What is read in pieces of the same envelope, for an operation that answers with a list."""
    content = content.replace(b"GetEMailResponse", b"GetEMailEnvelopesResponse")
    return list(package.parsers.iter_get_email_envelopes([content]))


def test_a_header_that_may_be_there_more_than_once(email: Built) -> None:
    """What the contract does not declare is not counted: WS-Addressing repeats some."""
    content = envelope(header("<x:RelatesTo/><x:RelatesTo/><Succeeded>true</Succeeded>") + body())
    assert called(email, answer(content)).subject == "Hi"


# --- faults --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(FAULT, id="alone"),
        pytest.param(RESPONSE + FAULT, id="behind the answer"),
        pytest.param("<x:Other/>" + FAULT, id="behind another message"),
        pytest.param(FAULT + RESPONSE, id="before the answer"),
        pytest.param(f"<!-- -->{FAULT}", id="behind a comment"),
    ],
)
@pytest.mark.parametrize("status", [200, 500])
def test_a_fault_in_the_body_is_raised(content: str, status: int, email: Built) -> None:
    """SOAP 1.1, section 4.4, allows one fault in a body: an answer beside it means nothing."""
    sent = envelope(body(content))
    with pytest.raises(email.errors.SoapFault, match="It failed"):
        called(email, answer(sent, status))
    with pytest.raises(email.errors.SoapFault, match="It failed"):
        list(email.parsers.iter_get_email_envelopes([sent]))


def test_a_fault_of_another_namespace_is_a_wrong_message(email: Built) -> None:
    fault = "<x:Fault><faultcode xmlns=''>x</faultcode></x:Fault>"
    with pytest.raises(email.errors.WrongMessage):
        called(email, answer(envelope(body(fault))))


NO_RESPONSE = """
      <xs:element name="Find"><xs:complexType><xs:sequence/></xs:complexType></xs:element>"""


@pytest.fixture(scope="module")
def one_way(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A package whose operation Find has a request and no response."""
    folder = tmp_path_factory.mktemp("one_way")
    source = folder / "People.wsdl"
    text = wsdl(NO_RESPONSE)
    for line in (
        '<wsdl:message name="FindResponse">\n'
        '    <wsdl:part name="body" element="tns:FindResponse"/>\n  </wsdl:message>',
        '<wsdl:output message="tns:FindResponse"/>',
        '<wsdl:output><soap:body use="literal"/></wsdl:output>',
    ):
        assert line in text
        text = text.replace(line, "")
    source.write_text(text, encoding="utf-8")
    return build_package(source, folder, name="people_one_way", server=False)


@pytest.mark.parametrize("status", [200, 202, 500])
def test_a_fault_in_the_answer_to_a_one_way_operation(status: int, one_way: Any) -> None:
    for sent in (envelope(body(FAULT)), envelope(body("<x:Other/>" + FAULT))):
        http = httpx.Client(transport=httpx.MockTransport(answer(sent, status)))
        with pytest.raises(one_way.errors.SoapFault, match="It failed"):
            one_way.client.PeopleClient(URL, http=http).find()


@pytest.mark.parametrize("content", [b"", b"thank you", b"<html/>", envelope(body())])
def test_anything_else_in_the_answer_to_a_one_way_operation(content: bytes, one_way: Any) -> None:
    http = httpx.Client(transport=httpx.MockTransport(answer(content, 202)))
    one_way.client.PeopleClient(URL, http=http).find()


@pytest.mark.parametrize("soap", ["", "s:"])
def test_the_elements_of_a_fault_with_and_without_the_namespace_of_soap(
    soap: str, email: Built
) -> None:
    fault = (
        "<s:Fault xmlns=''><x:faultstring>Another</x:faultstring><x:faultcode>x</x:faultcode>"
        f"<{soap}faultcode>s:Server</{soap}faultcode>"
        f"<{soap}faultstring>It failed</{soap}faultstring>"
        f"<{soap}detail><x:Cause>full</x:Cause></{soap}detail></s:Fault>"
    )
    with pytest.raises(email.errors.SoapFault) as caught:
        called(email, answer(envelope(body(fault)), 500))
    assert (caught.value.code, caught.value.reason) == ("s:Server", "It failed")
    assert ">full</x:Cause>" in caught.value.markup


def test_a_fault_that_is_not_made_like_one_is_there_in_full(email: Built) -> None:
    fault = "<s:Fault><x:message>The disk is full</x:message></s:Fault>"
    with pytest.raises(email.errors.SoapFault) as caught:
        called(email, answer(envelope(body(fault)), 500))
    assert "The disk is full" in caught.value.markup


NET = "http://schemas.datacontract.org/2004/07/System.ServiceModel"


def detailed(detail: str) -> bytes:
    code = "<faultcode>s:Server</faultcode><faultstring>It failed</faultstring>"
    return envelope(body(f"<s:Fault xmlns=''>{code}<detail>{detail}</detail></s:Fault>"))


def test_an_exception_of_another_namespace_is_none_of_net(email: Built) -> None:
    for detail in (
        "<x:ExceptionDetail><x:Message>x</x:Message></x:ExceptionDetail>",
        "<ExceptionDetail><Message>x</Message></ExceptionDetail>",
    ):
        with pytest.raises(email.errors.SoapFault) as caught:
            called(email, answer(detailed(detail), 500))
        assert caught.value.exception is None
        assert "Message>x<" in caught.value.markup


def test_members_of_another_namespace_are_none_of_the_exception(email: Built) -> None:
    exception = (
        f'<ExceptionDetail xmlns="{NET}"><x:Message>x</x:Message><x:InnerException/>'
        "<Message>It failed</Message><Type>System.Exception</Type></ExceptionDetail>"
    )
    with pytest.raises(email.errors.SoapFault) as caught:
        called(email, answer(detailed(exception), 500))
    expected = email.errors.ExceptionDetail(type="System.Exception", message="It failed")
    assert caught.value.exception == expected


@pytest.mark.slow
def test_a_declared_detail_that_cannot_be_read_does_not_hide_the_fault(shapes: Built) -> None:
    detail = '<x:Refusal xmlns:x="urn:example:shapes"><until>some day</until></x:Refusal>'
    http = httpx.Client(transport=httpx.MockTransport(answer(detailed(detail), 500)))
    with pytest.raises(shapes.errors.SoapFault, match="It failed") as caught:
        shapes.client.ShapesClient(URL, http=http).close_()
    assert type(caught.value) is shapes.errors.SoapFault
    assert "some day" in caught.value.markup


# --- elements within each other ------------------------------------------------------------------

TREE = """
      <xs:complexType name="Person"><xs:sequence>
        <xs:element name="Name" type="xs:string" minOccurs="0"/>
        <xs:element name="Parent" type="tns:Person" minOccurs="0"/>
        <xs:element name="Children" type="tns:ArrayOfPerson" minOccurs="0" nillable="true"/>
      </xs:sequence></xs:complexType>
      <xs:complexType name="ArrayOfPerson"><xs:sequence>
        <xs:element name="Person" type="tns:Person" minOccurs="0" maxOccurs="unbounded"
            nillable="true"/>
      </xs:sequence></xs:complexType>
      <xs:element name="Find"><xs:complexType><xs:sequence/></xs:complexType></xs:element>
      <xs:element name="FindResponse"><xs:complexType><xs:sequence>
        <xs:element name="Persons" type="tns:ArrayOfPerson"/>
      </xs:sequence></xs:complexType></xs:element>"""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A package with persons who are within each other."""
    folder = tmp_path_factory.mktemp("people")
    source = folder / "People.wsdl"
    source.write_text(wsdl(TREE), encoding="utf-8")
    return build_package(source, folder, name="people_within")


def persons(levels: int, within: str, name: str = "") -> bytes:
    """An answer with ``levels`` elements, for persons within each other."""
    names = {"Parent": ["Parent"], "Children": ["Children", "Person"]}[within]
    inside = [names[level % len(names)] for level in range(levels - 5)]
    text = (
        "<FindResponse xmlns='urn:example:people'><Persons><Person>"
        f"{''.join(f'<{tag}>' for tag in inside)}{name and f'<Name>{name}</Name>'}"
        f"{''.join(f'</{tag}>' for tag in reversed(inside))}</Person></Persons></FindResponse>"
    )
    return envelope(body(text))


def readers(people: Any) -> list[Callable[[bytes], Any]]:
    def by_the_client(content: bytes) -> Any:
        http = httpx.Client(transport=httpx.MockTransport(answer(content)))
        return people.client.PeopleClient(URL, http=http).find()

    def in_pieces(content: bytes) -> Any:
        return list(people.parsers.iter_find([content[:1000], content[1000:]]))

    return [people.parsers.parse_find, by_the_client, in_pieces]


@pytest.mark.slow
@pytest.mark.parametrize("within", ["Parent", "Children"])
def test_as_many_elements_within_each_other_as_are_read(within: str, people: Any) -> None:
    for read in readers(people):
        (person,) = read(persons(256, within))
        assert person.name is None


@pytest.mark.slow
@pytest.mark.parametrize("levels", [257, 1000, 2000, 100_000])
@pytest.mark.parametrize("within", ["Parent", "Children"])
def test_more_of_them_are_refused(within: str, levels: int, people: Any) -> None:
    for read in readers(people):
        with pytest.raises(people.errors.UnexpectedResponse):
            read(persons(levels, within))


def test_more_of_them_are_refused_in_a_large_answer(people: Any) -> None:
    """Above ten megabytes, libxml2's own limits are off."""
    content = persons(1000, "Parent", name="x" * 11_000_000)
    for read in readers(people):
        with pytest.raises(people.errors.UnexpectedResponse, match="within each other"):
            read(content)
    good = persons(100, "Parent", name="x" * 11_000_000)
    for read in readers(people):
        assert len(read(good)) == 1


def test_more_of_them_are_refused_before_they_are_read_in_pieces(people: Any) -> None:
    one = persons(10, "Parent")
    start, end = one.index(b"<Person>"), one.index(b"</Persons>")
    deep = persons(1000, "Parent")
    many = one[:start] + one[start:end] * 3 + deep[start:]
    found = people.parsers.iter_find([many[:-2000], many[-2000:]])
    with pytest.raises(people.errors.UnexpectedResponse, match="within each other"):
        list(found)


def test_a_reader_that_runs_out_of_stack_is_an_unexpected_response(people: Any) -> None:
    """The last resort, for a caller who has used up most of the stack."""

    def call(depth: int) -> Any:
        return readers(people)[1](persons(250, "Children")) if depth == 0 else call(depth - 1)

    errors: list[Exception] = []
    for depth in range(500, 1000, 25):
        with contextlib.suppress(RecursionError):
            try:
                call(depth)
            except people.errors.CallError as error:
                errors.append(error)
    assert errors
    for found in errors:
        assert "stack" in str(found)
        assert isinstance(found, people.errors.UnexpectedResponse)


@pytest.mark.parametrize("levels", [3, 50, 200, 1500, 5000])
def test_inner_exceptions(levels: int, email: Built) -> None:
    inside = "<Type>T</Type><InnerException>" * levels + "</InnerException>" * levels
    sent = detailed(f'<ExceptionDetail xmlns="{NET}">{inside}</ExceptionDetail>')
    with pytest.raises(email.errors.CallError) as caught:
        called(email, answer(sent, 500))
    count, exception = 0, getattr(caught.value, "exception", None)
    while exception is not None:
        count, exception = count + 1, exception.inner
    # Those that are too deep to be read are in the markup; what is deeper still is no answer.
    assert count == (levels + 1 if levels <= 50 else 0)
    assert isinstance(
        caught.value, email.errors.SoapFault if levels <= 200 else email.errors.ServerError
    )
    if levels == 200:
        assert caught.value.reason == "It failed"
        assert caught.value.markup.count("<InnerException") == 200


def test_lists_of_the_same_name_within_each_other_take_no_time(email: Built) -> None:
    """Where an element is looked for is told by the elements next to it, not by all around it."""
    content = enveloped("<GetEMailEnvelopesResponse>" + "<Response>" * 2000)
    with pytest.raises(email.errors.UnexpectedResponse):
        list(email.parsers.iter_get_email_envelopes([content]))


def test_a_key_that_is_there_twice(email: Built) -> None:
    """A dictionary cannot hold both values, and which of them counts is not known."""
    pair = "FieldPropertyDictionaryKeyValuePair"
    fields = f"<{pair}><Key>a</Key><Value/></{pair}>" * 2
    answered = (
        f"<GetEMailResponse><Response><FieldProperties>{fields}</FieldProperties></Response>"
        "</GetEMailResponse>"
    )
    expected = f"FieldProperties/{pair}: the key 'a' is there twice"
    with pytest.raises(email.errors.UnexpectedResponse, match=expected):
        email.parsers.parse_get_email(enveloped(answered))


def test_what_is_good_stays_good(email: Built) -> None:
    assert called(email, answer(GOOD)).subject == "Hi"
