"""What an address is: one of http or https, and when two addresses are the same."""

from __future__ import annotations

import re
import string
from urllib.parse import quote, urlsplit, urlunsplit

from ..errors import Place, SourceError
from ..secret_names import hidden, shown_address

_UNRESERVED = string.ascii_letters + string.digits + "-._~"  # RFC 3986, section 2.3
_PORTS = {"http": 80, "https": 443}


def is_address(name: str) -> bool:
    """Whether ``name`` is an address on the network, and not a path."""
    return name.lower().startswith(("http://", "https://"))


def require_address(address: str) -> None:
    """Check that ``address`` has a host, and a port that there can be.

    Raises:
        SourceError: It has not.
    """
    reason = "it has no host"
    try:
        if not address.isprintable() or " " in address:
            raise ValueError("it has a space or a control character")
        parts = urlsplit(address)
        if parts.hostname and parts.port != 0:
            return
        reason = "its port is 0" if parts.hostname else reason
    except ValueError as error:
        reason = str(error)
    raise SourceError(
        f"this is no address: {hidden(reason, address)}",
        place=Place(shown_address(address)),
        hint="an address is like https://example.com/Service.svc?wsdl",
    )


def host_of(address: str) -> tuple[bool, str]:
    """Whether an address is one of http or https, and its host.

    The default ports of both are left out: servers often write http addresses into documents that
    they serve by https.

    Raises:
        ValueError: This is no address.
    """
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2].lower()
    for port in _PORTS.values():
        host = host.removesuffix(f":{port}")
    return parts.scheme in _PORTS and parts.port != 0, host


def canonical(address: str) -> str:
    """The form of ``address`` that all addresses of one document have (RFC 3986, section 6.2.2).

    Scheme and host are in small letters, and the default port, ``.`` and ``..`` in the path and the
    fragment are left out. What need not be written as ``%7E`` is not, and everything else is.
    """
    parts = urlsplit(address)
    user, at, host = parts.netloc.rpartition("@")
    host = host.lower().removesuffix(f":{_PORTS.get(parts.scheme)}")
    path = _without_dots(_escaped(parts.path))
    return urlunsplit((parts.scheme, user + at + host, path, _escaped(parts.query), ""))


def _escaped(text: str) -> str:
    text = re.sub("%([0-9A-Fa-f]{2})", _unescaped, text)
    return quote(text, safe=string.punctuation)


def _unescaped(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _without_dots(path: str) -> str:
    """``path`` with ``.`` and ``..`` resolved (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
