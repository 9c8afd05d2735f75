"""Elements of a simple type that name a type with attributes: these would be lost, and are refused.

By xsi:type, an element of a simple type may be of a complex type that extends it (XML Schema part
1, 2.6.1 and 3.3.4). Its value is that of the simple type, which has no place for attributes. An
answer is looked through for such names once; only one that has some is read with more care. Which
elements are of a simple type only their readers know, which then ask for a text and no attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from ._envelope import SAFELY
from ._multipart import PartsParser, message_of
from ._read import XSI, Element, local_name, path_of, type_name
from .errors import UnexpectedResponse

T = TypeVar("T")
ListReader = Callable[[Iterable[Element]], list[T]]

# The attributes of the instance namespace are not those of a type.
_NAMED = f"@xsi:type and not(*) and @*[namespace-uri() != {XSI[1:-1]!r}]"
_PREFIXES = {"xsi": XSI[1:-1]}
_has_types: Any = etree.XPath("boolean(descendant-or-self::*/@xsi:type)", namespaces=_PREFIXES)
_has_named: Any = etree.XPath(f"boolean(descendant-or-self::*[{_NAMED}])", namespaces=_PREFIXES)
_is_named: Any = etree.XPath(f"boolean(self::*[{_NAMED}])", namespaces=_PREFIXES)

# Its own types have no attributes.
_XML_SCHEMA = "{http://www.w3.org/2001/XMLSchema}"


class _Careful(etree.ElementBase):  # type: ignore[misc, unused-ignore]
    """An element whose text is refused where it is not all that the element says."""

    def own_text(self) -> str | None:
        """Its text, for those who read its attributes as well."""
        text: str | None = super().text
        return text

    @property
    def text(self) -> str | None:
        """Its text. Raises UnexpectedResponse where it names a type with attributes."""
        element: Any = self
        name = type_name(element) if _is_named(self) else None
        if name is None or name.startswith(_XML_SCHEMA):
            return self.own_text()
        raise UnexpectedResponse(
            f"{path_of(element)}: it names the type {name} and has attributes of that, "
            "which would be lost: for the contract, it is a text without attributes"
        )

    @text.setter
    def text(self, text: str | None) -> None:  # type: ignore[override, unused-ignore]
        base: Any = etree.ElementBase
        base.text.__set__(self, text)


def carefully(node: Element) -> Element:
    """``node``; if there are such names in it, a copy in which the texts of these are refused."""
    if not (_has_types(node) and _has_named(node)):  # the first takes a third of the time
        return node
    message = message_of(node)
    parser: Any = (etree.XMLParser if message is None else PartsParser)(huge_tree=True, **SAFELY)
    if message is not None:
        parser.message = message
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=_Careful))
    element: Any = node
    markup = etree.tostring(element, encoding="unicode", with_tail=False)
    around = [local_name(ancestor) for ancestor in node.iterancestors()]
    for name in around:  # for the paths in messages
        markup = f"<{name}>{markup}</{name}>"
    copy = etree.fromstring(markup, parser)
    for _ in around:
        copy = copy[0]
    return cast(Element, copy)


def read_carefully(read: ListReader[T]) -> ListReader[T]:
    """``read``, for elements each of which is taken ``carefully``."""
    return lambda nodes: read(map(carefully, nodes))
