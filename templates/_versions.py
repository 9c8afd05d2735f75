"""Requests that are built for one version of SOAP, and sent in the other with the same body."""

from __future__ import annotations

import re
from collections.abc import Callable

from .options import Outgoing

_NAMESPACES = {
    "1.1": b"http://schemas.xmlsoap.org/soap/envelope/",
    "1.2": b"http://www.w3.org/2003/05/soap-envelope",
}
_ENVELOPE = re.compile(rb'(?<=<s:Envelope xmlns:s=")[^"]*')


def in_version(version: str) -> Callable[[Outgoing], None]:
    """What puts a request into an envelope of ``version`` (SOAP 1.2 part 1, appendix A).

    Raises:
        ValueError: There is no such version.
    """
    if version not in _NAMESPACES:
        raise ValueError(f"soap_version is 1.1 or 1.2, not {version!r}")
    namespace = _NAMESPACES[version]

    def put(outgoing: Outgoing) -> None:
        outgoing.envelope = _ENVELOPE.sub(namespace, outgoing.envelope, count=1)

    return put
