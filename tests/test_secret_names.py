"""Which names are those of secrets, and how an address is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from soapgen import secret_names

SECRET = """
    Password passwd Pwd sPassword newPassword2 NEW_PASSWORD user-password userpassword PasswordHash
    Passphrase PassCode Pin PIN PinCode Secret ClientSecret SecretValue Token AccessToken Tokens
    accesstoken nextToken ApplicationToken GetTokenResult Ticket Credentials Credential
    ApiKey Api_Key apikey X-Api-Key AccessKey SecretKey PrivateKey Ocp-Apim-Subscription-Key
    SessionId sessionID session-id JSESSIONID SessionToken Session Authorization Cookie Set-Cookie
    Proxy-Authorization AuthenticationData Nonce CVV2 Passwort Kennwort Passord
""".split()

SHOWN = """
    TokenType TicketId TicketNumber PasswordExpires PasswordHint PasswordQuestion Name UserName Key
    KeyName PrimaryKey ERPProductKey CountryCode StatusCode Shipping Opinion Compass Passenger
    Author AuthorId Credit CreditLimit Creditor SecretaryId SessionCount Signature Response Value
    wsdl singleWsdl xsd CredentialType
""".split()


@pytest.mark.parametrize("name", SECRET)
def test_a_secret_name(name: str) -> None:
    assert secret_names.is_secret(name)


@pytest.mark.parametrize("name", SHOWN)
def test_a_name_that_is_not(name: str) -> None:
    assert not secret_names.is_secret(name)


def test_a_record_is_not_secret_as_a_whole() -> None:
    for name in ("Ticket", "UsernameToken", "Session", "GetApiKeyResult"):
        assert not secret_names.holds_secrets(name)
    for name in ("Credentials", "Password", "AuthenticationData", "ApiKey"):
        assert secret_names.holds_secrets(name)
    assert secret_names.is_value_of("Value", "Token")
    assert not secret_names.is_value_of("Value", "Person")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://me:pw@host/x?wsdl", "http://host/x?wsdl"),
        ("http://host/x?wsdl&apikey=s", "http://host/x?wsdl&apikey=***"),
        ("http://host/x?api%2Dkey=s&xsd=xsd0", "http://host/x?api%2Dkey=***&xsd=xsd0"),
        ("http://host/x?singleWsdl", "http://host/x?singleWsdl"),
        ("http://host/x?a=1;token=s;t", "http://host/x?a=1;token=***"),
        ("http://host/x;jsessionid=s?wsdl", "http://host/x;jsessionid=***?wsdl"),
        ("http://host/x#access_token=s", "http://host/x#access_token=***"),
        ("http://host/x?code=a@b", "http://host/x?code=a@b"),
        ("http://host:80/@me?wsdl", "http://host:80/@me?wsdl"),
        ("http://[::1]/@me?wsdl", "http://[::1]/@me?wsdl"),
        ("http://me:p/w@host/x", "http://host/x"),
        ("http://host/x?token=", "http://host/x?token="),
    ],
)
def test_an_address(address: str, shown: str) -> None:
    assert secret_names.shown_address(address) == shown
    assert secret_names.shown_address(shown) == shown


def test_the_secrets_of_an_address() -> None:
    found = secret_names.secrets_of_address("http://me:p%40w@host/x?wsdl&apikey=a+b")
    assert found == {"p%40w", "p@w", "a+b", "a b"}


@given(st.text())
def test_any_address_is_shown_once(address: str) -> None:
    shown = secret_names.shown_address(address)
    assert secret_names.shown_address(shown) == shown
