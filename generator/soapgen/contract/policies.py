"""The policies of bindings and ports (WS-Policy) → what they ask for that clients do not do.

What they ask for in another way is read elsewhere: WS-Addressing.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ..errors import LeftOut, Place
from ..sources import Document
from . import lexical

_OPERATORS = ("Policy", "All", "ExactlyOne")
# WS-Addressing is done, HTTPS is a matter of the address, and the others say how another assertion
# is meant, not that it is.
_UNDERSTOOD = (
    "UsingAddressing",
    "Addressing",
    "TransportBinding",
    "Wss10",
    "Wss11",
    "Trust10",
    "Trust13",
)
# What helps, by what is in the namespace or the name of an assertion.
_HINTS = {
    "securitypolicy": "add what it asks for with --with security, where that has it",
    "OptimizedMimeSerialization": "call with with_options(mtom=True)",
    "MTOM": "call with with_options(mtom=True)",
}
_ELSE = "ask whoever runs the service whether calls need it"


def left_to_callers(
    what: str, elements: tuple[etree._Element, ...], wsdls: tuple[Document, ...]
) -> Iterator[LeftOut]:
    """What the policies of ``elements`` ask for and generated clients do not do by themselves.

    What may be chosen among several alternatives, or is optional, is not asked for.

    Args:
        what: What has the policies, for messages.
        elements: A port and its binding, whose policies are within them or referred to.
        wsdls: The WSDLs, which may have the policies.
    """
    said: set[str] = set()
    for element in elements:
        for policy in _policies(element, wsdls):
            for assertion in _required(policy):
                name = etree.QName(assertion)
                if name.localname in _UNDERSTOOD or str(assertion.tag) in said:
                    continue
                said.add(str(assertion.tag))
                hints = (hint for part, hint in _HINTS.items() if part in str(assertion.tag))
                yield LeftOut(
                    f"a policy of {what}",
                    f"it asks for {name.localname} of {name.namespace}, which clients do not do by "
                    "themselves",
                    Place.of(assertion),
                    next(hints, _ELSE),
                    is_wanted=False,
                )


def _policies(element: etree._Element, wsdls: tuple[Document, ...]) -> Iterator[etree._Element]:
    """The policies that are attached to ``element`` (WS-Policy Attachment 1.5, 4.1)."""
    for child in element.iterchildren(etree.Element):
        if lexical.local(child) == "Policy":
            yield child
        elif lexical.local(child) == "PolicyReference":
            identifier = child.get("URI", "").removeprefix("#")
            for document in wsdls:
                for policy in document.root.iterchildren(etree.Element):
                    names = [str(value) for name, value in policy.items() if _is_identifier(name)]
                    if lexical.local(policy) == "Policy" and identifier in names:
                        yield policy


def _is_identifier(name: object) -> bool:
    return str(name) in ("Name", "Id") or str(name).endswith("}Id")


def _required(policy: etree._Element) -> Iterator[etree._Element]:
    """The assertions that every alternative of ``policy`` has, as it is written."""
    waiting = [policy]
    while waiting:
        operator = waiting.pop()
        children = list(operator.iterchildren(etree.Element))
        if lexical.local(operator) == "ExactlyOne" and len(children) != 1:
            continue
        for child in children:
            if lexical.local(child) in _OPERATORS:
                waiting.append(child)
            elif not _is_optional(child):
                yield child


def _is_optional(assertion: etree._Element) -> bool:
    """Whether it need not be done, or is not for the wire (WS-Policy 1.5, 4.3.1 and 4.4)."""
    flags = [
        etree.QName(str(name)).localname
        for name, value in assertion.items()
        if str(value).strip() in ("true", "1")
    ]
    return "Optional" in flags or "Ignorable" in flags
