"""Collects the types that messages reach, element by element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..errors import UnsupportedError
from .builtins import SCALARS, STRING
from .families import Families
from .limits import LIMITS, ContractLimits
from .members import effective_attributes, elements, lineage, particles
from .model import (
    ArrayType,
    ChoiceType,
    ComplexType,
    Compositor,
    ElementParticle,
    Group,
    ListType,
    MapType,
    Occurrence,
    QName,
    Type,
    TypeReference,
    UnionType,
)
from .reach import Reach, children_of, shown
from .reached import Reached
from .slots import Slot, slots
from .uses import (
    AttributeUse,
    ItemsUse,
    MemberUse,
    OpenAttributesUse,
    OpenUse,
    TextUse,
    Use,
)


class Collector:
    """Collects elements and the types that they reach.

    Args:
        types: The named types of the contract.
        children: The types that directly extend each of them, where that is known already.
        limits: How much may be reached.
    """

    def __init__(
        self,
        types: Mapping[QName, Type],
        children: Mapping[QName, tuple[QName, ...]] | None = None,
        limits: ContractLimits = LIMITS,
    ) -> None:
        self._named_types = types
        self._children = children_of(types) if children is None else children
        self._limits = limits
        self._families = Families(types, self._children, self._names_of)
        self._reached = Reached(types, self._children, self._families)
        self._headers: set[QName] = set()
        self._members = 0

    def reach(self) -> Reach:
        """The types that the added elements reach."""
        return self._reached.reach()

    def add_element(self, element: ElementParticle) -> Use:
        """Add a global element; the anonymous types in it are named ``/Element/…``.

        Raises:
            UnsupportedError: It uses something that cannot be generated yet. The other methods
                that add something raise this too.
        """
        use = self._reached.add_use(element, f"/{element.name.local}")
        self._add_waiting()
        return use

    def add_content_of(self, element: ElementParticle, content: ComplexType) -> tuple[Use, ...]:
        """Add the members of ``content``, the type of the global ``element``, all elements."""
        owner = QName(element.name.namespace, f"/{element.name.local}")
        uses = self._add_members(content, owner)
        self._add_waiting()
        return tuple(use for use in uses if isinstance(use, Use))

    def add_header(self, element: ElementParticle) -> Use:
        """Add a header or, if its only member is a scalar, that member."""
        # Attributes of any name are there those that SOAP itself gives to a header, mustUnderstand
        # and the actor (SOAP 1.1, 4.2.2): .NET allows them in the type of each header.
        own = QName(element.name.namespace, f"/{element.name.local}")
        self._headers.add(element.type if isinstance(element.type, QName) else own)
        content = self.plain_sequence(element)
        particles = content.content.particles if content else ()
        inner = particles[0] if len(particles) == 1 else None
        if not isinstance(inner, ElementParticle) or inner.occurrence.repeats:
            return self.add_element(element)
        if inner.type not in SCALARS:
            return self.add_element(element)
        use = self._reached.add_use(inner, f"/{element.name.local}/{inner.name.local}")
        self._add_waiting()
        return use

    def plain_sequence(self, element: ElementParticle) -> ComplexType | None:
        """The type of a message's element if it is a sequence and nothing else; else None."""
        reference = element.type
        type_ = self._named_types.get(reference) if isinstance(reference, QName) else reference
        if not isinstance(type_, ComplexType):
            return None
        is_plain = (
            type_.base is None
            and not type_.attributes
            and not type_.any_attribute
            and type_.simple_content is None
            and not type_.mixed
            and type_.content.compositor is Compositor.SEQUENCE
            and not any(slot.is_list or slot.wildcards for slot in self._slots(type_))
        )
        return type_ if is_plain else None

    def _slots(self, type_: ComplexType) -> list[Slot]:
        return slots(type_.content, self._names_of)

    def _names_of(self, element: ElementParticle) -> Iterator[QName]:
        """The names that ``element`` may have: its own, or those that may be in its place."""
        yield element.name
        choice = self._named_types.get(element.type) if isinstance(element.type, QName) else None
        if isinstance(choice, ChoiceType):
            yield from (item.name for item in choice.alternatives if item.name != element.name)

    def _add_waiting(self) -> None:
        """Add the members of all types that were declared, and all types derived from them."""
        while self._reached.waiting:
            name = self._reached.waiting.popleft()
            self._add(name)
            for child in self._children.get(name, ()):
                self._reached.types.setdefault(child, self._named_types[child])
                self._reached.declare(child)

    def _add(self, name: QName) -> None:
        """Add the members of ``name`` and those of the types that it extends."""
        while name not in self._reached.uses:
            type_ = self._reached.types[name]
            self._reached.uses[name] = self._uses_of(type_, name)
            if not isinstance(type_, ComplexType) or type_.base is None:
                return
            self._reached.types.setdefault(type_.base, self._base(type_, type_.base))
            name = type_.base

    def _uses_of(self, type_: Type, name: QName) -> tuple[MemberUse, ...]:
        if isinstance(type_, ComplexType):
            return self._add_members(type_, name)
        if isinstance(type_, ChoiceType):
            # An alternative is a global element, or one that no two types of the owner have.
            owner = name.local.rpartition("/")[0].removeprefix("//")
            is_group = name.local.startswith("//")
            return tuple(
                self._reached.add_use(
                    item, f"/{item.name.local}" if is_group else f"{owner}/{item.name.local}"
                )
                for item in type_.alternatives
            )
        if isinstance(type_, ArrayType):
            self._require_few_levels(type_)
            return (self._add_inner(type_.item, name),)
        if isinstance(type_, MapType):
            self._require_few_levels(type_)
            return self._add_inner(type_.key, name), self._add_inner(type_.value, name)
        if isinstance(type_, ListType):
            self._reached.add_list(type_, name)
        if isinstance(type_, UnionType):
            self._reached.add_union(type_, name)
        return ()

    def _base(self, type_: ComplexType, name: QName) -> ComplexType:
        base = self._named_types[name]
        if not isinstance(base, ComplexType):
            raise UnsupportedError(
                f"{shown(type_.name or name)} is derived from {shown(name)}, which is not "
                "a type with members",
                place=type_.place,
                hint="derive it from a complex type",
            )
        return base

    def _require_few_levels(self, type_: ArrayType | MapType) -> None:
        """Refuse lists and dictionaries without end within one another, and odd keys."""
        inner: Type | None = type_
        levels = 0
        while isinstance(inner, ArrayType | MapType):
            levels += 1
            if levels > self._limits.nested_lists:
                raise UnsupportedError(
                    f"{shown(type_.name)} is a list or dictionary with more than "
                    f"{self._limits.nested_lists:,} others within one another",
                    place=type_.place,
                    hint="put a type with members between them",
                )
            if isinstance(inner, ArrayType) and not self._is_known(inner.item.type):
                raise UnsupportedError(
                    f"{shown(inner.name)} is an array of {inner.item.type}, which is not defined",
                    place=inner.place,
                    hint="define the type in a schema of the WSDL, or correct the name",
                )
            if isinstance(inner, MapType):
                key = self._type_of(inner.key)
                if isinstance(key, ComplexType | ArrayType | MapType):
                    raise UnsupportedError(
                        f"{shown(inner.name)} is a dictionary whose keys have members, "
                        "which is not supported yet",
                        place=inner.place,
                        hint="use keys of a simple type",
                    )
            inner = self._type_of(inner.item if isinstance(inner, ArrayType) else inner.value)

    def _is_known(self, reference: TypeReference) -> bool:
        is_name = isinstance(reference, QName)
        return not is_name or reference in SCALARS or reference in self._named_types

    def _type_of(self, element: ElementParticle) -> Type | None:
        """The type of ``element``; None for a built-in one."""
        if isinstance(element.type, QName):
            return self._named_types.get(element.type)
        return element.type

    def _add_members(self, type_: ComplexType, owner: QName) -> tuple[MemberUse, ...]:
        """Add the members that ``type_`` itself brings; a restriction has those of its base."""
        line = lineage(self._named_types, type_)
        uses: list[MemberUse] = []
        if not type_.is_restriction or len(line) == 1:
            uses += self._add_elements(type_, owner)
            is_inherited = any(item.simple_content is not None for item in line[:-1])
            if type_.simple_content is not None and not is_inherited:
                uses.append(self._add_text(type_.simple_content, owner))
        elif type_.simple_content is not None and line[0].simple_content is None:
            raise UnsupportedError(
                f"{shown(owner)} restricts mixed content to a simple type, "
                "which is not supported yet",
                place=type_.place,
                hint="let it extend the simple type",
            )
        self._check_defaults(type_, line[:-1], owner)
        inherited = {attribute.name for item in line[:-1] for attribute in item.attributes}
        uses += [
            AttributeUse(
                attribute,
                self._reached.add_simple(
                    attribute.type, QName(owner.namespace, f"{owner.local}/@{attribute.name.local}")
                ),
            )
            for attribute in type_.attributes
            if attribute.name not in inherited
        ]
        self._reached.fixed |= {
            use.type for use in uses if isinstance(use, AttributeUse) and use.attribute.is_fixed
        }
        # Attributes of any name are there those that SOAP itself gives to a header, mustUnderstand
        # and the actor (SOAP 1.1, 4.2.2): .NET allows them in the type of each header.
        is_header = owner in self._headers and not type_.attributes
        is_open = type_.any_attribute and not any(item.any_attribute for item in line[:-1])
        if is_open and not is_header:
            uses.append(OpenAttributesUse())
        self._count(len(uses), type_, owner)
        return tuple(uses)

    @staticmethod
    def _check_defaults(type_: ComplexType, above: Sequence[ComplexType], owner: QName) -> None:
        """Refuse a restriction that takes a default away: a member that has one is never None."""
        if not type_.is_restriction:
            return
        with_default = {
            item.name for item in effective_attributes(above) if item.default is not None
        }
        for attribute in type_.attributes:
            is_without = attribute.default is None and not attribute.required
            if is_without and attribute.name in with_default:
                raise UnsupportedError(
                    f"{shown(owner)} takes the default of its attribute {attribute.name.local} "
                    "away, which is not supported yet",
                    place=type_.place,
                    hint="give it a default, or require it",
                )

    def _add_elements(self, type_: ComplexType, owner: QName) -> Iterator[MemberUse]:
        root = self._families.list_root(type_)
        if root is not None:
            if root is type_ or root == type_:
                yield self._add_all_as_list(self._families.content(root), root, owner)
            return
        lists = 0
        inherited = {
            item.name.namespace
            for base in lineage(self._named_types, type_)[:-1]
            for item in elements(base.content)
        }
        for slot in self._slots(type_):
            if slot.is_list:
                lists += 1
                yield self._add_items(slot, type_, owner, lists)
            elif slot.wildcards:
                (wildcard,) = slot.wildcards
                yield OpenUse(
                    wildcard.occurrence.repeats,
                    slot.optional or wildcard.occurrence.minimum == 0,
                    slot.takes_named or any(map(wildcard.admits, inherited)),
                )
            else:
                (element,) = slot.elements
                if self._is_possible(element, slot):
                    yield replace(
                        self._add_inner(element, owner),
                        optional=slot.optional,
                        is_alternative=slot.is_alternative,
                    )

    def _is_possible(self, element: ElementParticle, slot: Slot) -> bool:
        """Whether there can be such an element: it is not abstract, or has a substitute."""
        choice = self._named_types.get(element.type) if isinstance(element.type, QName) else None
        if not isinstance(choice, ChoiceType) or choice.alternatives:
            return True
        if slot.optional or element.occurrence.minimum == 0:
            return False
        raise UnsupportedError(
            f"element {element.name} is abstract, and no other element may take its place",
            place=element.place,
            hint="define an element of its substitution group",
        )

    def _add_all_as_list(self, content: Group, root: ComplexType, owner: QName) -> MemberUse:
        """The only member for the elements of a family of types, and for text between them."""
        found = tuple(particles(content))
        if not found:
            self._reached.in_texts.add(STRING)
            return TextUse(STRING)
        slot = Slot(found, is_list=True, optional=True)
        return self._add_items(slot, root, owner, 1)

    def _add_items(self, slot: Slot, type_: ComplexType, owner: QName, number: int) -> ItemsUse:
        alternatives: dict[QName, ElementParticle] = {}
        for element in slot.elements:
            for item in self._alternatives(element):
                known = alternatives.setdefault(item.name, replace(item, occurrence=Occurrence()))
                if item.type != known.type:
                    raise UnsupportedError(
                        f"{shown(owner)} or a type that extends it has the element "
                        f"{item.name.local} with two types, which is not supported yet",
                        place=item.place or type_.place,
                        hint="give it one type, or two names",
                    )
                # Where one means something else while it is empty, it stays empty.
                if (item.default, item.is_fixed) != (known.default, known.is_fixed):
                    known = replace(known, default=None, is_fixed=False)
                alternatives[item.name] = replace(known, nillable=known.nillable or item.nillable)
        word = "content" if type_.mixed else slot.name or "item"
        # No element has such a name, so that no anonymous type has it, either.
        local = f"{owner.local}/{word}{number if number > 1 else ''}*"
        name = QName(owner.namespace, local)
        self._reached.add_choice(
            ChoiceType(
                name,
                tuple(alternatives.values()),
                is_open=bool(slot.wildcards),
                mixed=type_.mixed,
                is_unchecked=any(
                    wildcard.is_skipped and wildcard.admits(name.namespace)
                    for wildcard in slot.wildcards
                    for name in alternatives
                ),
                place=type_.place,
            )
        )
        return ItemsUse("content" if type_.mixed else slot.name, name, slot.optional)

    def _alternatives(self, element: ElementParticle) -> tuple[ElementParticle, ...]:
        """``element``, or those that may be in its place."""
        choice = self._named_types.get(element.type) if isinstance(element.type, QName) else None
        return choice.alternatives if isinstance(choice, ChoiceType) else (element,)

    def _add_text(self, reference: TypeReference, owner: QName) -> TextUse:
        return TextUse(
            self._reached.add_simple(reference, QName(owner.namespace, f"{owner.local}/value"))
        )

    def _count(self, members: int, type_: ComplexType, owner: QName) -> None:
        self._members += members
        if self._members > self._limits.all_members:
            raise UnsupportedError(
                f"the messages up to {shown(owner)} have more than "
                f"{self._limits.all_members:,} elements, those of the same type once",
                place=type_.place,
                hint="select operations with --operation",
            )

    def _add_inner(self, element: ElementParticle, owner: QName) -> Use:
        return self._reached.add_use(element, f"{owner.local}/{element.name.local}")
