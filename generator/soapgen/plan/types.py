"""The plan of types: what is generated for each, in which order and under which Python names.

A plan is complete: whoever renders it looks nothing up, sorts nothing and invents no name. It
holds no Python source beyond annotations and default values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import quoteattr


class Side(StrEnum):
    """The two ways of a value: into a message, and out of one."""

    WRITE = "write"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Tag:
    """The name of an element, in the forms in which generated code uses it.

    Attributes:
        local: The local name.
        prefix: The prefix on the wire, empty for the default namespace or for none.
        constant: The Python constant that holds the namespace, empty for none.
        name: The full name, ``{namespace}local``.
    """

    local: str
    prefix: str
    constant: str
    name: str

    @property
    def written(self) -> str:
        """The name as it stands on the wire."""
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


@dataclass(frozen=True, slots=True)
class Value:
    """How values of one type are annotated, written and read.

    Attributes:
        annotation: The type in models and results.
        accepts: The type of a parameter, which may be wider.
        write: The function that writes an element of the type, ``(tag, value) -> str``.
        read: The function that reads one, ``(element) -> value``.
        zero: The value that an absent element stands for in a data contract, as source; empty
            for a type whose absence is None.
        empty: The class whose empty value can stand for nil in a list; empty if there is none.
        item: The type of the items, if it is a list; else empty.
    """

    annotation: str
    accepts: str
    write: str
    read: str
    zero: str = ""
    empty: str = ""
    item: str = ""


class Presence(StrEnum):
    """When an element is written, and what its absence means."""

    REQUIRED = "required"  # always there
    ZERO = "zero"  # always written; absent, it is the type's zero
    OPTIONAL = "optional"  # left out for None
    NILLABLE = "nillable"  # always there; None is written as nil
    REPEATED = "repeated"  # as often as there are values


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a dataclass, or a parameter of an operation.

    ``default`` is source; empty where the caller must give a value. ``variable`` is for its text,
    where that needs a line of its own. ``item`` is the type of its items, if it is a list.
    """

    name: str
    variable: str
    tag: Tag
    value: Value
    presence: Presence
    annotation: str
    accepts: str
    default: str
    item: str = ""
    nillable: bool = False
    secret: bool = False
    documentation: str = ""
    xml_type: str = ""

    @property
    def description(self) -> str:
        """Its documentation or, where there is none, what the contract calls it."""
        return self.documentation or f"{self.tag.local}, of type {self.xml_type}."


@dataclass(frozen=True, slots=True)
class Item:
    """What a list or a dictionary holds; a nil item without an ``empty`` value is None."""

    tag: Tag
    value: Value
    annotation: str
    nillable: bool


@dataclass(frozen=True, slots=True)
class EnumMember:
    """A value of an enumeration."""

    name: str
    value: str
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A StrEnum, alone or as the items of a set of flags.

    ``zero`` is the name of the member that nil stands for in a data contract, or empty.
    """

    class_name: str
    function: str
    xml_name: str
    flags: bool
    members: tuple[EnumMember, ...]
    zero: str = ""
    documentation: str = ""

    @property
    def description(self) -> str:
        """Its documentation or, where there is none, what it is."""
        kind = "A flag of" if self.flags else "One of the values of"
        return self.documentation or f"{kind} {self.xml_name}."


@dataclass(frozen=True, slots=True)
class Derived:
    """A type that may stand where its base is declared, told apart by ``xsi:type``."""

    class_name: str
    function: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class Entity:
    """A dataclass.

    Attributes:
        function: The function that writes, and the one that reads, an element of this very type.
        any_function: The one for an element that may be of a derived type, or empty.
        base: The class that it extends, or empty.
        members: Its own members.
        all_members: Its members as they come on the wire, the inherited ones first.
        constant: The Python constant that holds the namespace of most of all members, or empty.
        derived: What may stand in its place, the most derived first.
        is_derived: Whether it may stand in the place of another one, as one of its ``derived``.
    """

    class_name: str
    function: str
    any_function: str
    xml_name: str
    base: str
    members: tuple[Member, ...]
    all_members: tuple[Member, ...]
    constant: str
    abstract: bool
    derived: tuple[Derived, ...]
    is_derived: bool
    documentation: str = ""

    @property
    def required(self) -> tuple[Member, ...]:
        """The members that must be there to make one."""
        return tuple(item for item in self.all_members if item.presence is Presence.REQUIRED)

    @property
    def read_in_place(self) -> tuple[Member, ...]:
        """The members that are read as they come."""
        return tuple(item for item in self.all_members if item.presence is not Presence.REQUIRED)

    @property
    def description(self) -> str:
        """Its documentation or, where there is none, what it is."""
        extends = f", which extends {self.base}" if self.base else ""
        return self.documentation or f"The type {self.xml_name}{extends}."


@dataclass(frozen=True, slots=True)
class Array:
    """A wrapper around a list."""

    function: str
    item: Item


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A wrapper around pairs of key and value."""

    function: str
    entry: Tag
    key: Item
    item: Item


@dataclass(frozen=True, slots=True)
class Namespace:
    """A namespace, its prefix on the wire and the Python constant that holds it in braces."""

    uri: str
    prefix: str
    constant: str

    @property
    def declaration(self) -> str:
        """The declaration of the prefix as it stands in a start tag, after a space."""
        name = f"xmlns:{self.prefix}" if self.prefix else "xmlns"
        return f" {name}={quoteattr(self.uri)}"


@dataclass(frozen=True, slots=True)
class Functions:
    """The types that need a function each, to be written or to be read."""

    entities: tuple[Entity, ...]
    arrays: tuple[Array, ...]
    dictionaries: tuple[Dictionary, ...]
    enumerations: tuple[Enumeration, ...]

    def names(self) -> Iterator[str]:
        """The functions, by their names."""
        for entity in self.entities:
            yield from (entity.function, entity.any_function)
        yield from (array.function for array in self.arrays)
        yield from (dictionary.function for dictionary in self.dictionaries)
        yield from (enumeration.function for enumeration in self.enumerations)

    def tags(self) -> Iterator[Tag]:
        """The elements that they write or read, and the derived types that they name."""
        for entity in self.entities:
            yield from (member.tag for member in entity.all_members)
            yield from (derived.tag for derived in entity.derived)
        yield from (array.item.tag for array in self.arrays)
        for dictionary in self.dictionaries:
            yield from (dictionary.entry, dictionary.key.tag, dictionary.item.tag)
