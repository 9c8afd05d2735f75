"""Messages in SOAP's encoding: elements that say their types, and values referred to.

SOAP 1.1, section 5; SOAP 1.2 part 2, section 3.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any, TypeVar, cast

from ._arrays import POSITION, Lists
from ._envelope import Faults, read_envelope, whole_body
from ._read import XSI, Element, children, local_name, path_of, type_name
from .errors import UnexpectedResponse, WrongMessage

T = TypeVar("T")

_SECOND = "{http://www.w3.org/2003/05/soap-encoding}"
_RESULT = "{http://www.w3.org/2003/05/soap-rpc}result"  # SOAP 1.2 part 2, 4.2.1
_IDENTIFIERS = ("id", _SECOND + "id")

_TYPE, _NIL = XSI + "type", XSI + "nil"
# What nil was called before XML Schema was finished.
_NULLS = (
    "{http://www.w3.org/1999/XMLSchema-instance}null",
    "{http://www.w3.org/2000/10/XMLSchema-instance}null",
    XSI + "null",
)

# References within each other, as deep as elements may be, and elements within each other once
# they are followed; elements that references stand for.
_DEEPEST = 256
_DEEPEST_ELEMENT = 1_000
_MOST_COPIED = 250_000


# --- writing -------------------------------------------------------------------------------------


def typed(xsi_type: str, write: Callable[[str, T], str]) -> Callable[[str, T], str]:
    """``write`` with the name of a type in the start tag of the element that it writes."""
    attribute = f' xsi:type="{xsi_type}"'

    def write_typed(tag: str, value: T) -> str:
        element = write(tag, value)
        end = len(tag) + 1
        return f"{element[:end]}{attribute}{element[end:]}"

    return write_typed


# --- reading -------------------------------------------------------------------------------------


def encoded_body(content: bytes, tag: str, faults: Faults = MappingProxyType({})) -> Element:
    """The element ``tag`` in the body of the envelope in ``content``, with all that it refers to.

    Raises:
        SoapFault: There is a fault instead; its detail is read by one of ``faults``.
        UnexpectedResponse: ``content`` is not XML, not such an envelope, refers to what is not
            there, or has an array whose sizes do not fit.
    """
    node = _root(content, faults)
    if node.tag != tag:
        raise WrongMessage(f"expected {tag} in a SOAP body, got {node.tag}")
    return node


def encoded_result(content: bytes, first: str, faults: Faults = MappingProxyType({})) -> Element:
    """The element around the results in ``content``; the errors are those of ``encoded_body``.

    Its name does not count, nor does that of the ``first`` of the results (SOAP 1.1, 7.1).
    """
    node: Any = _root(content, faults)
    if first and len(node) and all(child.tag != first for child in node):
        node[0].tag = first
    return cast(Element, node)


def _root(content: bytes, faults: Faults) -> Element:
    """The element in the body, with its members as literal messages have them."""
    envelope: Any = read_envelope(content)
    for body in envelope:
        if local_name(body) == "Body":
            _follow_references(body)
            lists = Lists()
            for entry in _entries(body):
                _make_plain(entry, lists)
    nodes = children(whole_body(envelope, faults))
    if len(nodes) != 1:
        got = ", ".join(node.tag for node in nodes[:3]) or "an empty body"
        raise WrongMessage(f"expected an element in a SOAP body, got {got}")
    return nodes[0]


def _entries(body: Any) -> Iterator[Any]:
    """The elements in ``body`` whose members have no namespaces; those in the detail of a fault."""
    for node in body:
        if local_name(node) == "Fault":
            yield from (
                entry for part in node if local_name(part).lower() == "detail" for entry in part
            )
        else:
            yield node


def _make_plain(entry: Any, lists: Lists) -> None:
    """Take the namespaces of the members of ``entry`` away, and make ``lists`` of arrays.

    Nil gets its present name.
    """
    for result in entry.findall(_RESULT):
        entry.remove(result)  # the name of another element, which the contract tells
    for node in list(entry.iter("*")):
        for name in _NULLS:
            if node.get(name) in ("1", "true"):
                node.set(_NIL, "true")
        lists.make(node)
        if node is not entry:
            node.tag = local_name(node)


def _follow_references(body: Any) -> None:
    """Put what elements in ``body`` refer to in their places (SOAP 1.1, 5.4.1)."""
    referred = Counter(map(_reference, body.iter()))
    del referred[None]
    if not referred:
        return
    targets = {_identifier(node): node for node in body.iter() if _identifier(node) in referred}
    # What is only there to be referred to is beside the message.
    beside = [node for node in body if _identifier(node) in referred]
    _expand_types(body)
    for node in beside:
        body.remove(node)
    movable = {name for name in map(_identifier, beside) if referred[name] == 1}
    _References(targets, movable).follow(body)
    _shorten_types(body)


def _expand_types(body: Any) -> None:
    """Write the types in ``body`` with their namespaces: their prefixes are those of a place."""
    for node in body.iter():
        name = type_name(node)
        if name is not None:
            node.set(_TYPE, name)


def _shorten_types(body: Any) -> None:
    """Write the types in ``body`` with prefixes again, those of where they are now."""
    for node in body.iter():
        namespace, _, local = (node.get(_TYPE) or "").removeprefix("{").rpartition("}")
        if not namespace:
            continue
        prefixes = [prefix for prefix, uri in node.nsmap.items() if uri == namespace]
        if not prefixes:
            raise UnexpectedResponse(f"{path_of(node)}: no prefix stands for {namespace}")
        node.set(_TYPE, f"{prefixes[0]}:{local}" if prefixes[0] else local)


class _References:
    """Replaces elements by what they refer to.

    Args:
        targets: The elements that are referred to, by their names.
        movable: The names of those that are in no other place, and that one element refers to.
    """

    def __init__(self, targets: dict[str | None, Any], movable: set[str | None]) -> None:
        self._targets = targets
        self._movable = movable
        self._copied = 0

    def follow(self, body: Any) -> None:
        """Replace what is in ``body``."""
        # An element whose children are still to be looked at, the names of those around it, how
        # deep it is, and whether it is in a copy.
        waiting: list[tuple[Any, tuple[str, ...], int, bool]] = [(body, (), 0, False)]
        while waiting:
            node, around, depth, in_copy = waiting.pop()
            if len(around) > _DEEPEST or depth > _DEEPEST_ELEMENT:
                raise UnexpectedResponse(f"{path_of(node)}: references are nested too deeply")
            for child in children(node):
                name = _reference(child)
                names, is_copy = around, in_copy
                if name is not None:
                    # In a copy it may be once more what another copy refers to.
                    is_copy = in_copy or name not in self._movable
                    child = self._replaced(child, name, around, is_copy)
                    names = (*around, name)
                elif (own := _identifier(child)) in self._targets:
                    names = (*around, str(own))
                waiting.append((child, names, depth + 1, is_copy))

    def _replaced(self, node: Any, name: str, around: tuple[str, ...], is_copy: bool) -> Any:
        value = self._targets.get(name)
        if value is None:
            raise UnexpectedResponse(f"{path_of(node)}: {name!r} is referred to and not there")
        if name in around:
            raise UnexpectedResponse(f"{path_of(node)}: the value contains itself")
        if is_copy:
            self._copied += sum(1 for _ in value.iter())
            if self._copied > _MOST_COPIED:
                raise UnexpectedResponse(f"{path_of(node)}: references stand for too many elements")
            value = copy.deepcopy(value)
        value.tag, value.tail = node.tag, None
        if node.get(POSITION) is not None:  # where it is in an array is no part of the value
            value.set(POSITION, node.get(POSITION))
        for identifier in _IDENTIFIERS:
            value.attrib.pop(identifier, None)
        node.getparent().replace(node, value)
        return value


def _reference(node: Any) -> str | None:
    """The name of the element that ``node`` refers to; None where it is a value."""
    address = node.get("href")
    if address is not None:
        return str(address).removeprefix("#")
    reference = node.get(_SECOND + "ref")
    return None if reference is None else str(reference)


def _identifier(node: Any) -> str | None:
    """The name by which elements may refer to ``node``, if it has one."""
    for name in _IDENTIFIERS:
        if node.get(name) is not None:
            return str(node.get(name))
    return None
