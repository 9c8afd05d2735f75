"""WS-Security 1.1: hooks that add a user name and a password to a request, or sign it.

For example: ``client.with_options(before=username_token("me", "secret", digest=True))``. Signing
needs the library signxml. Errors and exchanges mask the password, its digest and the nonce.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from .errors import InvalidValue
from .options import Outgoing

Hook = Callable[[Outgoing], None]

_OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
WSSE = f"{_OASIS}wssecurity-secext-1.0.xsd"
WSU = f"{_OASIS}wssecurity-utility-1.0.xsd"
DS = "http://www.w3.org/2000/09/xmldsig#"

_USERNAME = f"{_OASIS}username-token-profile-1.0"
_BASE64 = f"{_OASIS}soap-message-security-1.0#Base64Binary"
_X509 = f"{_OASIS}x509-token-profile-1.0#X509v3"


def username_token(
    user: str, password: str, *, digest: bool = False, lifetime: float | None = 300.0
) -> Hook:
    """Add a UsernameToken (UsernameToken Profile 1.1, 3.1).

    Args:
        user: The user's name.
        password: The password.
        digest: Whether to send a digest of the password, with a nonce, instead of the password.
        lifetime: How long the request is valid, in seconds; None for no timestamp.
    """

    def add(outgoing: Outgoing) -> None:
        created = _time(datetime.now(UTC))
        sent, kind, more = password, "PasswordText", ""
        if digest:
            nonce = os.urandom(16)
            sent = _base64(hashlib.sha1(nonce + (created + password).encode()).digest())
            kind = "PasswordDigest"
            more = (
                f'<wsse:Nonce EncodingType="{_BASE64}">{_base64(nonce)}</wsse:Nonce>'
                f"<wsu:Created>{created}</wsu:Created>"
            )
        outgoing.add_header(
            _security(
                f"{_timestamp(lifetime)}"
                f"<wsse:UsernameToken><wsse:Username>{escape(user)}</wsse:Username>"
                f'<wsse:Password Type="{_USERNAME}#{kind}">{escape(sent)}</wsse:Password>'
                f"{more}</wsse:UsernameToken>"
            )
        )

    return add


def signed(key: bytes, certificate: bytes, *, lifetime: float = 300.0) -> Hook:
    """Sign the body and a timestamp with an X.509 certificate (X.509 Token Profile 1.1, 3).

    Args:
        key: The private key, as PEM.
        certificate: Its certificate, as PEM; it is sent along.
        lifetime: How long the request is valid, in seconds.

    Raises:
        ImportError: The library signxml is not installed.
    """
    try:
        from signxml import methods
        from signxml.signer import XMLSigner
    except ModuleNotFoundError as error:
        message = f"signed needs signxml ({error}); run: pip install signxml"
        raise ImportError(message) from error

    def sign(outgoing: Outgoing) -> None:
        if outgoing.parts:
            raise InvalidValue("what is signed cannot have parts: use a client without mtom")
        outgoing.add_header(
            _security(
                f"{_timestamp(lifetime)}"
                f'<wsse:BinarySecurityToken wsu:Id="token" EncodingType="{_BASE64}"'
                f' ValueType="{_X509}">{_der(certificate)}</wsse:BinarySecurityToken>'
                f'<ds:Signature xmlns:ds="{DS}" Id="placeholder"/>'
            )
        )
        envelope: Any = etree.fromstring(outgoing.envelope)
        (body,) = (child for child in envelope if etree.QName(child).localname == "Body")
        body.set(f"{{{WSU}}}Id", "body")
        key_info: Any = etree.fromstring(
            f'<ds:KeyInfo xmlns:ds="{DS}" xmlns:wsse="{WSSE}"><wsse:SecurityTokenReference>'
            f'<wsse:Reference URI="#token" ValueType="{_X509}"/>'
            "</wsse:SecurityTokenReference></ds:KeyInfo>"
        )
        signer = XMLSigner(
            method=methods.enveloped,
            c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#",
        )
        done = signer.sign(
            envelope,
            key=key,
            reference_uri=["#body", "#timestamp"],
            key_info=key_info,
        )
        outgoing.envelope = bytes(etree.tostring(done, encoding="utf-8", xml_declaration=True))

    return sign


def _security(content: str) -> str:
    return (
        f'<wsse:Security xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}" s:mustUnderstand="1">'
        f"{content}</wsse:Security>"
    )


def _timestamp(lifetime: float | None) -> str:
    if lifetime is None:
        return ""
    now = datetime.now(UTC)
    return (
        f'<wsu:Timestamp wsu:Id="timestamp"><wsu:Created>{_time(now)}</wsu:Created>'
        f"<wsu:Expires>{_time(now + timedelta(seconds=lifetime))}</wsu:Expires></wsu:Timestamp>"
    )


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _der(pem: bytes) -> str:
    """The first certificate in ``pem``, in base64."""
    inside = pem.decode("ascii").partition("-----BEGIN CERTIFICATE-----")[2]
    return "".join(inside.partition("-----END CERTIFICATE-----")[0].split())
