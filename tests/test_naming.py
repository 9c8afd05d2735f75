"""Names: words, cases, reserved words and collisions."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st
from soapgen import naming
from soapgen.render import reserved_names
from soapgen.vendors import conventions

RESERVED = reserved_names(conventions())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SyncUserAccounts", "sync_user_accounts"),
        ("EMailSOInfo", "email_so_info"),
        ("GetEMailFromId", "get_email_from_id"),
        ("UseSSL", "use_ssl"),
        ("URLName", "url_name"),
        ("URLs", "urls"),
        ("Wgs84Latitude", "wgs84_latitude"),
        ("UIHintMandatory", "ui_hint_mandatory"),
        ("ArrayOfint", "array_of_int"),
        ("sync-user.account", "sync_user_account"),
        ("already_snake", "already_snake"),
        ("SCREAMING_SNAKE", "screaming_snake"),
        ("HelloÆØÅ", "hello_æøå"),
        ("OAuthToken", "oauth_token"),
        ("3D", "value_3_d"),
        ("_", "value"),
    ],
)
def test_snake(name: str, expected: str) -> None:
    assert naming.snake(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("EMailAddress", "EMailAddress"),
        ("syncUserAccount", "SyncUserAccount"),
        ("sync-user_account", "SyncUserAccount"),
        ("None", "NoneType"),
        ("3D", "Value3D"),
    ],
)
def test_pascal(name: str, expected: str) -> None:
    assert naming.pascal(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("NoPriority", "NO_PRIORITY"), ("inDiary", "IN_DIARY"), ("", "EMPTY"), ("1.5", "VALUE_1_5")],
)
def test_constant(name: str, expected: str) -> None:
    assert naming.constant(name) == expected


def test_reserved_words_get_an_underscore_only_where_they_are_reserved() -> None:
    assert RESERVED.member("From") == "from_"
    assert RESERVED.member("Date") == "date_"
    assert RESERVED.member("Envelope") == "envelope"
    assert RESERVED.parameter("Optional") == "optional_"  # builders call a function of this name
    assert RESERVED.parameter("Build") == "build_"  # the methods of clients have such a variable
    assert RESERVED.parameter("Date") == "date"
    assert RESERVED.method("Close") == "close_"
    assert RESERVED.method("WithOptions") == "with_options_"
    assert RESERVED.header("Timeout") == "timeout_"
    assert RESERVED.method("Send") == "send"


@given(st.text())
def test_whatever_the_name_it_is_one_that_python_takes(name: str) -> None:
    for style in (
        RESERVED.member,
        RESERVED.parameter,
        RESERVED.method,
        naming.pascal,
        naming.constant,
    ):
        result = style(name)
        assert result.isidentifier(), result
        assert not keyword.iskeyword(result)


def test_a_name_that_is_taken_gets_a_number() -> None:
    scope = naming.Names(["a"])
    assert [scope.take("a"), scope.take("a"), scope.take("b"), scope.take("b")] == [
        "a_2",
        "a_3",
        "b",
        "b_2",
    ]


@pytest.mark.parametrize(
    ("port_type", "service", "expected"),
    [
        ("EMail", "WcfEMailService", "EMail"),
        ("CalculatorSoap", "Calculator", "Calculator"),
        ("PeopleService", "PeopleService", "People"),
        ("CustomerService", "WcfCustomerServiceService", "CustomerService"),
        ("Service", "Service", "Service"),
    ],
)
def test_service(port_type: str, service: str, expected: str) -> None:
    assert naming.service(port_type, service) == expected


def test_prefixes_come_from_the_last_word() -> None:
    namespaces = [
        "http://schemas.microsoft.com/2003/10/Serialization/Arrays",
        "http://schemas.datacontract.org/2004/07/System.Security.Cryptography",
        "http://tempuri.org/",
        "urn:example:people:v2",
        "http://other/Arrays",
    ]
    assert naming.prefixes([*namespaces, "urn:main"], "urn:main") == {
        "urn:main": "",
        namespaces[4]: "arrays",
        namespaces[1]: "cryptography",
        namespaces[0]: "arrays_2",
        namespaces[2]: "tempuri",
        namespaces[3]: "people",
    }
