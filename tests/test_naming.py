"""Names: words, cases, reserved words and collisions."""

from __future__ import annotations

import keyword
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

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
    assert naming.prefixes({*namespaces, "urn:main"}, "urn:main") == {
        "urn:main": "",
        namespaces[4]: "arrays",
        namespaces[1]: "cryptography",
        namespaces[0]: "arrays_2",
        namespaces[2]: "tempuri",
        namespaces[3]: "people",
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ΐ", "\u03aa\u0301"),  # a small letter, and the capital of it in two characters
        ("ﬁ", "fi"),
        ("K", "\u212a"),  # the sign for kelvin
    ],
)
def test_names_that_are_one_for_python_are_told_apart(one: str, other: str) -> None:
    for style in (RESERVED.member, RESERVED.parameter, naming.pascal, naming.constant):
        scope = naming.Names()
        taken = [scope.take(style(name)) for name in (one, other)]
        assert len({unicodedata.normalize("NFKC", name) for name in taken}) == 2, taken


@given(st.text())
def test_a_name_is_in_the_form_that_python_compares(name: str) -> None:
    for style in (RESERVED.member, RESERVED.method, naming.pascal, naming.constant, naming.module):
        assert unicodedata.is_normalized("NFKC", style(name))


@given(st.text() | st.sampled_from(["..", "../x", "a/b", "C:\\x", "con", "NUL", "lpt1", "x" * 999]))
def test_a_name_for_a_file_leads_nowhere_else(name: str) -> None:
    for made in (naming.module(name), naming.package(name), naming.file_stem(name)):
        assert made
        assert made not in (".", "..")
        assert PureWindowsPath(made).name == PurePosixPath(made).name == made
        assert not PureWindowsPath(made).is_reserved()
        assert not any(mark in made for mark in '/\\:*?"<>|\0\n\r')
        assert len(made.encode()) < 200
    assert "." not in naming.module(name) + naming.package(name)


def test_the_name_of_a_file_stays_what_it_can_be() -> None:
    assert naming.file_stem("GetEMail") == "GetEMail"
    assert naming.file_stem("a.b-c_d") == "a.b-c_d"
    assert naming.file_stem("हिन्दी") == "हिन्दी"
    assert naming.file_stem("../a") == "a"
    assert naming.file_stem("") == "_"


def test_modules_differ_in_more_than_case() -> None:
    scope = naming.Names(["Errors"], for_files=True)
    assert [scope.take(name) for name in ("errors", "straße", "strasse", "other")] == [
        "errors_2",
        "straße",
        "strasse_2",
        "other",
    ]


def test_names_that_collide_take_a_step_each() -> None:
    class Scope(naming.Names):
        looks = 0

        def _are_free(self, names: list[str]) -> bool:
            self.looks += 1
            return super()._are_free(names)

    scope = Scope()
    taken = [scope.take("value") for _ in range(4_000)]
    assert taken[-1] == "value_4000"
    assert scope.looks < 2.5 * len(taken)


def test_a_name_of_which_all_forms_are_free() -> None:
    scope = naming.Names(["find_request"], elsewhere={"find_2"})
    assert scope.take("find", naming.BOTH_HALVES) == "find_3"
    assert scope.take("find_3_request") == "find_3_request_2"


@pytest.mark.parametrize("service", ["Soap", "AsyncSoap"])
def test_a_client_is_none_of_the_runtime(service: str) -> None:
    assert RESERVED.clients("People") == ("PeopleClient", "AsyncPeopleClient")
    assert RESERVED.clients(service) == (f"{service}ServiceClient", f"Async{service}ServiceClient")
