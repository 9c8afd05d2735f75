"""The plan of types: what is generated for each, in which order and under which Python names.

A plan is complete: a template looks nothing up, sorts nothing, invents no name and decides no form.
The only Python source in it is names, annotations and default values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias
from xml.sax.saxutils import quoteattr

Source: TypeAlias = str
"""Python source: a name that ``naming`` gave, or an annotation or a default made of such names.

Any other text in a plan is one of the contract, which generated code has only within strings: the
guard of ``render`` holds it to that, by the annotations of these classes.
"""


class Direction(StrEnum):
    """Whether a value is written into a message or read from one."""

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
    constant: Source
    name: str

    @property
    def written(self) -> str:
        """The name on the wire, with its prefix."""
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function that writes or reads.

    Attributes:
        function: The function.
        arguments: Its arguments, as source, after the tag and the value or after the element.
        texts: Texts of the contract that are its last arguments.
    """

    function: Source
    arguments: tuple[Source, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """How values of one type are annotated, written and read.

    Attributes:
        annotation: The type in models and results.
        accepts: The type of a parameter, which may be wider.
        write: The function that writes an element of the type, ``(tag, value) -> str``.
        read: The function that reads one, ``(element) -> value``.
        zero: The value of an absent element in a data contract, as source; empty for a type whose
            absent element is None.
        is_harmless: Whether that zero cannot be mistaken for a value that somebody gave: False
            cannot, a date or a number can.
        empty: The class whose empty instance represents nil in a list; empty if there is none.
        item: The type of the items, if it is a list; else empty.
        optional_write: The function of the runtime that writes an optional element of this type,
            ``(tag, value | None) -> str``; empty where there is only the general one.
        nillable_read: The function of the runtime that reads a nillable element of this type,
            ``(element) -> value | None``; empty where there is only the general one.
        is_record: Whether it is a dataclass: it is written by a function of the runtime, which
            refuses other values and puts the path into the message.
        text: For a simple type: the function that gives the lexical form of a value, not escaped,
            ``(name, value) -> str``.
        parse: For a simple type: the function that gives the value of a lexical form,
            ``(text) -> value``; it raises ValueError or ArithmeticError.
        needs_namespaces: Whether the text has qualified names: ``text`` and ``parse`` are then
            called by the functions of ``_qnames`` for elements and attributes.
    """

    annotation: Source
    accepts: Source
    write: Source
    read: Source
    zero: Source = ""
    is_harmless: bool = False
    empty: Source = ""
    item: Source = ""
    optional_write: Source = ""
    nillable_read: Source = ""
    is_record: bool = False
    text: Source = ""
    parse: Source = ""
    needs_namespaces: bool = False


@dataclass(frozen=True, slots=True)
class Matched:
    """A regular expression of Python that texts have to match.

    Attributes:
        pattern: The expression.
        has_categories: Whether it has categories of Unicode, which the runtime has to replace.
        may_double: Whether Python may take a time that doubles with each character of a text.
    """

    pattern: str
    has_categories: bool = False
    may_double: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What the texts of a simple type are checked against: the arguments of ``Facets``.

    Attributes:
        white_space: The function of the runtime for their white space; empty where none is needed.
        values: The class of the values that are allowed, or empty.
        listed: The texts that are allowed, if not all are.
        patterns: What they all have to match.
        size: The function of the runtime that measures them; empty for their characters.
        length: How long they are.
        min_length: How long they are at least.
        max_length: How long they are at most.
        order: The function by which they are compared; empty for that of decimals.
        min_inclusive: The least of them.
        max_inclusive: The greatest of them.
        min_exclusive: What they are greater than.
        max_exclusive: What they are less than.
        total_digits: How many digits they have at most.
        fraction_digits: How many digits they have at most after the point.
    """

    white_space: Source = ""
    values: Source = ""
    listed: tuple[str, ...] = ()
    patterns: tuple[Matched, ...] = ()
    size: Source = ""
    length: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    order: Source = ""
    min_inclusive: str | None = None
    max_inclusive: str | None = None
    min_exclusive: str | None = None
    max_exclusive: str | None = None
    total_digits: int | None = None
    fraction_digits: int | None = None

    @property
    def bounds(self) -> tuple[tuple[str, str | None], ...]:
        """The bounds by their names; None where there is none."""
        return (
            ("min_inclusive", self.min_inclusive),
            ("max_inclusive", self.max_inclusive),
            ("min_exclusive", self.min_exclusive),
            ("max_exclusive", self.max_exclusive),
        )

    @property
    def counts(self) -> tuple[tuple[str, int | None], ...]:
        """The lengths and numbers of digits by their names; None where there is none."""
        return (
            ("length", self.length),
            ("min_length", self.min_length),
            ("max_length", self.max_length),
            ("total_digits", self.total_digits),
            ("fraction_digits", self.fraction_digits),
        )

    @property
    def is_bounded(self) -> bool:
        """Whether there is a bound."""
        return any(bound is not None for _, bound in self.bounds)

    @property
    def checks(self) -> bool:
        """Whether any text may be refused."""
        is_counted = any(count is not None for _, count in self.counts)
        return bool(self.values or self.listed or self.patterns) or self.is_bounded or is_counted

    @property
    def functions(self) -> frozenset[str]:
        """The functions of the runtime that it needs."""
        names = {"Facets", self.white_space, self.size, self.order}
        names |= {"with_categories" for item in self.patterns if item.has_categories}
        names |= {"Automaton" for item in self.patterns if item.may_double}
        return frozenset(names - {""})

    def compared_by(self, order: Source) -> Limits:
        """The same, with values that are compared by ``order``."""
        return replace(self, order=order)

    def of_length(
        self, size: Source, length: int | None, minimum: int | None, maximum: int | None
    ) -> Limits:
        """The same with lengths, which ``size`` measures if there are any."""
        if length is minimum is maximum is None:
            return self
        return replace(self, size=size, length=length, min_length=minimum, max_length=maximum)


@dataclass(frozen=True, slots=True)
class Made:
    """What a function of the runtime makes of codecs and classes, or a pair of them.

    Attributes:
        function: The function; empty for a pair.
        arguments: Its arguments, or the two of the pair.
    """

    function: Source
    arguments: tuple[Source | Made | Limits, ...]


@dataclass(frozen=True, slots=True)
class Codec:
    """What writes, or reads, the texts of one simple type, and elements with such a text.

    Attributes:
        function: The function for texts.
        made: What it is.
        element_function: The function for elements; empty if no element is of this type.
        element_maker: The function of the runtime that makes it of the one for texts.
        expected: What a text must be, for a message; empty for a function that writes.
    """

    function: Source
    made: Made
    element_function: Source
    element_maker: Source
    expected: str = ""


class Kind(StrEnum):
    """What a member of a dataclass stands for in an element: the macro of that name finds it."""

    ELEMENT = "element"
    CHOSEN = "chosen"  # one of several elements
    ITEMS = "items"  # elements whose order is content
    CONTENT = "content"  # the same, and text between them
    OPEN = "open"  # elements that the contract does not name
    ATTRIBUTE = "attribute"
    OPEN_ATTRIBUTES = "open_attributes"  # attributes that the contract does not name
    TEXT = "text"  # the text of the element

    @property
    def is_in_tag(self) -> bool:
        """Whether it stands in the start tag."""
        return self in (Kind.ATTRIBUTE, Kind.OPEN_ATTRIBUTES)


class Presence(StrEnum):
    """When an element is written, and what its absence means."""

    REQUIRED = "required"  # always there
    ZERO = "zero"  # always written; absent, it is the type's zero
    OPTIONAL = "optional"  # left out for None
    CLEARABLE = "clearable"  # for None left out, or nil
    NILLABLE = "nillable"  # always there; None is written as nil
    REPEATED = "repeated"  # once for each value


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a dataclass, or a parameter of an operation.

    Attributes:
        name: Its name.
        variable: The variable for its markup, where that needs a statement of its own.
        tag: Its element.
        value: How its values, or its items if it repeats, are written and read.
        presence: When its element is written, and what its absence means.
        annotation: Its type.
        accepts: Its type as a parameter, which may be wider.
        default: Its default as source; empty where a value must be given.
        default_text: Its default if that is a text of the contract; None for any other.
        write: How it is written, from the tag and the value.
        read: How its element is read, or one of its elements if it repeats.
        item: The type of its items, if it is a list; else empty.
        secret: Whether its value must not be shown.
        documentation: Its documentation, or empty.
        xml_type: The name of its type in the contract.
        kind: What it stands for in the element.
        empty_text: What an empty element means, by the contract; None where it is empty.
        fixed_text: The only value that it may have, by the contract; None where there are others.
        tells_nil: Whether its values say themselves that they are nil.
        takes_named: Whether elements of names that other members have may be in it.
        is_open: Whether elements that the contract does not name may be in it.
    """

    name: Source
    variable: Source
    tag: Tag
    value: Value
    presence: Presence
    annotation: Source
    accepts: Source
    default: Source
    write: Call
    read: Call
    item: Source = ""
    secret: bool = False
    documentation: str = ""
    xml_type: str = ""
    kind: Kind = Kind.ELEMENT
    default_text: str | None = None
    empty_text: str | None = None
    fixed_text: str | None = None
    tells_nil: bool = False
    takes_named: bool = False
    is_open: bool = False

    @property
    def is_required(self) -> bool:
        """Whether an instance cannot be made without it."""
        return self.presence is Presence.REQUIRED

    @property
    def is_read_in_place(self) -> bool:
        """Whether it is set in a loop over the elements, after the instance is made."""
        return self.kind is Kind.ELEMENT and not self.is_required

    @property
    def has_default(self) -> bool:
        """Whether an instance can be made without giving it a value."""
        return bool(self.default) or self.default_text is not None

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

    Attributes:
        tag: Its element.
        value: How its values are written and read.
        annotation: Its type.
        read: How its element is read.
        nillable: Whether its element may be nil.
        empty: The class whose empty instance represents nil; empty where nil is None, or where it
            cannot be nil.
    """

    tag: Tag
    value: Value
    annotation: Source
    read: Call
    nillable: bool
    empty: Source


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several elements, of which one is there.

    Attributes:
        tag: Its element.
        value: How its values are written and read.
        class_name: The class that stands for it: that of its values, or one around a value.
        is_wrapped: Whether it is a class around a value.
        annotation: The type of the value in it.
        nillable: Whether its element may be nil.
        description: What a class around a value is.
        empty_text: What an empty element means, by the contract; None where it is empty.
        fixed_text: The only value that it may have, by the contract; None where there are others.
    """

    tag: Tag
    value: Value
    class_name: Source
    is_wrapped: bool
    annotation: Source
    nillable: bool
    description: str
    empty_text: str | None = None
    fixed_text: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Several elements, of which one is there: the items of a list, or a substitution group.

    Attributes:
        class_name: The name for the union of their classes.
        function: The function that writes them, or the object that reads them.
        alternatives: The elements.
        is_open: Whether there may be elements that the contract does not name.
        mixed: Whether there may be texts.
        description: What it is.
    """

    class_name: Source
    function: Source
    alternatives: tuple[Alternative, ...]
    is_open: bool
    mixed: bool
    description: str

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of its values, in the order in which they are told apart."""
        text = ("str",) if self.mixed else ()
        markup = ("Markup",) if self.is_open else ()
        return (*text, *(item.class_name for item in self.alternatives), *markup)

    @property
    def wrappers(self) -> tuple[Alternative, ...]:
        """The alternatives that have a class of their own around a value."""
        return tuple(item for item in self.alternatives if item.is_wrapped)

    @property
    def expected(self) -> str:
        """What a value of it is, for a message."""
        *others, last = self.classes
        return f"{', '.join(others)} or {last}" if others else last


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice that stands once: only one of its branches may be given (XSD part 1, 3.8.4).

    Attributes:
        branches: The members of each branch.
        required: Whether one must be given.
        repeated: The members whose values are an element each: an empty list is none. An empty
            list that is the value of one element is an element.
    """

    branches: tuple[tuple[Source, ...], ...]
    required: bool
    repeated: frozenset[Source] = frozenset()


@dataclass(frozen=True, slots=True)
class EnumMember:
    """A value of an enumeration.

    Attributes:
        name: The name of the member.
        value: The value on the wire.
        documentation: Its documentation, or empty.
    """

    name: Source
    value: str
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A StrEnum, alone or as the items of a set of flags.

    Attributes:
        class_name: The class.
        function: The function that writes or reads its values.
        maker: The call of the runtime that makes this function.
        flags: Whether values are sets of its members.
        members: Its values.
        description: Its documentation or, where there is none, what it is.
    """

    class_name: Source
    function: Source
    maker: Call
    flags: bool
    members: tuple[EnumMember, ...]
    description: str


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
        constant: The Python constant for the namespace that most of all members are in, or empty.
        abstract: Whether the type is abstract: only derived types have values.
        is_derived: Whether it may be written where another type is declared.
        derived: The types that may replace it, the most derived first.
        description: Its documentation or, where there is none, what it is.
        brings_nil: Whether it has, as the first in its line, members that may be nil or missing.
        one_of: Its choices, the inherited ones included.
        xsi_type: The name of its type on the wire, if its elements always have it; else empty.
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
    brings_nil: bool = False
    one_of: tuple[OneOf, ...] = ()
    xsi_type: str = ""

    @property
    def has_attributes(self) -> bool:
        """Whether its function takes the attributes of the start tag."""
        return self.is_derived and not self.xsi_type

    @property
    def start(self) -> str:
        """What follows the variable ``tag`` in a start tag, as the source of an f-string."""
        return _type_attribute(self.xsi_type) or ("{attributes}" if self.is_derived else "")

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
    """

    function: Source
    item: Item
    xsi_type: str = ""
    write: Source = ""
    item_type: str = ""

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
class Namespace:
    """A namespace.

    Attributes:
        uri: Its name.
        prefix: Its prefix on the wire, empty for the default namespace.
        constant: The Python constant for its name in braces.
    """

    uri: str
    prefix: str
    constant: Source

    @property
    def declaration(self) -> str:
        """The declaration of the prefix for a start tag, with a space before it."""
        name = f"xmlns:{self.prefix}" if self.prefix else "xmlns"
        return f" {name}={quoteattr(self.uri)}"


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
