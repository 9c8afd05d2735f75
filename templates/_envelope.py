"""Envelopes that are received, of SOAP 1.1 and 1.2: body, header and faults."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any, cast

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from ._multipart import PartsParser, WithParts, check_includes
from ._read import Element, children, find, is_nil_element, local_name, read_string
from .errors import (
    ExceptionDetail,
    NotSoap,
    SoapFault,
    Truncated,
    UnexpectedResponse,
    WrongMessage,
)

if etree.LXML_VERSION < (5, 2):
    raise ImportError(
        f"this package needs lxml 5.2 or newer, and this is lxml {etree.__version__}, which may "
        "expand entities for minutes; run: pip install --upgrade lxml"
    )

# How answers are parsed. Within libxml2's own limits there are at most 256 elements within each
# other and no text is larger than 10 MB; only an answer that is larger itself is read without them
# (``huge_tree``), since an attachment may be. A message must not have a DTD (SOAP 1.1, section 3),
# and one that has is refused.
SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
}
_LARGE = 10_000_000

# The readers call each other as deep as the elements are: deeper, Python could run out of stack.
_DEEPEST = 256
_is_deeper: Any = etree.XPath(f"boolean(.{'/*' * _DEEPEST})")
# The detail of a fault is masked member by member, which takes more of the stack.
_is_too_deep_a_detail: Any = etree.XPath(f"boolean(.{'/*' * 64})")
_TOO_DEEP = f"elements are nested too deeply: more than {_DEEPEST} are within each other"

_DOCTYPE = "expected a SOAP envelope, got a document with a DOCTYPE"

# How much of a message is parsed at a time until its header ends, in bytes.
_CHUNK = 2**14

SOAP_NAMESPACES = (
    "{http://schemas.xmlsoap.org/soap/envelope/}",
    "{http://www.w3.org/2003/05/soap-envelope}",
)
_ENVELOPES = [soap + "Envelope" for soap in SOAP_NAMESPACES]
_PARTS = [soap + part for soap in SOAP_NAMESPACES for part in ("Header", "Body")]

# The namespace of .NET's ExceptionDetail, in the .NET Framework and in CoreWCF.
_NET = "{http://schemas.datacontract.org/2004/07/System.ServiceModel}"

# Where the code, the reason, the actor and the detail of a fault are, by the version of SOAP.
_FIRST = ("faultcode", "faultstring", "faultactor", "detail")
_SECOND = ("Code/Value", "Reason/Text", "Role", "Detail")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# How large a message may be that is kept as a tree, in bytes: lists of a larger one are read in
# pieces.
_SMALL = 2**20

Faults = Mapping[str, tuple[Callable[..., SoapFault], Callable[[Element], object]]]
"""The errors for declared faults, and what reads their details, by the names of the elements."""


class OnceParsed(bytes):
    """A message of which one tree serves its header and its body."""

    root: Element | None = None


def once_parsed(content: bytes) -> bytes:
    """``content`` such that it is parsed once only, if it is neither large nor in parts."""
    is_small = len(content) <= _SMALL and not isinstance(content, WithParts)
    return OnceParsed(content) if is_small else content


def body(content: bytes, tag: str, faults: Faults = MappingProxyType({})) -> Element:
    """The element ``tag`` in the body of the SOAP 1.1 or 1.2 envelope in ``content``.

    Raises:
        SoapFault: There is a fault instead; its detail is read by one of ``faults``.
        UnexpectedResponse: ``content`` is not XML, or not such an envelope.
    """
    return body_of(read_envelope(content), tag, faults)


def body_of(envelope: Element, tag: str, faults: Faults) -> Element:
    """The element ``tag`` in the body of ``envelope``; the errors are those of ``body``."""
    nodes = children(whole_body(envelope, faults))
    if len(nodes) == 1 and nodes[0].tag == tag:
        return nodes[0]
    got = ", ".join(node.tag for node in nodes[:3]) or "an empty body"
    raise WrongMessage(f"expected {tag} in a SOAP body, got {got}")


def no_body(content: bytes, faults: Faults = MappingProxyType({})) -> None:
    """Check that ``content`` is an envelope whose body is not a fault."""
    whole_body(read_envelope(content), faults)


def whole_body(envelope: Element, faults: Faults = MappingProxyType({})) -> Element:
    """The body of ``envelope``; a fault anywhere in it is raised.

    The body is the only one, and follows the header (SOAP 1.1, section 4; SOAP 1.2 part 1, 5).
    """
    soap = envelope.tag.removesuffix("Envelope")
    parts = [node for node in envelope if node.tag in (soap + "Header", soap + "Body")]
    names = [local_name(node) for node in parts]
    if names not in (["Body"], ["Header", "Body"]):
        got = " and ".join(names) if "Body" in names else "no body"
        raise WrongMessage(f"expected a SOAP header, if any, and a SOAP body, got {got}")
    for node in parts[-1]:
        if node.tag == soap + "Fault":
            raise _fault(node, children(parts[0]) if len(parts) > 1 else (), soap, faults)
    return parts[-1]


def header(content: bytes, blocks: Collection[str] = ()) -> Element | None:
    """The SOAP header of the envelope in ``content``, if it has one; the body is not read.

    Args:
        content: The envelope.
        blocks: The names of elements that may be in the header once at most.

    Raises:
        UnexpectedResponse: ``content`` is no such envelope.
    """
    if isinstance(content, OnceParsed):
        with suppress(UnexpectedResponse):  # its header may be there in spite of it
            return _header_of(read_envelope(content), blocks)
    events: Any = etree.XMLPullParser(("start", "end"), tag=_PARTS, **SAFELY)
    try:
        for start in range(0, len(content), _CHUNK):
            events.feed(content[start : start + _CHUNK])
            for event, node in events.read_events():
                if not _is_part(node):
                    continue
                checked(node.getparent())
                if local_name(node) == "Body":
                    return None
                if event == "end":
                    return _with_each_once(node, blocks)
    except etree.XMLSyntaxError:
        pass  # some encodings cannot be read in pieces; other errors are raised below
    return _header_of(read_envelope(content), blocks)


def _header_of(envelope: Element, blocks: Collection[str]) -> Element | None:
    node = next((child for child in envelope if child.tag in _PARTS), None)
    is_header = node is not None and local_name(node) == "Header"
    return _with_each_once(node, blocks) if node is not None and is_header else None


def _is_part(node: Any) -> bool:
    """Whether ``node``, one of ``_PARTS``, is that part of an envelope."""
    parent = node.getparent()
    if parent is None or parent.getparent() is not None:
        return False
    return bool(parent.tag == node.tag.removesuffix(local_name(node)) + "Envelope")


def _with_each_once(node: Element, blocks: Collection[str]) -> Element:
    names = [child.tag for child in node]
    for name in blocks:
        if names.count(name) > 1:
            raise WrongMessage(f"expected {name} once in the SOAP header, got it more often")
    return node


def read_envelope(content: bytes) -> Element:
    """The envelope in ``content``; UnexpectedResponse is raised if there is none."""
    if not isinstance(content, OnceParsed):
        return _parsed(content)
    if content.root is None:
        content.root = _parsed(content)
    return content.root


def _parsed(content: bytes) -> Element:
    is_large = len(content) > _LARGE
    with_parts = content if isinstance(content, WithParts) else None
    kind = etree.XMLParser if with_parts is None else PartsParser
    parser: Any = kind(huge_tree=is_large, **SAFELY)
    try:
        root: Any = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise not_parsed(error, content) from error
    if is_large:
        check_depth(root)
    if with_parts is not None:
        parser.message = with_parts
        check_includes(root, with_parts.parts)
    return checked(root)


def not_parsed(error: Exception, content: bytes) -> UnexpectedResponse:
    """The error for ``content``, or its first part, for which lxml raised ``error``."""
    if str(error).startswith("Excessive depth"):
        return UnexpectedResponse(_TOO_DEEP)
    if b"Envelope" in content[:_CHUNK] and not content.rstrip().endswith(b"Envelope>"):
        return Truncated(f"expected a SOAP envelope, got a part of one: {error}")
    return NotSoap(f"expected a SOAP envelope, got no XML: {error}")


def check_depth(node: Any) -> None:
    """Raise UnexpectedResponse if there are too many elements within each other in ``node``."""
    if _is_deeper(node):
        raise UnexpectedResponse(_TOO_DEEP)


def checked(root: Any) -> Element:
    """``root``; NotSoap is raised if it is not a SOAP envelope."""
    if root.getroottree().docinfo.doctype:
        raise NotSoap(_DOCTYPE)
    if root.tag not in _ENVELOPES:
        raise NotSoap(f"expected a SOAP envelope, got {root.tag}")
    return cast(Element, root)


def _fault(node: Element, entries: Iterable[Element], soap: str, faults: Faults) -> SoapFault:
    """The fault in ``node``: SOAP 1.1, section 4.4, or SOAP 1.2 part 1, section 5.4.

    The detail of a fault that concerns a header is not in ``node`` but among the header's
    ``entries`` (SOAP 1.1, section 4.4; WSDL 1.1, 3.7). A detail that cannot be read, or is too
    deep, is in the markup only: the fault is what matters.
    """
    is_first = _child(node, "faultcode", soap) is not None
    paths = _FIRST if is_first else _SECOND
    code, reason, actor, detail = (_child(node, path, soap) for path in paths)
    whole = node if code is None and reason is None else detail  # all of what is made like no fault
    about: dict[str, Any] = {
        "subcodes": _subcodes(node, soap),
        "reasons": _reasons(node, soap),
        "actor": _text_of(actor),
        "node": _text_of(_child(node, "Node", soap)),
        "markup": "" if whole is None else _markup(whole),
    }
    found = [] if whole is None or _is_too_deep_a_detail(whole) else [*whole]
    for child in found:
        if child.tag == _NET + "ExceptionDetail":
            about["exception"] = _exception(child)
    for child in (*found, *entries):
        if child.tag in faults and not _is_too_deep_a_detail(child):
            declared, read = faults[child.tag]
            with suppress(UnexpectedResponse):
                return declared(_text_of(code), _text_of(reason), detail=read(child), **about)
    return SoapFault(_text_of(code), _text_of(reason), **about)


def _subcodes(node: Element, soap: str) -> tuple[str, ...]:
    """The subcodes of a fault, with their namespaces (SOAP 1.2 part 1, section 5.4.1.2)."""
    subcodes: list[str] = []
    code = _child(node, "Code/Subcode", soap)
    while code is not None:
        value: Any = _child(code, "Value", soap)
        prefix, _, local = _text_of(value).strip().rpartition(":")
        namespace = None if value is None else value.nsmap.get(prefix or None)
        subcodes.append(f"{{{namespace}}}{local}" if namespace else _text_of(value))
        code = _child(code, "Subcode", soap)
    return tuple(subcodes)


def _reasons(node: Element, soap: str) -> dict[str, str]:
    """The texts of a reason, by language (SOAP 1.2 part 1, section 5.4.2)."""
    reason = _child(node, "Reason", soap)
    texts = () if reason is None else children(reason)
    return {text.get(_LANGUAGE) or "": _text_of(text) for text in reversed(texts)}


def _exception(node: Element) -> ExceptionDetail:
    """The exception that a .NET service includes in the detail of a fault."""
    nodes = [node]
    while (inner := find(nodes[-1], _NET + "InnerException")) is not None:
        nodes.append(inner)
    exception: ExceptionDetail | None = None
    for found in reversed(nodes):
        if not is_nil_element(found):
            exception = ExceptionDetail(
                type=_text_of(find(found, _NET + "Type")),
                message=_text_of(find(found, _NET + "Message")),
                stack_trace=_text_of(find(found, _NET + "StackTrace")),
                inner=exception,
            )
    return exception or ExceptionDetail(type="", message="")


def _child(node: Element | None, path: str, soap: str) -> Element | None:
    """The element that ``path`` leads to, or None.

    SOAP 1.1 has the elements of a fault without a namespace, but some servers qualify them.
    """
    for name in path.split("/"):
        nodes = () if node is None else node
        node = next((child for child in nodes if child.tag in (name, soap + name)), None)
    return node


def _text_of(node: Element | None) -> str:
    return "" if node is None else read_string(node)


def _markup(node: Element) -> str:
    element: Any = node
    return str(etree.tostring(element, encoding="unicode", with_tail=False))
