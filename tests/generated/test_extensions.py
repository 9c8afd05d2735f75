"""WS-Addressing and WS-Security, read by zeep and by xmlsec."""

from __future__ import annotations

import base64
import hashlib
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from soapgen.serve import SoapServer
from zeep.exceptions import SignatureVerificationFailed
from zeep.wsse.signature import verify_envelope

from tests.support.command import soapgen
from tests.support.packages import Built, build_package, generated
from tests.support.paths import ECHO
from tests.support.store import Store

WSA = "{http://www.w3.org/2005/08/addressing}"
SOAP = "{http://schemas.xmlsoap.org/soap/envelope/}"

Start = Callable[..., SoapServer]


@pytest.fixture(scope="module")
def echo(store: Store) -> Built:
    return store.package(ECHO, name="echo_extended", extras=("addressing", "security"))


def sent(echo: Built, server: SoapServer, **options: Any) -> Any:
    """The envelope of a call that is made with ``options``."""
    with echo.client.EchoClient(server.url, token="t") as client:
        client.with_options(**options).fail("no")
    return etree.fromstring(server.service.received[-1].content)


# --- adding a header -----------------------------------------------------------------------------

HEADER, BODY = "<s:Header><a>1</a></s:Header>", "<s:Body><b/></s:Body>"
SOAP12 = "{http://www.w3.org/2003/05/soap-envelope}"


def with_header(echo: Built, envelope: str) -> Any:
    """``envelope`` after a hook has added the header ``<new/>``, as a tree."""
    outgoing = echo.options.Outgoing("Fail", "urn:a", "http://localhost/", envelope.encode(), {})
    outgoing.add_header("<new/>")
    return etree.fromstring(outgoing.envelope)


@pytest.mark.slow
@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0" encoding="utf-8"?>\n', "\ufeff"])
@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (HEADER + BODY, ["new", "a"]),
        (BODY, ["new"]),
        (f"\n  {BODY}", ["new"]),
        (f"<s:Header/>{BODY}", ["new"]),
        (f"<s:Header />{BODY}", ["new"]),
        (f"<s:Header></s:Header>{BODY}", ["new"]),
        (f"<s:Header b='>' c=\"/>\"><a/></s:Header>{BODY}", ["new", "a"]),
        (f"<s:Header b='>' c=\"/>\"/>{BODY}", ["new"]),
        (f"<!-- <s:Header> -->\n<s:Header><a/></s:Header>{BODY}", ["new", "a"]),
        ('<s:Body b="1" c="&gt;>"><s:Header><b/></s:Header></s:Body>', ["new"]),
    ],
)
def test_a_header_that_is_added(
    declaration: str, content: str, headers: list[str], echo: Built
) -> None:
    start = f'{declaration}<s:Envelope d=">" xmlns:s="{SOAP[1:-1]}">'
    root = with_header(echo, f"{start}{content}</s:Envelope>")
    assert [child.tag for child in root if child.tag is not etree.Comment] == [
        f"{SOAP}Header",
        f"{SOAP}Body",
    ]
    assert [child.tag for child in root.find(f"{SOAP}Header")] == headers
    before: Any = etree.fromstring(f"{start}{content}</s:Envelope>".encode())
    body = f"{SOAP}Body"
    assert etree.tostring(root.find(body)) == etree.tostring(before.find(body))


@pytest.mark.parametrize("prefix", ["", "soap-env", "søap"])
@pytest.mark.parametrize("header", ["", "<{0}Header><a/></{0}Header>"])
def test_a_header_that_is_added_has_the_prefix_of_the_envelope(
    header: str, prefix: str, echo: Built
) -> None:
    declared, colon = (f":{prefix}", f"{prefix}:") if prefix else ("", "")
    root = with_header(
        echo,
        f"<!-- <Envelope> --><{colon}Envelope xmlns{declared}='{SOAP12[1:-1]}'>"
        f"{header.format(colon)}<{colon}Body/></{colon}Envelope>",
    )
    assert [child.tag for child in root] == [f"{SOAP12}Header", f"{SOAP12}Body"]
    assert root.find(f"{SOAP12}Header")[0].tag.endswith("new")


@pytest.mark.parametrize("envelope", ["", "<html/>", "<a><s:Envelope/></a>", "<s:Envelope"])
def test_a_header_cannot_be_added_to_something_else(envelope: str, echo: Built) -> None:
    with pytest.raises(echo.errors.InvalidValue, match="not a SOAP envelope"):
        with_header(echo, envelope)


