"""What a user adds to a contract: documentation, and what is secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from soapgen.errors import GivenError
from soapgen.given import Overlay

from tests.support.packages import Built, generated, planned, written
from tests.support.small import SCHEMA, changed, wsdl

PEOPLE = changed(
    SCHEMA,
    ("</xs:sequence>", '</xs:sequence>\n        <xs:attribute name="code" type="xs:string"/>'),
)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "People.wsdl"
    path.write_text(wsdl(PEOPLE), encoding="utf-8")
    return path


def test_documentation(people: Path) -> None:
    overlay = Overlay(
        services=(("People", "All that there are."),),
        operations=(("Find", "Look   for\none.\n\nSlowly."),),
        types=(("Person", "Somebody."),),
        members=(
            ("Find.Name", "Whom to find."),
            ("Person.Name", "The full name."),
            ("Person.code", "A short one."),
        ),
    )
    (package,) = planned(people, overlay=overlay).packages
    assert package.documentation == "All that there are."
    (operation,) = package.operations
    assert operation.description == "Look for one.\n\nSlowly."
    assert operation.request.members[0].documentation == "Whom to find."
    (person,) = package.entities
    assert person.description == "Somebody."
    told = {member.name: member.documentation for member in person.members}
    assert told["name"] == "The full name."
    assert told["code"] == "Attribute.\n\nA short one."


@pytest.mark.parametrize(
    ("overlay", "message"),
    [
        (
            Overlay(types=(("Persn", "x"),)),
            "documentation.types.Persn: there is no type with a class 'Persn' in what is "
            "generated; did you mean Person?",
        ),
        (
            Overlay(secrets=("Person.Nane",)),
            "secrets.Person.Nane: there is no member 'Person.Nane' in what is generated; "
            "did you mean Person.Name",
        ),
    ],
)
def test_what_fits_nothing_is_refused(people: Path, overlay: Overlay, message: str) -> None:
    with pytest.raises(GivenError) as caught:
        planned(people, overlay=overlay)
    assert message in str(caught.value)


@pytest.mark.slow
def test_secrets_are_not_shown(people: Path, tmp_path: Path) -> None:
    overlay = Overlay(secrets=("Find.Name", "Person.@code"))
    made = generated(people, name="secret_people", overlay=overlay)
    built = Built(made.plan, written(made, tmp_path))
    person = built.models.Person(name="Ann", code="4711")
    assert "Ann" in repr(person)
    assert "4711" not in repr(person)
    answer = (
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>'
        b"<faultcode>s:Server</faultcode><faultstring>there is no Annabel</faultstring>"
        b"</s:Fault></s:Body></s:Envelope>"
    )
    httpx = pytest.importorskip("httpx")
    transport = httpx.MockTransport(lambda _: httpx.Response(500, content=answer))
    client = built.client.PeopleClient("http://a", http=httpx.Client(transport=transport))
    with pytest.raises(built.errors.SoapFault) as caught:
        client.find("Annabel")
    assert "Annabel" not in str(caught.value)
    assert b"Annabel" in caught.value.exchange.sent
    assert "Annabel" not in str(caught.value.exchange.request)
