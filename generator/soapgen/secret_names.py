"""Whose value must not be shown, by a name: of an element, an attribute, a header, a parameter.

One rule, for soapgen and for the packages that it writes, which have a copy of this module. A name
is secret by how it ends: ``OldPassword``, ``apiKey``, ``session-id``, but not ``TokenType`` or
``PasswordExpires``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, unquote_plus

# The words of a name: ``X-Api-Key`` and ``XApiKey`` have the same ones. Digits do not count.
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+")

# What a name may end with and still mean the same: ``PasswordHash``, ``GetTokenResult``.
_ANSWERS = ("response", "result", "return")
_AFTER = re.compile(
    "response|result|return|value|text|string|hash|digest|salt|confirmation|confirm|repeat"
    "|encrypted"
)

# What a secret name ends with, also if the word is not set apart: ``userpassword``.
_ENDING = re.compile(
    "(password|passwd|passphrase|passord|passwort|kennwort|secret|token|ticket|credential"
    "|apikey|appkey|applicationkey|accesskey|authkey|secretkey|privatekey|sharedkey|sessionkey"
    "|signingkey|encryptionkey|subscriptionkey|sessionid|sessid|passcode|pincode|accesscode"
    "|securitycode|verificationcode|authcode|authorizationcode|authdata|authenticationdata"
    "|logindata|passworddata)s?$"
)

# The same for short words, which others end with, too: ``shipping`` ends with ``pin``.
_LAST_WORD = re.compile(
    "(pass|pwd|pin|otp|cvc|cvv|jwt|psk|sid|nonce|cookie|bearer|session|auth"
    "|authentication|authorization)s?"
)

# In an element with such a name, only its value is secret, not all of a record that is in it: a
# ticket may be one of a help desk, and a UsernameToken has a user name.
_RECORDS = ("ticket", "token", "session", "auth", "authentication", "authorization")

_VALUE = re.compile("response|result|return|value|text|string|item|anytype|base64binary")

# Parts of an address (RFC 3986, section 3). A value may have a semicolon in it, and a password a
# slash that should have been escaped: what is before it looks like a port that is no number.
_USER = re.compile(r"^([^/?#]*//)([^/?#]*|[^/?#:\[]*:(?!\d*(?:[/?#]|$)).*)@")
_BEFORE_QUERY = re.compile(r"^[^?#]*")
_PARAMETER = re.compile(r"(?<=[?&;#])([^=?&;#/]+)=([^&;#]+(?:;[^=&;#]*(?=[&;#]|$))*)")
_PATH_PARAMETER = re.compile(r"(?<=;)([^=;/]+)=([^;/]+)")


@lru_cache(maxsize=4096)
def is_secret(name: str) -> bool:
    """Whether a text under ``name`` is secret."""
    words = _words(name)
    last = words[-1] if words else ""
    return bool(_LAST_WORD.fullmatch(last) or _ENDING.search("".join(words)))


@lru_cache(maxsize=4096)
def holds_secrets(name: str) -> bool:
    """Whether everything in an element ``name`` is secret, and not only its value."""
    joined = "".join(_words(name)).removesuffix("s")
    is_answer = name.lower().endswith(_ANSWERS)
    return is_secret(name) and not is_answer and not joined.endswith(_RECORDS)


def is_value_of(name: str, record: str) -> bool:
    """Whether ``name`` is that of the secret in ``record``: ``Value`` in ``Token``."""
    return bool(_VALUE.fullmatch(name.lower())) and is_secret(record)


def _words(name: str) -> list[str]:
    words = [word.lower() for word in _WORD.findall(name)]
    while words and _AFTER.fullmatch(words[-1]):
        words.pop()
    return words


def shown_address(address: str) -> str:
    """``address`` without a user name and password, and with ``***`` for secret parameters."""
    path, query = _parts(without_user(address))
    return _PATH_PARAMETER.sub(_shown, path) + _PARAMETER.sub(_shown, query)


def _shown(parameter: re.Match[str]) -> str:
    return f"{parameter[1]}=***" if is_secret(unquote(parameter[1])) else parameter[0]


def has_masked(address: str) -> bool:
    """Whether ``address`` is shown without a secret parameter, and so cannot be read."""
    return "=***" in address


def without_user(address: str) -> str:
    """``address`` without the user name and password that it may contain."""
    return _USER.sub(r"\1", address)


def secrets_of_address(address: str) -> set[str]:
    """The passwords and secret parameters in ``address``, as they are and decoded."""
    path, query = _parts(address)
    parameters = _PATH_PARAMETER.findall(path) + _PARAMETER.findall(query)
    found = {value for name, value in parameters if is_secret(unquote(name))}
    if user := _USER.match(address):
        name, _, password = user[2].partition(":")
        found |= {password or name, *re.split("[/?#]", password)} - {""}
    return found | {unquote_plus(value) for value in found} | {unquote(value) for value in found}


def hidden(text: str, address: str) -> str:
    """``text``, which may repeat ``address`` or parts of it, without its secrets."""
    text = text.replace(address, shown_address(address))
    for secret in sorted(secrets_of_address(address), key=len, reverse=True):
        text = text.replace(secret, "***") if len(secret) > 3 else text
    return text


def _parts(address: str) -> tuple[str, str]:
    """``address`` up to its query, and from there."""
    path = _BEFORE_QUERY.match(address)
    end = path.end() if path else 0
    return address[:end], address[end:]
