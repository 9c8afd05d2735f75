"""WSDLs → their definitions by name, each name once, and the extensions that must be understood."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .. import namespaces
from ..errors import Place, Repair, SourceError, UnsupportedError
from ..sources import WSDL, Document
from . import lexical
from .model import QName

_REQUIRED = f"{WSDL}required"
_UNDERSTOOD = (namespaces.WSDL_SOAP_11, namespaces.WSDL_SOAP_12, namespaces.WSDL)
# WS-Policy and WS-Addressing, of which soapgen reads whether addressing is required.
_READ_ELSEWHERE = ("Policy", "PolicyReference", "UsingPolicy", "UsingAddressing", "Addressing")


class AbsentError(SourceError):
    """A name that nothing defines."""


class Table:
    """The definitions of one kind in all WSDLs, by their qualified names.

    Args:
        wsdls: The WSDLs.
        kind: The local name of the elements that define them.

    Raises:
        SourceError: A name is not one that XML allows, or two definitions have the same name.
    """

    def __init__(self, wsdls: tuple[Document, ...], kind: str) -> None:
        self._kind = kind
        self._found: dict[QName, etree._Element] = {}
        self._mended: dict[etree._Element, Repair] = {}
        for document in wsdls:
            namespace = document.root.get("targetNamespace", "")
            for element in document.root.iterchildren(WSDL + kind):
                name = QName(namespace, lexical.name_of(element))
                first = self._found.setdefault(name, element)
                if first is not element:
                    raise _twice(f"{kind} {name}", first, element)

    def items(self) -> Iterator[tuple[QName, etree._Element]]:
        """The name and the element of each definition, in the order of the WSDLs."""
        yield from self._found.items()

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """The references so far that name another namespace than the only definition has."""
        return tuple(self._mended.values())

    def referred_to(self, reference: etree._Element, attribute: str) -> etree._Element:
        """The definition that ``attribute`` of ``reference`` names; raises what ``named`` does."""
        return self[self.named(reference, attribute)]

    def __getitem__(self, name: QName) -> etree._Element:
        """The definition ``name``, which there is."""
        return self._found[name]

    def named(self, reference: etree._Element, attribute: str) -> QName:
        """The name of the definition that ``attribute`` of ``reference`` names.

        The namespaces of messages, bindings and port types are on no wire: where one is wrong, and
        one definition alone has the local name, that one is meant.

        Raises:
            AbsentError: It is not defined.
            SourceError: The attribute is not a name.
        """
        name = lexical.reference(reference, attribute)
        if name in self._found:
            return name
        alike = [found for found in self._found if found.local == name.local]
        if len(alike) != 1:
            raise AbsentError(
                f"{self._kind} {name} is not defined",
                place=Place.of(reference),
                hint=f"define the {self._kind}, or correct the name",
            )
        what = f"{self._kind} {name} is not defined; {alike[0]} is taken"
        self._mended[reference] = Repair("other-namespace", what, Place.of(reference))
        return alike[0]


def named_children(element: etree._Element, kind: str) -> dict[str, etree._Element]:
    """The children of ``element`` of one kind, by their names, which must differ.

    Raises:
        SourceError: A name is not one that XML allows, or two children have the same name.
    """
    found: dict[str, etree._Element] = {}
    for child in element.iterchildren(WSDL + kind):
        first = found.setdefault(lexical.name_of(child), child)
        if first is not child:
            raise _twice(f"{kind} {lexical.name_of(child)}", first, child)
    return found


def only_child(element: etree._Element, kind: str) -> etree._Element | None:
    """The only child of ``element`` of one kind; None where there is none.

    Raises:
        SourceError: There are several.
    """
    found = list(element.iterchildren(WSDL + kind))
    if len(found) > 1:
        raise _twice(f"the {kind} of {lexical.local(element)}", found[0], found[1])
    return found[0] if found else None


def require_understood(*elements: etree._Element) -> None:
    """Check that extensions in ``elements`` which must be understood are (WSDL 1.1, 2.1.3).

    Raises:
        UnsupportedError: There is another one.
    """
    for element in elements:
        for extension in element.iterchildren(etree.Element):
            if extension.get(_REQUIRED, "").strip() not in ("true", "1"):
                continue
            name = etree.QName(extension)
            if name.namespace not in _UNDERSTOOD and name.localname not in _READ_ELSEWHERE:
                raise UnsupportedError(
                    f"the extension {name.localname} of {name.namespace or 'no namespace'} is "
                    "required and not supported",
                    place=Place.of(extension),
                    hint='take it away or, where it may be ignored, say wsdl:required="false"',
                )


def _twice(what: str, first: etree._Element, second: etree._Element) -> SourceError:
    return SourceError(
        f"{what} is already defined at {Place.of(first)}",
        place=Place.of(second),
        hint="keep one of the two, or give them different names",
    )
