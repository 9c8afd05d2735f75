"""The plan of types: what is generated for each, in which order and under which Python names.

A plan is complete: a template looks nothing up, sorts nothing, invents no name and decides no form.
It has no Python source beyond names, annotations and default values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import quoteattr


class Direction(StrEnum):
    """The two ways of a value: into a message, and out of one."""

    WRITE = "write"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Tag:
    """The name of an element, in the forms in which generated code uses it.

    Attributes:
        local: The local name.
        prefix: The prefix on the wire, empty for the default namespace or for none.
        constant: The Python constant for the namespace, empty for none.
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
class Call:
    """A function, and what it is called with after the element or the tag and the value."""

    function: str
    arguments: tuple[str, ...] = ()


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
        is_harmless: Whether that zero says no more than that nothing was given, as False does. A
            date or a number would be taken for a value.
        empty: The class whose empty value can stand for nil in a list; empty if there is none.
        item: The type of the items, if it is a list; else empty.
        optional_write: The function that writes an element unless the value is None, where there
            is one for just this type; else empty.
        nillable_read: The same for reading an element that may be nil.
    """

    annotation: str
    accepts: str
    write: str
    read: str
    zero: str = ""
    is_harmless: bool = False
    empty: str = ""
    item: str = ""
    optional_write: str = ""
    nillable_read: str = ""


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

    Attributes:
        name: Its name.
        variable: The name for its text, where that needs a statement of its own.
        tag: Its element.
        value: How its values, or those of its items, are written and read.
        presence: When its element is written, and what its absence means.
        annotation: Its type.
        accepts: Its type as a parameter, which may be wider.
        default: Its default as source; empty where a value must be given.
        write: The function that writes it, called with the tag and the value.
        read: The function that reads its element, or one of its elements if it repeats.
        item: The type of its items, if it is a list; else empty.
        nillable: Whether its element may be nil.
        secret: Whether its value must not be shown.
        documentation: What the contract says of it.
        xml_type: The name of its type in the contract.
    """

    name: str
    variable: str
    tag: Tag
    value: Value
    presence: Presence
    annotation: str
    accepts: str
    default: str
    write: Call
    read: Call
    item: str = ""
    nillable: bool = False
    secret: bool = False
    documentation: str = ""
    xml_type: str = ""

    @property
    def is_required(self) -> bool:
        """Whether an object cannot be made without it."""
        return self.presence is Presence.REQUIRED

    @property
    def is_repeated(self) -> bool:
        """Whether each of its values is an element of its own."""
        return self.presence is Presence.REPEATED

    @property
    def description(self) -> str:
        """Its documentation or, where there is none, what the contract calls it."""
        return self.documentation or f"{self.tag.local}, of type {self.xml_type}."


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, or a key or a value of a dictionary.

    A nil item is an ``empty`` value of this class, or None where that is empty.
    """

    tag: Tag
    value: Value
    annotation: str
    read: Call
    nillable: bool
    empty: str


@dataclass(frozen=True, slots=True)
class EnumMember:
    """A value of an enumeration."""

    name: str
    value: str
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A StrEnum, alone or as the items of a set of flags.

    Attributes:
        class_name: The class.
        function: The function that writes or reads its values.
        maker: The function of the runtime that makes this function.
        zero: The member that nil stands for in a data contract, as source; or empty.
        flags: Whether values are sets of its members.
        members: Its values.
        description: Its documentation or, where there is none, what it is.
    """

    class_name: str
    function: str
    maker: Call
    flags: bool
    members: tuple[EnumMember, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A type that may stand where its base is declared, marked by ``xsi:type``."""

    class_name: str
    function: str
    tag: Tag

    @property
    def type_attribute(self) -> str:
        """The attribute that marks it, as it stands in a start tag, after a space."""
        return f" xsi:type={quoteattr(self.tag.written)}"


@dataclass(frozen=True, slots=True)
class Entity:
    """A dataclass.

    Attributes:
        class_name: The class.
        function: The function that writes, or reads, an element of this very type.
        any_function: The one for an element that may be of a derived type, or empty.
        xml_name: The name of the type in the contract.
        base: The class that it extends, or empty.
        members: Its own members.
        all_members: Its members in the order of their elements, the inherited ones first.
        constant: The Python constant for the namespace of most of all members, or empty.
        abstract: Whether there are no values of this very type.
        is_derived: Whether it may be written where another type is declared.
        derived: What may stand in its place, the most derived first.
        description: Its documentation or, where there is none, what it is.
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
    is_derived: bool
    derived: tuple[Derived, ...]
    description: str

    @property
    def required(self) -> tuple[Member, ...]:
        """The members that must be there to make one."""
        return tuple(item for item in self.all_members if item.is_required)

    @property
    def read_in_place(self) -> tuple[Member, ...]:
        """The members that are read in the order of the document, once there is an object."""
        return tuple(item for item in self.all_members if not item.is_required)


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
    """A namespace, its prefix on the wire and the Python constant for it, in braces."""

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
