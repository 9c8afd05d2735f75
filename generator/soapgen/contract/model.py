"""What schemas say, as data: XML names, never Python names; no lxml, no xmlschema, no source text.

Types are equal if their messages are the same: comparisons leave out documentation, places, and
whether a type follows .NET's data contract rules.

Type
├── ComplexType ── Particle (ElementParticle, Group, AnyParticle), Attribute
├── ChoiceType                  one of several elements
├── ArrayType, MapType          a complex type that is only a container
└── ScalarType, EnumType, ListType, UnionType
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from .. import namespaces
from ..errors import Place


class QName(NamedTuple):
    """An expanded name: a namespace, empty for none, and a local part."""

    namespace: str
    local: str

    def __str__(self) -> str:
        return f"{{{self.namespace}}}{self.local}" if self.namespace else self.local

    @property
    def is_builtin(self) -> bool:
        """Whether XML Schema itself defines the type of this name."""
        return self.namespace == namespaces.XSD


@dataclass(frozen=True, slots=True)
class Occurrence:
    """How often a particle may occur; ``maximum`` is None for unbounded (XSD part 1, 3.9)."""

    minimum: int = 1
    maximum: int | None = 1

    @property
    def repeats(self) -> bool:
        """Whether the particle may occur more than once."""
        return self.maximum is None or self.maximum > 1


@dataclass(frozen=True, slots=True)
class ElementParticle:
    """An element where it is used: its qualified name, type, occurrence and nillability.

    The type of one that others may take the place of is a ``ChoiceType``. ``default`` is what an
    empty element means; ``is_fixed`` says that it can mean nothing else (XSD part 1, 3.3.1).
    """

    name: QName
    type: TypeReference
    occurrence: Occurrence = Occurrence()
    nillable: bool = False
    default: str | None = None
    is_fixed: bool = False
    documentation: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False)


class Compositor(StrEnum):
    """How the particles of a group relate to one another (XSD part 1, 3.8)."""

    SEQUENCE = "sequence"
    CHOICE = "choice"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Group:
    """A sequence, choice or all, and how often it may occur; ``name`` is that of a named group."""

    compositor: Compositor
    particles: tuple[Particle, ...] = ()
    occurrence: Occurrence = Occurrence()
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class AnyParticle:
    """A wildcard: any element of some namespaces (XSD part 1, 3.10).

    ``namespaces`` are those that it admits or, if it ``is_excluding``, those that it does not.
    ``is_strict`` says that such an element must be declared, ``is_skipped`` that nothing is known
    of it, even where it is declared.
    """

    namespaces: tuple[str, ...] = ()
    is_excluding: bool = True
    is_strict: bool = False
    occurrence: Occurrence = Occurrence()
    is_skipped: bool = False

    def admits(self, namespace: str) -> bool:
        """Whether an element of ``namespace`` may be there."""
        return (namespace in self.namespaces) is not self.is_excluding


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a complex type.

    ``default`` is what its absence means; ``is_fixed`` says that it can have no other value.
    """

    name: QName
    type: TypeReference
    required: bool = False
    default: str | None = None
    is_fixed: bool = False
    documentation: str = field(default="", compare=False)


class ArrayOf(NamedTuple):
    """What an array of SOAP's encoding consists of (SOAP 1.1, 5.4.2).

    ``item`` is the type of its items, if ``rank`` is ``[]``; an array of arrays has ``[][]``, one
    of two dimensions ``[,]``.
    """

    item: QName
    rank: str


@dataclass(frozen=True, slots=True)
class ComplexType:
    """A type with members.

    ``name`` is None for an anonymous type. ``content`` and ``attributes`` are the type's own; those
    of an extension follow those of ``base`` on the wire, those of a restriction are all that is
    left of them. ``any_attribute`` says that it allows attributes that it does not name.
    ``data_contract`` says that the type follows .NET's data contract rules, by which a missing
    element of a value type means zero. ``array`` is what it consists of where SOAP's encoding has
    it as an array.
    """

    name: QName | None
    content: Group
    base: QName | None = None
    derivation: str = ""
    attributes: tuple[Attribute, ...] = ()
    any_attribute: bool = False
    simple_content: TypeReference | None = None
    mixed: bool = False
    abstract: bool = False
    array: ArrayOf | None = None
    data_contract: bool = field(default=False, compare=False)
    documentation: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False)

    @property
    def is_restriction(self) -> bool:
        """Whether it has the members of its base, in a narrower form (XSD part 1, 3.4.6)."""
        return self.derivation == "restriction"


@dataclass(frozen=True, slots=True)
class ChoiceType:
    """One of several elements, each of which may be in the place of another.

    They are those of a substitution group (XSD part 1, 2.2.2.2), or what repeats in a group. If it
    ``is_open``, there may be elements that the contract does not name; if it is ``mixed``, texts.
    If it ``is_unchecked``, elements that it names may be others as well, with any content.
    """

    name: QName
    alternatives: tuple[ElementParticle, ...]
    is_open: bool = False
    mixed: bool = False
    is_unchecked: bool = False
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ArrayType:
    """A complex type that only repeats one element: the wrapper around a list.

    ``dimensions`` are those of an array of SOAP's encoding, whose items may have any name; 0 for
    any other list.
    """

    name: QName
    item: ElementParticle
    place: Place | None = field(default=None, compare=False)
    dimensions: int = 0


