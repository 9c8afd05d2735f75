"""A recorded message → the same with texts of the declared types where secrets are masked.

A mask is a text like others where the contract wants a text. A number, bytes or a text of a
certain form cannot be read from it.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from ..contract import declared_children, effective_attributes, lineage
from ..contract.model import (
    ComplexType,
    ElementParticle,
    QName,
    StructuredType,
    Type,
    TypeReference,
)
from ..errors import UnsupportedError
from ..messages import MASK, sample_text
from .values import said_type

RULE = "masked_secrets"
"""The name of the rule for this."""

_TEXTS = frozenset({"string", "normalizedString", "token", "anyURI", "anyType", "anySimpleType"})


def fill(
    envelope: etree._Element,
    declared: Mapping[str, ElementParticle],
    types: Mapping[QName, Type],
) -> bool:
    """Change ``envelope`` in place; whether there was anything to change.

    Args:
        envelope: A message.
        declared: The elements that may stand in the header and in the body, by their names.
        types: The named types of the contract.
    """
    filler = _Filler(types)
    for section in envelope:
        for block in section:
            element = declared.get(str(block.tag))
            if element is not None:
                filler.element(block, element.type)
    return filler.has_filled


class _Filler:
    def __init__(self, types: Mapping[QName, Type]) -> None:
        self._types = types
        self.has_filled = False

    def element(self, element: etree._Element, declared: TypeReference) -> None:
        reference = said_type(element) or declared
        definition = self._types.get(reference) if isinstance(reference, QName) else reference
        if not isinstance(definition, StructuredType):
            element.text = self._filled(element.text, reference)
            return
        if isinstance(definition, ComplexType):
            self._complex(element, definition)
        members = {str(item.name): item for item in declared_children(self._types, definition)}
        for child in element:
            if (member := members.get(str(child.tag))) is not None:
                self.element(child, member.type)

    def _complex(self, element: etree._Element, definition: ComplexType) -> None:
        line = lineage(self._types, definition)
        for attribute in effective_attributes(line):
            name = str(attribute.name)
            if (text := self._filled(element.get(name), attribute.type)) is not None:
                element.set(name, text)
        for type_ in line[::-1]:
            if type_.simple_content is not None:
                element.text = self._filled(element.text, type_.simple_content)
                return

    def _filled(self, text: str | None, reference: TypeReference) -> str | None:
        """``text``, or one of the type if it has a mask and the type does not take any text."""
        if text is None or MASK not in text or _takes_any_text(reference):
            return text
        try:
            sample = sample_text(reference, self._types)
        except UnsupportedError:
            return text  # what is wrong with it is said where it is read
        self.has_filled = True
        return sample


def _takes_any_text(reference: TypeReference) -> bool:
    return isinstance(reference, QName) and reference.is_builtin and reference.local in _TEXTS
