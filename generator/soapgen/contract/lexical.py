"""The texts of attributes → names and lists of them, and of documentation → its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from .. import namespaces
from ..errors import Place, SourceError
from .model import QName

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
# Namespaces in XML 1.0, production 4: the names of XML without a colon.
_NCNAME = re.compile(f"[{_START}][-.0-9\u00b7\u0300-\u036f\u203f\u2040{_START}]*")
_WHITE_SPACE = " \t\r\n"
_LONGEST_SHOWN = 80


def is_ncname(text: str) -> bool:
    """Whether ``text`` is an NCName: a name without a colon."""
    return _NCNAME.fullmatch(text) is not None


def name_of(element: etree._Element, attribute: str = "name") -> str:
    """The NCName in ``attribute`` of ``element``, without white space around it.

    Raises:
        SourceError: There is no such attribute, or it is not a name.
    """
    text = element.get(attribute)
    if text is None:
        raise SourceError(
            f"{local(element)} has no attribute {attribute!r}",
            place=Place.of(element),
            hint="give it a name",
        )
    name = text.strip(_WHITE_SPACE)
    if not is_ncname(name):
        raise _no_name(name, element)
    return name


def reference(element: etree._Element, attribute: str) -> QName:
    """The qualified name in ``attribute`` of ``element``.

    Raises:
        SourceError: There is no such attribute, it is not a qualified name, or its prefix is not
            declared.
    """
    text = element.get(attribute)
    if text is None:
        raise SourceError(
            f"{local(element)} has no attribute {attribute!r}",
            place=Place.of(element),
            hint=f"say in {attribute!r} which definition is meant",
        )
    return _qname(element, text.strip(_WHITE_SPACE))


def qualified(element: etree._Element, text: str) -> QName:
    """The qualified name ``text``, a part of an attribute of ``element``; raises the same."""
    return _qname(element, text.strip(_WHITE_SPACE))


def references(element: etree._Element, attribute: str) -> list[QName]:
    """The qualified names in ``attribute`` of ``element``, which is a list; raises the same."""
    return [_qname(element, text) for text in element.get(attribute, "").split()]


def local(element: etree._Element) -> str:
    """The local name of ``element``."""
    return etree.QName(element).localname


def _qname(element: etree._Element, text: str) -> QName:
    prefix, colon, name = text.rpartition(":")
    if not is_ncname(name) or (colon and not is_ncname(prefix)):
        raise _no_name(text, element)
    if prefix == "xml":
        return QName(namespaces.XML, name)
    namespace = element.nsmap.get(prefix or None)
    if namespace is None and prefix:
        raise SourceError(
            f"the prefix of {text!r} is not declared",
            place=Place.of(element),
            hint=f"declare xmlns:{prefix}",
        )
    return QName(namespace or "", name)


def _no_name(text: str, element: etree._Element) -> SourceError:
    shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    return SourceError(
        f"{shown!r} is not a name that XML allows",
        place=Place.of(element),
        hint="start a name with a letter and use letters, digits, '-', '_' and '.' in it",
    )


def joined(texts: Iterable[str]) -> str:
    """Documentation with its white space folded, a blank line between paragraphs."""
    paragraphs = [" ".join(paragraph.split()) for text in texts for paragraph in text.split("\n\n")]
    return "\n\n".join(filter(None, paragraphs))
