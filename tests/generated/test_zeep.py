"""A peer that nobody here wrote: zeep reads the same WSDL and understands the same messages."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
import zeep
from zeep.helpers import serialize_object

from tests.generated.test_client import Server
from tests.support.packages import Built
from tests.support.paths import WSDL
from tests.support.samples import sample_arguments

OPERATIONS = [
    "SyncEmailAccounts",
    "GetEMailFromId",
    "SaveEMailAccount",
    "SendEMails",
    "GetEMailEnvelopes",
    "GetPersonEntitiesFromEmailAddress",
    "CreateEMailFromDocumentEntity",
    "GetAttachment",
    "SetSubscription",
    "RelayMessage",
    "GetCurrentAccountId",
    "FindContactOrPersonByEmailName",
]


@pytest.fixture(scope="module")
def server(email: Built) -> Iterator[Server]:
    server = Server(email)
    yield server
    server.http.shutdown()


@pytest.fixture(scope="module")
def peer(server: Server) -> Any:
    client = zeep.Client(str(WSDL / "EMail.wsdl"))
    binding = "{http://www.superoffice.net/ws/crm/NetServer/Services86}BasicHttpBinding_EMail"
    return client.create_service(binding, server.url)


@pytest.mark.slow
@pytest.mark.parametrize("name", OPERATIONS)
def test_zeep_calls_a_server_made_of_the_package(
    name: str, peer: Any, server: Server, email: Built
) -> None:
    operation = next(item for item in email.plan.operations if item.xml_name == name)
    arguments = sample_arguments(getattr(email.builders, f"build_{operation.name}"))
    values = {
        member.tag.local: as_zeep(value, member.value.write, email)
        for member, value in zip(operation.request.members, arguments.values(), strict=True)
    }

    result = peer[name](**values, _soapheaders={"ApplicationToken": "app"})

    assert server.received == tuple(arguments.values())
    assert operation.response is not None
    body = serialize_object(result.body if hasattr(result, "body") else result, dict)
    expected = server.response(operation.name)
    members = operation.response.members
    answer = body.get(members[0].tag.local) if members else None
    if members:
        assert same(answer, as_zeep(expected[0], members[0].value.write, email))


def as_zeep(value: Any, write: str, email: Built) -> Any:
    """``value``, which ``write`` writes, as zeep has it: dicts of XML names, wrappers of lists."""
    plan = email.plan
    if isinstance(value, list):
        array = next(item for item in plan.written.arrays if item.function == write)
        inner = [as_zeep(item, array.item.value.write, email) for item in value]
        return {array.item.tag.local: inner}
    if isinstance(value, dict):
        dictionary = next(item for item in plan.written.dictionaries if item.function == write)
        return {
            dictionary.entry.local: [
                {"Key": key, "Value": as_zeep(item, dictionary.item.value.write, email)}
                for key, item in value.items()
            ]
        }
    if isinstance(value, frozenset):
        return [str(member) for member in type(next(iter(value))) if member in value]
    if isinstance(value, enum.Enum):
        return str(value)
    if is_dataclass(value):
        members = {member.name: member for member in all_members(type(value).__name__, email)}
        return {
            members[field.name].tag.local: as_zeep(
                getattr(value, field.name), members[field.name].value.write, email
            )
            for field in fields(value)
        }
    return value


def all_members(class_name: str, email: Built) -> list[Any]:
    entity = next(item for item in email.plan.entities if item.class_name == class_name)
    inherited = all_members(entity.base, email) if entity.base else []
    return [*inherited, *entity.members]


def same(answer: Any, expected: Any) -> bool:
    """Whether zeep's ``answer`` says what ``expected`` does; zeep fills in None."""
    if isinstance(expected, dict):
        return all(same((answer or {}).get(key), value) for key, value in expected.items())
    if isinstance(expected, list):
        if isinstance(answer, dict):
            (answer,) = answer.values()
        if not expected:
            return not answer  # zeep does not tell an empty list from a missing one
        return len(answer) == len(expected) and all(map(same, answer, expected))
    return bool(answer == expected)
