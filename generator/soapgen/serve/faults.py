"""A reason → the envelope of a fault that gives it, in either version of SOAP."""

from __future__ import annotations

import re
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


def fault_envelope(version: str, code: str, reason: str) -> bytes:
    """A fault: SOAP 1.1, section 4.4, or SOAP 1.2 part 1, section 5.4."""
    text = escape(reason, {"\r": "&#13;"})  # a parser would read a bare one as a line feed
    if version == "1.1":
        inner = f"<faultcode>s:{code}</faultcode><faultstring>{text}</faultstring>"
    else:
        inner = (
            f"<s:Code><s:Value>s:{code}</s:Value></s:Code>"
            f'<s:Reason><s:Text xml:lang="en">{text}</s:Text></s:Reason>'
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<s:Envelope xmlns:s="{ENVELOPES[version]}"><s:Body><s:Fault>{inner}</s:Fault></s:Body>'
        "</s:Envelope>\n"
    ).encode()
