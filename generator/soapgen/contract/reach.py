"""Contract → what an interface reaches: its types, under names, with their members in a row.

Anonymous types get a name from where they stand, groups become the list of their elements, and
whatever cannot be generated yet is refused here, with the place where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

from ..errors import Place, UnsupportedError
from .builtins import SCALARS
from .model import (
    AnyParticle,
    ArrayType,
    ComplexType,
    Compositor,
    ElementParticle,
    Group,
    ListType,
    MapType,
    Message,
    Operation,
    QName,
    ScalarType,
    Type,
    TypeReference,
)


@dataclass(frozen=True, slots=True)
class Use:
    """An element where it is used, with the name of its type.

    ``optional`` says that the element may be missing because a group around it may be, and
    ``is_alternative`` that it belongs to a choice, and not to the first of what that offers.
    """

    element: ElementParticle
    type: QName
    optional: bool = False
    is_alternative: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """What a message carries: ``wrapper`` is None where the use itself is the body's element."""

    wrapper: ElementParticle | None
    uses: tuple[Use, ...]
    data_contract: bool = False


class Reach:
    """What the messages added to it reach, of the named types of a contract.

    Attributes:
        types: Every type reached, by name, without the scalars.
        uses: The members of each complex type, the item of each array, the key and value of each
            dictionary.
        declared: The types that an element is declared of, or that may stand in for one.
        scalars: The built-in types that an element is declared of.
        children: The types that extend each type.
    """

    def __init__(self, types: Mapping[QName, Type]) -> None:
        self._named_types = types
        self.types: dict[QName, Type] = {}
        self.uses: dict[QName, tuple[Use, ...]] = {}
        self.declared: set[QName] = set()
        self.scalars: set[QName] = set()
        self.children: dict[QName, list[QName]] = {}
        for name, found in types.items():
            if isinstance(found, ComplexType) and found.base is not None:
                self.children.setdefault(found.base, []).append(name)

    def body(self, operation: Operation, message: Message, *, wrapped: bool) -> Body:
        """What ``message`` carries in the body.

        Raises:
            UnsupportedError: The style is not document, or the body has more than one part.
        """
        if operation.style != "document":
            raise UnsupportedError(
                f"operation {operation.name} is of style {operation.style!r}",
                place=operation.place,
                hint="soapgen generates document style",
            )
        if not message.parts:
            return Body(None, ())
        if len(message.parts) > 1 or message.parts[0].element is None:
            raise UnsupportedError(
                f"a message of operation {operation.name} is not one element",
                place=operation.place,
                hint="give the message one part, with an element",
            )
        element = message.parts[0].element
        content = self._wrapped(element) if wrapped else None
        if content is None:
            return Body(None, (self.root(element),))
        uses = self._members(content, QName(element.name.namespace, f"/{element.name.local}"))
        return Body(element, uses, content.data_contract)

    def is_wrapped(self, operation: Operation) -> bool:
        """Whether the members of the input are the parameters (the wrapped convention).

        They are where its element bears the name of the operation and holds a plain sequence.
        """
        parts = operation.input.parts
        if not parts:
            return True
        if len(parts) > 1 or parts[0].element is None:
            return False
        element = parts[0].element
        return element.name.local == operation.name and self._wrapped(element) is not None

    def root(self, element: ElementParticle) -> Use:
        """The use of a global element; what is anonymous in it is named ``/Element/…``."""
        return self._use(element, f"/{element.name.local}")

    def _use(self, element: ElementParticle, owner: str, optional: bool = False) -> Use:
        """``element`` where it is used, after its type and all that this needs were added."""
        name = self._named(element.type, QName(element.name.namespace, owner))
        if name in SCALARS:
            self.scalars.add(name)
        else:
            self._declare(name)
        return Use(element, name, optional)

    def only_scalar(self, element: ElementParticle) -> Use | None:
        """The only member of ``element``, if that is a scalar; it is used within its element."""
        content = self._wrapped(element)
        particles = content.content.particles if content else ()
        if len(particles) != 1 or not isinstance(inner := particles[0], ElementParticle):
            return None
        if inner.type not in SCALARS or inner.occurrence.repeats:
            return None
        return self._use(inner, f"/{element.name.local}/{inner.name.local}")

    def descendants(self, name: QName) -> list[QName]:
        """The types derived from ``name``, the most derived first."""
        found: list[QName] = []
        for child in sorted(self.children.get(name, ())):
            found += [*self.descendants(child), child]
        return found

    def closure(self, names: Iterable[QName]) -> set[QName]:
        """The types that an element within values of the types ``names`` may be of."""
        declared: set[QName] = set()
        waiting = [name for name in names if name in self.types]
        while waiting:
            name = waiting.pop()
            if name in declared:
                continue
            declared.add(name)
            waiting += self.descendants(name)
            waiting += [use.type for use in self.all_uses(name) if use.type in self.types]
        return declared

    def namespaces(self, names: Iterable[QName]) -> set[str]:
        """The namespaces of the elements in values of the types ``names``, and of derived types."""
        found: set[str] = set()
        for name in names:
            found |= {use.element.name.namespace for use in self.all_uses(name)}
            type_found = self.types[name]
            if isinstance(type_found, MapType):
                found.add(type_found.entry.namespace)
            if name in self.declared:
                found |= {child.namespace for child in self.descendants(name)}
        return found

    def references(self, name: QName) -> set[QName]:
        """The types that code for ``name`` refers to: of members, its base, what may stand in."""
        found = {use.type for use in self.uses[name]} | set(self.ancestors(name)[:1])
        if name in self.declared:
            found |= set(self.descendants(name))
        return found & self.types.keys()

    @classmethod
    def part(
        cls, types: Mapping[QName, Type], names: Set[QName], reaches: Iterable[Reach]
    ) -> Reach:
        """What ``reaches`` over ``types`` hold of the types ``names``, which they see alike."""
        part = cls(types)
        for reach in reaches:
            for name in names & reach.types.keys():
                part.types[name] = reach.types[name]
                part.uses[name] = reach.uses[name]
            part.declared |= names & reach.declared
        return part

    def ancestors(self, name: QName) -> list[QName]:
        """The types that ``name`` extends, the nearest first."""
        found = self.types[name]
        if not isinstance(found, ComplexType) or found.base is None:
            return []
        return [found.base, *self.ancestors(found.base)]

    def all_uses(self, name: QName) -> list[Use]:
        """What values of the type ``name`` hold as it is sent: inherited members first."""
        owners = (*reversed(self.ancestors(name)), name)
        return [use for owner in owners for use in self.uses[owner]]

    def _named(self, reference: TypeReference, name: QName) -> QName:
        """The name of a type, given to it if it has none; a scalar's is that of its built-in."""
        if isinstance(reference, QName):
            if reference in SCALARS:
                return reference
            found = self._named_types[reference]
            name = reference
        else:
            found = replace(reference, name=name)
        if isinstance(found, ScalarType):
            return self._named(found.builtin, name)
        self.types.setdefault(name, found)
        return name

    def _declare(self, name: QName) -> None:
        if name in self.declared:
            return
        self.declared.add(name)
        self._add(name)
        for child in self.descendants(name):
            self.types.setdefault(child, self._named_types[child])
            self._declare(child)

    def _add(self, name: QName) -> None:
        """Add the members of ``name`` and those of the types that it extends."""
        if name in self.uses:
            return
        found = self.types[name]
        self.uses[name] = ()
        if isinstance(found, ComplexType):
            self.uses[name] = self._members(found, name)
            if found.base is not None:
                base = self._named_types[found.base]
                if not isinstance(base, ComplexType):
                    raise UnsupportedError(
                        f"{shown(name)} extends a list or dictionary, which is not supported yet",
                        place=found.place,
                        hint="put the list into an element of its own",
                    )
                self.types.setdefault(found.base, base)
                self._add(found.base)
        elif isinstance(found, ArrayType):
            self.uses[name] = (self._inner(found.item, name),)
        elif isinstance(found, MapType):
            self.uses[name] = (self._inner(found.key, name), self._inner(found.value, name))
        elif isinstance(found, ListType) and isinstance(found.item, QName):
            item = self._named_types.get(found.item)
            if item is not None:
                self.types[name] = replace(found, item=item)

    def _members(self, found: ComplexType, owner: QName) -> tuple[Use, ...]:
        _require_supported(found, owner)
        uses = tuple(
            replace(self._inner(element, owner, optional), is_alternative=is_alternative)
            for element, optional, is_alternative in _elements(found.content, found.place)
        )
        names = [use.element.name for use in uses]
        for name in names:
            if names.count(name) > 1:
                raise UnsupportedError(
                    f"{shown(owner)} has the element {name.local} in several places, "
                    "which is not supported yet",
                    place=found.place,
                    hint="give each element a name of its own, or repeat one",
                )
        return uses

    def _inner(self, element: ElementParticle, owner: QName, optional: bool = False) -> Use:
        return self._use(element, f"{owner.local}/{element.name.local}", optional)

    def _wrapped(self, element: ElementParticle) -> ComplexType | None:
        """The type of a message's element if it is a plain sequence, else None."""
        found = element.type
        if isinstance(found, QName):
            named = self._named_types.get(found)
            if not isinstance(named, ComplexType):
                return None
            found = named
        plain = (
            isinstance(found, ComplexType)
            and found.base is None
            and not found.attributes
            and found.simple_content is None
            and not found.mixed
            and found.content.compositor is Compositor.SEQUENCE
            and not any(isinstance(item, AnyParticle) for item in found.content.particles)
        )
        return found if plain and isinstance(found, ComplexType) else None


