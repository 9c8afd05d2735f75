"""Types → plan: how each is named, annotated, written and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from types import MappingProxyType

from .. import naming
from ..contract import (
    AttributeUse,
    MemberUse,
    Use,
    element_uses,
    shown,
)
from ..contract.model import (
    ArrayType,
    ChoiceType,
    ComplexType,
    EnumType,
    ListType,
    MapType,
    QName,
)
from ..secret_names import is_value_of
from . import sentences
from .choice_planner import ChoicePlanner
from .element_planner import ElementPlanner, read_item
from .encoding import Encoded, Encoding
from .entity_planner import EntityPlanner
from .member_planner import MemberPlanner, usual_name
from .members import Choice, Item, Member, Presence
from .names import Call, Direction, Namespace, Tag
from .scalars import ATTACHED
from .targets import member_key
from .type_names import TypeNames, has_class
from .types import Array, Dictionary, Functions
from .value_planner import ValuePlanner
from .values import Codec, Enumeration


class TypePlanner:
    """Plans types.

    Args:
        names: The types, with the names of what is generated for them.
        namespaces: Every namespace that their elements are in.
        reserved: The names that generated modules use themselves.
        checks: Whether values are checked against facets when they are written.
        encoded: How messages in SOAP's encoding say types; None for literal ones.
        given: The names that a user gives to members, by their owners.
        secrets: The members that a user calls secret, by their owners.
    """

    def __init__(
        self,
        names: TypeNames,
        namespaces: Mapping[str, Namespace],
        reserved: naming.Reserved,
        *,
        checks: bool = False,
        encoded: Encoded | None = None,
        given: Mapping[QName, Mapping[str, naming.GivenName]] = MappingProxyType({}),
        secrets: Mapping[QName, Set[str]] = MappingProxyType({}),
    ) -> None:
        self.names = names
        self.reach = names.reach
        self.namespaces = namespaces
        self.reserved = reserved
        self.given = given
        self.secrets = secrets
        #: The functions for all types, which no variable may hide.
        self.functions = names.all_functions()
        #: The classes whose names may be those of members: in a script without capitals.
        self.caseless = frozenset(name for name in names.classes.values() if name == name.lower())
        self.encoding: Encoding | None = None
        if encoded is not None:
            self.encoding = Encoding(names.reach, self.tag, encoded.soap_version)
            self.functions |= self.encoding.name_writers(encoded.outermost)
        self.values = ValuePlanner(names, checks=checks, encoding=self.encoding)
        self.value = self.values.value
        self.simple = self.values.simple
        self._elements = ElementPlanner(self.values, self.tag)
        self._choices = ChoicePlanner(self.values, self.tag)
        self._planner = MemberPlanner(
            self.value,
            self.simple.text_value,
            self.tag,
            self.values.members_of_enumeration,
            self.simple.documented,
        )
        entities = EntityPlanner(
            names,
            self.tag,
            self._members_of_class,
            lambda use, name: self.member(use, name, data_contract=False),
            self.values.tells_nil,
            self.encoding,
        )
        self.entities = entities.entities
        self.members_with_uses = entities.members_with_uses

    def tag(self, name: QName) -> Tag:
        """The element ``name`` as generated code writes and reads it."""
        namespace = self.namespaces.get(name.namespace)
        if namespace is None:
            return Tag(name.local, "", "", name.local)
        return Tag(name.local, namespace.prefix, namespace.constant, str(name))

    # --- members -------------------------------------------------------------------------------

    def member(
        self,
        use: MemberUse,
        name: str,
        *,
        data_contract: bool,
        remembers_nil: bool = False,
        may_be_nil: bool = False,
    ) -> Member:
        """``use`` as a member or parameter called ``name``; more in ``named_members``."""
        if not isinstance(use, Use) or self.values.is_choice(use):
            definition = self.reach.types.get(use.types[0]) if use.types else None
            return self._planner.member(use, name, definition, may_be_nil=may_be_nil)
        declared, use = use, self.values.with_own_nil(use)
        member = self._elements.element(use, name, data_contract=data_contract)
        if use is not declared:
            is_one = member.presence is not Presence.REPEATED
            read = Call(member.value.read) if is_one else member.read
            member = replace(member, tells_nil=True, read=read)
        is_clearable = member.presence is Presence.OPTIONAL and use.element.nillable
        if is_clearable and remembers_nil and not data_contract:
            write = Call("add_clearable", (member.value.write,))
            member = replace(member, presence=Presence.CLEARABLE, write=write)
        return member

    def _members_of_class(self, name: QName, inherited: Mapping[str, str]) -> tuple[Member, ...]:
        """The members that the type ``name`` itself brings.

        The names of those that are ``inherited`` are taken, each by what is said in messages.
        """
        definition = self.reach.types[name]
        assert isinstance(definition, ComplexType)
        members = self.named_members(
            self.reach.uses[name],
            naming.Names(
                inherited, elsewhere=self.caseless, owners=inherited, given=self._given_above(name)
            ),
            self.reserved.member,
            owner=name,
            data_contract=definition.data_contract,
            remembers_nil=True,
            may_be_nil=self.reach.may_be_nil(name),
        )
        return tuple(
            (replace(member, secret=True) if is_value_of(member.tag.local, name.local) else member)
            for member in members
        )

    def _given_above(self, name: QName) -> dict[str, naming.GivenName]:
        """The names that a user gives to members which the type ``name`` inherits."""
        if not self.given:
            return {}
        above = (self.given.get(owner, {}) for owner in self.reach.ancestors(name))
        return {given.name: given for names in above for given in names.values()}

    def named_members(
        self,
        uses: Iterable[MemberUse],
        scope: naming.Names,
        style: naming.Style,
        *,
        data_contract: bool,
        owner: QName | None = None,
        remembers_nil: bool = False,
        may_be_nil: bool = False,
    ) -> tuple[Member, ...]:
        """``uses`` as members or parameters, each with a name in ``style`` taken in ``scope``.

        Args:
            uses: The elements, attributes and texts.
            scope: The names that are taken already.
            style: Makes a name for Python of one of the contract.
            data_contract: Whether they follow .NET's data contract rules.
            owner: The type, or the element of a message, that they are members of.
            remembers_nil: Whether there is a place for which of them are nil and not missing, which
                .NET's data contracts do not tell apart.
            may_be_nil: Whether the element around them may be nil.
        """
        uses = tuple(uses)
        names = _given_names(uses, self.given.get(owner, {}) if owner else {}, scope, style)
        secrets = self.secrets.get(owner, frozenset()) if owner else frozenset()
        members: list[Member] = []
        for use in uses:
            key = member_key(use)
            if key not in names:
                name = style(usual_name(use))
                if isinstance(use, AttributeUse) and not scope.is_free(name):
                    name = naming.attribute(name)
                name = scope.take(name, owner=f"the member {usual_name(use)}")
            member = self.member(
                use,
                names.get(key) or name,
                data_contract=data_contract,
                remembers_nil=remembers_nil,
                may_be_nil=may_be_nil,
            )
            members.append(replace(member, secret=True) if key in secrets else member)
        # The variable of one member may be the parameter for another one, or hide a function.
        variables = naming.Names((item.name for item in members), elsewhere=self.functions)
        return tuple(
            replace(item, variable=variables.take(naming.variable(item.name))) for item in members
        )

    def attachment(self, part: str, name: str) -> Member:
        """The part ``part`` of a message, beside its envelope, as a member called ``name``."""
        return Member(
            name=name,
            variable=name,
            tag=Tag(part, "", "", part),
            value=ATTACHED,
            presence=Presence.REQUIRED,
            annotation=ATTACHED.annotation,
            accepts=ATTACHED.accepts,
            default="",
            write=Call("attach"),
            read=Call("attachment"),
            xml_type="attachment",
        )

    # --- types ---------------------------------------------------------------------------------

    def enumerations(
        self, among: Set[QName] | None = None, direction: Direction = Direction.READ
    ) -> dict[QName, Enumeration]:
        """The enumerations and sets of flags that are not in shared modules, by type.

        All of them, or those ``among`` the given types, with their functions for ``direction``.
        """
        return {
            name: self._enumeration(name, definition, direction)
            for name, definition in self.names.own
            if isinstance(definition, EnumType | ListType)
            and has_class(definition)
            and (among is None or name in among)
        }

    def _enumeration(
        self, name: QName, definition: EnumType | ListType, direction: Direction
    ) -> Enumeration:
        class_name = self.names.classes[name]
        is_flags = isinstance(definition, ListType)
        values = definition.item if isinstance(definition, ListType) else definition
        assert isinstance(values, EnumType), "no other list has functions"
        arguments = [class_name]
        if direction is Direction.READ and not is_flags and values.data_contract:
            arguments.append(f"{class_name}.{self.simple.zero(values)}")
        kind = "flags" if is_flags else "enum"
        maker = "writer" if direction is Direction.WRITE else "reader"
        documentation = definition.documentation or values.documentation
        return Enumeration(
            class_name=class_name,
            function=self.names.function(name, direction),
            maker=Call(f"{kind}_{maker}", tuple(arguments)),
            flags=is_flags,
            members=self.simple.members(values),
            description=documentation or sentences.enumeration(shown(name), is_flags=is_flags),
        )

    def choices(
        self, among: Set[QName] | None = None, direction: Direction = Direction.READ
    ) -> dict[QName, Choice]:
        """The choices of elements that are not in shared modules, by type.

        All of them, or those ``among`` the given types, with their functions for ``direction``.
        """
        return {
            name: self._choices.choice(name, definition, direction)
            for name, definition in self.names.own
            if isinstance(definition, ChoiceType) and (among is None or name in among)
        }

    def functions_for(self, declared: Set[QName], direction: Direction) -> Functions:
        """The functions that write, or read, the types ``declared``."""
        return Functions(
            entities=tuple(self.entities(declared, direction).values()),
            arrays=tuple(
                self._array(name, definition, direction)
                for name, definition in self.names.own
                if isinstance(definition, ArrayType)
                and name in declared
                and (direction is Direction.READ or name not in self._dimensions())
            ),
            dictionaries=tuple(
                Dictionary(
                    self.names.function(name, direction),
                    self.tag(definition.entry),
                    *map(self._inner, element_uses(self.reach.uses[name])),
                )
                for name, definition in self.names.own
                if isinstance(definition, MapType) and name in declared
            ),
            enumerations=tuple(
                item
                for name, item in self.enumerations(declared, direction).items()
                # An enumeration is a string, and written as one.
                if (item.flags or direction is Direction.READ)
                and name in self.reach.declared
                and self.simple.is_net(name)
            ),
            choices=tuple(self.choices(declared, direction).values()),
            codecs=self._codecs(declared, direction),
        )

    def _codecs(self, declared: Set[QName], direction: Direction) -> tuple[Codec, ...]:
        """The codecs of texts; what writes fixed values also reads them, to compare values."""
        codecs = self.simple.codecs(declared, direction)
        if direction is Direction.READ:
            return codecs
        readers = self.simple.codecs(declared & self.reach.fixed, Direction.READ)
        return (*codecs, *(replace(codec, element_function="") for codec in readers))

    def _array(self, name: QName, definition: ArrayType, direction: Direction) -> Array:
        (use,) = element_uses(self.reach.uses[name])
        function, item = self.names.function(name, direction), self._inner(use)
        if self.encoding is None:
            return Array(function, item)
        if not definition.dimensions:
            return Array(function, item, self.encoding.xsi_type(name))
        if direction is Direction.WRITE:
            # All dimensions are written at once: the items of the last one, in a row.
            for _ in range(definition.dimensions - 1):
                (use,) = element_uses(self.reach.uses[use.type])
            item = replace(self._inner(use), annotation=item.annotation)
        return Array(
            function,
            item,
            write=self.encoding.write_array,
            item_type=self.encoding.item_type(definition),
            dimensions=definition.dimensions,
        )

    def _dimensions(self) -> set[QName]:
        """The lists that are a dimension of an array around them."""
        return {
            use.type
            for name, definition in self.names.own
            if isinstance(definition, ArrayType) and definition.dimensions > 1
            for use in element_uses(self.reach.uses[name])
        }

    def _inner(self, use: Use) -> Item:
        use = self.values.with_own_nil(use)
        value = self.values.element_value(use)
        return Item(
            tag=self.tag(use.element.name),
            value=value,
            annotation=self.values.item_annotation(use, value),
            read=read_item(value, use.element.nillable),
            nillable=use.element.nillable,
            empty=value.empty if use.element.nillable else "",
        )


def _given_names(
    uses: Iterable[MemberUse],
    given: Mapping[str, naming.GivenName],
    scope: naming.Names,
    style: naming.Style,
) -> dict[str, str]:
    """The names that a user has ``given`` to ``uses``, by their keys, taken in ``scope``."""
    names: dict[str, str] = {}
    for key in map(member_key, uses):
        if key in given:
            given[key].require(style.problem(given[key].name))
            names[key] = scope.give(given[key])
    return names
