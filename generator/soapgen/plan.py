"""The plan: what each generated module holds, in which order and under which Python names.

A plan is complete: whoever renders it looks nothing up, sorts nothing and invents no name. It
holds no Python source beyond annotations and default values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import quoteattr


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
    """

    annotation: str
    accepts: str
    write: str
    read: str
    zero: str = ""
    empty: str = ""


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
    where that needs a line of its own.
    """

    name: str
    variable: str
    tag: Tag
    value: Value
    presence: Presence
    annotation: str
    accepts: str
    default: str
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
    """A StrEnum, alone or as the items of a set of flags."""

    class_name: str
    function: str
    xml_name: str
    flags: bool
    members: tuple[EnumMember, ...]
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
        member_function: The one for the members alone, for the classes that extend this one.
        base: The class that it extends, or empty.
        base_member_function: That class's ``member_function``, or empty.
        members: Its own members.
        required: The members, inherited ones first, that must be there to make one.
        read_in_place: Its own members that are read as they come.
        constant: The Python constant that holds the namespace of most of its members, or empty.
        used: Whether elements may be of this type.
        derived: What may stand in its place, the most derived first.
    """

    class_name: str
    function: str
    any_function: str
    member_function: str
    xml_name: str
    base: str
    base_member_function: str
    members: tuple[Member, ...]
    required: tuple[Member, ...]
    read_in_place: tuple[Member, ...]
    constant: str
    used: bool
    abstract: bool
    derived: tuple[Derived, ...]
    documentation: str = ""

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
class Header:
    """A header element and the member of RequestHeaders that fills it.

    ``within`` is the header's own element where the member is the only one inside of it.
    """

    member: Member
    within: Tag | None

    def tags(self) -> tuple[Tag, ...]:
        """The elements that it consists of."""
        return (self.member.tag, self.within) if self.within else (self.member.tag,)


@dataclass(frozen=True, slots=True)
class HeaderSet:
    """The headers that some operations share, and the function that writes them."""

    function: str
    headers: tuple[Header, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What goes one way in a body.

    Attributes:
        wrapper: The element around the members; None where the one member is the body's element.
        members: What it carries.
        result: The annotation of what reading it gives: ``None`` for no members, the member's
            for one, the record's class for several.
        read: The function that reads several members into a record, or empty.
    """

    wrapper: Tag | None
    members: tuple[Member, ...]
    result: str
    read: str = ""

    def tags(self) -> Iterator[Tag]:
        """The elements that it consists of."""
        if self.wrapper is not None:
            yield self.wrapper
        yield from (member.tag for member in self.members)

    @property
    def arguments(self) -> tuple[tuple[str, str], ...]:
        """Name and description of each member, for a docstring; none if none is documented.

        What the contract does not explain, the signature says just as well.
        """
        if not any(member.documentation for member in self.members):
            return ()
        return tuple((member.name, member.description) for member in self.members)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: ``name`` is in those of its builder and parser, ``method`` is the client's."""

    name: str
    method: str
    xml_name: str
    action: str
    request: Message
    response: Message | None
    header_set: HeaderSet | None
    keyword_only: bool
    documentation: str = ""

    @property
    def description(self) -> str:
        """Its documentation or, where there is none, its name in the contract."""
        return self.documentation or f"The operation {self.xml_name}."

    @property
    def response_description(self) -> str:
        """What comes back: the documentation of the one member, or what the contract calls it."""
        members = self.response.members if self.response else ()
        if not members:
            return f"Check the answer to {self.xml_name}, which carries nothing."
        if len(members) == 1 and members[0].documentation:
            return f"Read the answer to {self.xml_name}: {_uncapitalised(members[0].documentation)}"
        return f"Read the answer to {self.xml_name}."


@dataclass(frozen=True, slots=True)
class Record:
    """The dataclass for a message of several members, and the function that reads one."""

    class_name: str
    function: str
    members: tuple[Member, ...]
    documentation: str


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
    """The types that need a function each, to be written or to be read.

    An entity that is only extended, or only read, has no names for the functions it can do without.
    """

    entities: tuple[Entity, ...]
    arrays: tuple[Array, ...]
    dictionaries: tuple[Dictionary, ...]
    enumerations: tuple[Enumeration, ...]

    def tags(self) -> Iterator[Tag]:
        """The elements that they write or read, and the derived types that they name."""
        for entity in self.entities:
            yield from (member.tag for member in (*entity.members, *entity.required))
            yield from (derived.tag for derived in entity.derived)
        yield from (array.item.tag for array in self.arrays)
        for dictionary in self.dictionaries:
            yield from (dictionary.entry, dictionary.key.tag, dictionary.item.tag)


@dataclass(frozen=True, slots=True)
class Package:
    """One generated package.

    Attributes:
        action_base: What all SOAP actions begin with, or empty.
        written_namespaces: Those that envelopes declare.
        read_namespaces: Those that parsers know.
        types: How many types of the contract it holds.
        anytype: Whether it has values of xs:anyType, which a module of their own writes and reads.
    """

    name: str
    source: str
    service: str
    client: str
    asynchronous_client: str
    address: str
    soap_version: str
    documentation: str
    action_base: str
    written_namespaces: tuple[Namespace, ...]
    read_namespaces: tuple[Namespace, ...]
    enumerations: tuple[Enumeration, ...]
    entities: tuple[Entity, ...]
    records: tuple[Record, ...]
    written: Functions
    read: Functions
    types: int
    headers: tuple[Header, ...]
    header_sets: tuple[HeaderSet, ...]
    operations: tuple[Operation, ...]
    anytype: bool
    server: bool

    @property
    def soap_namespace(self) -> str:
        """The namespace of the envelope (SOAP 1.1, section 3; SOAP 1.2 part 1, section 5.1)."""
        if self.soap_version == "1.2":
            return "http://www.w3.org/2003/05/soap-envelope"
        return "http://schemas.xmlsoap.org/soap/envelope/"

    @property
    def header_arguments(self) -> list[tuple[str, str]]:
        """Name and description of each header, for a docstring."""
        return [(header.member.name, header.member.description) for header in self.headers]


def _uncapitalised(text: str) -> str:
    """``text`` to go on a sentence with; a word in capitals, or with one inside, stays."""
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() else text[:1].lower() + text[1:]