@dataclass(frozen=True, slots=True)
class MapType:
    """A complex type that is marked as a dictionary and repeats a pair of key and value."""

    name: QName
    entry: QName
    key: ElementParticle
    value: ElementParticle
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Facets:
    """What a simple type restricts, other than by an enumeration (XSD part 2, 4.3).

    Those of the types that it is derived from are included. ``patterns`` has for each step of the
    derivation the patterns of which one must match, in the syntax of XML Schema. ``values`` are the
    only texts of a type whose enumeration becomes no enumeration of its own.
    """

    length: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    patterns: tuple[tuple[str, ...], ...] = ()
    values: tuple[str, ...] = ()
    min_inclusive: str | None = None
    max_inclusive: str | None = None
    min_exclusive: str | None = None
    max_exclusive: str | None = None
    total_digits: int | None = None
    fraction_digits: int | None = None
    white_space: str | None = None

    @property
    def restricts(self) -> bool:
        """Whether some texts are refused; white space alone refuses none."""
        return replace(self, white_space=None) != Facets()


@dataclass(frozen=True, slots=True)
class ScalarType:
    """A restriction of a built-in simple type, other than by enumeration."""

    name: QName | None
    builtin: QName
    facets: Facets = Facets()
    documentation: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False)

    @property
    def read_as(self) -> QName:
        """The built-in type that reads its texts: that of its white space, if that is its own."""
        of_space = _OF_WHITE_SPACE.get(self.facets.white_space or "")
        return of_space if of_space and self.builtin in _WITH_SPACE else self.builtin


_WITH_SPACE = (QName(namespaces.XSD, "string"), QName(namespaces.XSD, "normalizedString"))
_OF_WHITE_SPACE = {
    "replace": QName(namespaces.XSD, "normalizedString"),
    "collapse": QName(namespaces.XSD, "token"),
}


SWA_REF = QName(namespaces.WSI_SWA, "swaRef")
"""The type of addresses of attachments (WS-I Attachments Profile 1.0, 4.4)."""

QUALIFIED_NAMES = frozenset({QName(namespaces.XSD, "QName"), QName(namespaces.XSD, "NOTATION")})
"""The built-in types whose values are qualified names (XSD part 2, 3.2.18 and 3.2.19)."""


@dataclass(frozen=True, slots=True)
class EnumValue:
    """One value of an enumeration, and its number in .NET if the schema states one."""

    value: str
    number: int | None = None
    documentation: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class EnumType:
    """A simple type that lists its values.

    ``builtin`` is the built-in type that it restricts; None if it restricts a list or a union.
    ``facets`` are those that it has beside its values.
    """

    name: QName | None
    values: tuple[EnumValue, ...]
    builtin: QName | None = None
    facets: Facets = Facets()
    data_contract: bool = field(default=False, compare=False)
    documentation: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False)

    @property
    def is_of_names(self) -> bool:
        """Whether its values are qualified names, which are no fixed texts: prefixes may differ."""
        return self.builtin in QUALIFIED_NAMES

    @property
    def has_zero(self) -> bool:
        """Whether one of the values has the number 0 in .NET."""
        return 0 in self._numbers

    @property
    def zero(self) -> int:
        """The index of the value with the number 0 in .NET; of the first, if there is none."""
        return self._numbers.index(0) if self.has_zero else 0

    @property
    def _numbers(self) -> list[int]:
        return [
            position if value.number is None else value.number
            for position, value in enumerate(self.values)
        ]


@dataclass(frozen=True, slots=True)
class ListType:
    """A white-space separated list (XSD part 2, 2.5.1.2); of an enumeration, a set of flags."""

    name: QName | None
    item: TypeReference
    facets: Facets = Facets()
    data_contract: bool = field(default=False, compare=False)
    documentation: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False)

    @property
    def is_flags(self) -> bool:
        """Whether its values are sets of flags, by .NET's data contract rules."""
        return self.data_contract and isinstance(self.item, EnumType)


@dataclass(frozen=True, slots=True)
class UnionType:
    """A value of one of several simple types (XSD part 2, 2.5.1.3)."""

    name: QName | None
    members: tuple[TypeReference, ...]
    facets: Facets = Facets()
    documentation: str = field(default="", compare=False)
    place: Place | None = field(default=None, compare=False)


StructuredType = ComplexType | ChoiceType | ArrayType | MapType
"""A type whose values have elements, not only a text."""

Type = StructuredType | ScalarType | EnumType | ListType | UnionType
TypeReference = QName | Type
"""The name of a named type, or an anonymous type itself."""

Particle = ElementParticle | Group | AnyParticle
