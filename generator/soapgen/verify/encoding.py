"""Two encoded messages → the same without what may differ in SOAP's encoding for equal values.

SOAP 1.1, section 5, and SOAP 1.2 part 2, section 3. It is written apart from what generated code
does when it reads such messages, so that neither can hide a mistake of the other.
"""

from __future__ import annotations

import copy

from lxml import etree

from .. import namespaces
from ..errors import UnsupportedError
from . import arrays
from .values import said_type

RULE = "encoding"
"""The name of the rule for all of this."""

_XSI_TYPE, _XSI_NIL = (f"{{{namespaces.XSI}}}{name}" for name in ("type", "nil"))
_TYPE = "type-of-the-value"
_ENCODING_STYLES = [f"{{{uri}}}encodingStyle" for uri in namespaces.ENVELOPES.values()]
_FIRST, _SECOND = namespaces.SOAP_11_ENCODING, namespaces.SOAP_12_ENCODING
_IDENTIFIERS = ("id", f"{{{_SECOND}}}id")
_ARRAY_ATTRIBUTES = [
    f"{{{_FIRST}}}arrayType",
    f"{{{_SECOND}}}itemType",
    f"{{{_SECOND}}}arraySize",
]
_POSITION = f"{{{_FIRST}}}position"
_RESULT = "{http://www.w3.org/2003/05/soap-rpc}result"
_MOST_REFERENCES = 10_000


def settle(expected: etree._Element, actual: etree._Element) -> None:
    """Change two envelopes in place, so that what is left of them is equal for equal values.

    - Where the style of the encoding is said does not count (SOAP 1.1, 4.1.1).
    - An element that refers to another one has the value of that (5.4.1).
    - Members have no namespaces (5.1), the items of arrays any names (5.4.2).
    - ``rpc:result`` names another element, as the contract does (SOAP 1.2 part 2, 4.2.1).
    - Members are known by their names, not by their order; a member that is nil may be left out
      (5.1, 9). The order of items counts, as does that of members of one name.
    - A type need not be said where the contract says it (5.1, 1); that of nil does not count, nor
      which name an array's type has, nor the size of a list, which the items tell.
    - An item of an array that is not sent is nil (5.4.2.1).

    Raises:
        UnsupportedError: A value contains itself, a reference leads nowhere, or an array has items
            where its sizes allow none.
    """
    for envelope in (expected, actual):
        for body in _bodies(envelope):
            _expand_types(body)
            _follow(body)
            _rename(body)
            _sort(body)
    _settle_nil(expected, actual)
    _settle_types(expected, actual)


def _bodies(envelope: etree._Element) -> list[etree._Element]:
    return [
        body for uri in namespaces.ENVELOPES.values() for body in envelope.iter(f"{{{uri}}}Body")
    ]


def _expand_types(body: etree._Element) -> None:
    """Write types with their namespaces: prefixes are those of the place where they stand."""
    for node in body.iter(etree.Element):
        name = said_type(node)
        if name is not None:
            del node.attrib[_XSI_TYPE]
            node.set(_TYPE, str(name))


def _follow(body: etree._Element) -> None:
    named = {name: node for node in body.iter() for name in _names(node, _IDENTIFIERS)}
    pristine = {name: copy.deepcopy(node) for name, node in named.items()}
    referred = {name for node in body.iter() for name in _references(node)}
    for child in list(body):
        if referred.intersection(_names(child, _IDENTIFIERS)):
            body.remove(child)
    for _ in range(_MOST_REFERENCES):
        found = next(((node, name) for node in body.iter() for name in _references(node)), None)
        if found is None:
            break
        node, name = found
        target = pristine.get(name)
        above = {own for around in node.iterancestors() for own in _names(around, ("id",))}
        parent = node.getparent()
        if target is None or name in above or parent is None:
            raise UnsupportedError(f"the reference to {name!r} cannot be followed")
        value = copy.deepcopy(target)
        value.tag, value.tail = node.tag, None
        value.set("id", name)
        if (position := node.get(_POSITION)) is not None:
            value.set(_POSITION, position)
        parent.replace(node, value)
    for node in body.iter():
        for identifier in _IDENTIFIERS:
            node.attrib.pop(identifier, "")


def _names(node: etree._Element, attributes: tuple[str, ...]) -> list[str]:
    return [str(node.get(name)) for name in attributes if node.get(name) is not None]


def _references(node: etree._Element) -> list[str]:
    names = [name.removeprefix("#") for name in _names(node, ("href",))]
    return names + _names(node, (f"{{{_SECOND}}}ref",))


def _rename(body: etree._Element) -> None:
    """Take namespaces away below the elements in ``body``, and give items one name."""
    for entry in body:
        for result in entry.findall(_RESULT):
            entry.remove(result)
        for node in entry.iterdescendants(etree.Element):
            if node.getparent() is not entry or etree.QName(entry).localname != "Fault":
                node.tag = etree.QName(node).localname
    for node in list(body.iter(etree.Element)):
        if _is_array(node):
            arrays.complete(node)
            for item in node:
                item.tag = "item"


def _sort(body: etree._Element) -> None:
    for node in body.iterdescendants(etree.Element):
        if len(node) and not _is_array(node):
            node[:] = sorted(node, key=lambda member: str(member.tag))


def _settle_nil(expected: etree._Element, actual: etree._Element) -> None:
    """Take members away that are nil, where the other element does without them."""
    if not _is_array(expected) and not _is_array(actual):
        for node, other in ((expected, actual), (actual, expected)):
            there = {child.tag for child in other}
            for child in list(node):
                if child.get(_XSI_NIL) in ("1", "true") and child.tag not in there:
                    node.remove(child)
    for one, other in zip(expected, actual, strict=False):
        if one.tag == other.tag:
            _settle_nil(one, other)


def _is_array(node: etree._Element) -> bool:
    return any(node.get(name) is not None for name in _ARRAY_ATTRIBUTES)


def _settle_types(expected: etree._Element, actual: etree._Element) -> None:
    for node in (expected, actual):
        for name in _ENCODING_STYLES:
            node.attrib.pop(name, "")
    nil = [node.get(_XSI_NIL) in ("1", "true") for node in (expected, actual)]
    says = [node.get(_TYPE) is not None for node in (expected, actual)]
    arrays = [_is_array(node) for node in (expected, actual)]
    if all(nil) or all(arrays) or not all(says):
        for node in (expected, actual):
            node.attrib.pop(_TYPE, "")
    if all(nil):
        for node in (expected, actual):
            node.set(_XSI_NIL, "true")
    if all(arrays) or not any(len(node) for node in (expected, actual)):
        for node in (expected, actual):
            for name in _ARRAY_ATTRIBUTES:
                node.attrib.pop(name, "")
    for one, other in zip(expected, actual, strict=False):
        _settle_types(one, other)
