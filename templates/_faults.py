"""Faults that a contract declares: the errors for them, and how a server writes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from ._text import escape, escape_attribute
from .errors import InvalidValue, SoapFault

D = TypeVar("D")

# SOAP 1.1, section 4.4.1, where a dot and more may follow; SOAP 1.2 part 1, section 5.4.6.
_CODES_11 = ("VersionMismatch", "MustUnderstand", "Client", "Server")
_CODES_12 = ("VersionMismatch", "MustUnderstand", "DataEncodingUnknown", "Sender", "Receiver")


class DeclaredFault(SoapFault, Generic[D]):
    """The server answered with a fault that the contract declares.

    The other attributes are those of SoapFault.

    Attributes:
        detail: What the fault carries, as the contract declares it.
    """

    def __init__(self, code: str, reason: str, *, detail: D, **about: Any) -> None:
        super().__init__(code, reason, **about)
        self.detail = detail


def fault_11(fault: SoapFault, markup: str) -> str:
    """What is in a fault of SOAP 1.1, section 4.4; ``markup`` is in its detail.

    Raises:
        InvalidValue: SOAP has no such fault code.
    """
    code = fault.code.rpartition(":")[2]
    if code.partition(".")[0] not in _CODES_11:
        raise _no_code(fault.code, _CODES_11)
    actor = f"<faultactor>{escape('faultactor', fault.actor)}</faultactor>" if fault.actor else ""
    return (
        f"<faultcode>s:{escape('faultcode', code)}</faultcode>"
        f"<faultstring>{escape('faultstring', fault.reason)}</faultstring>{actor}"
        f"{f'<detail>{markup}</detail>' if markup else ''}"
    )


def fault_12(fault: SoapFault, markup: str) -> str:
    """What is in a fault of SOAP 1.2 (part 1, section 5.4); ``markup`` is in its detail.

    Raises:
        InvalidValue: SOAP has no such fault code.
    """
    code = fault.code.rpartition(":")[2]
    if code not in _CODES_12:
        raise _no_code(fault.code, _CODES_12)
    subcodes = ""
    for subcode in reversed(fault.subcodes):
        namespace, _, local = subcode.removeprefix("{").rpartition("}")
        uri = escape_attribute("Value", namespace)
        name = f"c:{escape('Value', local)}" if namespace else escape("Value", local)
        declared = f' xmlns:c="{uri}"' if namespace else ""
        subcodes = f"<s:Subcode><s:Value{declared}>{name}</s:Value>{subcodes}</s:Subcode>"
    texts = fault.reasons or {"en": fault.reason}
    reasons = "".join(
        f'<s:Text xml:lang="{escape_attribute("lang", language)}">{escape("Text", text)}</s:Text>'
        for language, text in texts.items()
    )
    others = (("Node", fault.node), ("Role", fault.actor))
    return (
        f"<s:Code><s:Value>s:{code}</s:Value>{subcodes}</s:Code><s:Reason>{reasons}</s:Reason>"
        + "".join(f"<s:{name}>{escape(name, text)}</s:{name}>" for name, text in others if text)
        + (f"<s:Detail>{markup}</s:Detail>" if markup else "")
    )


def _no_code(code: str, codes: Iterable[str]) -> InvalidValue:
    return InvalidValue(f"faultcode: expected one of {', '.join(codes)}, not {code!r}")
