"""A reason, and what a declared fault carries → the envelope, in either version of SOAP."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from ..namespaces import ENVELOPES

# What XML 1.0 does not allow, even escaped (section 2.2).
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 2_000


def checked(reason: str) -> str:
    """``reason`` as it is.

    Raises:
        ValueError: It contains a character that XML does not allow.
    """
    found = _ILLEGAL.search(reason)
    if found:
        raise ValueError(f"the reason of a fault contains {found[0]!r}, which XML does not allow")
    return reason


def shown(reason: str) -> str:
    """``reason`` in a form that XML allows and that is not too long, whoever wrote it."""
    legal = _ILLEGAL.sub("\ufffd", reason)
    return legal if len(legal) <= _LONGEST else f"{legal[:_LONGEST]}…"


@dataclass(frozen=True, slots=True)
class Carried:
    """What a declared fault carries: an element in the detail or, if so, in a header."""

    markup: str
    in_header: bool = False


def fault_envelope(version: str, code: str, reason: str, carried: Carried | None = None) -> bytes:
    """A fault: SOAP 1.1, section 4.4, or SOAP 1.2 part 1, section 5.4.

    What concerns a header is in the header (SOAP 1.1, section 4.4; WSDL 1.1, section 3.7).
    """
    text = escape(reason, {"\r": "&#13;"})  # a parser would read a bare one as a line feed
    header = detail = ""
    if carried is not None and carried.in_header:
        header = f"<s:Header>{carried.markup}</s:Header>"
    elif carried is not None:
        name = "detail" if version == "1.1" else "s:Detail"
        detail = f"<{name}>{carried.markup}</{name}>"
    if version == "1.1":
        inner = f"<faultcode>s:{code}</faultcode><faultstring>{text}</faultstring>{detail}"
    else:
        inner = (
            f"<s:Code><s:Value>s:{code}</s:Value></s:Code>"
            f'<s:Reason><s:Text xml:lang="en">{text}</s:Text></s:Reason>{detail}'
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<s:Envelope xmlns:s="{ENVELOPES[version]}">{header}<s:Body><s:Fault>{inner}</s:Fault>'
        "</s:Body></s:Envelope>\n"
    ).encode()
