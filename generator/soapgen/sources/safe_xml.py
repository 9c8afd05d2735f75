"""Bytes → XML, with a DOCTYPE, entities, the network and deeply nested elements refused."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ..errors import LimitError, Place, SourceError
from .limits import Limits, beyond

_SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
}

# How much of a document is looked at for a DOCTYPE at a time, in bytes.
_PIECE = 4096

_TOO_DEEP = etree.XPath("descendant-or-self::*[count(ancestor::*) = $depth]")


def parse(content: bytes, name: str, limits: Limits | None = None) -> etree._Element:
    """Parse ``content``, refusing a DOCTYPE, entities and the network.

    The tree keeps ``name`` for :meth:`soapgen.errors.Place.of`.

    Args:
        content: The document.
        name: Its name for messages to the user.
        limits: How deep its elements may be nested.

    Raises:
        SourceError: ``content`` is empty or not well-formed.
        DoctypeError: It has a DOCTYPE.
        LimitError: Its elements are nested too deep.
    """
    limits = limits or Limits()
    if not content.strip():
        raise SourceError("the file is empty", place=Place(name), hint="give a WSDL 1.1 document")
    try:
        if _has_doctype(content):
            raise _doctype(name)
        root = etree.fromstring(content, etree.XMLParser(**_SAFELY), base_url=name)
    except etree.XMLSyntaxError as error:
        if "Excessive depth" in (error.msg or ""):
            raise _nested(limits, Place(name, error.lineno)) from error
        is_encoded = "encoding" in (error.msg or "") or b"\0" in content
        raise SourceError(
            f"the file is not well-formed XML: {_reason(error)}",
            place=Place(name, error.lineno),
            hint=_hint(error, is_encoded=is_encoded),
        ) from error
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise _doctype(name)
    too_deep: Any = _TOO_DEEP(root, depth=limits.depth)
    if too_deep:
        raise _nested(limits, Place.of(too_deep[0]))
    return root


class DoctypeError(SourceError):
    """The document has a DOCTYPE."""


class _FoundError(Exception):
    """There is a DOCTYPE."""


class _RootError(Exception):
    """The root element has begun, so that there cannot be a DOCTYPE any more."""


class _Prolog:
    """What lxml tells of a document until its root element begins."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise _FoundError

    def start(self, tag: str, attributes: object) -> None:
        raise _RootError

    def close(self) -> None:
        pass


def _has_doctype(content: bytes) -> bool:
    """Whether ``content`` has a DOCTYPE; nothing in it or behind it is read.

    Old versions of libxml2 expand entities in attributes even where they should not resolve any,
    which a few hundred bytes can make take minutes. A newer one may have a fault of another kind.

    Raises:
        etree.XMLSyntaxError: Something before the root element is not well-formed.
    """
    target: Any = _Prolog()
    prolog = etree.XMLParser(target=target, **_SAFELY)
    try:
        for start in range(0, len(content), _PIECE):
            prolog.feed(content[start : start + _PIECE])
        prolog.close()
    except _FoundError:
        return True
    except _RootError:
        pass
    return False


def _doctype(name: str) -> DoctypeError:
    return DoctypeError(
        "the file has a DOCTYPE, which is refused",
        place=Place(name),
        hint="remove the DOCTYPE: neither a WSDL nor a schema needs one",
    )


def _nested(limits: Limits, place: Place) -> LimitError:
    return beyond(limits, "depth", f"elements are nested more than {limits.depth} deep", place)


def _hint(error: etree.XMLSyntaxError, *, is_encoded: bool) -> str:
    if (error.msg or "").startswith("Entity '"):
        return "write what it stands for in its place: no entity of a DOCTYPE is read"
    if is_encoded:
        return "save the document in UTF-8"
    return "fetch the document again: it may have been cut off"


def _reason(error: etree.XMLSyntaxError) -> str:
    """The message of the parser, in one line, without the line and column that it adds."""
    message = (error.msg or "").split(", line ")[0]
    return " ".join(message.split()) or "no reason given"
