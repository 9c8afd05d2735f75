"""The plan of types: what is generated for each, in which order and under which Python names.

A plan is complete: a template looks nothing up, sorts nothing, invents no name and decides no form.
The only Python source in it is names, annotations and default values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from .members import Choice, Item, Kind, Member, OneOf, Presence
from .names import Source, Tag
from .values import Codec, Enumeration


@dataclass(frozen=True, slots=True)
class Derived:
    """A type that may replace the declared type, marked by ``xsi:type``.

    Attributes:
        class_name: The class.
        function: The function that writes, or reads, an element of it.
        tag: The name of the type.
    """

    class_name: Source
    function: Source
    tag: Tag

    @property
    def type_attribute(self) -> str:
        """The attribute ``xsi:type`` for a start tag, with a space before it."""
        return _type_attribute(self.tag.written)


@dataclass(frozen=True, slots=True)
class Entity:
    """A dataclass.

    Attributes:
        class_name: The class.
        function: The function that writes, or reads, an element of exactly this type.
        any_function: The function for an element that may be of a derived type, or empty.
        xml_name: The name of the type in the contract.
        base: The class that it extends, or empty.
        members: Its own members.
        all_members: Its members in the order of their elements, the inherited ones first.
        constant: The Python constant for the namespace that is taken for granted where its elements
            are read: the one that most members are in; empty where whole names are compared.
        abstract: Whether the type is abstract: only derived types have values.
        is_derived: Whether it may be written where another type is declared.
        derived: The types that may replace it, the most derived first.
        description: Its documentation or, where there is none, what it is.
        tells_nil: Whether its values say themselves that they are nil.
        brings_is_nil: Whether it has, as the first in its line, the member for that.
        brings_nil: Whether it has, as the first in its line, members that may be nil or missing.
        one_of: Its choices, the inherited ones included.
        taken_away: The members that a restriction takes away: they must not be written.
        xsi_type: The name of its type on the wire, if its elements always have it; else empty.
        with_other_defaults: The attributes that it inherits, and gives another default.
    """

    class_name: Source
    function: Source
    any_function: Source
    xml_name: str
    base: Source
    members: tuple[Member, ...]
    all_members: tuple[Member, ...]
    constant: Source
    abstract: bool
    is_derived: bool
    derived: tuple[Derived, ...]
    description: str
    tells_nil: bool = False
    brings_is_nil: bool = False
    brings_nil: bool = False
    one_of: tuple[OneOf, ...] = ()
    taken_away: tuple[Member, ...] = ()
    xsi_type: str = ""
    with_other_defaults: tuple[Member, ...] = ()

    @property
    def has_attributes(self) -> bool:
        """Whether its function takes the attributes of the start tag."""
        return self.is_derived and not self.xsi_type

    @property
    def start(self) -> str:
        """What follows the variable ``tag`` in a start tag, as the source of an f-string."""
        return _type_attribute(self.xsi_type) or ("{attributes}" if self.is_derived else "")

    @property
    def written(self) -> tuple[Member, ...]:
        """The members that may be written, in the order of their elements."""
        return tuple(item for item in self.all_members if item not in self.taken_away)

    @property
    def written_in_tag(self) -> tuple[Member, ...]:
        """The members that may be written in the start tag."""
        return tuple(item for item in self.written if item.kind.is_in_tag)

    @property
    def written_inside(self) -> tuple[Member, ...]:
        """The members that may be written between the tags."""
        return tuple(item for item in self.written if not item.kind.is_in_tag)

    @property
    def read_first(self) -> tuple[Member, ...]:
        """The members that an instance is made with."""
        return tuple(item for item in self.all_members if not item.is_read_in_place)

    @property
    def read_in_place(self) -> tuple[Member, ...]:
        """The members that are set in a loop over the elements, after the instance is made."""
        return tuple(item for item in self.all_members if item.is_read_in_place)

    @property
    def in_tag(self) -> tuple[Member, ...]:
        """The members that stand in the start tag."""
        return tuple(item for item in self.all_members if item.kind.is_in_tag)

    @property
    def elements(self) -> tuple[Member, ...]:
        """The members that are elements of one name."""
        return tuple(item for item in self.all_members if item.kind is Kind.ELEMENT)

    @property
    def attributes(self) -> tuple[Member, ...]:
        """The members that are attributes of one name."""
        return tuple(item for item in self.all_members if item.kind is Kind.ATTRIBUTE)

    @property
    def choices(self) -> tuple[Member, ...]:
        """The members that are one or several of some elements."""
        return tuple(item for item in self.all_members if item.kind in (Kind.CHOSEN, Kind.ITEMS))

    @property
    def clearable(self) -> tuple[Member, ...]:
        """The members that may be nil or missing."""
        return tuple(item for item in self.all_members if item.presence is Presence.CLEARABLE)

    @property
    def named_once(self) -> tuple[Member, ...]:
        """The elements of which all but the first are among those that are left open."""
        is_shared = any(item.takes_named for item in self.all_members)
        return tuple(item for item in self.elements if is_shared and not item.is_repeated)


@dataclass(frozen=True, slots=True)
class Array:
    """A type whose values are lists.

    Attributes:
        function: The function that writes, or reads, the list.
        item: Its items.
        xsi_type: The name of its type on the wire, if its element always has it; else empty.
        write: The function of the runtime that writes it, if it is an array of SOAP's encoding;
            else empty.
        item_type: The name of the type of the items of such an array on the wire.
        dimensions: How many dimensions such an array has.
    """

    function: Source
    item: Item
    xsi_type: str = ""
    write: Source = ""
    item_type: str = ""
    dimensions: int = 0

    @property
    def start(self) -> str:
        """What follows the variable ``tag`` in a start tag."""
        return _type_attribute(self.xsi_type)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A type whose values are dictionaries.

    Attributes:
        function: The function that writes, or reads, the dictionary.
        entry: The element around a pair of key and value.
        key: Its keys.
        item: Its values.
    """

    function: Source
    entry: Tag
    key: Item
    item: Item


