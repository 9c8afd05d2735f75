"""Elements in SOAP's encoding → the functions that write them with the names of their types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .. import naming
from ..contract import Reach, Use, element_uses, items_of
from ..contract.model import ArrayType, QName, StructuredType
from .names import Tag
from .scalars import ANY_TYPES
from .types import Typed
from .values import Value


@dataclass(frozen=True, slots=True)
class Encoded:
    """What of a service is in SOAP's encoding.

    Attributes:
        outermost: The elements of its messages and headers.
        soap_version: The version of SOAP whose encoding it is.
    """

    outermost: tuple[Use, ...]
    soap_version: str


class Encoding:
    """Plans how elements say which type they are of (SOAP 1.1, 5.1).

    Args:
        reach: The types.
        tag_of: A name as generated code writes it.
        soap_version: The version of SOAP whose encoding it is.
    """

    def __init__(self, reach: Reach, tag_of: Callable[[QName], Tag], soap_version: str) -> None:
        #: The function of the runtime that writes an array.
        self.write_array = "array" if soap_version == "1.1" else "array_12"
        self._reach = reach
        self._tag_of = tag_of
        self._functions: dict[QName, str] = {}
        self._writes: dict[QName, str] = {}

    def name_writers(self, outermost: Iterable[Use]) -> frozenset[str]:
        """Name the functions for all elements, ``outermost`` among them; return the names."""
        members = (use for uses in self._reach.uses.values() for use in element_uses(uses))
        names = {name for use in (*outermost, *members) if (name := self._simple_type(use))}
        scope = naming.Names()
        for name in sorted(names):
            self._functions[name] = naming.typed(scope.take(naming.snake(name.local)))
        return frozenset(self._functions.values())

    def value(self, use: Use, value: Value) -> Value:
        """``value`` as that of an element, written with the name of its type."""
        name = self._simple_type(use)
        if name is None:
            return value
        self._writes[name] = value.write
        return replace(value, write=self._functions[name], optional_write="")

    def typed(self, uses: Iterable[Use]) -> tuple[Typed, ...]:
        """The functions that write elements for ``uses``, once all were planned."""
        names = {name for use in uses if (name := self._simple_type(use))}
        return tuple(
            Typed(self._functions[name], self.xsi_type(name), self._writes[name])
            for name in sorted(names & self._writes.keys())
        )

    def xsi_type(self, name: QName) -> str:
        """The name of a type on the wire; empty for an anonymous one."""
        return "" if "/" in name.local else self._tag_of(name).written

    def item_type(self, array: ArrayType) -> str:
        """The type of the items of ``array`` on the wire, with a rank where they are arrays."""
        name, rank = items_of(array)
        return f"{self.xsi_type(name)}{rank}"

    def _simple_type(self, use: Use) -> QName | None:
        """The simple type, other than an anonymous one, that ``use`` is declared with."""
        name = use.element.type
        is_structured = isinstance(self._reach.types.get(use.type), StructuredType)
        if is_structured or not isinstance(name, QName) or "/" in name.local:
            return None
        # Values of any type say themselves which type they are of.
        return None if name.is_builtin and name.local in ANY_TYPES else name