# --- WS-Addressing -------------------------------------------------------------------------------


def test_addressing_where_the_caller_asks_for_it(echo: Built, soap_server: Start) -> None:
    server = soap_server(ECHO)
    address = echo.module("addressing").address
    first, second = (sent(echo, server, before=address) for _ in range(2))
    header = first.find(f"{SOAP}Header")
    assert header.findtext(f"{WSA}Action") == "urn:example:echo:Fail"
    assert header.findtext(f"{WSA}To") == server.url
    assert header.findtext(f"{WSA}ReplyTo/{WSA}Address") == f"{WSA[1:-1]}/anonymous"
    identifiers = [found.findtext(f".//{WSA}MessageID") for found in (first, second)]
    assert identifiers[0] != identifiers[1]
    assert [str(part)[:9] for part in identifiers] == ["urn:uuid:"] * 2
    assert header.findtext("{urn:example:echo}Session/{urn:example:echo}Token") == "t"


REQUIRED = [
    '<w:UsingAddressing xmlns:w="http://www.w3.org/2006/05/addressing/wsdl" wsdl:required="true"/>',
    '<w:UsingAddressing xmlns:w="http://www.w3.org/2006/05/addressing/wsdl"/>',
    '<p:PolicyReference xmlns:p="http://schemas.xmlsoap.org/ws/2004/09/policy" URI="#addressed"/>',
]
OPTIONAL = [
    '<w:UsingAddressing xmlns:w="http://www.w3.org/2006/05/addressing/wsdl" wsdl:required="0"/>',
    '<p:PolicyReference xmlns:p="http://schemas.xmlsoap.org/ws/2004/09/policy" URI="#optional"/>',
    '<p:PolicyReference xmlns:p="http://schemas.xmlsoap.org/ws/2004/09/policy" URI="#none"/>',
    '<x:Addressing xmlns:x="urn:example:other"/>',
]
POLICIES = "".join(
    '<p:Policy xmlns:p="http://schemas.xmlsoap.org/ws/2004/09/policy" xmlns:u="http://docs.oasis-'
    f'open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" u:Id="{name}"><a:Addressing'
    f' xmlns:a="http://www.w3.org/2007/05/addressing/metadata"{optional}/></p:Policy>'
    for name, optional in (("addressed", ""), ("optional", ' p:Optional="true"'))
)


@pytest.mark.slow
@pytest.mark.parametrize("extension", [*REQUIRED, *OPTIONAL])
def test_addressing_where_the_binding_asks_for_it(extension: str, tmp_path: Path) -> None:
    text = ECHO.read_text(encoding="utf-8")
    binding = '<wsdl:binding name="EchoBinding" type="tns:Echo">'
    assert binding in text
    text = text.replace(binding, binding + extension).replace("</wsdl:definitions>", "")
    source = tmp_path / "Echo.wsdl"
    source.write_text(f"{text}{POLICIES}</wsdl:definitions>", encoding="utf-8")
    files = generated(source).texts
    asked = extension in REQUIRED
    assert ("self._before = (address,)" in files["client.py"]) == asked
    assert ("addressing.py" in files) == asked


@pytest.mark.slow
def test_a_client_that_is_asked_to_adds_the_headers_by_itself(
    soap_server: Start, tmp_path: Path
) -> None:
    text = ECHO.read_text(encoding="utf-8")
    binding = '<wsdl:binding name="EchoBinding" type="tns:Echo">'
    source = tmp_path / "Echo.wsdl"
    source.write_text(text.replace(binding, binding + REQUIRED[0]), encoding="utf-8")
    addressed = build_package(source, tmp_path / "out", name="echo_addressed", server=False)
    root = sent(addressed, soap_server(source))
    assert root.findtext(f".//{WSA}Action") == "urn:example:echo:Fail"


# --- WS-Security ---------------------------------------------------------------------------------


