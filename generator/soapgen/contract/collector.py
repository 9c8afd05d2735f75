"""Collects the types that messages reach, element by element."""

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
    """Collects elements and the types that they reach.

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
        for name, type_ in types.items():
            if isinstance(type_, ComplexType) and type_.base is not None:
                children.setdefault(type_.base, []).append(name)
        self._children = {name: tuple(derived) for name, derived in children.items()}

    def reach(self) -> Reach:
        """The types that the added elements reach."""
        return Reach(
            types=dict(self._types),
            uses=dict(self._uses),
            declared=frozenset(self._declared),
            scalars=frozenset(self._scalars),
            children=self._children,
        )

    def add_element(self, element: ElementParticle) -> Use:
        """Add a global element; the anonymous types in it are named ``/Element/…``.

        Raises:
            UnsupportedError: It uses something that cannot be generated yet. The other methods
                that add something raise this too.
        """
        return self._add_use(element, f"/{element.name.local}")

    def add_content_of(self, element: ElementParticle, content: ComplexType) -> tuple[Use, ...]:
        """Add the members of ``content``, the type of the global ``element``."""
        return self._add_members(content, QName(element.name.namespace, f"/{element.name.local}"))

    def add_header(self, element: ElementParticle) -> Use:
        """Add a header or, if its only member is a scalar, that member."""
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
        reference = element.type
        type_ = self._named_types.get(reference) if isinstance(reference, QName) else reference
        if not isinstance(type_, ComplexType):
            return None
        is_plain = (
            type_.base is None
            and not type_.attributes
            and type_.simple_content is None
            and not type_.mixed
            and type_.content.compositor is Compositor.SEQUENCE
            and not any(isinstance(item, AnyParticle) for item in type_.content.particles)
        )
        return type_ if is_plain else None

    def _add_use(self, element: ElementParticle, owner: str) -> Use:
        """Add the type of ``element`` with all that it reaches, and return the use."""
        name = self._add_named(element.type, QName(element.name.namespace, owner))
        if name in SCALARS:
            self._scalars.add(name)
        else:
            self._declare(name)
        return Use(element, name)

    def _add_named(self, reference: TypeReference, name: QName) -> QName:
        """Add a type, as ``name`` if it is anonymous; return its name or that of its built-in."""
        if isinstance(reference, QName):
            if reference in SCALARS:
                return reference
            type_ = self._named_types[reference]
            name = reference
        else:
            type_ = replace(reference, name=name)
        if isinstance(type_, ScalarType):
            return self._add_named(type_.builtin, name)
        self._types.setdefault(name, type_)
        return name

    def _declare(self, name: QName) -> None:
        """Add ``name`` as the declared type of an element, with all types derived from it."""
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
        type_ = self._types[name]
        self._uses[name] = ()  # a type may contain itself
        if isinstance(type_, ComplexType):
            self._uses[name] = self._add_members(type_, name)
            if type_.base is not None:
                self._add_base(type_, type_.base)
        elif isinstance(type_, ArrayType):
            self._uses[name] = (self._add_inner(type_.item, name),)
        elif isinstance(type_, MapType):
            self._uses[name] = (
                self._add_inner(type_.key, name),
                self._add_inner(type_.value, name),
            )
        elif isinstance(type_, ListType) and isinstance(type_.item, QName):
            item = self._named_types.get(type_.item)
            if item is not None:
                self._types[name] = replace(type_, item=item)

    def _add_base(self, type_: ComplexType, name: QName) -> None:
        base = self._named_types[name]
        if not isinstance(base, ComplexType):
            raise UnsupportedError(
                f"{shown(type_.name or name)} extends a list or dictionary, "
                "which is not supported yet",
                place=type_.place,
                hint="put the list into an element of its own",
            )
        self._types.setdefault(name, base)
        self._add(name)

    def _add_members(self, type_: ComplexType, owner: QName) -> tuple[Use, ...]:
        _require_supported(type_, owner)
        uses: dict[QName, Use] = {}
        for member in content_members(type_.content):
            element = member.particle
            if member.repeated_in is not None:
                raise _unsupported(
                    f"a repeated {member.repeated_in}", type_.place, "repeat an element instead"
                )
            if isinstance(element, AnyParticle):
                hint = "name the elements that may occur there"
                raise _unsupported("xs:any", type_.place, hint)
            if element.name in uses:
                raise UnsupportedError(
                    f"{shown(owner)} has the element {element.name.local} in several places, "
                    "which is not supported yet",
                    place=type_.place,
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


def _require_supported(type_: ComplexType, name: QName) -> None:
    reasons = (
        (type_.attributes, "attributes"),
        (type_.simple_content is not None, "simple content"),
        (type_.mixed, "mixed content"),
        (type_.derivation == "restriction", "a derivation by restriction"),
    )
    for applies, what in reasons:
        if applies:
            raise UnsupportedError(
                f"{shown(name)} has {what}, which is not supported yet",
                place=type_.place,
                hint="soapgen generates sequences of elements, extensions, arrays and dictionaries",
            )


def _unsupported(what: str, place: Place | None, hint: str) -> UnsupportedError:
    return UnsupportedError(f"{what} is not supported yet", place=place, hint=hint)
