"""Choices of elements → plan: the class that stands for each element, how it is told apart."""

from __future__ import annotations

from collections.abc import Callable

from ..contract import element_uses, shown
from ..contract.model import ChoiceType, ComplexType, QName
from . import sentences
from .element_planner import only_text
from .members import Alternative, Choice
from .names import Direction, Tag
from .value_planner import ValuePlanner


class ChoicePlanner:
    """Plans choices.

    Args:
        values: How values of types are annotated, written and read.
        tag_of: A name as generated code writes and reads it.
    """

    def __init__(self, values: ValuePlanner, tag_of: Callable[[QName], Tag]) -> None:
        self.values = values
        self.names = values.names
        self.reach = values.reach
        self.tag_of = tag_of

    def choice(self, name: QName, definition: ChoiceType, direction: Direction) -> Choice:
        """The choice ``definition``, with its function for ``direction``."""
        wrappers = self.names.wrappers_of(name)
        owner = shown(name).removeprefix("/").rpartition("/")[0]
        alternatives: list[Alternative] = []
        for use in element_uses(self.reach.uses[name]):
            use = self.values.with_own_nil(use)
            value, element = self.values.element_value(use), use.element
            wrapper = wrappers.get(element.name, "")
            annotation = f"{value.annotation} | None" if element.nillable else value.annotation
            alternatives.append(
                Alternative(
                    tag=self.tag_of(element.name),
                    value=value,
                    class_name=wrapper or value.annotation,
                    is_wrapped=bool(wrapper),
                    annotation=annotation,
                    nillable=element.nillable,
                    description=element.documentation
                    or sentences.wrapper(element.name.local, owner),
                    empty_text=element.default,
                    fixed_text=only_text(element, value),
                )
            )
        return Choice(
            class_name=self.names.classes[name],
            function=self.names.function(name, direction),
            alternatives=tuple(self._most_derived_first(name, alternatives)),
            is_open=definition.is_open,
            mixed=definition.mixed,
            is_unchecked=definition.is_unchecked,
            description=sentences.choice(owner),
        )

    def _most_derived_first(
        self, name: QName, alternatives: list[Alternative]
    ) -> list[Alternative]:
        """``alternatives``, in which a class is before those that it extends."""
        depths = [
            (
                len(self.reach.ancestors(use.type))
                if isinstance(self.reach.types.get(use.type), ComplexType) and not item.is_wrapped
                else 0
            )
            for use, item in zip(element_uses(self.reach.uses[name]), alternatives, strict=True)
        ]
        order = sorted(range(len(alternatives)), key=lambda position: -depths[position])
        return [alternatives[position] for position in order]
