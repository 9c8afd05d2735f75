"""Collects what messages reach, element by element: the work behind an interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..errors import Place, UnsupportedError
from .builtins import SCALARS
from .members import content_members
from .model import (
    AnyParticle,
    ArrayType,
    ComplexType,
    Compositor,
    ElementParticle,
    ListType,
    MapType,
    QName,
    ScalarType,
    Type,
    TypeReference,
)
from .reach import Reach, Use, descendants, shown


class Collector:
    """Adds elements, with the types that they reach, and gives the reach of all of them.

    Args:
        types: The named types of the contract.
    """

    def __init__(self, types: Mapping[QName, Type]) -> None:
        self._named_types = types
        self._types: dict[QName, Type] = {}
        self._uses: dict[QName, tuple[Use, ...]] = {}
        self._declared: set[QName] = set()
        self._scalars: set[QName] = set()
        children: dict[QName, list[QName]] = {}
        for name, found in types.items():
            if isinstance(found, ComplexType) and found.base is not None:
                children.setdefault(found.base, []).append(name)
        self._children = {name: tuple(derived) for name, derived in children.items()}

    def reach(self) -> Reach:
        """What all that was added reaches."""
        return Reach(
            types=dict(self._types),
            uses=dict(self._uses),
            declared=frozenset(self._declared),
            scalars=frozenset(self._scalars),
            children=self._children,
        )

    def add_element(self, element: ElementParticle) -> Use:
        """Add a global element; what is anonymous in it is named ``/Element/…``.

        Raises:
            UnsupportedError: It uses something that cannot be generated yet; so do the others.
        """
        return self._add_use(element, f"/{element.name.local}")

    def add_content_of(self, element: ElementParticle, content: ComplexType) -> tuple[Use, ...]:
        """Add the members of ``content``, the type of the global ``element``."""
        return self._add_members(content, QName(element.name.namespace, f"/{element.name.local}"))

    def add_header(self, element: ElementParticle) -> Use:
        """Add a header or, where it consists of one scalar only, that scalar within it."""
        content = self.plain_sequence(element)
        particles = content.content.particles if content else ()
        inner = particles[0] if len(particles) == 1 else None
        if not isinstance(inner, ElementParticle) or inner.occurrence.repeats:
            return self.add_element(element)
        if inner.type not in SCALARS:
            return self.add_element(element)
        return self._add_use(inner, f"/{element.name.local}/{inner.name.local}")

    def plain_sequence(self, element: ElementParticle) -> ComplexType | None:
        """The type of a message's element if it is a sequence and nothing else; else None."""
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

    def _add_use(self, element: ElementParticle, owner: str) -> Use:
        """``element`` where it is used, after its type and all that this needs were added."""
        name = self._add_named(element.type, QName(element.name.namespace, owner))
        if name in SCALARS:
            self._scalars.add(name)
        else:
            self._declare(name)
        return Use(element, name)

    def _add_named(self, reference: TypeReference, name: QName) -> QName:
        """The name of a type, given to it if it has none; a scalar's is that of its built-in."""
        if isinstance(reference, QName):
            if reference in SCALARS:
                return reference
            found = self._named_types[reference]
            name = reference
        else:
            found = replace(reference, name=name)
        if isinstance(found, ScalarType):
            return self._add_named(found.builtin, name)
        self._types.setdefault(name, found)
        return name

    def _declare(self, name: QName) -> None:
        """Add ``name`` as the type of an element, and all types that may be in its place."""
        if name in self._declared:
            return
        self._declared.add(name)
        self._add(name)
        for child in descendants(self._children, name):
            self._types.setdefault(child, self._named_types[child])
            self._declare(child)

    def _add(self, name: QName) -> None:
        """Add the members of ``name`` and those of the types that it extends."""
        if name in self._uses:
            return
        found = self._types[name]
        self._uses[name] = ()  # a type may contain itself
        if isinstance(found, ComplexType):
            self._uses[name] = self._add_members(found, name)
            if found.base is not None:
                self._add_base(found, found.base)
        elif isinstance(found, ArrayType):
            self._uses[name] = (self._add_inner(found.item, name),)
        elif isinstance(found, MapType):
            self._uses[name] = (
                self._add_inner(found.key, name),
                self._add_inner(found.value, name),
            )
        elif isinstance(found, ListType) and isinstance(found.item, QName):
            item = self._named_types.get(found.item)
            if item is not None:
                self._types[name] = replace(found, item=item)

    def _add_base(self, found: ComplexType, name: QName) -> None:
        base = self._named_types[name]
        if not isinstance(base, ComplexType):
            raise UnsupportedError(
                f"{shown(found.name or name)} extends a list or dictionary, "
                "which is not supported yet",
                place=found.place,
                hint="put the list into an element of its own",
            )
        self._types.setdefault(name, base)
        self._add(name)

    def _add_members(self, found: ComplexType, owner: QName) -> tuple[Use, ...]:
        _require_supported(found, owner)
        uses: dict[QName, Use] = {}
        for member in content_members(found.content):
            element = member.particle
            if member.repeated_in is not None:
                raise _unsupported(
                    f"a repeated {member.repeated_in}", found.place, "repeat an element instead"
                )
            if isinstance(element, AnyParticle):
                hint = "name the elements that may stand there"
                raise _unsupported("xs:any", found.place, hint)
            if element.name in uses:
                raise UnsupportedError(
                    f"{shown(owner)} has the element {element.name.local} in several places, "
                    "which is not supported yet",
                    place=found.place,
                    hint="give each element a name of its own, or repeat one",
                )
            uses[element.name] = replace(
                self._add_inner(element, owner),
                optional=member.optional,
                is_alternative=member.is_alternative,
            )
        return tuple(uses.values())

    def _add_inner(self, element: ElementParticle, owner: QName) -> Use:
        return self._add_use(element, f"{owner.local}/{element.name.local}")


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


def _unsupported(what: str, place: Place | None, hint: str) -> UnsupportedError:
    return UnsupportedError(f"{what} is not supported yet", place=place, hint=hint)