@dataclass(frozen=True, slots=True)
class Typed:
    """A function that writes an element of a simple type with the name of that type.

    Attributes:
        function: The function.
        xsi_type: The name of the type on the wire.
        write: The function that writes such an element without it.
    """

    function: Source
    xsi_type: str
    write: Source


@dataclass(frozen=True, slots=True)
class Functions:
    """The types for which functions are generated, either to write them or to read them.

    Attributes:
        entities: The dataclasses, each after the one that it extends.
        arrays: The lists.
        dictionaries: The dictionaries.
        enumerations: The enumerations and sets of flags.
        choices: The choices of elements.
        codecs: The codecs of texts, each after those that it is made of.
        typed: The functions that write elements with the names of their types.
    """

    entities: tuple[Entity, ...]
    arrays: tuple[Array, ...]
    dictionaries: tuple[Dictionary, ...]
    enumerations: tuple[Enumeration, ...]
    choices: tuple[Choice, ...] = ()
    codecs: tuple[Codec, ...] = ()
    typed: tuple[Typed, ...] = ()

    def names(self) -> Iterator[str]:
        """The names of the functions; some are empty."""
        for entity in self.entities:
            yield from (entity.function, entity.any_function)
        yield from (array.function for array in self.arrays)
        yield from (dictionary.function for dictionary in self.dictionaries)
        yield from (enumeration.function for enumeration in self.enumerations)
        yield from (choice.function for choice in self.choices)
        for codec in self.codecs:
            yield from (codec.function, codec.element_function)

    def tags(self) -> Iterator[Tag]:
        """The elements that the functions write or read, and the names of derived types."""
        for entity in self.entities:
            yield from (member.tag for member in entity.all_members)
            yield from (derived.tag for derived in entity.derived)
        yield from (array.item.tag for array in self.arrays)
        for dictionary in self.dictionaries:
            yield from (dictionary.entry, dictionary.key.tag, dictionary.item.tag)
        for choice in self.choices:
            yield from (item.tag for item in choice.alternatives)


def _type_attribute(name: str) -> str:
    """The attribute ``xsi:type`` for a start tag, with a space before it; empty without a name."""
    return f" xsi:type={quoteattr(name)}" if name else ""