def shown(name: QName) -> str:
    """The name of a type for people: that of an anonymous one without the mark of an element."""
    return name.local.removeprefix("/")


def _require_supported(found: ComplexType, name: QName) -> None:
    reasons = (
        (found.attributes, "attributes"),
        (found.simple_content is not None, "simple content"),
        (found.mixed, "mixed content"),
        (found.derivation == "restriction", "a derivation by restriction"),
    )
    for applies, what in reasons:
        if applies:
            raise UnsupportedError(
                f"{shown(name)} has {what}, which is not supported yet",
                place=found.place,
                hint="soapgen generates sequences of elements, extensions, arrays and dictionaries",
            )


def _elements(
    group: Group, place: Place | None, optional: bool = False, is_alternative: bool = False
) -> Iterator[tuple[ElementParticle, bool, bool]]:
    """The elements of a group in order, as ``optional`` and ``is_alternative`` of a use say.

    Of a choice, each element may be missing.
    """
    if group.occurrence.repeats:
        raise UnsupportedError(
            f"a repeated {group.compositor} is not supported yet",
            place=place,
            hint="repeat an element instead",
        )
    optional = optional or group.occurrence.minimum == 0
    is_choice = group.compositor is Compositor.CHOICE
    optional = optional or is_choice
    for position, particle in enumerate(group.particles):
        is_other = is_alternative or (is_choice and position > 0)
        if isinstance(particle, Group):
            yield from _elements(particle, place, optional, is_other)
        elif isinstance(particle, AnyParticle):
            raise UnsupportedError(
                "xs:any is not supported yet",
                place=place,
                hint="name the elements that may stand there",
            )
        elif particle.occurrence.maximum != 0:
            yield particle, optional, is_other
