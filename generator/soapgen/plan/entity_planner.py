"""Complex types → plan: the dataclass for each, and what of it is inherited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from itertools import chain

from ..contract import AttributeUse, MemberUse, Use, elements, particles, shown
from ..contract.model import Attribute, ComplexType, ElementParticle, QName
from . import sentences
from .encoding import Encoding
from .members import Kind, Member, OneOf, Presence
from .names import Direction, Tag
from .one_of import one_of
from .type_names import TypeNames
from .types import Derived, Entity

TagOf = Callable[[QName], Tag]
MembersOf = Callable[[QName, Mapping[str, str]], tuple[Member, ...]]
AttributeOf = Callable[[AttributeUse, str], Member]

# The kinds of members that stand for one name, of which a restriction may have none.
_TAKEN = (Kind.ELEMENT, Kind.ATTRIBUTE)


class EntityPlanner:
    """Plans dataclasses.

    Args:
        names: The types, with the names of what is generated for them.
        tag_of: A name as generated code writes and reads it.
        members_of: The members that a type itself brings, where names of others are taken.
        attribute_of: An attribute as a member of a name.
        tells_nil: Whether a value of a type says itself that it is nil.
        encoding: How messages in SOAP's encoding say types; None for literal ones.
    """

    def __init__(
        self,
        names: TypeNames,
        tag_of: TagOf,
        members_of: MembersOf,
        attribute_of: AttributeOf,
        tells_nil: Callable[[QName], bool],
        encoding: Encoding | None,
    ) -> None:
        self.names = names
        self.reach = names.reach
        self.tag = tag_of
        self.members_of = members_of
        self.attribute_of = attribute_of
        self.tells_nil = tells_nil
        self.encoding = encoding
        # What is asked for again and again: each is made once.
        self._own_members: dict[QName, tuple[Member, ...]] = {}

    def entities(
        self, among: Set[QName] | None = None, direction: Direction = Direction.READ
    ) -> dict[QName, Entity]:
        """The dataclasses that are not in shared modules, by type, each after its base.

        All of them, or those ``among`` the given types, with their functions for ``direction``.
        """
        wanted = {
            name
            for name, definition in self.names.own
            if isinstance(definition, ComplexType) and (among is None or name in among)
        }
        ordered: dict[QName, None] = {}
        for name, _ in self.names.own:
            if name in wanted:
                ordered |= dict.fromkeys([*reversed(self.reach.ancestors(name)), name])
        return {name: self._entity(name, direction) for name in ordered if name in wanted}

    def members_with_uses(self, name: QName) -> Iterator[tuple[MemberUse, Member]]:
        """The members of the complex type ``name``, the inherited ones first, and their uses."""
        self._members(name)
        for owner in (*reversed(self.reach.ancestors(name)), name):
            yield from zip(self.reach.uses[owner], self._own_members[owner], strict=True)

    def _entity(self, name: QName, direction: Direction) -> Entity:
        definition = self._complex(name)
        base = self.names.classes[definition.base] if definition.base else ""
        members = self._members(name)
        inherited = self._inherited(name)
        restricted = self._restricted(name, inherited)
        names = frozenset(self._taken_away(name))
        taken_away = tuple(item for item in restricted if item.name in names)
        all_members = _without_named(_in_order(definition, (*restricted, *members), taken_away))
        own_choices = tuple(self._one_of(name))
        return Entity(
            class_name=self.names.classes[name],
            function=self.names.function(name, direction),
            any_function=self.names.any_function(name, direction),
            xml_name=shown(name),
            base=base,
            members=tuple(_with_choice(member, own_choices) for member in members),
            all_members=all_members,
            with_other_defaults=tuple(
                item
                for item, above in zip(restricted, inherited, strict=True)
                if item != above and item.kind is Kind.ATTRIBUTE
            ),
            constant=_taken_for_granted(all_members),
            abstract=definition.abstract,
            is_derived=definition.base is not None and definition.base in self.reach.declared,
            derived=tuple(
                Derived(
                    self.names.classes[child],
                    self.names.function(child, direction),
                    self.tag(child),
                )
                for child in self.reach.descendants(name)
                if child in self.reach.declared and not self._complex(child).abstract
            ),
            description=definition.documentation or sentences.entity(shown(name), base),
            tells_nil=self.tells_nil(name),
            brings_is_nil=self.tells_nil(name)
            and not any(map(self.tells_nil, self.reach.ancestors(name))),
            brings_nil=_is_clearable(members) and not _is_clearable(self._inherited(name)),
            xsi_type="" if self.encoding is None else self.encoding.xsi_type(name),
            one_of=(
                *(
                    choice
                    for owner in reversed(self.reach.ancestors(name))
                    for choice in self._one_of(owner)
                ),
                *own_choices,
            ),
            taken_away=taken_away,
        )

    def _taken_away(self, name: QName) -> Iterator[str]:
        """The names of what the type ``name``, or the next restriction above it, takes away."""
        line = (name, *self.reach.ancestors(name))
        owner = next((item for item in line if self._complex(item).is_restriction), None)
        if owner is None:
            return
        definition = self._complex(owner)
        left = {item.name for item in definition.attributes} | set(_places(definition))
        for above in reversed(self.reach.ancestors(owner)):
            uses = zip(self.reach.uses[above], self._own_members[above], strict=True)
            for use, member in uses:
                is_there = not isinstance(use, Use | AttributeUse) or _name(use) in left
                if not is_there and member.kind in _TAKEN and _may_be_missing(member):
                    yield member.name

    def _one_of(self, name: QName) -> Iterable[OneOf]:
        definition = self._complex(name)
        if definition.is_restriction:
            return ()
        kinds = (Kind.ELEMENT, Kind.CHOSEN, Kind.OPEN)
        names: dict[QName | None, str] = {
            use.element.name if isinstance(use, Use) else None: member.name
            for use, member in zip(self.reach.uses[name], self._own_members[name], strict=True)
            if member.kind in kinds
        }
        own = self._own_members[name]
        repeated = frozenset(item.name for item in own if item.is_repeated)
        clearable = frozenset(item.name for item in own if _is_clearable([item]))
        return (
            replace(
                choice,
                repeated=repeated.intersection(chain(*choice.branches)),
                clearable=clearable.intersection(chain(*choice.branches)),
            )
            for choice in one_of(definition.content, names)
        )

    def _members(self, name: QName) -> tuple[Member, ...]:
        """The own members of a dataclass, under names that differ from all inherited ones."""
        # Those of the types that it extends are made first, from the root on: no recursion.
        for owner in (*reversed(self.reach.ancestors(name)), name):
            if owner not in self._own_members:
                inherited = {
                    member.name: f"the member {member.tag.local or member.name}"
                    for member in self._inherited(owner)
                }
                self._own_members[owner] = self.members_of(owner, inherited)
        return self._own_members[name]

    def _inherited(self, name: QName) -> tuple[Member, ...]:
        """The members of the types that ``name`` extends, which were made, in order."""
        members: tuple[Member, ...] = ()
        for owner in reversed(self.reach.ancestors(name)):
            members = (*self._restricted(owner, members), *self._own_members[owner])
        return members

    def _restricted(self, name: QName, inherited: tuple[Member, ...]) -> tuple[Member, ...]:
        """The members that ``name`` has of ``inherited``, with the defaults that it gives them.

        A restriction may give an element or an attribute another default than its base does (XML
        Schema part 1, 3.4.6).
        """
        definition = self._complex(name)
        if not definition.is_restriction or definition.data_contract:
            return inherited
        attributes = {str(item.name): item for item in definition.attributes}
        texts = {str(item.name): item.default for item in elements(definition.content)}
        uses = [use for owner in self.reach.ancestors(name) for use in self.reach.uses[owner]]
        above = {str(use.attribute.name): use for use in uses if isinstance(use, AttributeUse)}
        return tuple(
            (
                self._with_default(item, above[item.tag.name], attributes[item.tag.name])
                if item.kind is Kind.ATTRIBUTE and item.tag.name in attributes
                else (
                    replace(item, empty_text=texts[item.tag.name])
                    if item.kind is Kind.ELEMENT and item.tag.name in texts
                    else item
                )
            )
            for item in inherited
        )

    def _with_default(self, member: Member, use: AttributeUse, attribute: Attribute) -> Member:
        """``member``, which stands for ``use``, with the default of ``attribute`` instead."""
        use = replace(use, attribute=replace(use.attribute, default=attribute.default))
        made = self.attribute_of(use, member.name)
        if (made.default, made.default_text) == (member.default, member.default_text):
            return member
        return replace(
            member,
            default=made.default,
            default_text=made.default_text,
            documentation=made.documentation,
        )

    def _complex(self, name: QName) -> ComplexType:
        definition = self.reach.types[name]
        assert isinstance(definition, ComplexType)
        return definition


def _places(definition: ComplexType) -> dict[QName, int]:
    """The elements of ``definition`` and their places among all that is in it."""
    return {
        item.name: place
        for place, item in enumerate(particles(definition.content))
        if isinstance(item, ElementParticle)
    }


def _in_order(
    definition: ComplexType, members: tuple[Member, ...], taken_away: Collection[Member]
) -> tuple[Member, ...]:
    """``members`` in the order of their elements, which a restriction of xs:all may change."""
    if not definition.is_restriction:
        return members
    places = {str(name): place for name, place in _places(definition).items()}
    inside = [item for item in members if not item.kind.is_in_tag and item not in taken_away]
    if not all(item.kind is Kind.ELEMENT and item.tag.name in places for item in inside):
        return members
    return tuple(sorted(members, key=lambda item: places.get(item.tag.name, -1)))


def _name(use: Use | AttributeUse) -> QName:
    return use.element.name if isinstance(use, Use) else use.attribute.name


def _may_be_missing(member: Member) -> bool:
    """Whether a value of the member can say that it is not there: a default says it as well."""
    return member.default == "None" or member.is_repeated or member.presence is Presence.ZERO


def _without_named(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """``members``, of which attributes that the contract leaves open have no name of another."""
    names = tuple(member.tag.name for member in members if member.kind is Kind.ATTRIBUTE)
    return tuple(
        (
            replace(member, write=replace(member.write, texts=names))
            if member.kind is Kind.OPEN_ATTRIBUTES
            else member
        )
        for member in members
    )


def _with_choice(member: Member, choices: Iterable[OneOf]) -> Member:
    """``member``, which says so if it is one of several that stand once; of the innermost ones."""
    around = [item.branches for item in choices if member.name in chain(*item.branches)]
    if not around:
        return member
    return replace(
        member, documentation=sentences.one_of_branches(around[-1], member.documentation)
    )


def _is_clearable(members: Iterable[Member]) -> bool:
    return any(member.presence is Presence.CLEARABLE for member in members)


def _taken_for_granted(members: tuple[Member, ...]) -> str:
    """The constant for the namespace that most of ``members`` are in, if names alone tell them.

    They do not where elements without a namespace may be among them.
    """
    names = [item.tag.constant for item in members if item.kind is Kind.ELEMENT]
    may_have_none = "" in names or any(item.is_open or item.kind is Kind.OPEN for item in members)
    constants = Counter(item.tag.constant for item in members)
    return "" if may_have_none else max(constants, key=constants.__getitem__, default="")
