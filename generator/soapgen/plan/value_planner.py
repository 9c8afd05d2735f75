"""Types → how their values are annotated, written and read."""

from __future__ import annotations

from dataclasses import replace

from ..contract import (
    AttributeUse,
    ItemsUse,
    MemberUse,
    OpenUse,
    TextUse,
    Use,
    element_uses,
)
from ..contract.model import ArrayType, ChoiceType, EnumType, MapType, QName, StructuredType
from .defaults import default_of
from .encoding import Encoding
from .names import Direction
from .simple_types import SimpleTypes
from .type_names import TypeNames
from .values import EnumMember, Value


class ValuePlanner:
    """Plans values.

    Args:
        names: The types, with the names of what is generated for them.
        checks: Whether values are checked against facets when they are written.
        encoding: How elements say which type they are of; None where they do not.
    """

    def __init__(self, names: TypeNames, *, checks: bool, encoding: Encoding | None = None) -> None:
        self.names = names
        self.reach = names.reach
        self.simple = SimpleTypes(names, checks=checks)
        self.encoding = encoding
        # What is asked for again and again: each is made once.
        self._values: dict[QName, Value] = {}

    def value(self, name: QName) -> Value:
        """How values of the type ``name`` are annotated, written and read."""
        if not isinstance(self.reach.types.get(name), StructuredType):
            return self.simple.value(name)
        if name not in self._values:
            self._values[name] = self._value(name)
        return self._values[name]

    def element_value(self, use: Use) -> Value:
        """How values of the element ``use`` are annotated, written and read."""
        value = self.value(use.type)
        return value if self.encoding is None else self.encoding.value(use, value)

    def _value(self, name: QName) -> Value:
        definition = self.reach.types[name]
        write, read = (self.names.function(name, direction) for direction in Direction)
        if isinstance(definition, ArrayType):
            (use,) = element_uses(self.reach.uses[name])
            inner = self.item_annotation(use, self.value(use.type))
            return Value(
                f"list[{inner}]", f"Iterable[{inner}]", write, read, empty="list", item=inner
            )
        if isinstance(definition, MapType):
            key, value = element_uses(self.reach.uses[name])
            inner = self.item_annotation(value, self.value(value.type))
            inner = f"{self.value(key.type).annotation}, {inner}"
            return Value(f"dict[{inner}]", f"Mapping[{inner}]", write, read, empty="dict")
        class_name = self.names.classes[name]
        if isinstance(definition, ChoiceType):
            return Value(class_name, class_name, write, read)
        write, read = (
            self.names.any_function(name, direction) or self.names.function(name, direction)
            for direction in Direction
        )
        empty = "" if self._has_required(name) else class_name
        return Value(
            class_name,
            class_name,
            write,
            read,
            empty=empty,
            tells_nil=self.tells_nil(name),
            content=self._content(name),
            is_mixed=any(map(self._is_mixed, self.reach.all_uses(name))),
            is_record=True,
        )

    def _content(self, name: QName) -> Value | None:
        """How the text of a class is written and read; None where it has none."""
        texts = (use.type for use in self.reach.all_uses(name) if isinstance(use, TextUse))
        return next(map(self.simple.text_value, texts), None)

    def _is_mixed(self, use: MemberUse) -> bool:
        """Whether ``use`` is a list of texts and elements."""
        definition = self.reach.types.get(use.type) if isinstance(use, ItemsUse) else None
        return isinstance(definition, ChoiceType) and definition.mixed

    def tells_nil(self, name: QName) -> bool:
        """Whether a value of the type ``name`` says itself that it is nil, to keep attributes."""
        return self.encoding is None and self.reach.may_be_nil_with_attributes(name)

    def item_annotation(self, use: Use, value: Value) -> str:
        """The type of an item: with None where it may be nil and no empty value represents nil."""
        use = self.with_own_nil(use)
        return (
            f"{value.annotation} | None"
            if use.element.nillable and not value.empty
            else value.annotation
        )

    def members_of_enumeration(self, name: QName) -> tuple[EnumMember, ...]:
        """The members of a type that is an enumeration; none of any other type."""
        definition = self.reach.types.get(name)
        return self.simple.members(definition) if isinstance(definition, EnumType) else ()

    def is_choice(self, use: Use) -> bool:
        """Whether ``use`` is one of several elements."""
        return isinstance(self.reach.types.get(use.type), ChoiceType)

    def with_own_nil(self, use: Use) -> Use:
        """``use``; not nillable if values of its type say themselves that they are nil.

        They do if they have a text and attributes, which a nil element may have, too.
        """
        if use.element.nillable and self.reach.has_text(use.type):
            return replace(use, element=replace(use.element, nillable=False))
        return use

    def _has_required(self, name: QName) -> bool:
        return any(map(self._is_required, self.reach.all_uses(name)))

    def _is_required(self, use: MemberUse) -> bool:
        """Whether an instance cannot be made without a value for ``use``."""
        match use:
            case Use():
                use = self.with_own_nil(use)
                is_nillable = use.element.nillable and not self.is_choice(use)
                return not (use.is_optional or is_nillable or use.element.occurrence.repeats)
            case AttributeUse():
                value = self.simple.text_value(use.type)
                members = self.members_of_enumeration(use.type)
                has_default = default_of(value, members, use.attribute.default) != ("", None)
                return use.attribute.required and not has_default
            case OpenUse():
                return not (use.optional or use.repeats)
            case _:
                return isinstance(use, TextUse)
