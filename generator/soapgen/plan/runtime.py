"""The shapes of types → the runtime modules that read and write them."""

from __future__ import annotations

from collections.abc import Iterable

from ..contract import (
    ANY_TYPE,
    AttributeUse,
    ItemsUse,
    MemberUse,
    OpenAttributesUse,
    OpenUse,
    Reach,
    TextUse,
    Use,
    elements,
)
from ..contract.model import ChoiceType, ComplexType

_ANYTYPE, _ATTRIBUTES, _DEFAULTS, _FIXED = "_anytype", "_attributes", "_defaults", "_fixed"
_ITEMS, _OPEN, _NIL_ATTRIBUTES = "_items", "_open", "_nil_attributes"

ATTACHMENTS = "_swa"
"""The runtime module for what is beside the envelope, as the binding says."""

ENCODED = "_encoded"
"""The runtime module for messages in SOAP's encoding."""

NAMED_TYPES = "_named_types"
"""The runtime module for elements of simple types that name complex ones."""

NIL_ANSWERS = "_nil_answers"
"""The runtime module for messages of one member that may be nil or missing."""

NIL_MEMBERS = "_nil_members"
"""The runtime module for members that may be nil or missing."""

LEFT_OPEN = frozenset({_OPEN, _ANYTYPE})
"""The runtime modules for elements that the contract leaves open."""

VERSIONS = "_versions"
"""The runtime module for services that take both versions of SOAP."""


def runtime_modules(reach: Reach, uses: Iterable[Use]) -> frozenset[str]:
    """The runtime modules that packages with some types need and others do not.

    Args:
        reach: The types.
        uses: The elements in messages.
    """
    needed = {_ANYTYPE} if ANY_TYPE in reach.scalars else set()
    for use in uses:
        needed |= _for_defaults(use)
    for name, members in reach.uses.items():
        definition = reach.types[name]
        if isinstance(definition, ChoiceType):
            needed |= {_ITEMS, *LEFT_OPEN} if definition.is_open else {_ITEMS}
        is_net = isinstance(definition, ComplexType) and definition.data_contract
        if reach.may_be_nil_with_attributes(name):
            needed.add(_NIL_ATTRIBUTES)
        if isinstance(definition, ComplexType) and definition.is_restriction and not is_net:
            # It may give an element a default that its base does not.
            given = (item.default is not None for item in elements(definition.content))
            needed |= {_DEFAULTS} if any(given) else set()
        for member in members:
            needed |= _needed(member, is_class=isinstance(definition, ComplexType) and not is_net)
    return frozenset(needed)


def _needed(use: MemberUse, *, is_class: bool) -> set[str]:
    """The modules for one member of a type, which may be a class that follows no rules of .NET."""
    match use:
        case AttributeUse():
            return {_ATTRIBUTES, _FIXED} if use.attribute.is_fixed else {_ATTRIBUTES}
        case OpenAttributesUse() | TextUse():
            return {_ATTRIBUTES}
        case OpenUse():
            return {*LEFT_OPEN}
        case ItemsUse():
            return {_ITEMS}
        case Use():
            may_be_both = use.is_optional and use.element.nillable
            found = {NIL_MEMBERS} if may_be_both and is_class else set()
            return found | _for_defaults(use)


def _for_defaults(use: Use) -> set[str]:
    """The modules for the default of an element."""
    if use.element.default is None:
        return set()
    # The codec of texts is beside those who use it most: attributes.
    return {_DEFAULTS, _FIXED, _ATTRIBUTES} if use.element.is_fixed else {_DEFAULTS}
