"""Simple types as xmlschema built them → those of the model, with their facets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from xmlschema.validators import XsdList, XsdUnion

from .. import namespaces
from ..errors import LeftOut, SourceError
from ..sources import XSD
from .components import Components, documentation_of, optional_qname, qname_of
from .facets import merged_facets, patterns_of, steps_of, values_of
from .lexical import joined
from .model import EnumType, EnumValue, ListType, ScalarType, TypeReference, UnionType
from .patterns import PatternError, translated
from .prepared import Pattern

_SER = f"{{{namespaces.NET_SERIALIZATION}}}"
_NUMBER = re.compile("-?[0-9]{1,20}")  # of an enumeration's value, which has at most 64 bits


class SimpleTypes:
    """Reads simple types.

    Args:
        components: The components that they are among.
        reference: How a type within another one is referred to.
        is_data_contract: Whether they follow .NET's data contract rules.
    """

    def __init__(
        self,
        components: Components,
        reference: Callable[[Any], TypeReference],
        is_data_contract: bool,
    ) -> None:
        self._components = components
        self._reference = reference
        self._is_data_contract = is_data_contract
        #: The patterns that cannot be checked.
        self.left_out: dict[LeftOut, None] = {}

    def read(self, xsd_type: Any) -> EnumType | ListType | ScalarType | UnionType:
        """The type of the model for ``xsd_type``."""
        name = optional_qname(xsd_type.name)
        place = self._components.places.get(xsd_type.elem)
        steps, root = steps_of(xsd_type)
        is_atomic = not isinstance(root, XsdList | XsdUnion)
        patterns = self._components.patterns
        facets = merged_facets(steps, patterns, with_values=not is_atomic)
        self._note_unreadable(patterns_of(steps, patterns))
        if xsd_type.enumeration is not None and is_atomic:
            return EnumType(
                name,
                tuple(self._enum_values(steps)),
                qname_of(root.name or ""),
                facets,
                data_contract=self._is_data_contract,
                documentation=documentation_of(xsd_type),
                place=place,
            )
        # A restriction of a list or of a union is one itself.
        if isinstance(root, XsdList):
            return ListType(
                name,
                self._reference(root.item_type),
                facets,
                data_contract=self._is_data_contract,
                documentation=documentation_of(xsd_type),
                place=place,
            )
        if isinstance(root, XsdUnion):
            return UnionType(
                name,
                tuple(map(self._reference, _members(root))),
                facets,
                documentation=documentation_of(xsd_type),
                place=place,
            )
        return ScalarType(
            name,
            qname_of(root.name or ""),
            facets,
            documentation=documentation_of(xsd_type),
            place=place,
        )

    def _note_unreadable(self, patterns: Iterable[Pattern]) -> None:
        for text, place in patterns:
            try:
                translated(text)
            except PatternError as error:
                reason = f"it is not checked: {error}"
                self.left_out[LeftOut(f"the pattern {text!r}", reason, place)] = None

    def _enum_values(self, steps: list[Any]) -> Iterator[EnumValue]:
        """The values in order, each with its number in .NET if the schema states one."""
        # A restriction that lists no values has those of its base.
        listed = filter(None, map(values_of, reversed(steps)))
        for facet in next(listed, ()):
            number = facet.find(f"{XSD}annotation/{XSD}appinfo/{_SER}EnumerationValue")
            text = "" if number is None else (number.text or "").strip()
            if text and not _NUMBER.fullmatch(text):
                raise SourceError(
                    f"the number of the value {facet.get('value')!r} is not a number: {text!r}",
                    place=self._components.places.get(facet),
                    hint="correct its EnumerationValue",
                )
            documentation = facet.findall(f"{XSD}annotation/{XSD}documentation")
            yield EnumValue(
                facet.get("value", ""),
                int(text) if text else None,
                joined("".join(item.itertext()) for item in documentation),
            )


def _members(union: Any) -> list[Any]:
    """The member types: first those that it refers to (XSD part 1, 3.14.2), then its own."""
    return sorted(union.member_types, key=lambda member: member.name is None)
