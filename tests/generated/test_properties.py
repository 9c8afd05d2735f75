"""Whatever values go in: the message is valid, and reading it gives the same values back."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.support.packages import Built
from tests.support.paths import WSDL
from tests.support.schemas import problems, schema_of
from tests.support.strategies import HOSTILE, TEXT, arguments

OPERATIONS = [
    "sync_email_accounts",
    "save_email",
    "get_email_from_id",
    "set_subscription",
    "relay_message",
    "save_email_account",
    "mark_as_read",
]
RESPONSES = ["get_email_envelopes", "find_address", "get_folder_list", "get_email_so_info"]
SETTINGS = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def schema() -> Any:
    return schema_of(WSDL / "EMail.wsdl")


def without_unlisted(errors: list[str]) -> list[str]:
    """The schema's complaints, but for values of enumerations that it does not list."""
    return [error for error in errors if "must be one of" not in error]


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS)
@SETTINGS
@given(data=st.data())
def test_requests(operation: str, email: Built, schema: Any, data: st.DataObject) -> None:
    build = getattr(email.builders, f"build_{operation}")
    values = data.draw(arguments(build, email.values))
    message = email.build(operation, **values)
    assert without_unlisted(problems(schema, message)) == []
    expected = [values[name] for name in inspect.signature(build).parameters if name in values]
    assert list(email.parse_request(operation, message)) == expected


@pytest.mark.slow
@pytest.mark.parametrize("operation", RESPONSES)
@SETTINGS
@given(data=st.data())
def test_responses(operation: str, email: Built, schema: Any, data: st.DataObject) -> None:
    build = getattr(email.builders, f"build_{operation}_response")
    values = data.draw(arguments(build, email.values))
    message = email.build_response(operation, *values.values())
    assert without_unlisted(problems(schema, message)) == []
    assert (email.parse(operation, message),) == tuple(values.values())


@given(text=TEXT)
def test_text_never_becomes_markup(email: Built, text: str) -> None:
    message = email.build("relay_message", rfc822=text, from_=text, recipients=[text])
    body = etree.fromstring(message)[-1][0]
    assert len(list(body.iter())) == 5
    assert {node.text or "" for node in body.iter() if not len(node)} == {text}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_place(email: Built, text: str) -> None:
    models, right = email.models, email.models.ETableRight
    account = models.SyncUserAccount(
        associate_name=text,
        field_properties={text: models.FieldProperty(field_type=text)},
        table_right=models.TableRight(reason=text, mask=frozenset(map(right, text.split()))),
    )
    headers = models.RequestHeaders(application_token=text, ticket=text)
    message = email.build("sync_email_accounts", [account], soap_headers=headers)
    root = etree.fromstring(message)
    assert [node.text or "" for node in root[0].iter() if not len(node)] == [text, text]
    ((read,),) = email.parse_request("sync_email_accounts", message)
    assert read == account


@given(
    character=st.characters(categories=["Cs"])
    | st.sampled_from([*map(chr, {*range(32)} - {9, 10, 13}), "\ufffe", "\uffff"])
)
def test_a_character_that_xml_cannot_carry_is_refused(email: Built, character: str) -> None:
    with pytest.raises(
        email.errors.InvalidValue, match=re.escape("Subject: XML cannot carry the character")
    ):
        email.build("save", email.models.EMailEntity(subject=f"a{character}b"))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (2**31, "AccountId: 2147483648 is out of the range of xs:int"),
        (-(2**31) - 1, "AccountId: -2147483649 is out of the range of xs:int"),
        ("1", "AccountId: expected int, not str"),
        (None, "AccountId: expected int, not NoneType"),
        (1.5, "AccountId: expected int, not float"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(
    email: Built, value: Any, message: str
) -> None:
    good = email.models.SyncUserAccount()
    bad = email.models.SyncUserAccount(account_id=value)
    with pytest.raises(email.errors.InvalidValue, match=re.escape(f"SyncUserAccount[1]/{message}")):
        email.build("sync_email_accounts", [good, bad])


def test_a_string_is_not_taken_for_a_list(email: Built) -> None:
    with pytest.raises(email.errors.InvalidValue, match="expected a list, not str"):
        email.build("get_emails_as_string", message_ids="abc")


def test_numbers_that_xml_schema_spells_in_its_own_way(email: Built) -> None:
    for value, text in ((float("inf"), "INF"), (float("-inf"), "-INF"), (float("nan"), "NaN")):
        element = email.module("_write").xs_double("N", value)
        assert element == f"<N>{text}</N>"
        read = email.module("_read").read_float(etree.fromstring(element))
        assert read == value or read != read
