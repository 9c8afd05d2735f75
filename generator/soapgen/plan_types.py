"""IR types → plan: how each is named, annotated, written and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from . import naming
from .ir import (
    ArrayType,
    ComplexType,
    EnumType,
    EnumValue,
    ListType,
    MapType,
    QName,
    Type,
    UnionType,
)
from .plan import (
    Array,
    Derived,
    Dictionary,
    Entity,
    Enumeration,
    EnumMember,
    Functions,
    Item,
    Member,
    Namespace,
    Presence,
    Tag,
    Value,
)
from .reach import Reach, Use
from .scalars import SCALARS, TEXT


class TypePlanner:
    """Plans the types in ``reach``; names are given out once, in the order of the types' names."""

    def __init__(
        self, reach: Reach, namespaces: Mapping[str, Namespace], class_scope: naming.Names
    ) -> None:
        self.reach = reach
        self.namespaces = namespaces
        self.class_scope = class_scope
        self.function_scope = naming.Names((naming.ENVELOPE,))
        self.classes: dict[QName, str] = {}
        self.functions: dict[QName, str] = {}
        self.any_functions: dict[QName, str] = {}
        self.member_functions: dict[QName, str] = {}
        self._sorted = sorted(
            reach.types.items(), key=lambda item: (item[0].local, item[0].namespace)
        )
        self._name_types()

    def _name_types(self) -> None:
        for name, found in self._sorted:
            if not _has_functions(found):
                continue
            stem = naming.pascal(name.local)
            if isinstance(found, ComplexType | EnumType | ListType):
                stem = self.classes[name] = self.class_scope.take(stem)
            self.functions[name] = self.function(stem)
        # An anonymous type extends, too, and cannot stand in for what it extends: it has no name.
        bases = {found.base for _, found in self._sorted if isinstance(found, ComplexType)}
        for name, stem in self.classes.items():
            found = self.reach.types[name]
            has_children = bool(self.reach.children.get(name))
            if has_children or name in bases:
                self.member_functions[name] = self.function(f"{stem}Member")
            if has_children or (isinstance(found, ComplexType) and found.abstract):
                self.any_functions[name] = self.function(f"Any{stem}")

    def function(self, stem: str) -> str:
        """A name for the private function of ``stem``."""
        return self.function_scope.take(f"_{naming.snake(stem)}")

    def tag(self, name: QName) -> Tag:
        """The element ``name`` as generated code writes and finds it."""
        namespace = self.namespaces.get(name.namespace)
        if namespace is None:
            return Tag(name.local, "", "", name.local)
        return Tag(name.local, namespace.prefix, namespace.constant, str(name))

    # --- values --------------------------------------------------------------------------------

    def value(self, name: QName) -> Value:
        """How values of the type ``name`` are annotated, written and read."""
        if name in SCALARS:
            return SCALARS[name]
        found = self.reach.types[name]
        if not _has_functions(found):
            return TEXT
        function = self.functions[name]
        if isinstance(found, ArrayType):
            item = self.value(self.reach.uses[name][0].type)
            inner = self._item_annotation(self.reach.uses[name][0], item)
            return Value(f"list[{inner}]", f"Iterable[{inner}]", function, function, empty="list")
        if isinstance(found, MapType):
            key, value = self.reach.uses[name]
            inner = self._item_annotation(value, self.value(value.type))
            inner = f"{self.value(key.type).annotation}, {inner}"
            return Value(f"dict[{inner}]", f"Mapping[{inner}]", function, function, empty="dict")
        class_name = self.classes[name]
        if isinstance(found, EnumType):
            zero = f"{class_name}.{self._zero(found)}" if found.data_contract else ""
            return Value(class_name, class_name, "xs_string", function, zero)
        if isinstance(found, ListType):
            sets = f"frozenset[{class_name}]"
            zero = "frozenset()" if found.data_contract else ""
            return Value(sets, sets, function, function, zero)
        function = self.any_functions.get(name, function)
        empty = "" if self._has_required(name) else class_name
        return Value(class_name, class_name, function, function, empty=empty)

    @staticmethod
    def _item_annotation(use: Use, value: Value) -> str:
        """The type of an item: with None only where nil has no empty value to stand for it."""
        return (
            f"{value.annotation} | None"
            if use.element.nillable and not value.empty
            else value.annotation
        )

    def _zero(self, found: EnumType) -> str:
        """The name of the member that is number 0 in .NET, else of the first one."""
        members = self._enum_members(found.values)
        for member, (index, value) in zip(members, enumerate(found.values), strict=True):
            if (index if value.number is None else value.number) == 0:
                return member.name
        return members[0].name

    @staticmethod
    def _enum_members(values: Sequence[EnumValue]) -> tuple[EnumMember, ...]:
        scope = naming.Names()
        return tuple(
            EnumMember(scope.take(naming.constant(item.value)), item.value, item.documentation)
            for item in values
        )

    # --- members -------------------------------------------------------------------------------

    def member(self, use: Use, name: str, *, data_contract: bool) -> Member:
        """``use`` as a member or parameter called ``name``."""
        element, value = use.element, self.value(use.type)
        optional = use.optional or element.occurrence.minimum == 0
        member = Member(
            name=name,
            variable=naming.variable(name),
            tag=self.tag(element.name),
            value=value,
            presence=Presence.REQUIRED,
            annotation=value.annotation,
            accepts=value.accepts,
            default="",
            nillable=element.nillable,
            secret=value is TEXT and naming.is_secret(element.name.local),
            documentation=element.documentation,
            xml_type=use.type.local,
        )
        if element.occurrence.repeats:
            inner = self._item_annotation(use, value)
            return replace(
                member,
                presence=Presence.REPEATED,
                annotation=f"list[{inner}]",
                accepts=f"Iterable[{inner}]",
                default="()",
            )
        if optional and data_contract and value.zero and not element.nillable:
            return replace(member, presence=Presence.ZERO, default=value.zero)
        if optional or element.nillable:
            return replace(
                member,
                presence=Presence.OPTIONAL if optional else Presence.NILLABLE,
                annotation=f"{value.annotation} | None",
                accepts=f"{value.accepts} | None",
                default="None",
            )
        return member

    def _members(self, name: QName) -> tuple[Member, ...]:
        """The own members of an entity, under names that differ from all inherited ones."""
        return self.named_members(
            self.reach.uses[name],
            naming.Names(member.name for member in self._inherited(name)),
            naming.member,
            data_contract=self._complex(name).data_contract,
        )

    def _inherited(self, name: QName) -> tuple[Member, ...]:
        base = self._complex(name).base
        return () if base is None else (*self._inherited(base), *self._members(base))

    def _required(self, name: QName) -> tuple[Member, ...]:
        """The members, inherited ones first, without which no instance can be made."""
        everything = (*self._inherited(name), *self._members(name))
        return tuple(member for member in everything if member.presence is Presence.REQUIRED)

    def _has_required(self, name: QName) -> bool:
        base = self._complex(name).base
        inherited = base is not None and self._has_required(base)
        return inherited or any(map(_is_required, self.reach.uses[name]))

    def named_members(
        self,
        uses: Iterable[Use],
        scope: naming.Names,
        style: naming.Style,
        *,
        data_contract: bool,
    ) -> tuple[Member, ...]:
        """``uses`` as members or parameters, each under a name of its own in ``scope``."""
        return tuple(
            self.member(use, scope.take(style(use.element.name.local)), data_contract=data_contract)
            for use in uses
        )

    def _complex(self, name: QName) -> ComplexType:
        found = self.reach.types[name]
        assert isinstance(found, ComplexType)
        return found

    # --- types ---------------------------------------------------------------------------------

    def enumerations(self) -> dict[QName, Enumeration]:
        """The enumerations and sets of flags, by name."""
        return {
            name: Enumeration(
                class_name=self.classes[name],
                function=self.functions[name],
                xml_name=name.local,
                flags=isinstance(found, ListType),
                members=self._enum_members(values.values),
                documentation=found.documentation or values.documentation,
            )
            for name, found in self._sorted
            if isinstance(found, EnumType | ListType)
            and isinstance(values := found.item if isinstance(found, ListType) else found, EnumType)
        }

    def entities(self) -> dict[QName, Entity]:
        """The dataclasses: each after the one that it extends, otherwise by name."""
        ordered: dict[QName, Entity] = {}
        for name, found in self._sorted:
            if isinstance(found, ComplexType):
                self._place(name, ordered)
        return ordered

    def _place(self, name: QName, ordered: dict[QName, Entity]) -> None:
        if name in ordered:
            return
        base = self._complex(name).base
        if base is not None:
            self._place(base, ordered)
        ordered[name] = self._entity(name)

    def _entity(self, name: QName) -> Entity:
        found = self._complex(name)
        members = self._members(name)
        return Entity(
            class_name=self.classes[name],
            function=self.functions[name],
            any_function=self.any_functions.get(name, ""),
            member_function=self.member_functions.get(name, ""),
            xml_name=name.local,
            base=self.classes[found.base] if found.base else "",
            base_member_function=self.member_functions[found.base] if found.base else "",
            members=members,
            required=self._required(name),
            read_in_place=tuple(
                member for member in members if member.presence is not Presence.REQUIRED
            ),
            constant=_most_common([member.tag.constant for member in members]),
            used=name in self.reach.declared,
            abstract=found.abstract,
            derived=tuple(
                self._derived(child)
                for child in self.reach.descendants(name)
                if child in self.reach.declared
            ),
            documentation=found.documentation,
        )

    def _derived(self, name: QName) -> Derived:
        return Derived(self.classes[name], self.functions[name], self.tag(name))

    def functions_for(self, names: Iterable[QName]) -> Functions:
        """What is needed to write, or to read, values of the types ``names``."""
        declared, extended = self.reach.closure(names)
        return Functions(
            entities=tuple(
                replace(
                    entity,
                    used=name in declared,
                    member_function=entity.member_function if name in extended else "",
                )
                for name, entity in self.entities().items()
                if name in declared or name in extended
            ),
            arrays=tuple(
                Array(self.functions[name], self._inner(self.reach.uses[name][0]))
                for name, found in self._sorted
                if isinstance(found, ArrayType) and name in declared
            ),
            dictionaries=tuple(
                Dictionary(
                    self.functions[name],
                    self.tag(found.entry),
                    *map(self._inner, self.reach.uses[name]),
                )
                for name, found in self._sorted
                if isinstance(found, MapType) and name in declared
            ),
            enumerations=tuple(
                enumeration for name, enumeration in self.enumerations().items() if name in declared
            ),
        )

    def _inner(self, use: Use) -> Item:
        value = self.value(use.type)
        return Item(
            tag=self.tag(use.element.name),
            value=value,
            annotation=self._item_annotation(use, value),
            nillable=use.element.nillable,
        )


def _has_functions(found: Type) -> bool:
    """Whether values of the type are more than text: written and read by its own functions."""
    if isinstance(found, ListType):
        return isinstance(found.item, EnumType)
    return not isinstance(found, UnionType)


def _is_required(use: Use) -> bool:
    element = use.element
    missing = use.optional or element.occurrence.minimum == 0 or element.nillable
    return not missing and not element.occurrence.repeats


def _most_common(constants: list[str]) -> str:
    return max(dict.fromkeys(constants), key=constants.count, default="")