@pytest.mark.parametrize("digest", [False, True])
def test_a_user_name_and_a_password(digest: bool, echo: Built, soap_server: Start) -> None:
    security = echo.module("security")
    token = security.username_token("me <&>", "s & cret", digest=digest)
    root = sent(echo, soap_server(ECHO), before=token)
    wsse, wsu = f"{{{security.WSSE}}}", f"{{{security.WSU}}}"
    found = root.find(f"{SOAP}Header/{wsse}Security/{wsse}UsernameToken")
    password = found.find(f"{wsse}Password")
    assert found.findtext(f"{wsse}Username") == "me <&>"
    if digest:
        nonce, created = found.findtext(f"{wsse}Nonce"), found.findtext(f"{wsu}Created")
        whole = base64.b64decode(nonce) + created.encode() + b"s & cret"
        assert password.text == base64.b64encode(hashlib.sha1(whole).digest()).decode()
        assert password.get("Type").endswith("#PasswordDigest")
    else:
        assert password.text == "s & cret"
        assert password.get("Type").endswith("#PasswordText")
    timestamp = root.find(f".//{wsu}Timestamp")
    created, expires = (
        datetime.fromisoformat(timestamp.findtext(f"{wsu}{name}"))
        for name in ("Created", "Expires")
    )
    assert expires - created == timedelta(seconds=300)
    assert abs(created - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, Path]:
    """A private key and its certificate, as PEM, and the certificate's file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "me")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = certificate.public_bytes(pem)
    path = tmp_path_factory.mktemp("identity") / "certificate.pem"
    path.write_bytes(public)
    return private, public, path


def test_a_signature_that_another_library_verifies(
    echo: Built, soap_server: Start, identity: tuple[bytes, bytes, Path]
) -> None:
    key, certificate, path = identity
    server = soap_server(ECHO)
    root = sent(echo, server, before=echo.module("security").signed(key, certificate))
    verify_envelope(root, str(path))
    references = [
        found.get("URI") for found in root.iter("{http://www.w3.org/2000/09/xmldsig#}Reference")
    ]
    assert references == ["#body", "#timestamp"]
    content = server.service.received[-1].content
    for there, instead in ((b">no<", b">yes<"), (b"<wsu:Expires>20", b"<wsu:Expires>21")):
        assert there in content
        with pytest.raises(SignatureVerificationFailed):
            verify_envelope(etree.fromstring(content.replace(there, instead)), str(path))


def test_without_the_library_that_signs(
    echo: Built, identity: tuple[bytes, bytes, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said when the hook is made, not by the first call."""
    monkeypatch.setitem(sys.modules, "signxml", None)
    key, certificate, _ = identity
    with pytest.raises(ImportError, match=r"^signed needs signxml .*; run: pip install signxml$"):
        echo.module("security").signed(key, certificate)


def test_hooks_after_one_another(
    echo: Built, soap_server: Start, identity: tuple[bytes, bytes, Path]
) -> None:
    """Each hook sees what those before it made: what is signed last has it all."""
    key, certificate, path = identity
    server = soap_server(ECHO)
    with echo.client.EchoClient(server.url, token="t") as client:
        addressed = client.with_options(before=echo.module("addressing").address)
        signed = addressed.with_options(before=echo.module("security").signed(key, certificate))
        signed.fail("no")
    root = etree.fromstring(server.service.received[-1].content)
    verify_envelope(root, str(path))
    assert root.findtext(f".//{WSA}To") == server.url


def test_secrets_of_the_security_header_are_masked(echo: Built) -> None:
    token = echo.module("security").username_token("me", "very secret")
    http = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(500)))
    client = echo.client.EchoClient("http://localhost/", http=http).with_options(before=token)
    with pytest.raises(echo.errors.HttpError) as caught:
        client.fail("no")
    assert "very secret" not in caught.value.exchange.request


# --- the command ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_option(tmp_path: Path) -> None:
    (tmp_path / "Echo.wsdl").write_bytes(ECHO.read_bytes())
    options = ["--with", "security", "--with", "addressing"]
    assert soapgen("build", "Echo.wsdl", *options, cwd=tmp_path).returncode == 0
    package = tmp_path / "generated" / "echo_client"
    assert (package / "security.py").exists()
    assert (package / "addressing.py").exists()
    assert soapgen("check", cwd=tmp_path).returncode == 0
    assert soapgen("build", "Echo.wsdl", cwd=tmp_path).returncode == 0
    assert not (package / "security.py").exists()
    refused = soapgen("build", "Echo.wsdl", "--with", "nothing", cwd=tmp_path)
    assert refused.returncode == 2
    assert "nothing" in refused.stderr
