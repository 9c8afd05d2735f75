"""Choices of elements → which class stands for each of them."""

from __future__ import annotations

from ..contract import Reach, Use, element_uses
from ..contract.model import ComplexType, QName


def wrapped(reach: Reach, choice: QName) -> tuple[Use, ...]:
    """The alternatives of ``choice`` that need a class of their own around their value.

    The class of a value tells which element it is for, so each must be a dataclass that stands for
    one element only. One that another alternative extends would be taken for that one, or that one
    for it, by a value of a type in between.
    """
    alternatives = element_uses(reach.uses[choice])
    types = [use.type for use in alternatives]
    above = {
        ancestor
        for name in types
        if isinstance(reach.types.get(name), ComplexType)
        for ancestor in reach.ancestors(name)
    }
    return tuple(
        use
        for use in alternatives
        if (use.element.nillable and not reach.has_text(use.type))
        or types.count(use.type) > 1
        or use.type in above
        or not isinstance(reach.types.get(use.type), ComplexType)
    )
