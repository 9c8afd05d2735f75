"""Names that a user gives: what has them, and which are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from soapgen.errors import GivenError
from soapgen.given import GivenNames
from soapgen.plan import Family
from soapgen.plan.members import Member
from soapgen.plan.types import Entity

from tests.support.packages import Built, generated, planned, written
from tests.support.small import SCHEMA, changed, wsdl
from tests.support.typing import mypy

PEOPLE = changed(
    SCHEMA,
    (
        '<xs:element name="Age" type="xs:int" minOccurs="0"/>\n        </xs:sequence>',
        '<xs:element name="Age" type="xs:int" minOccurs="0"/>\n'
        '          <xs:element name="Home" type="tns:Address" minOccurs="0"/>\n'
        '        </xs:sequence>\n        <xs:attribute name="id" type="xs:int"/>\n'
        '        <xs:attribute name="Name" type="xs:string"/>',
    ),
    (
        '<xs:element name="Find">',
        """<xs:complexType name="Address">
        <xs:sequence><xs:element name="Street" type="xs:string"/></xs:sequence>
      </xs:complexType>
      <xs:complexType name="Boss">
        <xs:complexContent><xs:extension base="tns:Person">
          <xs:sequence><xs:element name="Title" type="xs:string" minOccurs="0"/></xs:sequence>
        </xs:extension></xs:complexContent>
      </xs:complexType>
      <xs:element name="Find">""",
    ),
)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "People.wsdl"
    path.write_text(wsdl(PEOPLE), encoding="utf-8")
    return path


def names(**kinds: dict[str, str]) -> GivenNames:
    return GivenNames(**{kind: tuple(sorted(given.items())) for kind, given in kinds.items()})


def plan(people: Path, **kinds: dict[str, str]) -> Family:
    return planned(people, server=True, names=names(**kinds))


def entity(family: Family, name: str) -> Entity:
    (package,) = family.packages
    return next(item for item in package.entities if item.class_name == name)


def member_names(members: tuple[Member, ...]) -> list[str]:
    return [member.name for member in members]


def test_a_service_names_its_clients(people: Path) -> None:
    (package,) = plan(people, services={"People": "Staff"}).packages
    assert (package.client, package.asynchronous_client) == ("StaffClient", "AsyncStaffClient")


@pytest.mark.parametrize("name", ["Find", "People.Find"])
def test_an_operation_names_its_method_and_functions(people: Path, name: str) -> None:
    (package,) = plan(people, operations={name: "look_up"}).packages
    (operation,) = package.operations
    assert (operation.method, operation.name) == ("look_up", "look_up")
    assert operation.xml_name == "Find"
    assert operation.action == "urn:example:people:Find"


@pytest.mark.parametrize("name", ["Person", "{urn:example:people}Person"])
def test_a_type_names_its_class(people: Path, name: str) -> None:
    family = plan(people, types={name: "Human"})
    human, boss = entity(family, "Human"), entity(family, "Boss")
    assert human.xml_name == "Person"
    assert boss.base == "Human"
    (package,) = family.packages
    assert package.operations[0].returns == "Human | None"


def test_members_of_types_and_of_messages(people: Path) -> None:
    family = plan(
        people,
        members={
            "Person.Name": "full_name",
            "Person.@Name": "short_name",
            "Person.id": "key",
            "Find.Name": "wanted",
        },
    )
    person = entity(family, "Person")
    assert member_names(person.members) == ["full_name", "age", "home", "key", "short_name"]
    # What extends the type has them, too.
    boss = entity(family, "Boss")
    assert member_names(boss.all_members)[:2] == ["full_name", "age"]
    (package,) = family.packages
    assert member_names(package.operations[0].request.members) == ["wanted"]


def test_two_parts_may_exchange_their_names(people: Path) -> None:
    family = plan(people, members={"Person.Name": "age", "Person.Age": "name"})
    assert member_names(entity(family, "Person").members)[:2] == ["age", "name"]


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        (
            {"services": {"Peopel": "Staff"}},
            "names.services.Peopel: there is no service 'Peopel' in what is generated; "
            "did you mean People?",
        ),
        (
            {"operations": {"People.find": "look_up"}},
            "names.operations.People.find: there is no operation 'People.find' in what is "
            "generated; did you mean People.Find or Find?",
        ),
        (
            {"types": {"Persn": "Human"}},
            "names.types.Persn: there is no type with a class 'Persn' in what is generated; "
            "did you mean Person?",
        ),
        (
            {"members": {"Person.Nam": "name"}},
            "names.members.Person.Nam: there is no member 'Person.Nam' in what is generated; "
            "did you mean Person.Name or Person.@Name or Person.Age?",
        ),
        (
            {"members": {"Boss.Age": "years"}},
            "names.members.Boss.Age: there is no member 'Boss.Age' in what is generated; "
            "did you mean Boss.Title?",
        ),
        (
            {"types": {"Person": "Human", "{urn:example:people}Person": "Man"}},
            "names.types.{urn:example:people}Person: names.types.Person is the same one; "
            "give it one name",
        ),
        ({"services": {"People": "Soap"}}, "would name a class SoapClient"),
        ({"services": {"People": "staff"}}, "'staff' begins with a small letter"),
        ({"operations": {"Find": "Look"}}, "'Look' has a capital"),
        ({"operations": {"Find": "import"}}, "'import' is a keyword of Python"),
        ({"operations": {"Find": "close"}}, "'close' is a name that generated code uses itself"),
        ({"operations": {"Find": "_find"}}, "'_find' begins with an underscore"),
        ({"types": {"Person": "Iterable"}}, "'Iterable' is a name that generated code uses itself"),
        ({"types": {"Person": "A-B"}}, "'A-B' is not a name that Python allows"),
        ({"types": {"Person": "ﬁ"}}, "'ﬁ' begins with a small letter"),
        ({"members": {"Person.Name": "ﬁ"}}, "'ﬁ' is not a name that Python allows"),
        ({"members": {"Person.Name": "from"}}, "'from' is a keyword of Python"),
        ({"members": {"Find.Name": "self"}}, "'self' is a name that generated code uses itself"),
    ],
)
def test_names_that_are_refused(
    people: Path, kinds: dict[str, dict[str, str]], message: str
) -> None:
    with pytest.raises(GivenError) as caught:
        plan(people, **kinds)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("kinds", "both"),
    [
        ({"types": {"Person": "Address"}}, ("types.Person", "the type Address")),
        ({"types": {"Person": "PeopleClient"}}, ("types.Person", "the client PeopleClient")),
        ({"types": {"Person": "M", "Boss": "M"}}, ("types.Person", "names.types.Boss")),
        (
            {"services": {"People": "My"}, "types": {"Boss": "MyClient"}},
            ("types.Boss", "names.services.People"),
        ),
        ({"members": {"Person.Name": "age"}}, ("members.Person.Name", "the member Age")),
        # An inherited one, from both sides.
        ({"members": {"Boss.Title": "age"}}, ("members.Boss.Title", "the member Age")),
        ({"members": {"Person.Age": "title"}}, ("members.Person.Age", "the member Title")),
    ],
)
def test_names_that_collide_name_both(
    people: Path, kinds: dict[str, dict[str, str]], both: tuple[str, str]
) -> None:
    with pytest.raises(GivenError) as caught:
        plan(people, **kinds)
    message = str(caught.value)
    assert message.startswith(f"names.{both[0]}: ")
    assert f"is also the name of {both[1]}; " in message


def test_a_name_of_an_operation_that_another_one_has(tmp_path: Path) -> None:
    path = tmp_path / "People.wsdl"
    text = wsdl()
    for part, end in (("portType", "portType"), ("binding", "binding")):
        start = text.index("<wsdl:operation", text.index(f"<wsdl:{part}"))
        operation = text[start : text.index(f"</wsdl:{end}>")]
        text = text.replace(operation, operation + operation.replace('"Find"', '"Seek"'), 1)
    path.write_text(text, encoding="utf-8")
    for given in ("seek", "seek_request"):
        with pytest.raises(GivenError, match=r"operations\.Find: .* of the operation Seek"):
            planned(path, server=True, names=names(operations={"Find": given}))
    both = planned(path, names=names(operations={"Find": "seek", "Seek": "find"}))
    assert [item.method for item in both.packages[0].operations] == ["seek", "find"]


def two_services(folder: Path) -> tuple[Path, Path]:
    one, two = folder / "People.wsdl", folder / "Pets.wsdl"
    text = wsdl(PEOPLE)
    one.write_text(text, encoding="utf-8")
    two.write_text(text.replace('"People"', '"Pets"').replace(":People", ":Pets"), encoding="utf-8")
    text = two.read_text(encoding="utf-8").replace("PeopleService", "PetsService")
    two.write_text(text.replace("PeopleBinding", "PetsBinding"), encoding="utf-8")
    return one, two


def test_services_of_a_family(tmp_path: Path) -> None:
    given = names(services={"Pets": "Animals"}, types={"Person": "Owner"})
    family = planned(*two_services(tmp_path), name="family", names=given)
    assert [package.name for package in family.packages] == ["people", "animals"]
    assert [entity.class_name for part in family.shared for entity in part.entities] == [
        "Address",
        "Owner",
        "Boss",
    ]
    assert "owner" in [module.name for module in family.shared]


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        ({"services": {"Pets": "PEOPLE"}}, "is also the name of the service People"),
        ({"services": {"Pets": "Common"}}, "is a name that generated code uses itself"),
        (
            {"operations": {"Find": "seek"}},
            "there are 2 of the name 'Find'; say which is meant: People.Find or Pets.Find",
        ),
    ],
)
def test_what_is_refused_in_a_family(
    tmp_path: Path, kinds: dict[str, dict[str, str]], message: str
) -> None:
    with pytest.raises(GivenError) as caught:
        planned(*two_services(tmp_path), name="family", names=names(**kinds))
    assert message in str(caught.value)


@pytest.mark.slow
def test_what_is_sent_stays_as_it_is(people: Path, tmp_path: Path) -> None:
    given = names(
        services={"People": "Staff"},
        operations={"Find": "look_up"},
        types={"Person": "Human"},
        members={"Person.Name": "full_name", "Person.Age": "years", "Find.Name": "wanted"},
    )
    packages = {}
    for name, said in (("plain_people", GivenNames()), ("named_people", given)):
        made = generated(people, name=name, server=True, names=said)
        packages[name] = Built(made.plan, written(made, tmp_path))
    plain, named = packages.values()
    assert named.builders.build_look_up(wanted="Ann") == plain.builders.build_find(name="Ann")
    human = named.models.Human(full_name="Ann", years=7)
    answer = named.build_response("look_up", human)
    assert answer == plain.build_response("find", plain.models.Person(name="Ann", age=7))
    assert named.parse("look_up", answer) == human
    found = mypy("-p", "named_people", cwd=tmp_path)
    assert found.startswith("Success"), found
