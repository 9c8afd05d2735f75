"""The operations of a port type and those of a binding → pairs of the same, each with a name.

Operations may have one name (overloading): the names of their inputs and outputs then tell which is
which (WSDL 1.1, 2.5).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ..errors import LeftOut, Place
from ..sources import WSDL
from . import lexical
from .model import QName


class Pairs:
    """The operations that a binding binds, each with its declaration, in the binding's order.

    Args:
        port_type: The port type.
        binding: The binding.

    Raises:
        SourceError: The name of an operation is not one that XML allows.
    """

    def __init__(self, port_type: etree._Element, binding: etree._Element) -> None:
        self._names = _names(list(port_type.iterchildren(f"{WSDL}operation")))
        self._pairs: list[tuple[etree._Element, etree._Element]] = []
        self._bound_alone: list[etree._Element] = []
        self._declared_alone = list(self._names)
        for bound in binding.iterchildren(f"{WSDL}operation"):
            declared = _declaration(bound, self._declared_alone)
            if declared is None:
                self._bound_alone.append(bound)
            else:
                self._declared_alone.remove(declared)
                self._pairs.append((declared, bound))

    def __iter__(self) -> Iterator[tuple[str, etree._Element, etree._Element]]:
        """The name, the declaration and the binding of each operation."""
        for declared, bound in self._pairs:
            yield self._names[declared], declared, bound

    def left_out(self, port_type: QName, binding: QName) -> Iterator[LeftOut]:
        """The operations that are in the port type or in the binding alone."""
        for bound in self._bound_alone:
            name = lexical.name_of(bound)
            yield LeftOut(
                f"operation {name}",
                f"operation {name} is bound but not in portType {port_type}",
                Place.of(bound),
                "declare it in the portType, or correct the name",
                operation=name,
            )
        for declared in self._declared_alone:
            name = self._names[declared]
            yield LeftOut(
                f"operation {name}",
                f"operation {name} is not bound by {binding}",
                Place.of(declared),
                "bind it, or take it out of the portType (WS-I Basic Profile 1.1, R2718)",
                operation=name,
            )


def _names(operations: list[etree._Element]) -> dict[etree._Element, str]:
    """``operations``, each with a name of its own.

    Where several have one name, the names of their inputs take its place; if these are not there,
    or are not different either, all but the first get a number.
    """
    named: dict[str, list[etree._Element]] = {}
    for operation in operations:
        named.setdefault(lexical.name_of(operation), []).append(operation)
    taken = set(named)
    names: dict[etree._Element, str] = {}
    for name, alike in named.items():
        inputs = [_message_name(operation, "input") for operation in alike]
        if len(alike) > 1 and "" not in inputs and len({*inputs} - taken) == len(alike):
            names.update(zip(alike, inputs, strict=True))
            taken.update(inputs)
            continue
        for number, operation in enumerate(alike, 1):
            own = name if number == 1 else f"{name}{number}"
            while number > 1 and own in taken:
                own += "_"
            names[operation] = own
            taken.add(own)
    return {operation: names[operation] for operation in operations}


def _declaration(bound: etree._Element, waiting: list[etree._Element]) -> etree._Element | None:
    """The one of the declarations ``waiting`` that ``bound`` is of; None if there is none."""
    found = [item for item in waiting if item.get("name") == bound.get("name")]
    for message in ("input", "output"):
        name = _message_name(bound, message)
        same = [item for item in found if _message_name(item, message) == name]
        found = same if name and same else found
    return found[0] if found else None


def _message_name(operation: etree._Element, message: str) -> str:
    """The name of the ``input`` or ``output`` of ``operation``; empty if it has none."""
    element = operation.find(WSDL + message)
    return "" if element is None else element.get("name", "")
