"""Envelopes that are received, of SOAP 1.1 and 1.2: body, header and faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, cast

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from ._read import Element, is_nil_element, local_name, read_string
from .errors import ExceptionDetail, NotSoap, SoapFault, Truncated, WrongMessage

if etree.LXML_VERSION < (5, 2):
    raise ImportError(
        f"this package needs lxml 5.2 or newer, and this is lxml {etree.__version__}, which may "
        "expand entities for minutes; run: pip install --upgrade lxml"
    )

# A large text, such as an attachment, needs huge_tree. Only a DTD with entities would make that
# unsafe; a message must not have a DTD (SOAP 1.1, section 3), and one that has is refused.
SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": True,
    "remove_comments": True,
    "remove_pis": True,
}

_DOCTYPE = "expected a SOAP envelope, got a document with a DOCTYPE"

# How much of a message is parsed at a time until its header ends, in bytes.
_CHUNK = 2**14

_ENVELOPES = (
    "{http://schemas.xmlsoap.org/soap/envelope/}Envelope",
    "{http://www.w3.org/2003/05/soap-envelope}Envelope",
)

Faults = Mapping[str, Callable[[Element], object]]
"""The functions that read the declared details of faults, by the names of their elements."""


def body(content: bytes, tag: str, faults: Faults = MappingProxyType({})) -> Element:
    """The element ``tag`` in the body of the SOAP 1.1 or 1.2 envelope in ``content``.

    Raises:
        SoapFault: There is a fault instead; its detail is read by one of ``faults``.
        UnexpectedResponse: ``content`` is not XML, or not such an envelope.
    """
    return body_of(_envelope(content), tag, faults)


def body_of(envelope: Element, tag: str, faults: Faults) -> Element:
    """The element ``tag`` in the body of ``envelope``; the errors are those of ``body``."""
    for node in envelope:
        if local_name(node) == "Body":
            break
    else:
        raise WrongMessage(f"expected {tag} in a SOAP body, got no body")
    if not len(node):
        raise WrongMessage(f"expected {tag} in a SOAP body, got an empty body")
    first = next(iter(node))
    if first.tag == node.tag[: -len("Body")] + "Fault":
        raise _fault(first, faults)
    if first.tag != tag:
        raise WrongMessage(f"expected {tag} in a SOAP body, got {first.tag}")
    return first


def no_body(content: bytes, faults: Faults = MappingProxyType({})) -> None:
    """Check that ``content`` is an envelope whose body is not a fault."""
    for node in _envelope(content):
        for first in node:
            if first.tag == node.tag[: -len("Body")] + "Fault":
                raise _fault(first, faults)


def header(content: bytes) -> Element | None:
    """The SOAP header of the envelope in ``content``, if it has one; the body is not read."""
    events: Any = etree.XMLPullParser(("start", "end"), **SAFELY)
    try:
        for start in range(0, len(content), _CHUNK):
            events.feed(content[start : start + _CHUNK])
            for event, node in events.read_events():
                if node.getroottree().docinfo.doctype:
                    raise NotSoap(_DOCTYPE)
                if event == "start" and local_name(node) == "Body":
                    return None
                if event == "end" and local_name(node) == "Header" and node.getparent() is not None:
                    return cast(Element, node)
    except etree.XMLSyntaxError:
        pass  # _envelope raises the error that says what is wrong
    _envelope(content)
    return None


def _envelope(content: bytes) -> Element:
    try:
        root: Any = etree.fromstring(content, etree.XMLParser(**SAFELY))
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"Envelope" in content[:_CHUNK] and not content.rstrip().endswith(b"Envelope>"):
            raise Truncated(f"expected a SOAP envelope, got a part of one: {error}") from error
        raise NotSoap(f"expected a SOAP envelope, got no XML: {error}") from error
    return checked(root)


def checked(root: Any) -> Element:
    """``root``; NotSoap is raised if it is not a SOAP envelope."""
    if root.getroottree().docinfo.doctype:
        raise NotSoap(_DOCTYPE)
    if root.tag not in _ENVELOPES:
        raise NotSoap(f"expected a SOAP envelope, got {root.tag}")
    return cast(Element, root)


def _fault(node: Element, faults: Faults) -> SoapFault:
    """The fault in ``node``: SOAP 1.1, section 4.4, or SOAP 1.2 part 1, section 5.4.

    By local names: only some servers qualify the elements in a SOAP 1.1 fault.
    """
    if _child(node, "faultcode") is not None:
        paths = ("faultcode", "faultstring", "faultactor", "detail")
    else:
        paths = ("Code/Value", "Reason/Text", "Role", "Detail")
    code, reason, actor, detail = (_child(node, path) for path in paths)
    value: object = None
    exception = None
    for child in () if detail is None else detail:
        if child.tag in faults:
            value = faults[child.tag](child)
        elif local_name(child) == "ExceptionDetail":
            exception = _exception(child)
    return SoapFault(
        _text_of(code),
        _text_of(reason),
        actor=_text_of(actor),
        detail="" if detail is None else _markup(detail),
        value=value,
        exception=exception,
    )


def _exception(node: Element) -> ExceptionDetail:
    """The exception that a .NET service includes in the detail of a fault."""
    inner = _child(node, "InnerException")
    texts = {local_name(child): child.text or "" for child in node}
    return ExceptionDetail(
        type=texts.get("Type", ""),
        message=texts.get("Message", ""),
        stack_trace=texts.get("StackTrace", ""),
        inner=None if inner is None or is_nil_element(inner) else _exception(inner),
    )


def _child(node: Element | None, path: str) -> Element | None:
    """The element that the local names in ``path`` lead to, or None."""
    for name in path.split("/"):
        children = () if node is None else node
        node = next((child for child in children if local_name(child) == name), None)
    return node


def _text_of(node: Element | None) -> str:
    return "" if node is None else read_string(node)


def _markup(node: Element) -> str:
    element: Any = node
    return str(etree.tostring(element, encoding="unicode", with_tail=False))
