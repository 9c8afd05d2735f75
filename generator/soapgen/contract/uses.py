"""The members of types: what stands in an element, each with the name of its type.

A member is an element, a list of elements in their order, an element or attributes that the
contract leaves open, an attribute, or the text of the element.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .model import Attribute, ElementParticle, QName


@dataclass(frozen=True, slots=True)
class Use:
    """An element where it is used, with the name of its type.

    ``optional`` says that the element may be missing because a group around it is optional or a
    choice, ``is_alternative`` that it belongs to a choice, but not to its first branch.
    """

    element: ElementParticle
    type: QName
    optional: bool = False
    is_alternative: bool = False

    @property
    def is_optional(self) -> bool:
        """Whether it may be missing, for any reason."""
        return self.optional or self.element.occurrence.minimum == 0

    @property
    def types(self) -> tuple[QName, ...]:
        """The types that it refers to."""
        return (self.type,)

    @property
    def namespaces(self) -> set[str]:
        """The namespaces of the names that stand in messages for it."""
        return {self.element.name.namespace}


@dataclass(frozen=True, slots=True)
class ItemsUse:
    """Elements whose order is content, as a list: what repeats in a group, or comes back.

    ``name`` is that of the group, or empty; ``type`` is that of the items, a ``ChoiceType``.
    ``optional`` says that there may be no item.
    """

    name: str
    type: QName
    optional: bool = True

    @property
    def types(self) -> tuple[QName, ...]:
        """The types that it refers to."""
        return (self.type,)

    @property
    def namespaces(self) -> set[str]:
        """The namespaces of the names that stand in messages for it: those of its type do."""
        return set()


@dataclass(frozen=True, slots=True)
class OpenUse:
    """Elements that the contract does not name: a wildcard.

    ``repeats`` says that there may be several. ``takes_named`` says that elements which the type
    names may be among them, after those that are the members of these names.
    """

    repeats: bool
    optional: bool = True
    takes_named: bool = False
    types: tuple[QName, ...] = ()

    @property
    def namespaces(self) -> set[str]:
        """None that are known."""
        return set()


@dataclass(frozen=True, slots=True)
class AttributeUse:
    """An attribute, with the name of its type."""

    attribute: Attribute
    type: QName

    @property
    def types(self) -> tuple[QName, ...]:
        """The types that it refers to."""
        return (self.type,)

    @property
    def namespaces(self) -> set[str]:
        """The namespaces of the names that stand in messages for it."""
        return {self.attribute.name.namespace} - {""}  # an attribute without one needs no prefix


@dataclass(frozen=True, slots=True)
class OpenAttributesUse:
    """Attributes that the contract does not name."""

    types: tuple[QName, ...] = ()

    @property
    def namespaces(self) -> set[str]:
        """None that are known."""
        return set()


@dataclass(frozen=True, slots=True)
class TextUse:
    """The text of an element that has attributes, with the name of its type."""

    type: QName

    @property
    def types(self) -> tuple[QName, ...]:
        """The types that it refers to."""
        return (self.type,)

    @property
    def namespaces(self) -> set[str]:
        """None."""
        return set()


MemberUse: TypeAlias = Use | ItemsUse | OpenUse | AttributeUse | OpenAttributesUse | TextUse


def element_uses(uses: tuple[MemberUse, ...]) -> list[Use]:
    """The elements among some members."""
    return [use for use in uses if isinstance(use, Use)]
